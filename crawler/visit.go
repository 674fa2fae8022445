package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/stream"
)

// Bounds of adaptive polling: the user's promise is 1 to 60 minutes.
const (
	leastInterval = time.Minute
	mostInterval  = time.Hour
	// saveEvery is how many pages may be fetched twice after a crash.
	saveEvery = 8
	// maxTries is how often a page that cannot be read is tried.
	maxTries = 6
)

// look is one visit under way.
type look struct {
	c       *Crawler
	s       *source
	rec     *frontier.Record
	over    uint64 // revision the record was loaded from
	valid   func() bool
	left    int // pages that may still be fetched
	unsaved int
	tally   tally
}

// visit looks at a source and its pages, and returns when to come again.
func (c *Crawler) visit(ctx context.Context, s *source, since time.Time, valid func() bool) time.Time {
	c.count.Active.Add(1)
	defer c.count.Active.Add(-1)
	settle(ctx, since, c.opts.Config.Delay)
	c.recallClocks(ctx, s)
	v := &look{c: c, s: s, valid: valid, left: c.opts.Config.PagesPerVisit}
	more, err := v.run(ctx)
	if ctx.Err() != nil {
		_ = v.save(context.WithoutCancel(ctx)) // what was published need not be fetched again
		return time.Now()
	}
	c.count.Visits.Add(1)
	if errors.Is(err, errLost) {
		return time.Now().Add(frontier.Renew) // nobody's fault; the new holder goes on
	}
	if err != nil {
		c.count.Failed.Add(1)
		c.log.Warn("crawler: visit", "source", s.ID, "error", err)
	}
	next := v.next(time.Now(), more, err)
	c.note(ctx, s, v.tally.with(err, next))
	return next
}

// settle waits until the process that held the host before has certainly been
// silent for one delay.
func settle(ctx context.Context, since time.Time, delay time.Duration) {
	if delay == 0 {
		delay = fetch.DefaultDelay
	}
	if wait := time.Until(since.Add(delay)); wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
		}
	}
}

// run is the visit: door, new items, second looks. more says that pages were
// left for the next visit.
func (v *look) run(ctx context.Context) (more bool, err error) {
	if v.rec, v.over, err = v.c.store.Load(ctx, v.s.ID); err != nil {
		return false, err
	}
	now := time.Now()
	finding, err := v.s.look.Look(ctx, intake.Visit{Now: now, Record: v.rec, Fetch: v.c.fetch,
		State: v.c.state, Keep: v.c.opts.Config.Archive.Retention[string(v.s.Kind)]})
	if err != nil && len(finding.Items) == 0 {
		v.rec.Failures++
		return false, errors.Join(err, v.save(ctx))
	}
	v.rec.Failures, v.rec.Visited = 0, now
	v.tally.Bad += finding.Bad
	v.c.subscribe(ctx, v.s, finding, now)
	more, readErr := v.read(ctx, finding)
	if readErr == nil && !more {
		// Validators are kept only when everything they stand for was read.
		v.rec.ETag, v.rec.LastModified = finding.ETag, finding.LastModified
	}
	v.rec.Learn(now, v.tally.New)
	if err := v.save(ctx); err != nil {
		return false, err
	}
	return more || finding.More, readErr
}

// read takes in the items, oldest first, then looks again at pages that are
// due.
func (v *look) read(ctx context.Context, finding intake.Finding) (more bool, err error) {
	listed := map[uint64]intake.Item{}
	for _, it := range oldestFirst(finding.Items) {
		listed[it.Address()] = it
		p, known := v.rec.Page(it.Address())
		if known && !it.Complete && (p.Text != 0 || p.Next.IsZero() || p.Next.After(time.Now())) {
			continue
		}
		if v.left == 0 && !it.Complete {
			return true, nil
		}
		if err := v.take(ctx, it); err != nil {
			return false, err
		}
	}
	for _, p := range v.rec.Due(time.Now()) {
		if v.left == 0 {
			return true, nil
		}
		it, ok := listed[p.Address]
		if it.Complete {
			continue
		}
		if !ok {
			it, ok = v.address(p)
		}
		if !ok {
			p.Next = v.lookAgain(p)
			v.rec.Set(p)
			continue
		}
		if err := v.take(ctx, it); err != nil {
			return false, err
		}
	}
	return false, nil
}

