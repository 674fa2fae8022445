package watch

import (
	"cmp"
	"slices"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/watch/baseline"
)

// tally is what the index holds on the watched policies, hour by hour.
type tally struct {
	start    time.Time            // on the hour
	covered  []float64            // per hour: 1 where the index heard the press, 0 where not
	seen     map[int64][]sighting // by hour since 1970
	policies []string
	derived  *derived // nil: to be worked out again
}

// derived are the series that follow from what was seen.
type derived struct {
	mentions baseline.Series
	against  map[string][]sighting // by policy, first published first
	first    map[string]map[mention.ID]bool
	stories  map[string]baseline.Series
	articles map[string]baseline.Series
}

func newTally(start time.Time, policies []string) *tally {
	return &tally{start: start, seen: map[int64][]sighting{}, policies: policies}
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// replace sets what was published in one hour.
func (t *tally) replace(hour int64, seen []sighting) {
	if slices.EqualFunc(t.seen[hour], seen, sameSighting) {
		return
	}
	t.derived = nil
	if len(seen) == 0 {
		delete(t.seen, hour)
		return
	}
	t.seen[hour] = seen
}

// series works the series out, if something has changed.
func (t *tally) series() *derived {
	if t.derived != nil {
		return t.derived
	}
	d := &derived{
		mentions: t.empty(), against: map[string][]sighting{}, first: map[string]map[mention.ID]bool{},
		stories: map[string]baseline.Series{}, articles: map[string]baseline.Series{},
	}
	for _, s := range t.ordered() {
		if len(s.names) > 0 {
			add(d.mentions, s.when)
		}
		for _, policy := range s.against {
			d.against[policy] = append(d.against[policy], s)
		}
	}
	for _, policy := range t.policies {
		d.count(policy, t)
	}
	t.derived = d
	return d
}

// count makes the two series of a policy: a story counts where its first
// unfavourable member stands, an article of weight likewise.
func (d *derived) count(policy string, t *tally) {
	stories, articles := t.empty(), t.empty()
	known, first := map[string]bool{}, map[mention.ID]bool{}
	for _, s := range d.against[policy] {
		if known[s.group] {
			continue
		}
		known[s.group], first[s.id] = true, true
		add(stories, s.when)
		if s.weight > 0 {
			add(articles, s.when)
		}
	}
	d.stories[policy], d.articles[policy], d.first[policy] = stories, articles, first
}

// empty is a series of zeroes from the first covered hour on.
func (t *tally) empty() baseline.Series {
	first := max(0, slices.Index(t.covered, 1))
	covered := t.covered[first:]
	return baseline.Series{
		Start:  t.start.Add(time.Duration(first) * time.Hour),
		Counts: make([]float64, len(covered)), Weight: covered,
	}
}

func add(s baseline.Series, when time.Time) {
	if i := int(when.Sub(s.Start) / time.Hour); !when.Before(s.Start) && i < len(s.Counts) {
		s.Counts[i]++
	}
}

// ordered gives every sighting, first published first. Comments are led back
// to the story they stand under, and take its policies where they name none.
func (t *tally) ordered() []sighting {
	var all []sighting
	byID := map[string]sighting{}
	for _, hour := range t.seen {
		for _, s := range hour {
			all = append(all, s)
			byID[string(s.id)] = s
		}
	}
	slices.SortFunc(all, func(a, b sighting) int {
		return cmp.Or(a.when.Compare(b.when), cmp.Compare(a.id, b.id))
	})
	for i := range all {
		all[i].climb(byID)
	}
	return all
}

// climb follows a comment up its conversation.
func (s *sighting) climb(byID map[string]sighting) {
	silent := len(s.names) == 0 && s.neg
	for range 8 { // no conversation is deeper; a loop of parents ends here
		up, ok := byID[s.thread]
		if !ok || up.id == s.id {
			return
		}
		if silent && len(up.names) > 0 {
			s.against, silent = up.names, false
		}
		if up.thread == s.thread {
			return
		}
		s.thread = up.thread
	}
}
