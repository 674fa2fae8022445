// Package outage tells those who look after the sources when one falls silent,
// fails, shrinks or has a broken clock, and when it is well again.
//
// It reads the bucket health, keeps what it has told in the bucket state, and
// publishes notices that watch/notify sends. It promises one message an outage
// and one for its end, however often a source comes and goes meanwhile; and one
// message in all when nothing is heard at all, because then it is the network
// or the crawler. One process of several does it, by a lease.
//
// Limit: it judges by what the crawler writes down at its visits; between two
// visits it notices only that a source is overdue.
package outage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
)

// Options are what an announcer works with.
type Options struct {
	Bus      stream.Bus
	Channels []string // that are told
	// Listed tells whether a source is in the list and on; nil: every one is.
	Listed func(id string) bool
	Every  time.Duration // between two looks; 0: a minute
	Owner  string        // names this process in the lease
	Log    *slog.Logger
}

// Keys in the buckets.
const (
	leaseKey = "outages"
	stateKey = "outages"
)

// Announcer looks at the sources and announces.
type Announcer struct {
	options       Options
	health, state stream.Bucket
	leases        *stream.Leases
	began         time.Time // of Run
}

// New opens the buckets. Nothing runs before Run.
func New(ctx context.Context, o Options) (*Announcer, error) {
	if o.Every == 0 {
		o.Every = time.Minute
	}
	if o.Listed == nil {
		o.Listed = func(string) bool { return true }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &Announcer{options: o}
	leases, err1 := o.Bus.Bucket(ctx, stream.BucketLeases)
	health, err2 := o.Bus.Bucket(ctx, stream.BucketHealth)
	state, err3 := o.Bus.Bucket(ctx, stream.BucketState)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, fmt.Errorf("outage: open: %w", err)
	}
	a.health, a.state, a.leases = health, state, stream.NewLeases(leases, o.Owner)
	return a, nil
}

// Run looks until ctx ends, and returns nil then. What goes wrong is logged and
// tried again.
func (a *Announcer) Run(ctx context.Context) error {
	a.began = time.Now()
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		a.leases.Keep(ctx, nil, a.warn)
	}()
	defer func() { <-kept }()
	tick := time.NewTicker(a.options.Every)
	defer tick.Stop()
	for {
		if err := a.turn(ctx, time.Now()); err != nil && ctx.Err() == nil {
			a.warn(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (a *Announcer) warn(err error) { a.options.Log.Warn("outage", "error", err) }

// turn is one look, if the lease is ours. What was told is written down after
// it is published: a crash in between publishes it again under the same ID.
func (a *Announcer) turn(ctx context.Context, now time.Time) error {
	if mine, err := a.leases.Acquire(ctx, leaseKey); !mine || err != nil {
		return err
	}
	all, err := a.sources(ctx)
	if err != nil {
		return err
	}
	old, err := a.load(ctx)
	if err != nil {
		return err
	}
	told, news := old.judge(newMoment(all, a.began, now))
	if news != nil {
		if err := a.publish(ctx, *news); err != nil {
			return err
		}
	}
	return a.save(ctx, told)
}

// sources reads the records of the sources in the list.
func (a *Announcer) sources(ctx context.Context) ([]mention.SourceHealth, error) {
	keys, err := a.health.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("outage: health: %w", err)
	}
	var all []mention.SourceHealth
	for _, key := range keys {
		if !a.options.Listed(key) {
			continue
		}
		e, err := a.health.Get(ctx, key)
		if errors.Is(err, stream.ErrNoKey) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("outage: health of %s: %w", key, err)
		}
		var h mention.SourceHealth
		if json.Unmarshal(e.Value, &h) == nil && h.Source != "" && h.State != mention.SourceOff {
			all = append(all, h)
		}
	}
	return all, nil
}

func (a *Announcer) load(ctx context.Context) (told, error) {
	var t told
	e, err := a.state.Get(ctx, stateKey)
	if errors.Is(err, stream.ErrNoKey) {
		return t, nil
	}
	if err != nil {
		return t, fmt.Errorf("outage: what was told: %w", err)
	}
	if err := json.Unmarshal(e.Value, &t); err != nil {
		return told{}, nil //nolint:nilerr // begun anew: at worst something is told twice
	}
	return t, nil
}

func (a *Announcer) save(ctx context.Context, t told) error {
	data, err := json.Marshal(t)
	if err == nil {
		_, err = a.state.Put(ctx, stateKey, data)
	}
	if err != nil {
		return fmt.Errorf("outage: write down what was told: %w", err)
	}
	return nil
}

func (a *Announcer) publish(ctx context.Context, o watch.Outage) error {
	m := watch.Message{ID: id(o), Change: watch.ChangeOutage, Outage: &o}
	for _, channel := range a.options.Channels {
		m.Channel = channel
		data, err := json.Marshal(m)
		if err == nil {
			_, err = a.options.Bus.Publish(ctx, stream.Out{Subject: watch.NoticeSubject(channel), ID: channel + ":" + m.ID, Data: data})
		}
		if err != nil {
			return fmt.Errorf("outage: announce on %s: %w", channel, err)
		}
	}
	a.options.Log.Info("outage: announced", "whole", o.Whole, "ended", o.Ended, "down", len(o.Down), "up", len(o.Up))
	return nil
}

// id names a message by what it tells, so that telling it again after a crash
// is the same message.
func id(o watch.Outage) string {
	sum := sha256.New()
	fmt.Fprint(sum, o.Whole, o.Ended, o.Heard.Unix())
	for _, list := range [][]watch.Ill{o.Down, o.Up} {
		for _, s := range list {
			fmt.Fprint(sum, "|", s.ID, s.State, s.Since.Unix())
		}
		fmt.Fprint(sum, "/")
	}
	return "sources:" + hex.EncodeToString(sum.Sum(nil)[:12])
}
