// Package memory is the index as a model: it keeps documents in a map and
// answers every request by looking at all of them. It provides an
// indexer.Engine for tests, and is what the real engines are held against.
//
// It reads and writes nothing but its own memory, starts no goroutine and
// knows no clock, so it lives inside a testing/synctest bubble.
//
// Limit: a request costs time in proportion to everything stored.
package memory

import (
	"context"
	"slices"
	"sync"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Engine is an index in memory.
type Engine struct {
	mu     sync.RWMutex
	docs   map[mention.ID]*indexer.Document
	older  map[mention.ID]map[int64]*indexer.Document // by text revision
	gone   map[mention.ID]bool
	stands map[mention.ID]indexer.Standing
	next   *Engine // being filled by Rebuild
}

var _ indexer.Engine = (*Engine)(nil)

// New gives an empty index.
func New() *Engine {
	return &Engine{
		docs:  map[mention.ID]*indexer.Document{},
		older: map[mention.ID]map[int64]*indexer.Document{},
		gone:  map[mention.ID]bool{},
	}
}

// Write implements indexer.Writer.
func (e *Engine) Write(ctx context.Context, batch []*mention.Mention) []error {
	errs := make([]error, len(batch))
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, m := range batch {
		d, err := indexer.NewDocument(m)
		if err != nil {
			errs[i] = stream.Permanent(err)
			continue
		}
		e.put(d)
		if e.next != nil {
			e.next.put(d)
		}
	}
	e.stands = nil
	if slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
		return errs
	}
	return nil
}

func (e *Engine) put(d *indexer.Document) {
	old := e.docs[d.ID]
	switch {
	case e.gone[d.ID]:
	case old == nil:
		e.docs[d.ID] = d
	case d.Behind(old.Version, old.Removed):
		if d.Revision < old.Revision {
			e.keep(d)
		}
	default:
		if d.Revision > old.Revision {
			e.keep(old)
		}
		e.docs[d.ID] = d
	}
}

func (e *Engine) keep(d *indexer.Document) {
	if e.older[d.ID] == nil {
		e.older[d.ID] = map[int64]*indexer.Document{}
	}
	if kept := e.older[d.ID][d.Revision]; kept == nil || kept.Version <= d.Version {
		e.older[d.ID][d.Revision] = d
	}
}

// standing gives the story of a mention; the stories are worked out once
// between two writes.
func (e *Engine) standing(id mention.ID) indexer.Standing {
	if s, ok := e.stands[id]; ok {
		return s
	}
	return indexer.Alone(id)
}

// look gives f the settled index.
func (e *Engine) look(f func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stands == nil {
		var copies []*indexer.Copy
		for _, d := range e.docs {
			if d.Copy != nil {
				copies = append(copies, d.Copy)
			}
		}
		e.stands = indexer.Stories(copies)
	}
	f()
}

// Rebuild implements indexer.Engine.
func (e *Engine) Rebuild(_ context.Context, feed indexer.Feed) error {
	next := New()
	e.mu.Lock()
	for id := range e.gone {
		next.gone[id] = true
	}
	e.next = next
	e.mu.Unlock()
	err := feed(func(batch []*mention.Mention) error {
		for _, m := range batch {
			d, err := indexer.NewDocument(m)
			if err != nil {
				return err
			}
			e.mu.Lock()
			next.put(d)
			e.mu.Unlock()
		}
		return nil
	})
	e.mu.Lock()
	defer e.mu.Unlock()
	e.next = nil
	if err == nil {
		e.docs, e.older, e.gone, e.stands = next.docs, next.older, next.gone, nil
	}
	return err
}

// Ready implements query.Searcher.
func (e *Engine) Ready(context.Context) error { return nil }

// Close implements indexer.Engine.
func (e *Engine) Close() error { return nil }