func oldestFirst(items []intake.Item) []intake.Item {
	out := slices.Clone(items)
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b intake.Item) int { return a.Text.Published.Compare(b.Text.Published) })
	return out
}

// lookAgain is when to look for the address of a page again that the archive
// does not know: never, unless another machine may have it and not have
// uploaded it yet.
func (v *look) lookAgain(p frontier.Page) time.Time {
	if a := v.c.opts.Archive; a != nil && a.Lag() > 0 && time.Since(p.Found) < 2*a.Lag()+time.Hour {
		return time.Now().Add(a.Lag())
	}
	return time.Time{}
}

// address finds, in the archive, the address of a page that has left its
// listing.
func (v *look) address(p frontier.Page) (intake.Item, bool) {
	if v.c.opts.Archive == nil {
		return intake.Item{}, false
	}
	e, err := v.c.opts.Archive.Find(p.Address)
	if err != nil || !webAddress(e.URL) {
		return intake.Item{}, false
	}
	it := v.s.blank()
	it.URL = e.URL
	return it, it.Address() == p.Address
}

// errLost says that the host is another process's now.
var errLost = errors.New("crawler: the host's lease was lost")

// take reads one item and publishes what is new. It fails only with what ends
// the visit: a lost lease, a host that asks for quiet, a bus or archive that
// is down.
func (v *look) take(ctx context.Context, it intake.Item) error {
	if !v.valid() {
		return errLost
	}
	if it.Complete {
		return v.complete(ctx, it)
	}
	v.left--
	page, err := v.c.fetch.Get(ctx, fetch.Request{URL: it.URL})
	if fetch.IsBusy(err) && v.left > 0 {
		v.left-- // the client waits as long as the host has asked for
		page, err = v.c.fetch.Get(ctx, fetch.Request{URL: it.URL})
	}
	var held *fetch.HeldError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &held):
		return err
	case fetch.IsGone(err):
		return v.gone(ctx, it)
	case err != nil:
		v.unreadable(it, err)
		return nil
	}
	a, err := extract.Page(page.Body, page.ContentType(), page.Final, v.s.Rules, page.Fetched)
	if err != nil {
		v.unreadable(it, err)
		return nil
	}
	if a.Body == "" && a.Lead == "" {
		v.tally.Empty++
		v.unreadable(it, fmt.Errorf("crawler: %s: no text", it.URL))
		return nil
	}
	if v.s.astray(&a) {
		v.passed(it)
		return nil
	}
	it, a = v.s.clocks.dated(it, a, page.Fetched)
	it = v.c.correcting(ctx, v.c.filled(it, a), v.rec, page.Fetched)
	if err := v.accept(ctx, it, page); err != nil {
		return err
	}
	return v.clock(ctx, it)
}

// clock looks whether the dates of the source are those of a clock, and takes
// them back where they turn out to be.
func (v *look) clock(ctx context.Context, it intake.Item) error {
	v.s.clocks.published(it)
	for _, from := range v.s.clocks.origins() {
		for _, wrong := range v.s.clocks.learn(from) {
			if err := v.c.intake.Redate(ctx, undated(wrong), v.rec, time.Now()); err != nil {
				return err
			}
		}
	}
	v.tally.Dated, v.tally.Clocks = true, v.s.clocks.broken
	return nil
}

// complete takes an item that came whole. A removal carries no text: that of
// the archive stands in.
func (v *look) complete(ctx context.Context, it intake.Item) error {
	it, err := v.c.worded(ctx, v.s, it)
	if errors.Is(err, intake.ErrForgotten) {
		if p, known := v.rec.Page(it.Address()); known {
			p.Removed = true
			v.rec.Set(p)
		}
		return nil
	}
	if err != nil {
		return err
	}
	if !it.Channel.Citizen() {
		it, _ = v.s.clocks.dated(it, extract.Article{}, time.Now())
	}
	it = v.c.correcting(ctx, v.c.threaded(ctx, it), v.rec, time.Now())
	if err := v.accept(ctx, it, nil); err != nil || it.Channel.Citizen() {
		return err
	}
	return v.clock(ctx, it)
}

