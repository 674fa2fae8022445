package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/notify"
	"github.com/diembao/diembao/watch/outage"
)

// counts are what the terminal and /metrics read.
type counts struct {
	crawler *crawler.Progress
	worker  *processor.Worker
	indexer *indexer.Worker
	watch   *watch.Watch
}

// owner names this process among several.
func owner() string { return strings.ToLower(rand.Text()[:12]) }

func (a *app) openCrawler(ctx context.Context) error {
	if !a.has("crawler") {
		return nil
	}
	o := crawler.Options{Bus: a.bus, Log: a.Log}
	if a.Demo != nil {
		o.Hosts = a.Demo.hosts
	}
	made, err := newCollector(ctx, a.Config, o)
	if err != nil {
		return err
	}
	a.later("archive", made.close)
	a.archive = made.archive
	a.part("archive", made.archive.Run)
	if len(a.Config.Crawler.Archive.Retention) > 0 {
		if err := a.daily(ctx, "archive."+made.archive.Place(), expireArchiveAt, a.expireArchive); err != nil {
			return err
		}
	}
	a.counts.crawler, a.doors = made.Progress(), made.Handler()
	a.part("crawler", made.Run)
	if a.Demo != nil {
		a.part("press", func(ctx context.Context) error { return a.Demo.feed(ctx, made.Crawler) })
	}
	return nil
}

func (a *app) openProcessor(context.Context) error {
	if !a.has("processor") {
		return nil
	}
	registry, err := a.registry()
	if err != nil {
		return err
	}
	r, err := newReaders(registry, a.Config.Processor, a.Log)
	if err != nil {
		return err
	}
	a.counts.worker = processor.NewWorker(a.Config.Processor, r.options(a.bus))
	a.part("processor", a.counts.worker.Run)
	a.part("careful reading", a.counts.worker.RunCareful)
	return nil
}

func (a *app) openIndexer(ctx context.Context) error {
	if !a.has("indexer") && !a.has("watch") && !a.has("desk") {
		return nil
	}
	if len(a.Only) < len(stages()) && a.Config.Index.URL == "" {
		return usage(errors.New("run --only: the embedded index belongs to one process; set index.url to an Elasticsearch"))
	}
	engine, err := openEngine(ctx, a.Config)
	if err != nil {
		return err
	}
	a.engine = engine
	a.later("index", engine.Close)
	if !a.has("indexer") {
		return nil
	}
	if len(a.Config.Index.Keep) > 0 {
		if err := a.daily(ctx, "index", expireIndexAt, a.expireIndex); err != nil {
			return err
		}
	}
	a.counts.indexer = indexer.NewWorker(indexer.Options{Bus: a.bus, Writer: engine})
	a.part("indexer", a.counts.indexer.Run)
	return nil
}

// openLedger opens the decisions once, for watch and desk.
func (a *app) openLedger(ctx context.Context) error {
	if a.ledger != nil {
		return nil
	}
	l, err := ledger.Open(ctx, a.bus)
	if err != nil {
		return err
	}
	a.ledger, a.book = l, watch.NewBook(l)
	a.later("ledger", l.Close)
	return nil
}

func (a *app) openWatch(ctx context.Context) error {
	if !a.has("watch") {
		return nil
	}
	if err := a.openLedger(ctx); err != nil {
		return err
	}
	policies, err := a.policies()
	if err != nil {
		return err
	}
	health, err := a.bus.Bucket(ctx, stream.BucketHealth)
	if err != nil {
		return err
	}
	o := watch.Options{Bus: a.bus, Book: a.book, Searcher: a.engine, Rules: a.Config.Rules, Zone: viet.Zone(), Owner: owner(), Log: a.Log,
		Silent: func(_, to time.Time) []string { return notHeard(health, to) }, PolicyName: nameOf(policies)}
	for _, p := range policies {
		o.Policies = append(o.Policies, p.ID)
	}
	if a.Demo != nil {
		o.Every = 2 * time.Second
		o.AnnounceWithin = 14 * 24 * time.Hour // the outbox shows what the fortnight would have sent
	}
	a.counts.watch = watch.New(o)
	a.part("watch", a.counts.watch.Run)
	return a.openNotify(ctx)
}

