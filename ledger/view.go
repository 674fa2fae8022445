package ledger

import (
	"fmt"
	"sync"
)

// View is the state of one entity's keys: the fold of their events, kept
// current as events arrive. After Append returns, every view of the process
// shows the event.
type View[T any] struct {
	entity string
	fold   func(T, Event) (T, error)

	mu      sync.RWMutex
	items   map[string]int // index into order
	order   []Item[T]
	changed chan struct{}
}

// Item is the state of one key and the sequence of its last event.
type Item[T any] struct {
	Key   string
	State T
	Seq   uint64
}

// NewView folds the events of entity. fold gets the state before (the zero T
// at first) and an event, and gives the state after; it must not change what
// it was given in place, since readers may hold it. When it answers an error
// the state stays as it was and the error is among the ledger's Problems.
func NewView[T any](l *Ledger, entity string, fold func(T, Event) (T, error)) *View[T] {
	v := &View[T]{entity: entity, fold: fold, items: make(map[string]int), changed: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.order {
		if err := v.apply(e); err != nil {
			l.problems = append(l.problems, err)
		}
	}
	l.views = append(l.views, v)
	return v
}

func (v *View[T]) apply(e Stored) error {
	if e.Entity != v.entity {
		return nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	at, known := v.items[e.Key]
	var before T
	if known {
		before = v.order[at].State
	}
	after, err := v.fold(before, e.Event)
	if err != nil {
		after = before
		err = fmt.Errorf("ledger: sequence %d: %s of %s %s: %w", e.Seq, e.Type, e.Entity, e.Key, err)
	}
	if !known {
		at = len(v.order)
		v.items[e.Key] = at
		v.order = append(v.order, Item[T]{Key: e.Key})
	}
	v.order[at].State, v.order[at].Seq = after, e.Seq
	close(v.changed)
	v.changed = make(chan struct{})
	return err
}

// Get gives the state of key and the sequence of its last event, which is what
// Append expects.
func (v *View[T]) Get(key string) (state T, seq uint64, ok bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	at, ok := v.items[key]
	if !ok {
		return state, 0, false
	}
	return v.order[at].State, v.order[at].Seq, true
}

// All gives every key in the order of its first event; the caller owns the
// slice.
func (v *View[T]) All() []Item[T] {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return append([]Item[T](nil), v.order...)
}

// Changed gives a channel that is closed at the next change. Take it before
// looking, so that no change falls between.
func (v *View[T]) Changed() <-chan struct{} {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.changed
}
