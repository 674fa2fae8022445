package stream

import (
	"context"
	"slices"
	"time"
)

// memBucket is a bucket in memory; it shares its bus's lock.
type memBucket struct {
	bus     *Memory
	ttl     time.Duration
	entries map[string]memEntry
	last    uint64
}

type memEntry struct {
	value    []byte
	revision uint64
	at       time.Time
}

// Get implements Bucket.
func (b *memBucket) Get(_ context.Context, key string) (Entry, error) {
	if err := checkKey(key); err != nil {
		return Entry{}, err
	}
	b.bus.mu.Lock()
	defer b.bus.mu.Unlock()
	e, ok := b.live(key)
	if !ok {
		return Entry{}, ErrNoKey
	}
	return Entry{Key: key, Value: slices.Clone(e.value), Revision: e.revision}, nil
}

// live gives the entry unless its time is over.
func (b *memBucket) live(key string) (memEntry, bool) {
	e, ok := b.entries[key]
	if ok && b.ttl > 0 && time.Since(e.at) >= b.ttl {
		delete(b.entries, key)
		return memEntry{}, false
	}
	return e, ok
}

// Put implements Bucket.
func (b *memBucket) Put(ctx context.Context, key string, value []byte) (uint64, error) {
	return b.write(ctx, key, value, func(memEntry, bool) bool { return true })
}

// Create implements Bucket.
func (b *memBucket) Create(ctx context.Context, key string, value []byte) (uint64, error) {
	return b.write(ctx, key, value, func(_ memEntry, there bool) bool { return !there })
}

// Update implements Bucket.
func (b *memBucket) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	return b.write(ctx, key, value, func(e memEntry, _ bool) bool { return e.revision == revision })
}

func (b *memBucket) write(ctx context.Context, key string, value []byte, may func(memEntry, bool) bool) (uint64, error) {
	if err := checkKey(key); err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	b.bus.mu.Lock()
	defer b.bus.mu.Unlock()
	if err := b.bus.open(); err != nil {
		return 0, err
	}
	if !may(b.live(key)) {
		return 0, ErrConflict
	}
	b.last++
	b.entries[key] = memEntry{value: slices.Clone(value), revision: b.last, at: time.Now()}
	return b.last, nil
}

// Delete implements Bucket.
func (b *memBucket) Delete(_ context.Context, key string, revision uint64) error {
	if err := checkKey(key); err != nil {
		return err
	}
	b.bus.mu.Lock()
	defer b.bus.mu.Unlock()
	if e, _ := b.live(key); revision != 0 && e.revision != revision {
		return ErrConflict
	}
	delete(b.entries, key)
	return nil
}

// Keys implements Bucket.
func (b *memBucket) Keys(context.Context) ([]string, error) {
	b.bus.mu.Lock()
	defer b.bus.mu.Unlock()
	keys := []string{}
	for key := range b.entries {
		if _, ok := b.live(key); ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys, nil
}
