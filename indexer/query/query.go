// Package query is the language in which desk, watch and command line ask the
// index: a Request goes in, a Page, counts or facets come out. It holds no
// engine; both engines answer the same Request the same way (indextest).
//
// Limit: a Request looks into one index; joining two is the caller's.
package query

import (
	"context"
	"errors"
	"time"

	"github.com/diembao/diembao/mention"
)

// ErrNotFound says that the index has no such mention.
var ErrNotFound = errors.New("query: no such mention")

// Request asks for mentions. The zero Request asks for all of them.
type Request struct {
	Text string // the query language: words, "phrases", -not, OR, field:value; see Parse
	Filter
	Sort   Sort
	Limit  int    // most hits a page; 0 is 20, at most 1000
	Cursor string // Next of the page before; "" for the first
	// Fold shows one hit a group of copies (the first published of those that
	// match), with the number of the others in Hit.Copies. Page.Total counts
	// stories then. Facets and Histogram take no notice of it.
	Fold bool
}

// Filter narrows a request. Values of one field are alternatives; fields are
// joined by and. Times go by Mention.When.
type Filter struct {
	From, To  time.Time // From ≤ when < To; zero: open
	Kinds     []string  // press, portal, social
	Outlets   []string
	Policies  []string
	Topics    []string
	Tones     []string // pos, neu, neg, and "unsure" for labels that are not sure
	Acts      []string
	Places    []string // names of today's provinces
	Documents []string // canonical keys
	Bodies    []string
	Stances   []string // "policy=against"
	Copies    []string // group ids: every copy of these stories
	Parents   []string // comments on these mentions
	Relevant  *bool
	Careful   *bool
	Removed   *bool // nil: both
}

// Sort is the order of a page.
type Sort string

// The orders. Ties are broken by ID, so that paging is stable.
const (
	ByTime Sort = "time" // newest first; the zero Sort is ByTime
	// ByRelevance adds up, over the words looked for, 4 where they stand as
	// typed and 2 where they stand in the title, however accented; equals go by
	// time, newest first. Every engine gives the same sum.
	ByRelevance Sort = "relevance"
	ByOldest    Sort = "oldest"
)

// Page is one page of hits.
type Page struct {
	Total int // all that match, exact; with Fold, stories
	Hits  []Hit
	Next  string // cursor of the next page, "" at the end
}

// Hit is one mention with what the index knows beside the record.
type Hit struct {
	Mention    *mention.Mention
	Group      string         // story of copies it belongs to: the ID of its first member
	Copies     int            // other members of the group, all outlets
	Different  bool           // a copy whose figures differ from the first's
	Highlights []mention.Span // where the query's words stand
	Score      float64        // ByRelevance only
}

// Bucket is one bar of a histogram.
type Bucket struct {
	Start   time.Time // of the hour or day in Asia/Ho_Chi_Minh
	Count   int       // mentions
	Stories int       // groups of copies, each counted in the bucket of its first member that matches
}

// Interval is the width of a histogram's bars.
type Interval string

// The widths.
const (
	Hour Interval = "hour"
	Day  Interval = "day"
)

// Facet is one value of a field and how many mentions have it.
type Facet struct {
	Value string
	Count int
}

// Facet fields.
const (
	FieldKind   = "kind"
	FieldOutlet = "outlet"
	FieldPolicy = "policy"
	FieldTopic  = "topic"
	FieldTone   = "tone"
	FieldAct    = "act"
	FieldPlace  = "place"
	FieldBody   = "body"
)

// Searcher answers requests. Both engines are one; desk and watch name the
// part they use in interfaces of their own. A Text that cannot be read is
// answered with a *ParseError, a Cursor of another request with ErrCursor.
type Searcher interface {
	Search(ctx context.Context, r Request) (Page, error)
	// Get gives one mention in its newest revision, or ErrNotFound.
	Get(ctx context.Context, id mention.ID) (Hit, error)
	// Revisions lists what is kept of the older texts of a mention, oldest first.
	Revisions(ctx context.Context, id mention.ID) ([]*mention.Mention, error)
	// Facets counts the most frequent values of fields among what matches r.
	Facets(ctx context.Context, r Request, fields []string, most int) (map[string][]Facet, error)
	// Histogram counts what matches r by hour or day of Vietnamese time, from
	// r.From to r.To, empty bars included.
	Histogram(ctx context.Context, r Request, by Interval) ([]Bucket, error)
	// Ready tells whether the engine answers.
	Ready(ctx context.Context) error
}
