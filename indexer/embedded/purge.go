package embedded

import (
	"context"
	"fmt"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Purge removes what the filter matches.
func (e *Engine) Purge(ctx context.Context, filter query.Filter) (n int, err error) {
	plan, err := indexer.NewPurge(filter)
	if err != nil {
		return 0, err
	}
	err = e.change(ctx, func(ctx context.Context, p *puts) error {
		from := newSource(plan)
		docs, err := p.numbers(ctx, "SELECT d.doc FROM "+from.sql, from.args...)
		if err != nil {
			return err
		}
		n = len(docs)
		return p.drop(ctx, docs)
	})
	return n, wrap("purge", err)
}

// Forget removes mentions and remembers that they must not come back.
func (e *Engine) Forget(ctx context.Context, ids ...mention.ID) (n int, err error) {
	err = e.change(ctx, func(ctx context.Context, p *puts) error {
		n = 0
		for _, id := range ids {
			docs, err := p.numbers(ctx, "SELECT doc FROM doc WHERE id = ?", id)
			if err != nil {
				return err
			}
			n += len(docs)
			if err := p.drop(ctx, docs); err != nil {
				return err
			}
			if err := p.exec(ctx, sqlNoRevisions, id); err != nil {
				return err
			}
			if err := p.exec(ctx, sqlForget, id); err != nil {
				return err
			}
		}
		return nil
	})
	return n, wrap("forget", err)
}

// change runs f in a transaction of the file, and of the one that Rebuild is
// filling.
func (e *Engine) change(ctx context.Context, f func(context.Context, *puts) error) error {
	e.write.Lock()
	defer e.write.Unlock()
	if e.next != nil {
		if err := e.next.put.transaction(ctx, func(ctx context.Context) error { return f(ctx, e.next.put) }); err != nil {
			return err
		}
	}
	return e.use(func(file *file) error {
		return file.put.transaction(ctx, func(ctx context.Context) error { return f(ctx, file.put) })
	})
}

// drop removes documents with all that hangs on them.
func (p *puts) drop(ctx context.Context, docs []int64) error {
	for _, doc := range docs {
		left, err := p.leave(ctx, doc, nil)
		if err != nil {
			return err
		}
		if err := p.empty(ctx, doc); err != nil {
			return err
		}
		for _, text := range []string{sqlNoRevisionsOf, sqlNoRecord, sqlDrop} {
			if err := p.exec(ctx, text, doc); err != nil {
				return fmt.Errorf("drop: %w", err)
			}
		}
		if err := p.regroup(ctx, left); err != nil {
			return err
		}
	}
	return nil
}