func (a *app) openNotify(ctx context.Context) error {
	channels, err := a.Config.Notify.Open()
	if err != nil {
		return err
	}
	state, err := a.bus.Bucket(ctx, stream.BucketState)
	if err != nil {
		return err
	}
	a.outbox = notify.NewOutbox(state, a.Config.Notify.Link)
	if a.Demo != nil {
		channels = append(channels, a.outbox)
	}
	if err := a.openOutages(ctx); err != nil {
		return err
	}
	a.part("notify", notify.New(notify.Options{Bus: a.bus, Book: a.book, Channels: channels, Log: a.Log}).Run)
	return nil
}

// openOutages tells those who look after the sources of what is not heard.
func (a *app) openOutages(ctx context.Context) error {
	if len(a.Config.Notify.Sources) == 0 {
		return nil
	}
	listed := map[string]bool{}
	for _, s := range a.Config.Crawler.Sources {
		listed[s.ID] = !s.Off
	}
	o, err := outage.New(ctx, outage.Options{Bus: a.bus, Channels: a.Config.Notify.Sources, Owner: owner(), Log: a.Log,
		Listed: func(id string) bool { return listed[id] }})
	if err != nil {
		return err
	}
	a.part("outages", o.Run)
	return nil
}

func (a *app) openDesk(ctx context.Context) error {
	handler := http.Handler(nil)
	switch {
	case a.has("desk"):
		made, err := a.newDesk(ctx)
		if err != nil {
			return err
		}
		handler = made.Handler()
	case a.doors != nil: // a crawler alone still takes what is pushed
		handler = a.doors
	default:
		return nil
	}
	a.http = &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	return nil
}

func (a *app) newDesk(ctx context.Context) (*desk.Desk, error) {
	if err := a.openLedger(ctx); err != nil {
		return nil, err
	}
	policies, err := a.policies()
	if err != nil {
		return nil, err
	}
	health, err := a.bus.Bucket(ctx, stream.BucketHealth)
	if err != nil {
		return nil, err
	}
	tokens, err := tokens(a.Config.APITokens)
	if err != nil {
		return nil, err
	}
	o := desk.Options{Unit: a.Config.Unit, Searcher: a.engine, Ledger: a.ledger, Alerts: a.book, Policies: policies,
		Sources: func(ctx context.Context) ([]desk.Source, error) { return deskSources(ctx, health) },
		Waiting: a.waiting, Demo: a.Demo != nil, Tokens: tokens, Secure: a.Config.Secure, Digest: a.Config.Digest,
		Log: a.Log, Extra: map[string]http.Handler{"GET /metrics": a.metrics()}}
	if a.doors != nil {
		o.Extra["/v1/"], o.Extra["/hooks/"] = a.doors, a.doors
	}
	if a.Demo != nil && a.outbox != nil {
		o.Outbox = a.notices
	}
	return desk.New(o)
}

// registry loads the lists once, for every stage that reads them.
func (a *app) registry() (*configs.Registry, error) {
	if a.lists != nil {
		return a.lists, nil
	}
	r, err := configs.LoadRegistry(a.Config.Registry, a.Config.Base)
	if err != nil {
		return nil, usage(err)
	}
	a.lists = r
	return r, nil
}

// policies names the registry's policies for watch and desk.
func (a *app) policies() ([]desk.Policy, error) {
	r, err := a.registry()
	if err != nil {
		return nil, err
	}
	var out []desk.Policy
	for _, p := range r.Policies.Policies {
		out = append(out, desk.Policy{ID: p.ID, Name: p.Name})
	}
	return out, nil
}

func nameOf(policies []desk.Policy) func(string) string {
	names := map[string]string{}
	for _, p := range policies {
		names[p.ID] = p.Name
	}
	return func(id string) string {
		if n := names[id]; n != "" {
			return n
		}
		return id
	}
}

// tokens reads bearer tokens, one a line; lines that begin with # are notes.
func tokens(file string) ([]string, error) {
	text, err := secret(file)
	if err != nil {
		return nil, usage(err)
	}
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out, nil
}
