package sources

import (
	"context"
	"time"

	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/push"
	"github.com/diembao/diembao/mention"
)

// Rows are the texts of the social channels as they stand at now: new, edited
// and removed ones. Pushing them again does nothing.
func Rows(p *newsroom.Press, now time.Time) []push.Row {
	var rows []push.Row
	for _, it := range p.Published(now) {
		if it.Kind == mention.Social {
			rows = append(rows, row(p, it, now))
		}
	}
	return rows
}

func row(p *newsroom.Press, it newsroom.Item, now time.Time) push.Row {
	_, removed := p.Current(it.ID, now)
	r := push.Row{Source: it.Outlet, ID: it.ID, Channel: string(it.Channel), Title: it.Title, Body: it.Body, Author: it.Author,
		Published: it.Published.Format(time.RFC3339), Removed: removed}
	if it.Parent != "" {
		r.Parent = string(p.Mention(it.Parent))
	}
	if removed {
		r.Title, r.Body = "", ""
	}
	return r
}

// Feed pushes what is new on the social channels every so often, until ctx
// ends: first all there is, then only what has changed. push is told a batch
// of rows and answers whether it was taken; what was not is pushed again.
func Feed(ctx context.Context, p *newsroom.Press, now func() time.Time, every time.Duration, send func([]push.Row) error) {
	sent := map[string]push.Row{}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		var batch []push.Row
		for _, r := range Rows(p, now()) {
			if sent[r.ID] != r {
				batch = append(batch, r)
			}
		}
		for len(batch) > 0 && ctx.Err() == nil {
			n := min(len(batch), 100)
			if err := send(batch[:n]); err != nil {
				break
			}
			for _, r := range batch[:n] {
				sent[r.ID] = r
			}
			batch = batch[n:]
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
