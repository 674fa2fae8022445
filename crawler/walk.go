package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/temoto/robotstxt"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/sitemap"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// ErrNoSitemap says that a source has no sitemap that could be walked.
var ErrNoSitemap = errors.New("crawler: no sitemap found")

// Walked counts what a walk through a source's sitemaps found. Every address
// that is listed is counted once more below Listed.
type Walked struct {
	Sitemaps int `json:"sitemaps"` // that were read
	Listed   int `json:"listed"`   // addresses in them

	Outside    int `json:"outside"`    // dated before or after the range
	Undated    int `json:"undated"`    // without a date; not fetched unless asked to
	Foreign    int `json:"foreign"`    // on hosts that are not the outlet's
	Known      int `json:"known"`      // in the archive, or remembered by the source's record
	Forbidden  int `json:"forbidden"`  // by robots.txt
	Gone       int `json:"gone"`       // listed, but not there
	Unreadable int `json:"unreadable"` // no text was found, or no answer came
	Passed     int `json:"passed"`     // pages that list others and are no article
	Published  int `json:"published"`
	Left       int `json:"left"` // not looked at when the walk ended

	Problems []string `json:"problems,omitempty"` // the first few, with their addresses
}

// mostProblems is how many problems a walk names.
const mostProblems = 10

func (w *Walked) problem(format string, args ...any) {
	if len(w.Problems) < mostProblems {
		w.Problems = append(w.Problems, fmt.Sprintf(format, args...))
	}
}

// WalkOptions say how to walk.
type WalkOptions struct {
	From, To time.Time // of lastmod, or of a news sitemap's publication date
	Undated  bool      // fetch addresses without a date too
	// Progress, which may be nil, is called after every page.
	Progress func(Walked)
}

// Bounds of a walk: sitemaps.org allows 50,000 sitemaps an index; an outlet's
// twenty years fit into these.
const (
	maxSitemaps = 2000
	maxWalked   = 500_000
)

// Times of a walk. Its host is lent by the crawler that has it, which visits
// its sources in between: a walk takes hours, and the source must still be
// heard.
const (
	walkTurn = 10 * time.Minute
	walkRest = time.Minute
)

// Walk reads the sitemaps of a source and publishes the pages of the range that
// are not known, as found now. It keeps the pace and the robots.txt of the
// host, which the crawlers that run lend it. It may be repeated: what it has
// published is known the next time. What it has done is told even with an error.
func (c *Crawler) Walk(ctx context.Context, source string, o WalkOptions) (Walked, error) {
	s := c.sources[source]
	if s == nil {
		return Walked{}, fmt.Errorf("%w: %q", ErrSource, source)
	}
	if s.host == "" || s.URL == "" || s.Kind == mention.Social {
		return Walked{}, fmt.Errorf("%w: source %s has no site of its own", ErrNoSitemap, source)
	}
	guest, done, err := c.guest(ctx, s.host)
	if err != nil {
		return Walked{}, err
	}
	defer done()
	w := &walker{c: c, s: s, o: o, guest: guest, rec: &frontier.Record{}}
	err = w.run(ctx)
	return w.Walked, err
}

