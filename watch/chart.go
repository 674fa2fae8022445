package watch

import (
	"context"
	"time"
)

// Bar is one hour of a policy's chart: what came and what the hour usually
// brings.
type Bar struct {
	Start    time.Time `json:"start"`
	Stories  int       `json:"stories"`
	Mentions int       `json:"mentions"`
	Expected float64   `json:"expected"`
	Low      float64   `json:"low"` // eight of ten usual hours lie between
	High     float64   `json:"high"`
}

// Chart gives the unfavourable stories of a policy hour by hour in [from, to),
// with the expectation as it was before from: the band that a rule measures
// against. Both are on the hour.
func Chart(ctx context.Context, s Searcher, d Detection, policy string, from, to time.Time) ([]Bar, error) {
	d = d.withDefaults()
	from, to = from.Truncate(time.Hour), to.Truncate(time.Hour)
	t, err := d.reader(s).read(ctx, from.Add(-d.Rule.history()), to)
	if err != nil {
		return nil, err
	}
	usual := d.judge(d.Past).fit(t, from).stories.Policy(policy)
	var bars []Bar
	for start := from; start.Before(to); start = start.Add(time.Hour) {
		end := start.Add(time.Hour)
		e, in := usual.Expect(start, end), t.window(policy, end, 1, end)
		bars = append(bars, Bar{start, in.Stories, in.Mentions, e.Mean, e.Low, e.High})
	}
	return bars, nil
}
