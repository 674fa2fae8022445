package watch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/diembao/diembao/stream"
)

// One watch judges at a time. The lease is a key in a bucket whose TTL is
// 20 s; the holder renews it every 5 s, so that a dead holder is replaced
// within 20 s and a slow one may miss three renewals.
const (
	leaseKey   = "watch"
	leaseRenew = 5 * time.Second
)

type lease struct {
	bucket   stream.Bucket
	owner    string
	revision uint64
}

// acquire tells whether the lease is ours now.
func (l *lease) acquire(ctx context.Context) (bool, error) {
	revision, err := l.bucket.Create(ctx, leaseKey, []byte(l.owner))
	if errors.Is(err, stream.ErrConflict) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("watch: lease: acquire: %w", err)
	}
	l.revision = revision
	return true, nil
}

// hold runs f while the lease is ours; its context ends when a renewal fails.
// The lease is given back afterwards.
func (l *lease) hold(ctx context.Context, f func(context.Context) error) error {
	held, end := context.WithCancel(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		defer end()
		l.renew(held)
	}()
	err := f(held)
	end()
	<-renewed
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if release := l.bucket.Delete(last, leaseKey, l.revision); err == nil && release != nil && ctx.Err() == nil {
		return fmt.Errorf("watch: lease: lost: %w", release)
	}
	return err
}

// renew returns when ctx ends or somebody else has the lease.
func (l *lease) renew(ctx context.Context) {
	tick := time.NewTicker(leaseRenew)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		revision, err := l.bucket.Update(ctx, leaseKey, []byte(l.owner), l.revision)
		if errors.Is(err, stream.ErrConflict) || errors.Is(err, stream.ErrNoKey) {
			return
		}
		if err == nil {
			l.revision = revision
		}
	}
}