// guest joins those who share the hosts, for a while, and asks for one.
func (c *Crawler) guest(ctx context.Context, host string) (*frontier.Holder, func(), error) {
	b, err := c.opts.Bus.Bucket(ctx, stream.BucketLeases)
	if err != nil {
		return nil, nil, fmt.Errorf("crawler: walk: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	guest, ended := frontier.NewGuest(b, c.opts.ID), make(chan struct{})
	guest.Use([]string{host})
	go func() {
		defer close(ended)
		guest.Run(ctx, c.warn)
	}()
	return guest, func() { stop(); <-ended }, nil
}

// walker is one walk under way.
type walker struct {
	Walked
	c     *Crawler
	s     *source
	o     WalkOptions
	guest *frontier.Holder
	rec   *frontier.Record // of the source, as it was when the turn began

	// The turn: the host that is lent, until when, and how to give it back.
	host  string
	valid func() bool
	until time.Time
	leave func()
}

// run reads the sitemaps, sorts out what is known, and reads the rest, oldest
// first.
func (w *walker) run(ctx context.Context) error {
	defer w.giveBack()
	listed, err := w.sitemaps(ctx)
	if err != nil {
		return err
	}
	wanted, err := w.unknown(ctx, w.choose(listed))
	if err != nil {
		return err
	}
	for i, u := range wanted {
		w.Left = len(wanted) - i
		if err := w.page(ctx, u); err != nil {
			return err
		}
		w.Left--
		if w.o.Progress != nil {
			w.o.Progress(w.Walked)
		}
	}
	return nil
}

// choose keeps what is dated within the range and lies on the outlet's hosts.
func (w *walker) choose(listed []sitemap.URL) []sitemap.URL {
	var out []sitemap.URL
	w.Listed = len(listed)
	for _, u := range listed {
		at := dated(u)
		switch o := w.c.outlets[hostOf(u.Loc)]; {
		case hostOf(u.Loc) != w.s.host && (o.id != w.s.Outlet || o.kind != w.s.Kind):
			w.Foreign++
		case at.IsZero() && !w.o.Undated:
			w.Undated++
		case !at.IsZero() && (at.Before(w.o.From) || at.After(w.o.To)):
			w.Outside++
		default:
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b sitemap.URL) int {
		return cmp.Or(cmp.Compare(hostOf(a.Loc), hostOf(b.Loc)), dated(a).Compare(dated(b)))
	})
	return out
}

// dated is when a page was published, or else changed.
func dated(u sitemap.URL) time.Time {
	if u.News != nil && !u.News.Published.IsZero() {
		return u.News.Published.Time
	}
	return u.LastMod.Time
}

// unknown leaves out what the archive has.
func (w *walker) unknown(ctx context.Context, all []sitemap.URL) ([]sitemap.URL, error) {
	if w.c.opts.Archive == nil {
		return all, nil
	}
	known := map[uint64]bool{}
	for _, u := range all {
		known[archive.AddressHash(u.Loc)] = false
	}
	err := w.c.opts.Archive.Entries(ctx, "", time.Time{}, time.Now(), func(e archive.Entry) error {
		if _, asked := known[e.Address]; asked {
			known[e.Address] = true
		}
		return nil
	})
	return slices.DeleteFunc(all, func(u sitemap.URL) bool {
		if known[archive.AddressHash(u.Loc)] {
			w.Known++
			return true
		}
		return false
	}), err
}

// page reads one page and publishes it. It fails only with what ends the walk.
func (w *walker) page(ctx context.Context, u sitemap.URL) error {
	it := sitemapSource{w.s.SourceConfig}.item(u)
	if _, known := w.rec.Page(it.Address()); known {
		w.Known++
		return nil
	}
	page, err := w.get(ctx, fetch.Request{URL: u.Loc})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errQuiet):
		return err
	case errors.Is(err, fetch.ErrRobots):
		w.Forbidden++
		return nil
	case fetch.IsGone(err):
		w.Gone++
		return nil
	case err != nil:
		w.Unreadable++
		w.problem("%s: %v", u.Loc, err)
		return nil
	}
	a, err := extract.Page(page.Body, page.ContentType(), page.Final, w.s.Rules, page.Fetched)
	if err != nil || a.Body == "" && a.Lead == "" {
		w.Unreadable++
		if err == nil {
			err = errors.New("no text")
		}
		w.problem("%s: %v", u.Loc, err)
		return nil
	}
	if w.s.lists(&a) {
		w.Passed++
		return nil
	}
	// A record of its own: the source's keeps the newest pages, and would
	// forget them for these.
	if _, err := w.c.intake.Accept(ctx, w.c.filled(it, a), page, &frontier.Record{}, time.Now()); err != nil {
		return err
	}
	w.Published++
	return nil
}

// errQuiet says that a host has asked for quiet too often.
var errQuiet = errors.New("crawler: walk: the host asks for quiet again and again; go on later with the same command")

// mostBusy is how often in a row a host may ask for quiet.
const mostBusy = 5

