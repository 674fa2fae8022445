package watch

import (
	"context"
	"time"
)

// judgeAll judges, in order, every hour since the cursor, every hour that a
// late arrival touches, and the running one.
func (g *guard) judgeAll(ctx context.Context, now time.Time) (d done, err error) {
	for _, end := range g.due(now) {
		if err := ctx.Err(); err != nil {
			return d, err
		}
		d.windows++
		for _, f := range g.detection.judge(g.options.Book.List()).at(g.tally, end, now) {
			f.Evidence.Missing = g.options.Silent(f.Evidence.From, f.Evidence.To)
			change, err := g.options.Book.record(ctx, g.rule, f, now)
			if err != nil {
				return d, err
			}
			d.count(change)
		}
	}
	return d, nil
}

func (d *done) count(change string) {
	switch change {
	case ChangeOpened:
		d.opened++
	case ChangeRaised:
		d.raised++
	}
}

// due lists the ends of the windows to judge: on the hour, the running hour's
// last.
func (g *guard) due(now time.Time) (ends []time.Time) {
	running := now.Truncate(time.Hour).Add(time.Hour)
	first := running.Add(-g.rule.catchUp())
	for end := first; !end.After(running); end = end.Add(time.Hour) {
		if end.After(g.cursor) || g.touched(end) {
			ends = append(ends, end)
		}
	}
	return ends
}

// touched tells whether a window that ends at end holds an hour that changed.
func (g *guard) touched(end time.Time) bool {
	for hour := hourOf(end) - longest; hour < hourOf(end); hour++ {
		if g.pending[hour] {
			return true
		}
	}
	return false
}
