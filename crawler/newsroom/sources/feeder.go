package sources

import (
	"context"
	"slices"
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
		r.Thread = thread(p, it)
	}
	if removed {
		r.Title, r.Body = "", ""
	}
	return r
}

// thread is how the text begins at which the conversation began.
func thread(p *newsroom.Press, it newsroom.Item) string {
	for {
		above, ok := p.Item(it.Parent)
		if !ok {
			break
		}
		it = above
	}
	return (&mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body}).Beginning()
}

// Feed pushes what is new on the social channels every so often, until ctx
// ends: first all there is, at most 100 rows at a time, then what appears, is
// edited or removed. send answers whether a batch was taken; one that was not
// is sent again. An item that is already removed when its turn comes was never
// seen: its row says so and is of no consequence.
func Feed(ctx context.Context, p *newsroom.Press, now func() time.Time, every time.Duration, send func([]push.Row) error) {
	var due, later []newsroom.Item // not pushed yet; edited or removed later
	planned := append(p.Edited(), p.Removed()...)
	for _, it := range p.Items() {
		if it.Kind == mention.Social {
			due = append(due, it)
			if slices.Contains(planned, it.ID) {
				later = append(later, it)
			}
		}
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		at := now()
		n := 0
		for n < len(due) && n < 100 && !due[n].Published.After(at) {
			n++
		}
		if n > 0 && send(rowsOf(p, due[:n], at)) == nil {
			due = due[n:]
			if n == 100 {
				continue
			}
		}
		later = feedLater(p, later, at, send)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// feedLater pushes what has been edited or removed since it was pushed, and
// returns what may still be.
func feedLater(p *newsroom.Press, items []newsroom.Item, at time.Time, send func([]push.Row) error) []newsroom.Item {
	var left []newsroom.Item
	for _, it := range items {
		current, removed := p.Current(it.ID, at)
		if !removed && current.Body == it.Body || it.Published.After(at) || send(rowsOf(p, []newsroom.Item{it}, at)) != nil {
			left = append(left, it)
		}
	}
	return left
}

func rowsOf(p *newsroom.Press, items []newsroom.Item, at time.Time) []push.Row {
	rows := make([]push.Row, 0, len(items))
	for _, it := range items {
		current, _ := p.Current(it.ID, at)
		rows = append(rows, row(p, current, at))
	}
	return rows
}
