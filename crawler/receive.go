package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// ErrSource says that the list has no such source, or not one that is pushed.
var ErrSource = errors.New("crawler: no such source")

// Receive takes items that came by themselves and answers one error an item.
// It returns after those without an error are durable on the bus and in the
// frontier. Sending the same items again does nothing.
func (c *Crawler) Receive(ctx context.Context, id string, items []intake.Item) []error {
	errs := make([]error, len(items))
	s := c.sources[id]
	if s == nil {
		return all(errs, fmt.Errorf("%w: %q", ErrSource, id))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for try := 0; ; try++ {
		err := c.receive(ctx, s, items, errs)
		// Another process has taken a delivery for the source at the same time:
		// read its record and go through the items again; what is on the bus
		// already has the same message ID or counts as known.
		if errors.Is(err, stream.ErrConflict) && try < 5 {
			continue
		}
		if err != nil {
			return all(errs, err)
		}
		return errs
	}
}

func all(errs []error, err error) []error {
	for i := range errs {
		errs[i] = err
	}
	return errs
}

func (c *Crawler) receive(ctx context.Context, s *source, items []intake.Item, errs []error) error {
	rec, over, err := c.store.Load(ctx, s.ID)
	if err != nil {
		return err
	}
	now := time.Now()
	var t tally
	for i, it := range items {
		errs[i] = nil
		outcome, err := c.acceptPushed(ctx, s, it, rec, now)
		if errs[i] = err; err != nil {
			t.Bad++
			continue
		}
		t.add(outcome, it)
	}
	if t.New+t.Changed+t.Removed > 0 || over == 0 {
		rec.Visited = now
		rec.Learn(now, t.New)
		if _, err := c.store.Save(ctx, s.ID, rec, over); err != nil {
			return err
		}
	}
	c.count.Pushed.Add(int64(t.New))
	c.count.Found.Add(int64(t.New))
	c.count.Changed.Add(int64(t.Changed))
	c.count.Removed.Add(int64(t.Removed))
	c.count.Same.Add(int64(t.Same))
	c.note(ctx, s, t)
	return nil
}

// acceptPushed publishes one item. A removal carries no text: that of the
// archive stands in.
func (c *Crawler) acceptPushed(ctx context.Context, s *source, it intake.Item, rec *frontier.Record, now time.Time) (intake.Outcome, error) {
	it.Complete = true
	it, err := c.worded(ctx, s, it)
	switch {
	case errors.Is(err, intake.ErrForgotten):
		return intake.Same, nil // never seen, or no longer kept: nothing to flag
	case err != nil:
		return "", err
	}
	it = c.correcting(ctx, c.threaded(ctx, it), rec, now)
	return c.intake.Accept(ctx, it, nil, rec, now)
}

// worded gives a removal the words that the archive has of it; every other
// item is left as it is. It fails with intake.ErrForgotten where there are none.
func (c *Crawler) worded(ctx context.Context, s *source, it intake.Item) (intake.Item, error) {
	if !it.Removed || it.Text.Title+it.Text.Lead+it.Text.Body != "" {
		return it, nil
	}
	old, err := c.recall(ctx, s, it)
	if err != nil {
		return it, err
	}
	old.Removed, old.Complete, old.First, old.Change = true, true, it.First, nil
	return old, nil
}

// Blank is an item of a source before anything is known of it: what the doors
// for pushed items begin with.
func (c *Crawler) Blank(id string) (intake.Item, error) {
	s := c.sources[id]
	if s == nil || s.Off {
		return intake.Item{}, fmt.Errorf("%w: %q", ErrSource, id)
	}
	return s.blank(), nil
}

// Outlet tells which outlet of the list an address belongs to.
func (c *Crawler) Outlet(address string) (kind mention.Kind, outlet string, ok bool) {
	o, ok := c.outlets[hostOf(address)]
	return o.kind, o.id, ok
}
