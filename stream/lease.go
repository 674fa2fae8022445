package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Leases are keys of a bucket with a TTL that this process holds for itself:
// hosts of a crawler, the leadership of the watch. A holder that dies is
// replaced when the TTL is over.
type Leases struct {
	// TTL is that of the bucket: 20 s in the topology.
	TTL time.Duration
	// Every is the time between two renewals: a quarter of TTL, so that two
	// may fail before a lease is given up.
	Every time.Duration

	bucket Bucket
	holder string

	mu   sync.Mutex
	held map[string]lease
}

type lease struct {
	revision uint64
	until    time.Time // not sure to be ours from then on
}

// NewLeases gives the leases of holder, a name that no other process has and
// that a restarted process does not have again.
func NewLeases(bucket Bucket, holder string) *Leases {
	return &Leases{TTL: 20 * time.Second, Every: 5 * time.Second, bucket: bucket, holder: holder, held: make(map[string]lease)}
}

// Acquire tries to get key and reports whether this process holds it.
func (l *Leases) Acquire(ctx context.Context, key string) (bool, error) {
	if l.Held(key) {
		return true, nil
	}
	until := l.deadline()
	revision, err := l.bucket.Create(ctx, key, []byte(l.holder))
	switch {
	case errors.Is(err, ErrConflict):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("stream: lease %s: %w", key, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[key] = lease{revision, until}
	return true, nil
}

// deadline is counted from before the write: by the server's clock the lease
// lives longer, never shorter. One Every is kept as a margin.
func (l *Leases) deadline() time.Time { return time.Now().Add(l.TTL - l.Every) }

// Held reports whether this process holds key now. Ask before every act that
// the lease is for: a process that was suspended, or cut off, is not told.
func (l *Leases) Held(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	have, ok := l.held[key]
	return ok && time.Now().Before(have.until)
}

// Keys lists what this process holds, in order.
func (l *Leases) Keys() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	keys := make([]string, 0, len(l.held))
	for key, have := range l.held {
		if time.Now().Before(have.until) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Release gives key back, so that another need not wait for the TTL.
func (l *Leases) Release(ctx context.Context, key string) error {
	l.mu.Lock()
	have, ok := l.held[key]
	delete(l.held, key)
	l.mu.Unlock()
	if !ok {
		return nil
	}
	err := l.bucket.Delete(ctx, key, have.revision)
	if err != nil && !errors.Is(err, ErrConflict) { // a conflict: already another's
		return fmt.Errorf("stream: release lease %s: %w", key, err)
	}
	return nil
}

// Renew extends every lease and gives those that are lost: taken by another,
// or not renewed in time.
func (l *Leases) Renew(ctx context.Context) (lost []string, err error) {
	l.mu.Lock()
	held := make(map[string]lease, len(l.held))
	for key, have := range l.held {
		held[key] = have
	}
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, l.Every)
	defer cancel()
	var failed []error
	for key, have := range held {
		gone, err := l.renew(ctx, key, have)
		if err != nil {
			failed = append(failed, fmt.Errorf("stream: renew lease %s: %w", key, err))
		}
		if gone {
			lost = append(lost, key)
		}
	}
	slices.Sort(lost)
	return lost, errors.Join(failed...)
}

func (l *Leases) renew(ctx context.Context, key string, have lease) (lost bool, err error) {
	until := l.deadline()
	revision, err := l.bucket.Update(ctx, key, []byte(l.holder), have.revision)
	l.mu.Lock()
	defer l.mu.Unlock()
	if now, ok := l.held[key]; !ok || now.revision != have.revision {
		return false, nil // released meanwhile
	}
	switch {
	case err == nil:
		l.held[key] = lease{revision, until}
		return false, nil
	case errors.Is(err, ErrConflict), !time.Now().Before(have.until):
		delete(l.held, key)
		return true, nil
	default:
		return false, err
	}
}

// Keep renews until ctx ends, then releases everything. lost, which may be
// nil, is called for each lease that slipped away; err, which may be nil, for
// renewals that failed and will be tried again.
func (l *Leases) Keep(ctx context.Context, lost func(key string), failed func(error)) {
	for sleep(ctx, l.Every) {
		gone, err := l.Renew(ctx)
		if err != nil && failed != nil && ctx.Err() == nil {
			failed(err)
		}
		for _, key := range gone {
			if lost != nil {
				lost(key)
			}
		}
	}
	end, cancel := briefly(ctx)
	defer cancel()
	for _, key := range l.Keys() {
		if err := l.Release(end, key); err != nil && failed != nil {
			failed(err)
		}
	}
}
