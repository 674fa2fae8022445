package elastic

import (
	"context"
	"fmt"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Write stores a batch. A record that breaks its own promises, or that the
// cluster refuses for good, gets a Permanent error; a cluster that does not
// answer makes all Unavailable.
func (e *Engine) Write(ctx context.Context, batch []*mention.Mention) []error {
	docs, errs := indexer.Documents(batch)
	e.write.Lock()
	defer e.write.Unlock()
	refused, err := e.storeAll(ctx, docs)
	if err != nil {
		return indexer.FailAll(errs, len(batch), stream.Unavailable(fmt.Errorf("elastic: write: %w", err)))
	}
	for i, d := range docs {
		if d != nil && refused[string(d.ID)] != nil {
			errs = indexer.Fail(errs, len(batch), i, stream.Permanent(fmt.Errorf("elastic: write %s: %w", d.ID, refused[string(d.ID)])))
		}
	}
	return errs
}

// storeAll stores into the index and into one that is being filled.
func (e *Engine) storeAll(ctx context.Context, docs []*indexer.Document) (refused map[string]error, err error) {
	b := newBatch(docs)
	if len(b.entries) == 0 {
		return nil, nil
	}
	targets, err := e.targets(ctx)
	if err != nil {
		return nil, err
	}
	for _, index := range targets.all() {
		if refused, err = e.store(ctx, index, newBatch(docs)); err != nil {
			return nil, err
		}
	}
	return refused, nil
}

// entry is one mention of a batch in its newest version there.
type entry struct {
	doc     *indexer.Document
	old     *stored // what the index has, nil where it has nothing
	stand   indexer.Standing
	written bool
}

// batch is what is being written, by mention.
type batch struct {
	entries map[mention.ID]*entry
	older   []*indexer.Document
	refused map[string]error
}

// newBatch keeps the newest version of each mention, and the others where
// they are older texts.
func newBatch(docs []*indexer.Document) *batch {
	b := &batch{entries: make(map[mention.ID]*entry, len(docs)), refused: map[string]error{}}
	for _, d := range docs {
		if d == nil {
			continue
		}
		have := b.entries[d.ID]
		switch {
		case have == nil:
			b.entries[d.ID] = &entry{doc: d, stand: indexer.Alone(d.ID)}
		case d.Behind(have.doc.Version, have.doc.Removed):
			b.older = append(b.older, d)
		default:
			b.older = append(b.older, have.doc)
			have.doc = d
		}
	}
	return b
}

func (e *Engine) store(ctx context.Context, index string, b *batch) (map[string]error, error) {
	if err := e.compare(ctx, index, b); err != nil {
		return nil, err
	}
	if err := e.keepOlder(ctx, index, b); err != nil {
		return nil, err
	}
	return b.refused, e.settle(ctx, index, b, b.seeds())
}

// compare looks at what the index has, and moves what is older than that out
// of the batch.
func (e *Engine) compare(ctx context.Context, index string, b *batch) error {
	ids := make([]string, 0, len(b.entries))
	for id := range b.entries {
		ids = append(ids, string(id))
	}
	have, err := e.fetch(ctx, index, ids, "id", "state", "version", "revision", "at", "story", "many", "different", "copy")
	if err != nil {
		return err
	}
	flagged, err := e.flagged(ctx, index, b, have)
	if err != nil {
		return err
	}
	for id, entry := range b.entries {
		old := have[string(id)]
		switch {
		case old == nil:
		case old.State == gone:
			delete(b.entries, id)
		case entry.doc.Behind(old.Version, flagged[id]):
			b.older = append(b.older, entry.doc)
			delete(b.entries, id)
		default:
			entry.old, entry.stand = old, old.standing()
		}
	}
	b.dropForgotten(have)
	return nil
}

// flagged tells which mentions of the batch, written again in the version that
// is stored, are stored as taken down.
func (e *Engine) flagged(ctx context.Context, index string, b *batch, have map[string]*stored) (map[mention.ID]bool, error) {
	var again []string
	for id, entry := range b.entries {
		if old := have[string(id)]; old != nil && old.Version == entry.doc.Version && !entry.doc.Removed {
			again = append(again, string(id))
		}
	}
	records, err := e.fetch(ctx, index, again, "id", "record")
	if err != nil {
		return nil, err
	}
	out := map[mention.ID]bool{}
	for id, r := range records {
		out[mention.ID(id)] = indexer.RecordRemoved([]byte(r.Record))
	}
	return out, nil
}

// dropForgotten takes out older texts of what must not come back, and other
// readings of texts that are not older.
func (b *batch) dropForgotten(have map[string]*stored) {
	kept := b.older[:0]
	for _, d := range b.older {
		newest := int64(0)
		if entry := b.entries[d.ID]; entry != nil {
			newest = entry.doc.Revision
		} else if old := have[string(d.ID)]; old != nil && old.State == live {
			newest = old.Revision
		}
		if d.Revision < newest {
			kept = append(kept, d)
		}
	}
	b.older = kept
}

// keepOlder stores the older texts: those of the batch, and those in the
// index that the batch is about to replace. It comes first, since afterwards
// nobody would know that they are missing.
func (e *Engine) keepOlder(ctx context.Context, index string, b *batch) error {
	var puts []put
	for _, d := range b.older {
		p, err := putOlder(d.ID, d.Revision, d.Version, d.When, string(d.Record))
		if err != nil {
			return err
		}
		puts = append(puts, p)
	}
	var ids []string
	for id, entry := range b.entries {
		if entry.old != nil && entry.old.Revision < entry.doc.Revision {
			ids = append(ids, string(id))
		}
	}
	replaced, err := e.fetch(ctx, index, ids, "id", "state", "version", "revision", "at", "record")
	if err != nil {
		return err
	}
	for _, old := range replaced {
		if old.State != live {
			continue
		}
		p, err := putOlder(old.ID, old.Revision, old.Version, old.At, old.Record)
		if err != nil {
			return err
		}
		puts = append(puts, p)
	}
	if len(puts) == 0 {
		return nil
	}
	if _, err := e.bulk(ctx, index, puts); err != nil {
		return err
	}
	return e.refresh(ctx, index)
}
