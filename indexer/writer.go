package indexer

import (
	"context"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Writer stores mentions.
type Writer interface {
	// Write upserts the mentions by ID and version and answers one error a
	// mention, or nil when all went well. A mention that is older than what is
	// stored changes nothing and is a success; if its text is of an older
	// revision it is kept among the Revisions. One that is as old as what is
	// stored takes its place, unless it would undo a removal. When Write returns, what it
	// did not complain of is durable and the next Search sees it.
	// stream.Unavailable marks an engine that does not answer,
	// stream.Permanent a record that it will never take.
	Write(ctx context.Context, batch []*mention.Mention) []error
}

// Purger takes mentions out: for retention, and for a person's request.
type Purger interface {
	// Purge removes every mention that the filter matches, with its older
	// texts, and tells how many. The zero filter is refused. What is written
	// again comes back, though for a minute an engine may refuse versions
	// older than the one purged.
	Purge(ctx context.Context, f query.Filter) (int, error)
	// Forget removes mentions for ever: a later Write of one of them is
	// ignored, so that a redelivery cannot bring it back. It tells how many
	// were there.
	Forget(ctx context.Context, ids ...mention.ID) (int, error)
}

// Feed hands every mention of a replay to write, batch by batch, and stops at
// its first error.
type Feed func(write func([]*mention.Mention) error) error

// Engine is an index.
type Engine interface {
	query.Searcher
	Writer
	Purger
	// Rebuild fills a new index from feed and then puts it in the place of the
	// old one, which answers until then; what is written meanwhile goes into
	// both. After an error the old one stays.
	Rebuild(ctx context.Context, feed Feed) error
	Close() error
}
