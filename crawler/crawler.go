// Package crawler finds mentions: it visits the sources of the unit's list
// politely, reads their pages, takes in what is pushed or imported, and
// publishes mention.found.
//
// It reads the web through crawler/fetch, and the buckets frontier and leases;
// it writes the stream FOUND, the buckets frontier and health, the archive, and
// in the bucket state what a source keeps from visit to visit.
// A record of the frontier is saved only after the bus has what it stands for:
// a crash costs a second fetch, never a mention. Several crawlers may run at
// once; each host is visited by one of them.
//
// Limit: what was pushed is known again only while its source's record
// remembers it (the newest 500).
package crawler

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet/mask"
)

// Options come from the program.
type Options struct {
	Config Config
	Bus    stream.Bus
	// Archive keeps raw pages; nil keeps none, and then pages that have left
	// their listing are not looked at again.
	Archive *archive.Archive
	// ID names this process among several, [a-z0-9-]{1,64}; default "one".
	ID string
	// AuthorKey is the unit's secret for the keyed hash of citizens' names;
	// without it authors are not kept at all.
	AuthorKey []byte
	// Transport, Hosts: see fetch.Options. The demo maps the hosts of the
	// fixture press to its listener, tests pass its transport.
	Transport http.RoundTripper
	Hosts     map[string]string
	// Log is told what goes wrong; nil is silent.
	Log *slog.Logger
}

// Version is sent in the user agent.
const Version = "1"

// Crawler is the first stage.
type Crawler struct {
	opts    Options
	log     *slog.Logger
	fetch   *fetch.Fetcher
	intake  *intake.Intake
	store   *frontier.Store
	holder  *frontier.Holder
	health  stream.Bucket
	state   stream.Bucket
	sources map[string]*source
	outlets map[string]outlet // by host, aliases included
	threads threads
	count   Progress
	events  chan *source // sources to visit now
}

// outlet is what a host belongs to.
type outlet struct {
	kind mention.Kind
	id   string
}

// source is one source at work.
type source struct {
	SourceConfig
	look Source // nil for ways that are not polled
	host string

	mu sync.Mutex // one delivery at a time, for what is pushed

	// The scheduler's own:
	due     time.Time
	running bool
	poked   bool

	clocks     clocks    // of its pages; only a visit touches them
	subscribed time.Time // to its hub, since the start; only a visit touches it
}

// Progress counts since the start. Found counts mentions published for the
// first time; every other outcome of an item has its own counter, so that the
// sum is what was looked at.
type Progress struct {
	Sources, Visits, Failed     atomic.Int64 // sources polled; visits that ended; visits that failed
	Found, Changed, Same        atomic.Int64
	Removed, Unreadable, Pushed atomic.Int64
	Passed                      atomic.Int64 // pages that list others and are no article
	Active                      atomic.Int64 // visits under way
}

// New checks the configuration and opens the buckets.
func New(ctx context.Context, o Options) (*Crawler, error) {
	o.ID = cmp.Or(o.ID, "one")
	o.Config.Parallel = cmp.Or(o.Config.Parallel, 64)
	o.Config.PagesPerVisit = cmp.Or(o.Config.PagesPerVisit, 40)
	if err := check(o.Config); err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f, err := fetch.New(fetch.Options{UserAgent: UserAgent(o.Config.Contact), Transport: o.Transport,
		Hosts: o.Hosts, Allow: o.Config.Allow, Delay: o.Config.Delay})
	if err != nil {
		return nil, err
	}
	c := &Crawler{opts: o, log: o.Log, fetch: f, sources: map[string]*source{}, outlets: map[string]outlet{}, events: make(chan *source, 64)}
	c.intake = &intake.Intake{Bus: o.Bus, Archive: o.Archive, AuthorKey: o.AuthorKey, Mask: mask.Hide}
	c.intake.Past = c.past
	return c, c.open(ctx)
}

// UserAgent is how the crawler introduces itself.
func UserAgent(contact string) string { return "diembao/" + Version + " (+" + contact + ")" }

func check(c Config) error {
	var first error
	c.Validate(func(path, message string) {
		if first == nil {
			first = fmt.Errorf("crawler: configuration: %s: %s", path, message)
		}
	})
	return first
}

func (c *Crawler) open(ctx context.Context) error {
	buckets := map[string]stream.Bucket{}
	for _, name := range []string{stream.BucketFrontier, stream.BucketLeases, stream.BucketHealth, stream.BucketState} {
		b, err := c.opts.Bus.Bucket(ctx, name)
		if err != nil {
			return fmt.Errorf("crawler: open: %w", err)
		}
		buckets[name] = b
	}
	c.store = frontier.NewStore(buckets[stream.BucketFrontier])
	c.holder = frontier.NewHolder(buckets[stream.BucketLeases], c.opts.ID)
	c.health, c.state = buckets[stream.BucketHealth], buckets[stream.BucketState]
	var hosts []string
	for _, config := range c.opts.Config.Sources {
		s, err := newSource(config)
		if err != nil {
			return err
		}
		c.sources[s.ID] = s
		c.know(s)
		if s.look != nil {
			hosts = append(hosts, s.host)
			c.count.Sources.Add(1)
		}
	}
	c.holder.Use(hosts)
	return nil
}

func newSource(c SourceConfig) (*source, error) {
	s := &source{SourceConfig: c, host: hostOf(c.URL)}
	if !c.Via.Polled() || c.Off {
		return s, nil
	}
	look, err := NewSource(c)
	if err != nil {
		return nil, err
	}
	s.look = look
	s.host = cmp.Or(s.host, string(c.Via)+"."+c.ID)
	return s, nil
}

func (c *Crawler) know(s *source) {
	for _, host := range append([]string{hostOf(s.URL)}, s.Aliases...) {
		if host != "" {
			c.outlets[host] = outlet{s.Kind, s.Outlet}
		}
	}
}

// Progress gives the counters; they may be read at any time.
func (c *Crawler) Progress() *Progress { return &c.count }

// Requests gives the counters of the web client.
func (c *Crawler) Requests() *fetch.Counters { return &c.fetch.Counters }

// Config lists the sources, in the order of their ids.
func (c *Crawler) Config() []SourceConfig {
	out := make([]SourceConfig, 0, len(c.sources))
	for _, id := range slices.Sorted(maps.Keys(c.sources)) {
		out = append(out, c.sources[id].SourceConfig)
	}
	return out
}
