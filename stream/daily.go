package stream

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Daily is a task that one process of several does once a day, at a quiet
// hour: tidying up.
type Daily struct {
	// Name is the task's, [a-z0-9-_.]; it is the same in every process.
	Name string
	// At is the quiet hour, after midnight in Zone.
	At   time.Duration
	Zone *time.Location
	// Leases says who does it, State when it was done.
	Leases, State Bucket
	// Holder is this process's name among the others.
	Holder string
}

const (
	// quiet is how long after At a task may still begin.
	quiet = time.Hour
	// late is after how long it is done at any hour: of a machine that is off
	// every night.
	late = 24 * time.Hour
	// again is the time between two looks at a task that another process does,
	// and before the next try of one that failed.
	again = 5 * time.Minute
)

// Run does f when it is due until ctx ends. The context of f ends when the
// lease is lost. What fails is told to report and tried again within the quiet
// hour, then the next day.
func (d Daily) Run(ctx context.Context, report func(error), f func(context.Context) error) {
	leases := NewLeases(d.Leases, d.Holder)
	for {
		wait, err := d.turn(ctx, leases, f)
		if err != nil && ctx.Err() == nil {
			report(fmt.Errorf("stream: daily %s: %w", d.Name, err))
		}
		if !sleep(ctx, wait) {
			return
		}
	}
}

// turn does the task if it is due, and gives the wait before the next look.
func (d Daily) turn(ctx context.Context, leases *Leases, f func(context.Context) error) (wait time.Duration, err error) {
	last, err := d.last(ctx)
	if err != nil {
		return again, err
	}
	if wait := d.due(last, time.Now()); wait > 0 {
		return wait, nil
	}
	if mine, err := leases.Acquire(ctx, d.key()); !mine || err != nil {
		return again, err
	}
	held, end := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		leases.Keep(held, func(string) { end() }, nil)
	}()
	err = d.once(held, last, f)
	end()
	<-kept
	return again, err
}

// once does the task, unless another process has done it since last was read.
func (d Daily) once(ctx context.Context, last time.Time, f func(context.Context) error) error {
	now, err := d.last(ctx)
	if err != nil || !now.Equal(last) {
		return err
	}
	if err := f(ctx); err != nil {
		return err
	}
	_, err = d.State.Put(ctx, d.key(), []byte(time.Now().UTC().Format(time.RFC3339)))
	return err
}

func (d Daily) key() string { return "daily." + d.Name }

// last is when the task was done last. A task that never was counts as done
// when it was first looked at.
func (d Daily) last(ctx context.Context) (time.Time, error) {
	e, err := d.State.Get(ctx, d.key())
	if errors.Is(err, ErrNoKey) {
		now := time.Now().UTC().Truncate(time.Second)
		_, err = d.State.Create(ctx, d.key(), []byte(now.Format(time.RFC3339)))
		if errors.Is(err, ErrConflict) {
			return d.last(ctx)
		}
		return now, err
	}
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, string(e.Value))
	if err != nil {
		return time.Time{}, nil //nolint:nilerr // of no use: it counts as long ago
	}
	return at, nil
}

// due gives how long the task has to wait; 0: it is due.
func (d Daily) due(last, now time.Time) time.Duration {
	first := d.after(last)
	if now.Before(first) {
		return first.Sub(now)
	}
	if now.Sub(first) >= late {
		return 0
	}
	if next := d.after(now); next.Sub(now) < late-quiet {
		return min(next.Sub(now), first.Add(late).Sub(now))
	}
	return 0
}

// after is the first quiet hour after t.
func (d Daily) after(t time.Time) time.Time {
	y, m, day := t.In(d.Zone).Date()
	at := time.Date(y, m, day, 0, 0, 0, 0, d.Zone).Add(d.At)
	if at.After(t) {
		return at
	}
	return time.Date(y, m, day+1, 0, 0, 0, 0, d.Zone).Add(d.At)
}
