package ledger

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/diembao/diembao/stream"
)

// Stream is the name of the ledger's stream.
const Stream = "LEDGER"

// Ledger is the record of decisions: all events in memory, followed as they
// are stored by whichever process.
type Ledger struct {
	bus  stream.Bus
	end  context.CancelFunc
	done chan struct{} // closed when nothing is followed any more

	mu       sync.RWMutex
	events   map[string]map[string][]Stored // by entity, by key, in order
	ids      map[string]place
	order    []Stored
	applied  uint64        // every event up to here is folded
	moved    chan struct{} // closed when applied moves
	views    []folder
	problems []error
	broken   error // why nothing is followed any more
}

// place is where an event ID was first seen.
type place struct {
	entity, key string
	seq         uint64
}

// folder is a view as the ledger sees it.
type folder interface{ apply(Stored) error }

// Open reads the whole ledger of bus and follows it until Close. The bus must
// stay open as long. ctx bounds the opening alone.
func Open(ctx context.Context, bus stream.Bus) (*Ledger, error) {
	l := &Ledger{
		bus: bus, done: make(chan struct{}), moved: make(chan struct{}),
		events: make(map[string]map[string][]Stored), ids: make(map[string]place),
	}
	if err := bus.Replay(ctx, prefix+">", 0, false, l.take); err != nil {
		return nil, fmt.Errorf("ledger: open: %w", err)
	}
	follow, end := context.WithCancel(context.Background())
	l.end = end
	go l.follow(follow, l.applied+1)
	return l, nil
}

func (l *Ledger) follow(ctx context.Context, from uint64) {
	defer close(l.done)
	err := l.bus.Replay(ctx, prefix+">", from, true, l.take)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.broken = err
}

// Close stops following. The views stay as they are.
func (l *Ledger) Close() error {
	l.end()
	<-l.done
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.broken
}

// take folds one stored message. What cannot be read or folded is kept as a
// problem and does not keep the rest from being read.
func (l *Ledger) take(m stream.Message) error {
	e, err := decode(m)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.problems = append(l.problems, err)
	} else {
		l.add(e)
	}
	l.applied = m.Seq
	close(l.moved)
	l.moved = make(chan struct{})
	return nil
}

func (l *Ledger) add(e Stored) {
	if at, known := l.ids[e.ID]; known {
		l.problems = append(l.problems, fmt.Errorf("ledger: sequence %d: event %s is already stored as %d", e.Seq, e.ID, at.seq))
		return
	}
	l.ids[e.ID] = place{e.Entity, e.Key, e.Seq}
	keys := l.events[e.Entity]
	if keys == nil {
		keys = make(map[string][]Stored)
		l.events[e.Entity] = keys
	}
	keys[e.Key] = append(keys[e.Key], e)
	l.order = append(l.order, e)
	for _, v := range l.views {
		if err := v.apply(e); err != nil {
			l.problems = append(l.problems, err)
		}
	}
}

// await returns when everything up to seq is folded.
func (l *Ledger) await(ctx context.Context, seq uint64) error {
	for {
		l.mu.RLock()
		applied, moved, broken := l.applied, l.moved, l.broken
		l.mu.RUnlock()
		if applied >= seq {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		case <-l.done:
			return fmt.Errorf("the ledger is no longer followed: %w", orClosed(broken))
		}
	}
}

func orClosed(err error) error {
	if err == nil {
		return stream.ErrClosed
	}
	return err
}

// History gives the events of one key in order; the caller owns the slice.
func (l *Ledger) History(entity, key string) []Event {
	l.mu.RLock()
	defer l.mu.RUnlock()
	stored := l.events[entity][key]
	events := make([]Event, 0, len(stored))
	for _, e := range stored {
		events = append(events, e.Event)
	}
	return events
}

// Since gives the events of every entity after a sequence, in order; 0 gives
// all. It is what an audit page or an export walks through.
func (l *Ledger) Since(seq uint64) []Stored {
	l.mu.RLock()
	defer l.mu.RUnlock()
	i, _ := slices.BinarySearchFunc(l.order, seq+1, func(e Stored, want uint64) int {
		switch {
		case e.Seq < want:
			return -1
		case e.Seq > want:
			return 1
		}
		return 0
	})
	return slices.Clone(l.order[i:])
}

// Last gives the sequence of the last event of a key, 0 when there is none: it
// is what Append expects.
func (l *Ledger) Last(entity, key string) uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	events := l.events[entity][key]
	if len(events) == 0 {
		return 0
	}
	return events[len(events)-1].Seq
}

// Problems gives what could not be read or folded; the events are in the
// stream all the same.
func (l *Ledger) Problems() []error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return slices.Clone(l.problems)
}

// Export writes every event to w, for Import.
func (l *Ledger) Export(ctx context.Context, w io.Writer) error {
	_, err := stream.Backup(ctx, l.bus, []string{Stream}, w)
	return err
}

// Import stores an export in an empty ledger.
func Import(ctx context.Context, bus stream.Bus, r io.Reader) error {
	_, err := stream.Restore(ctx, bus, r)
	return err
}
