// Package stream is the only one that knows NATS. It provides a durable log
// with publish, consume, replay, dead letters, key-value buckets and leases,
// over an embedded server, a remote cluster or memory, all held to one suite
// (streamtest).
//
// Promises: Publish returns only after the message is durable; a stage's input
// is acknowledged only after its handler says that its output is; delivery is
// at least once; nothing is created implicitly: streams, consumers and buckets
// are those of Topology, applied by one command.
//
// Limit: an embedded data folder has one holder at a time.
package stream

import (
	"context"
	"errors"
	"time"
)

// Bus is what the stages know of the log. Memory, Embedded and Remote satisfy it.
type Bus interface {
	// Publish stores m and returns its sequence once it is durable. A second
	// message with the same ID inside the duplicate window is not stored
	// again. With Expect set it fails with ErrConflict when the last sequence
	// on m.Subject is another, unless the last message there has m.ID.
	Publish(ctx context.Context, m Out) (seq uint64, err error)

	// Consume hands batches of the named consumer of the topology to h until
	// ctx ends, and returns nil then. See Handler for what h answers.
	Consume(ctx context.Context, consumer string, h Handler, o ConsumeOptions) error

	// Replay calls f for every stored message of the subject filter from
	// sequence from on, in order, and returns when it has caught up with what
	// was stored when it began; with follow it goes on until ctx ends.
	Replay(ctx context.Context, filter string, from uint64, follow bool, f func(Message) error) error

	// Bucket opens a key-value bucket of the topology.
	Bucket(ctx context.Context, name string) (Bucket, error)

	// Pending tells how many messages the consumer has still to be given and
	// how many are being worked on.
	Pending(ctx context.Context, consumer string) (waiting, working uint64, err error)

	Close() error
}

// Out is a message to publish.
type Out struct {
	Subject string
	ID      string // Nats-Msg-Id: what makes a retry harmless
	Data    []byte
	Expect  *uint64 // last sequence expected on Subject, for optimistic concurrency
}

// Message is a message as stored.
type Message struct {
	Subject    string
	ID         string
	Data       []byte
	Seq        uint64
	Time       time.Time // when it was stored
	Deliveries int       // 1 at the first delivery; 0 in a replay
}

// Handler works on a batch and answers one error a message, or nil when all
// went well. nil acknowledges the message; Permanent sends it to the dead
// letters, Forget what is to be said of it; Unavailable pauses the whole consumer and spends no try; any other
// error has it delivered again after a growing delay.
type Handler func(ctx context.Context, batch []Message) []error

// ConsumeOptions bound a batch.
type ConsumeOptions struct {
	Batch int           // most messages a batch; 0 is 1
	Wait  time.Duration // how long to wait for a batch to fill; 0 is 100 ms, at most a third of AckWait
}

// ErrConflict says that somebody else wrote to the subject first.
var ErrConflict = errors.New("stream: conflict: the subject has a newer message")

// ErrNoKey says that a bucket has no such key.
var ErrNoKey = errors.New("stream: no such key")

// Permanent marks an error that no retry will mend.
func Permanent(err error) error { return &permanent{err} }

// IsPermanent reports whether err was marked by Permanent.
func IsPermanent(err error) bool { p := (*permanent)(nil); return errors.As(err, &p) }

// Forget is Permanent for a message that must not be kept: its dead letter has
// nothing of it but where it came from and what err says, and the message is
// deleted from its stream, overwritten where the bus can.
func Forget(err error) error { return &forgotten{Permanent(err)} }

func mustForget(err error) bool { f := (*forgotten)(nil); return errors.As(err, &f) }

// Unavailable marks an error of a dependency that is down: the message is not
// at fault and no try is spent.
func Unavailable(err error) error { return &unavailable{err} }

// IsUnavailable reports whether err was marked by Unavailable.
func IsUnavailable(err error) bool { u := (*unavailable)(nil); return errors.As(err, &u) }

type permanent struct{ error }

func (p *permanent) Unwrap() error { return p.error }

type forgotten struct{ error }

func (f *forgotten) Unwrap() error { return f.error }

type unavailable struct{ error }

func (u *unavailable) Unwrap() error { return u.error }

// Entry is a value of a bucket with its revision.
type Entry struct {
	Key      string
	Value    []byte
	Revision uint64
}

// Bucket is a small key-value store with optimistic concurrency. Keys match
// [a-z0-9-_.]{1,128}.
type Bucket interface {
	// Get answers ErrNoKey where there is none.
	Get(ctx context.Context, key string) (Entry, error)
	// Put stores whatever is there now.
	Put(ctx context.Context, key string, value []byte) (revision uint64, err error)
	// Create stores only where there is no key; ErrConflict otherwise. In a
	// bucket with a TTL the key vanishes that long after its last write.
	Create(ctx context.Context, key string, value []byte) (revision uint64, err error)
	// Update stores only over the given revision; ErrConflict otherwise.
	Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error)
	// Delete removes the key; over the given revision only, if it is not 0.
	Delete(ctx context.Context, key string, revision uint64) error
	// Keys lists the keys in order.
	Keys(ctx context.Context) ([]string, error)
}
