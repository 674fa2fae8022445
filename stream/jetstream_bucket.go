package stream

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/nats-io/nats.go/jetstream"
)

// Bucket implements Bus.
func (j *JetStream) Bucket(ctx context.Context, name string) (Bucket, error) {
	if err := j.table.checkBucket(name); err != nil {
		return nil, err
	}
	b := &jetBucket{j: j, name: name}
	err := j.retry(ctx, "open bucket "+name, func(ctx context.Context) (err error) {
		b.kv, err = j.js.KeyValue(ctx, name)
		return err
	})
	if err != nil {
		return nil, missing(err)
	}
	return b, nil
}

// jetBucket is a bucket of the server.
type jetBucket struct {
	j    *JetStream
	name string
	kv   jetstream.KeyValue
}

// do tries until it is done or ctx ends, and gives our own errors.
func (b *jetBucket) do(ctx context.Context, doing, key string, f func(context.Context) error) error {
	if err := checkKey(key); err != nil {
		return err
	}
	err := b.j.retry(ctx, doing+" "+b.name+"/"+key, f)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return ErrNoKey
	case errors.Is(err, jetstream.ErrKeyExists) || wrongLast(err):
		return ErrConflict
	}
	return err
}

// Get implements Bucket.
func (b *jetBucket) Get(ctx context.Context, key string) (e Entry, err error) {
	err = b.do(ctx, "get", key, func(ctx context.Context) error {
		got, err := b.kv.Get(ctx, key)
		if err != nil {
			return err
		}
		e = Entry{Key: key, Value: got.Value(), Revision: got.Revision()}
		return nil
	})
	return e, err
}

// Put implements Bucket.
func (b *jetBucket) Put(ctx context.Context, key string, value []byte) (revision uint64, err error) {
	err = b.do(ctx, "put", key, func(ctx context.Context) (err error) {
		revision, err = b.kv.Put(ctx, key, value)
		return err
	})
	return revision, err
}

// Create implements Bucket.
func (b *jetBucket) Create(ctx context.Context, key string, value []byte) (uint64, error) {
	return b.compareAndSet(ctx, "create", key, value, func(ctx context.Context) (uint64, error) {
		return b.kv.Create(ctx, key, value)
	})
}

// Update implements Bucket.
func (b *jetBucket) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	return b.compareAndSet(ctx, "update", key, value, func(ctx context.Context) (uint64, error) {
		if revision == 0 {
			return b.kv.Create(ctx, key, value)
		}
		return b.kv.Update(ctx, key, value, revision)
	})
}

// compareAndSet knows its own write again: after an attempt whose answer was
// lost, a conflict with the very value we wrote is a success.
func (b *jetBucket) compareAndSet(ctx context.Context, doing, key string, value []byte, write func(context.Context) (uint64, error)) (revision uint64, err error) {
	attempts := 0
	err = b.do(ctx, doing, key, func(ctx context.Context) (err error) {
		attempts++
		revision, err = write(ctx)
		return err
	})
	if !errors.Is(err, ErrConflict) || attempts == 1 {
		return revision, err
	}
	now, lost := b.Get(ctx, key)
	if lost != nil || !bytes.Equal(now.Value, value) {
		return 0, ErrConflict
	}
	return now.Revision, nil
}

// Delete implements Bucket.
func (b *jetBucket) Delete(ctx context.Context, key string, revision uint64) error {
	attempts := 0
	err := b.do(ctx, "delete", key, func(ctx context.Context) error {
		attempts++
		if revision == 0 {
			return b.kv.Delete(ctx, key)
		}
		return b.kv.Delete(ctx, key, jetstream.LastRevision(revision))
	})
	if errors.Is(err, ErrConflict) && attempts > 1 {
		if _, gone := b.Get(ctx, key); errors.Is(gone, ErrNoKey) {
			return nil
		}
	}
	return err
}

// Keys implements Bucket.
func (b *jetBucket) Keys(ctx context.Context) ([]string, error) {
	var keys []string
	err := b.j.retry(ctx, "list "+b.name, func(ctx context.Context) error {
		keys = []string{}
		list, err := b.kv.ListKeys(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = list.Stop() }()
		for key := range list.Keys() {
			keys = append(keys, key)
		}
		return ctx.Err()
	})
	slices.Sort(keys)
	return keys, err
}
