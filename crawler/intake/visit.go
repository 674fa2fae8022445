package intake

import (
	"context"
	"time"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/stream"
)

// Visit is one look at a source.
type Visit struct {
	Now    time.Time
	Record *frontier.Record // what is remembered; a source only reads it
	Fetch  *fetch.Fetcher
	// State keeps what a source must know after a restart, under keys that
	// begin with its way and id; nil: it forgets.
	State stream.Bucket
	// Keep is how long what is found is kept; 0 is for ever.
	Keep time.Duration
}

// Finding is what a look at a source gave.
type Finding struct {
	// Items as listed, newest first or in no order; those already known too.
	Items []Item
	// NotModified says that the source answered 304.
	NotModified bool
	// ETag and LastModified are for the next visit.
	ETag, LastModified string
	// Hub is a WebSub hub that the source names, Self its own address there.
	Hub, Self string
	// Bad counts entries that made no sense and were left out.
	Bad int
	// More asks to be looked at again soon: there was more than one look may take.
	More bool
}

// Receive takes items that arrived by themselves (push, import, webhooks) for
// a source and answers one error an item, nil where it was accepted.
type Receive func(ctx context.Context, source string, items []Item) []error
