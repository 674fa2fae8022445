package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// ErrClosed says that the bus was closed.
var ErrClosed = errors.New("stream: the bus is closed")

// MaxData is the most bytes of a message: what a server of ours takes, less
// the room that a dead letter around it needs.
const MaxData = maxPayload/4*3 - 64<<10

// maxPayload is the most bytes an embedded server takes, NATS's own limit for
// sound operation.
const maxPayload = 8 << 20

// Memory is a Bus in memory, for tests and for trying things out: no
// goroutine, no file, no network, and no clock but package time, so that it
// lives inside a testing/synctest bubble.
type Memory struct {
	table Table
	log   *slog.Logger

	mu        sync.Mutex
	streams   map[string]*memStream
	consumers map[string]*memConsumer
	buckets   map[string]*memBucket
	closed    chan struct{}
}

// NewMemory gives an empty bus of the whole topology.
func NewMemory() *Memory { return NewMemoryOf(Topology()) }

// NewMemoryOf gives an empty bus of another table.
func NewMemoryOf(t Table) *Memory {
	m := &Memory{
		table: t, log: slog.New(slog.DiscardHandler), closed: make(chan struct{}),
		streams: make(map[string]*memStream), consumers: make(map[string]*memConsumer), buckets: make(map[string]*memBucket),
	}
	for _, s := range t.Streams {
		m.streams[s.Name] = newMemStream(s)
	}
	for _, c := range t.Consumers {
		m.consumers[c.Name] = newMemConsumer(m, c, m.streams[c.Stream])
	}
	for _, b := range t.Buckets {
		m.buckets[b.Name] = &memBucket{bus: m, ttl: b.TTL, entries: make(map[string]memEntry)}
	}
	return m
}

// Publish implements Bus.
func (m *Memory) Publish(ctx context.Context, o Out) (uint64, error) {
	spec, err := m.table.ofSubject(o.Subject)
	if err != nil {
		return 0, err
	}
	if err := checkSize(o, MaxData); err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, Unavailable(fmt.Errorf("stream: publish %s: %w", o.Subject, err))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.open(); err != nil {
		return 0, err
	}
	return m.streams[spec.Name].append(o, time.Now())
}

func checkSize(o Out, most int) error {
	// A dead letter may fill the room that is kept for it.
	if len(o.Data) > most && !matches(deadPrefix+">", o.Subject) {
		return fmt.Errorf("stream: publish %s: %d bytes, at most %d go into a message", o.Subject, len(o.Data), most)
	}
	return nil
}

// Consume implements Bus.
func (m *Memory) Consume(ctx context.Context, consumer string, h Handler, o ConsumeOptions) error {
	spec, err := m.table.consumer(consumer)
	if err != nil {
		return err
	}
	w, err := newWorker(ctx, m, spec, m.consumers[consumer], h, o, m.log)
	if err != nil {
		return err
	}
	return w.run(ctx)
}

// Replay implements Bus.
func (m *Memory) Replay(ctx context.Context, filter string, from uint64, follow bool, f func(Message) error) error {
	spec, err := m.table.ofFilter(filter)
	if err != nil {
		return err
	}
	if spec.WorkQueue && follow {
		return errQueueFollowed(spec.Name)
	}
	s := m.streams[spec.Name]
	m.mu.Lock()
	until := s.last
	m.mu.Unlock()
	for {
		m.mu.Lock()
		batch, next, changed := s.read(filter, from, time.Now())
		m.mu.Unlock()
		for _, msg := range batch {
			if !follow && msg.Seq > until {
				return nil
			}
			if err := f(msg); err != nil {
				return err
			}
		}
		from = next
		switch {
		case ctx.Err() != nil && follow:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case len(batch) > 0:
			continue
		case !follow:
			return nil
		}
		select {
		case <-ctx.Done():
		case <-m.closed:
			return ErrClosed
		case <-changed:
		}
	}
}

func errQueueFollowed(stream string) error {
	return fmt.Errorf("stream: replay %s: a work queue cannot be followed: what is acknowledged is gone", stream)
}

// Bucket implements Bus.
func (m *Memory) Bucket(_ context.Context, name string) (Bucket, error) {
	if err := m.table.checkBucket(name); err != nil {
		return nil, err
	}
	return m.buckets[name], nil
}

// Pending implements Bus.
func (m *Memory) Pending(_ context.Context, consumer string) (waiting, working uint64, err error) {
	if _, err := m.table.consumer(consumer); err != nil {
		return 0, 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.consumers[consumer]
	c.stream.expire(time.Now())
	return c.waiting(), uint64(len(c.pending)), nil
}

// Close ends every Consume and Replay; what was published is gone.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open() == nil {
		close(m.closed)
	}
	return nil
}

func (m *Memory) open() error {
	select {
	case <-m.closed:
		return ErrClosed
	default:
		return nil
	}
}
