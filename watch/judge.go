package watch

import (
	"maps"
	"slices"
	"time"

	"github.com/diembao/diembao/watch/baseline"
)

// finding is a window that surprises.
type finding struct {
	Policy   string
	Level    Level
	Evidence Evidence
}

// judge compares windows with what they usually bring. It is pure: everything
// comes from the tally and the times handed in.
type judge struct {
	rule     RuleConfig
	zone     *time.Location
	holidays baseline.Holidays
	past     []Alert // their hours teach little
}

// mutedWeight is what an hour inside an alert still teaches: little, so that a
// crisis does not become the usual; not nothing, so that a policy that has come
// to be talked about every day stops alarming after some weeks.
const mutedWeight = 0.1

// at judges, for every policy, the windows that end at end, which is on the
// hour. now may lie before end: a window still running is judged by what it
// has so far against what the whole of it usually brings, which raises no
// alarm that the full window would not.
func (j judge) at(t *tally, end, now time.Time) []finding {
	var found []finding
	var fitted *fitted
	for _, policy := range t.policies {
		if !j.rule.watches(policy) || !j.possible(t.window(policy, end, longest, now)) {
			continue
		}
		if fitted == nil {
			fitted = j.fit(t, end.Add(-longest*time.Hour))
		}
		if f, ok := j.policy(t, fitted, policy, end, now); ok {
			found = append(found, f)
		}
	}
	return found
}

// possible tells from the longest window alone whether any window could fire,
// which spares most hours the work of fitting.
func (j judge) possible(e Evidence) bool {
	quietest := steps()[len(steps())-1]
	return e.Stories >= j.rule.MinStories && e.Threads >= quietest.threads && e.Reach >= quietest.reach ||
		e.Articles >= leastArticles && e.Outlets >= leastArticles
}

// fitted are the two baselines at one cut.
type fitted struct{ stories, articles *baseline.Desk }

func (j judge) fit(t *tally, cut time.Time) *fitted {
	s := t.series()
	o := baseline.Options{Zone: j.zone, Holidays: j.holidays}
	few := o
	few.Rate = 0.004 // articles of weight are about four in ten of the stories
	return &fitted{
		stories:  baseline.Fit(cut, s.mentions, j.mute(s.stories), o),
		articles: baseline.Fit(cut, s.mentions, j.mute(s.articles), few),
	}
}

// mute lowers the weight of the hours inside earlier alerts.
func (j judge) mute(all map[string]baseline.Series) map[string]baseline.Series {
	out := maps.Clone(all)
	for _, a := range j.past {
		s, ok := out[a.Policy]
		if !ok {
			continue
		}
		s.Weight = slices.Clone(s.Weight)
		for i := range s.Weight {
			hour := s.Start.Add(time.Duration(i) * time.Hour)
			if !hour.Before(a.Since.Truncate(time.Hour)) && hour.Before(a.Until) {
				s.Weight[i] = min(s.Weight[i], mutedWeight)
			}
		}
		out[a.Policy] = s
	}
	return out
}

// policy gives the loudest finding of one policy's windows.
func (j judge) policy(t *tally, f *fitted, policy string, end, now time.Time) (best finding, ok bool) {
	consider := func(e Evidence, level Level) {
		if level == "" || ok && !louder(level, e, best) {
			return
		}
		best, ok = finding{Policy: policy, Level: level, Evidence: e}, true
	}
	for _, hours := range j.rule.Windows {
		e := t.window(policy, end, hours, now)
		e.Measure = Stories
		j.expect(&e, f.stories.Policy(policy), e.Stories, len(t.policies), hours)
		consider(e, j.level(e))
	}
	e := t.window(policy, end, longest, now)
	e.Measure = Authority
	j.expect(&e, f.articles.Policy(policy), e.Articles, len(t.policies), longest)
	consider(e, j.authorityLevel(e))
	return best, ok
}

func louder(level Level, e Evidence, than finding) bool {
	if level != than.Level {
		return level.rank() > than.Level.rank()
	}
	return e.Tail/e.Threshold < than.Evidence.Tail/than.Evidence.Threshold
}

// expect completes the evidence with what the window usually brings.
func (j judge) expect(e *Evidence, p *baseline.Policy, count, policies, hours int) {
	usual := p.Expect(e.From, e.To)
	e.Expected, e.Low, e.High, e.Basis = usual.Mean, usual.Low, usual.High, usual.Basis
	e.Tail = usual.Tail(count)
	e.Ratio = float64(count) / max(usual.Mean, 0.01)
	e.Threshold = j.threshold(policies, hours)
}

// window collects what a policy has in [end − hours, end) and until now.
func (t *tally) window(policy string, end time.Time, hours int, now time.Time) Evidence {
	d := t.series()
	e := Evidence{From: end.Add(-time.Duration(hours) * time.Hour), To: end, Judged: now}
	threads, own, reach := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range d.against[policy] {
		if s.when.Before(e.From) || !s.when.Before(end) || s.when.After(now) {
			continue
		}
		e.Mentions++
		e.IDs = append(e.IDs, s.id)
		reach[s.outlet] = true
		if !d.first[policy][s.id] {
			continue
		}
		e.Stories++
		threads[s.thread], own[s.outlet] = true, true
		if s.weight > 0 {
			e.Articles++
		}
	}
	e.Threads, e.Outlets, e.Reach = len(threads), len(own), len(reach)
	if len(e.IDs) > 0 {
		e.First = e.IDs[0]
	}
	return e
}