// astray tells whether a link led to a page that lists others: lists of links
// and sitemaps hold such, feeds hold articles.
func (s *SourceConfig) astray(a *extract.Article) bool {
	return (s.Via == ViaListing || s.Via == ViaSitemap) && s.lists(a)
}

// lists tells whether a page lists others. Rules of the user's say themselves
// what is an article.
func (s *SourceConfig) lists(a *extract.Article) bool {
	return (s.Rules == nil || s.Rules.Body == "") && a.Lists()
}

// passed remembers a page that is not to be read again, and counts it.
func (v *look) passed(it intake.Item) {
	v.c.count.Passed.Add(1)
	now := time.Now()
	v.rec.Set(frontier.Page{Address: it.Address(), Found: now, Visits: 1})
}

// unreadable remembers a page that could not be read, to try it again later
// and less and less often. It does not end the visit.
func (v *look) unreadable(it intake.Item, err error) {
	v.c.count.Unreadable.Add(1)
	v.tally.Unreadable++
	v.tally.PageError = err
	now := time.Now()
	p, known := v.rec.Page(it.Address())
	if !known {
		p = frontier.Page{Address: it.Address(), Found: now}
	}
	p.Visits++
	p.Next = now.Add(time.Minute << min(p.Visits, 9))
	if p.Visits >= maxTries && p.Text == 0 {
		p.Next = time.Time{}
	}
	v.rec.Set(p)
}

// gone notes that a page is missing; the second time it is flagged as removed
// and its text, from the archive, is published again with the flag.
func (v *look) gone(ctx context.Context, it intake.Item) error {
	p, known := v.rec.Page(it.Address())
	if !known || p.Text == 0 {
		v.unreadable(it, fmt.Errorf("crawler: %s: gone before it was read", it.URL))
		return nil
	}
	if !p.Missing {
		p.Missing = true
		p.Schedule(time.Now())
		v.rec.Set(p)
		return nil
	}
	old, err := v.c.recall(ctx, v.s, it)
	if errors.Is(err, intake.ErrForgotten) {
		p.Removed = true
		p.Schedule(time.Now())
		v.rec.Set(p)
		return nil
	}
	if err != nil {
		return err
	}
	old.Removed = true
	return v.accept(ctx, old, nil)
}

func (v *look) accept(ctx context.Context, it intake.Item, page *fetch.Page) error {
	outcome, err := v.c.intake.Accept(ctx, it, page, v.rec, time.Now())
	if err != nil {
		return err
	}
	v.tally.add(outcome, it)
	v.c.counted(outcome)
	if outcome != intake.Same {
		if v.unsaved++; v.unsaved >= saveEvery {
			return v.save(ctx)
		}
	}
	return nil
}

func (c *Crawler) counted(outcome intake.Outcome) {
	switch outcome {
	case intake.New:
		c.count.Found.Add(1)
	case intake.Changed:
		c.count.Changed.Add(1)
	case intake.Removed:
		c.count.Removed.Add(1)
	case intake.Same:
		c.count.Same.Add(1)
	}
}

// save stores the record. If another process has saved since, this one's
// knowledge is dropped: the host is the other's.
func (v *look) save(ctx context.Context) error {
	if v.rec == nil {
		return nil
	}
	over, err := v.c.store.Save(ctx, v.s.ID, v.rec, v.over)
	if errors.Is(err, stream.ErrConflict) {
		return errLost
	}
	if err != nil {
		return err
	}
	v.over, v.unsaved = over, 0
	return nil
}

// next is when to come again.
func (v *look) next(now time.Time, more bool, err error) time.Time {
	var held *fetch.HeldError
	switch {
	case errors.As(err, &held):
		return held.Until
	case more && err == nil:
		return now
	case v.rec == nil:
		return now.Add(leastInterval)
	}
	wait := v.rec.Interval(v.s.importance(), leastInterval, mostInterval)
	if v.s.Every > 0 && v.rec.Failures == 0 {
		wait = v.s.Every
	}
	next := now.Add(wait)
	if due := v.rec.NextDue(); !due.IsZero() && due.Before(next) {
		next = due
	}
	return later(next, now.Add(leastInterval))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (s *source) importance() int {
	if s.Importance == 0 {
		return 3
	}
	return s.Importance
}
