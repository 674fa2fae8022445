package watch

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/diembao/diembao/mention"
)

// Verdict is what recomputing an alert says of it.
type Verdict string

// The verdicts, best first.
const (
	// Holds: the index gives the same counts and the same expectation.
	Holds Verdict = "holds"
	// Late: mentions published in the window came in after it was judged.
	Late Verdict = "late"
	// Changed: mentions that it rests on are gone or no longer unfavourable.
	Changed Verdict = "changed"
	// Mismatch: the same mentions give other numbers: history was filled in or
	// the rule was altered.
	Mismatch Verdict = "mismatch"
)

// Verification sets an alert beside its recomputation.
type Verification struct {
	Verdict  Verdict      `json:"verdict"`
	Fires    bool         `json:"fires"` // the recomputed window still surprises
	Recorded Evidence     `json:"recorded"`
	Now      Evidence     `json:"now"`
	Added    []mention.ID `json:"added"` // in the window now, not then
	Gone     []mention.ID `json:"gone"`  // then, not now
	// Differences lists in Vietnamese what differs, "" where nothing does.
	Differences []string `json:"differences"`
}

// Verify recomputes the evidence of an alert from the index: the window's
// counts, the expectation and the tail. It needs the rule that opened it.
func Verify(ctx context.Context, s Searcher, d Detection, a Alert) (Verification, error) {
	d = d.withDefaults()
	if a.Rule != d.Rule.ID {
		return Verification{}, fmt.Errorf("watch: verify %s: it was opened by rule %q, not %q", a.ID, a.Rule, d.Rule.ID)
	}
	start := a.To.Add(-d.Rule.history()).Truncate(time.Hour)
	t, err := d.reader(s).read(ctx, start, a.To)
	if err != nil {
		return Verification{}, err
	}
	level, e := d.judge(before(d.Past, a)).again(t, a)
	return compare(a.Evidence, e, level != ""), nil
}

// before leaves out the alert itself and those that came after it.
func before(past []Alert, a Alert) []Alert {
	return slices.DeleteFunc(slices.Clone(past), func(p Alert) bool {
		return p.ID == a.ID || !p.Noticed.Before(a.Noticed)
	})
}

// again judges the window that an alert rests on once more.
func (j judge) again(t *tally, a Alert) (Level, Evidence) {
	hours := int(a.To.Sub(a.From) / time.Hour)
	f := j.fit(t, a.To.Add(-longest*time.Hour))
	e := t.window(a.Policy, a.To, hours, a.Judged)
	e.Measure = a.Measure
	if a.Measure == Authority {
		j.expect(&e, f.articles.Policy(a.Policy), e.Articles, len(t.policies), hours)
		return j.authorityLevel(e), e
	}
	j.expect(&e, f.stories.Policy(a.Policy), e.Stories, len(t.policies), hours)
	return j.level(e), e
}

func compare(then, now Evidence, fires bool) Verification {
	v := Verification{Verdict: Holds, Fires: fires, Recorded: then, Now: now}
	v.Added, v.Gone = missing(now.IDs, then.IDs), missing(then.IDs, now.IDs)
	v.number("số bài độc lập", float64(then.Stories), float64(now.Stories))
	v.number("số tin kể cả đăng lại", float64(then.Mentions), float64(now.Mentions))
	v.number("mức thường lệ", then.Expected, now.Expected)
	v.number("xác suất ngẫu nhiên", then.Tail, now.Tail)
	switch {
	case len(v.Gone) > 0:
		v.Verdict = Changed
	case len(v.Added) > 0:
		v.Verdict = Late
	case len(v.Differences) > 0:
		v.Verdict = Mismatch
	}
	return v
}

// number notes a difference of more than a part in a thousand.
func (v *Verification) number(name string, then, now float64) {
	if math.Abs(then-now) > 1e-3*math.Max(math.Abs(then), math.Abs(now)) {
		v.Differences = append(v.Differences, fmt.Sprintf("%s: lúc mở %s, nay %s", name, viNumber(then), viNumber(now)))
	}
}

// missing gives what of a is not in b.
func missing(a, b []mention.ID) (out []mention.ID) {
	for _, id := range a {
		if !slices.Contains(b, id) {
			out = append(out, id)
		}
	}
	return out
}
