package stream

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go/jetstream"
)

// window is how many messages PublishAll has on their way at once: enough to
// keep a server's disk busy, few enough that none waits for its answer until
// it times out (an unbounded stream of them stalls).
const window = 256

// PublishAll publishes a batch and answers one error a message, or nil when
// all are durable. The order of messages on one subject is kept unless one
// fails. It does not wait for each answer, which is many times faster over a
// network; where every message is synced to disk (embedded) the disk sets the
// pace. Messages with Expect are published one by one.
func PublishAll(ctx context.Context, bus Bus, batch []Out) []error {
	if b, ok := bus.(inspector); ok {
		return b.publishAll(ctx, batch)
	}
	return publishEach(ctx, bus, batch)
}

func publishEach(ctx context.Context, bus Bus, batch []Out) []error {
	errs := make([]error, len(batch))
	failed := false
	for i, o := range batch {
		_, errs[i] = bus.Publish(ctx, o)
		failed = failed || errs[i] != nil
	}
	if !failed {
		return nil
	}
	return errs
}

func (m *Memory) publishAll(ctx context.Context, batch []Out) []error {
	return publishEach(ctx, m, batch)
}

func (j *JetStream) publishAll(ctx context.Context, batch []Out) []error {
	errs := make([]error, len(batch))
	for start := 0; start < len(batch); start += window {
		end := min(start+window, len(batch))
		j.publishWindow(ctx, batch[start:end], errs[start:end])
	}
	if errors.Join(errs...) == nil {
		return nil
	}
	return errs
}

// publishWindow sends all, then waits for all; what has no answer, or a
// passing error for one, is published again the slow way, under the same ID.
func (j *JetStream) publishWindow(ctx context.Context, batch []Out, errs []error) {
	futures := make([]jetstream.PubAckFuture, len(batch))
	for i := range batch {
		o := &batch[i]
		if o.Expect != nil {
			continue
		}
		msg, err := j.message(o)
		if errs[i] = err; err != nil {
			continue
		}
		futures[i], _ = j.js.PublishMsgAsync(msg)
	}
	for i, future := range futures {
		if errs[i] == nil && !stored(ctx, future) {
			_, errs[i] = j.Publish(ctx, batch[i])
		}
	}
}

func stored(ctx context.Context, future jetstream.PubAckFuture) bool {
	if future == nil {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case err := <-future.Err():
		return err == nil
	case <-future.Ok():
		return true
	}
}