// get fetches when it is the walk's turn at the host, and waits where the host
// asks for quiet.
func (w *walker) get(ctx context.Context, r fetch.Request) (*fetch.Page, error) {
	for busy := 0; busy < mostBusy; busy++ {
		if err := w.turn(ctx, hostOf(r.URL)); err != nil {
			return nil, err
		}
		page, err := w.c.fetch.Get(ctx, r)
		var held *fetch.HeldError
		if !errors.As(err, &held) && !fetch.IsBusy(err) {
			return page, err
		}
		wait := walkRest
		if held != nil {
			wait = time.Until(held.Until)
		}
		if w.giveBack(); !pause(ctx, wait) {
			return nil, ctx.Err()
		}
	}
	return nil, errQuiet
}

// turn waits until the host is lent, and rests when it has been for long.
func (w *walker) turn(ctx context.Context, host string) error {
	if w.leave != nil && w.host == host && w.valid() && time.Now().Before(w.until) {
		return nil
	}
	if w.leave != nil && w.host == host {
		if w.giveBack(); !pause(ctx, walkRest) {
			return ctx.Err()
		}
	}
	if w.leave != nil {
		w.giveBack()
	}
	w.guest.Use([]string{host})
	for {
		since, valid, leave, ok := w.guest.Enter(host)
		if ok {
			w.host, w.valid, w.leave, w.until = host, valid, leave, time.Now().Add(walkTurn)
			settle(ctx, since, w.c.opts.Config.Delay)
			return w.remember(ctx)
		}
		if !pause(ctx, time.Second) {
			return ctx.Err()
		}
	}
}

// remember reads what the source has seen meanwhile.
func (w *walker) remember(ctx context.Context) error {
	rec, _, err := w.c.store.Load(ctx, w.s.ID)
	if err == nil {
		w.rec = rec
	}
	return err
}

func (w *walker) giveBack() {
	if w.leave != nil {
		w.leave()
		w.leave = nil
	}
	w.guest.Use(nil)
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(max(d, 0))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// sitemaps reads every sitemap of the site that may list pages of the range.
func (w *walker) sitemaps(ctx context.Context) ([]sitemap.URL, error) {
	queue, err := w.doors(ctx)
	seen := map[string]bool{}
	var listed []sitemap.URL
	for len(queue) > 0 && err == nil && w.Sitemaps < maxSitemaps && len(listed) < maxWalked {
		next := queue[0]
		queue = queue[1:]
		if seen[next] {
			continue
		}
		seen[next] = true
		m, bad := w.sitemap(ctx, next)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(bad, errQuiet):
			return nil, bad
		}
		listed = append(listed, m.URLs...)
		for _, part := range m.Sitemaps {
			if at := part.LastMod.Time; at.IsZero() || !at.Before(w.o.From) {
				queue = append(queue, part.Loc)
			}
		}
	}
	if err == nil && w.Sitemaps == 0 {
		err = fmt.Errorf("%w: %s", ErrNoSitemap, cmp.Or(strings.Join(w.Problems, "; "), w.s.URL))
	}
	return unique(listed), err
}

func (w *walker) sitemap(ctx context.Context, address string) (sitemap.Map, error) {
	var m sitemap.Map
	_, err := w.get(ctx, mapAt(address, time.Now(), &m))
	if err == nil {
		w.Sitemaps++
		return m, nil
	}
	w.problem("%s: %v", address, err)
	return sitemap.Map{}, err
}

// doors are where the site's sitemaps begin: the source's own address, what
// robots.txt names, else the usual place.
func (w *walker) doors(ctx context.Context) ([]string, error) {
	if w.s.Via == ViaSitemap {
		return []string{w.s.URL}, nil
	}
	page, err := w.get(ctx, fetch.Request{URL: resolveAgainst(w.s.URL, "/robots.txt")})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err == nil {
		if rules, err := robotstxt.FromBytes(page.Body); err == nil && len(rules.Sitemaps) > 0 {
			return rules.Sitemaps, nil
		}
	}
	return []string{resolveAgainst(w.s.URL, "/sitemap.xml")}, nil
}

// unique drops addresses that are listed twice.
func unique(all []sitemap.URL) []sitemap.URL {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(u sitemap.URL) bool {
		twice := seen[u.Loc]
		seen[u.Loc] = true
		return twice || !webAddress(u.Loc)
	})
}
