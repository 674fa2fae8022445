// Package desk is what people touch: the web pages, the API, the digest and the
// accounts of the press office, the spokesperson and the analyst.
//
// It reads the index (through query.Searcher), the alerts and the ledger, and
// writes decisions into the ledger only. It promises that every number on a
// page opens the list behind it, that every judgement shows its evidence, that
// pages work without JavaScript, and that text from outside is escaped.
//
// Limit: one unit a desk; it has no notion of several tenants.
package desk

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/diembao/diembao/desk/digest"
	"github.com/diembao/diembao/desk/page"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/clock"
)

// Options is what the desk is built from.
type Options struct {
	Unit     string // short name of the unit: "Sở VHTTDL tỉnh …"
	Searcher query.Searcher
	Ledger   *ledger.Ledger
	Alerts   *watch.Book
	// Policies name the registry's entries; order is the file's.
	Policies []Policy
	// Sources tells the state of every source; nil: the page says so.
	Sources func(context.Context) ([]Source, error)
	// Waiting tells how many mentions have still to be read; nil: not known.
	Waiting func(context.Context) (int, error)
	// Outbox lists what the demo would have sent; nil outside the demo.
	Outbox func() []Notice
	// Demo signs visitors from this machine in by itself and lets them read
	// the API without a token. It is refused on any other address.
	Demo   bool
	Tokens []string // bearer tokens that may read the API
	Digest digest.Config
	Clocks clock.Table // legal deadlines; empty: clock.Vietnam
	Secure bool        // cookies over HTTPS only
	Now    func() time.Time
	Log    *slog.Logger
	// Extra are handlers of other areas that share the desk's port: the push
	// endpoint, the metrics. The key is a ServeMux pattern.
	Extra map[string]http.Handler
}

// Policy is a policy of the registry as the desk shows it.
type Policy struct{ ID, Name string }

// Source is the state of one source as the desk shows it.
type Source struct {
	ID, Name, Outlet, Kind, Via string
	State                       string        // as mention.SourceState has it
	Since                       time.Time     // since when it is not ok
	Problem, Error              string        // for people; technically
	Asked, Heard, Newest        time.Time     // last visit, last success, newest item
	Gap                         time.Duration // usual time between items
	Counts                      []int         // items a visit, oldest first
	Failed                      []bool        // beside Counts: the visit failed
}

// Notice is a message of the demo's outbox.
type Notice struct {
	At                         time.Time
	Channel, To, Subject, Body string
}

// Desk serves the pages and the API.
type Desk struct {
	Options
	pages    *page.Set
	names    map[string]string // policy id → name
	sessions *scs.SessionManager
	accounts *Accounts
	fixes    *fixes
	tries    tries
	outlets  outlets
}

// New builds a desk; it starts nothing.
func New(o Options) (*Desk, error) {
	pages, err := page.New()
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if len(o.Clocks) == 0 {
		o.Clocks = clock.Vietnam()
	}
	d := &Desk{Options: o, pages: pages, names: map[string]string{}}
	for _, p := range o.Policies {
		d.names[p.ID] = p.Name
	}
	return d, d.open()
}

// policyName gives the registry's name of a policy, or its id.
func (d *Desk) policyName(id string) string {
	if name := d.names[id]; name != "" {
		return name
	}
	return id
}
