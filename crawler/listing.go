package crawler

import (
	"cmp"
	"context"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/gocolly/colly/v2"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/crawler/sitemap"
	"github.com/diembao/diembao/viet"
)

// newestFirst orders entries by what the sitemap says of their time; those
// without one come last, in their order.
func newestFirst(urls []sitemap.URL) []sitemap.URL {
	out := slices.Clone(urls)
	slices.SortStableFunc(out, func(a, b sitemap.URL) int { return stamp(b).Compare(stamp(a)) })
	return out
}

func stamp(u sitemap.URL) time.Time {
	if u.News != nil && !u.News.Published.IsZero() {
		return u.News.Published.Time
	}
	return u.LastMod.Time
}

type listingSource struct{ c SourceConfig }

// Look implements Source: colly walks the listing and its further pages.
// Robots, pace and caps are the transport's, for colly's own ignore robots.txt
// by default, know no Crawl-delay and no conditional GET.
func (s listingSource) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	w := &walk{c: s.c, seen: map[string]bool{}}
	c := colly.NewCollector(colly.StdlibContext(ctx), colly.AllowURLRevisit(), colly.IgnoreRobotsTxt())
	c.WithTransport(v.Fetch.Transport())
	c.SetRedirectHandler(v.Fetch.CheckRedirect)
	c.OnRequest(func(r *colly.Request) {
		if w.pages++; w.pages == 1 && v.Record.ETag != "" {
			r.Headers.Set("If-None-Match", v.Record.ETag)
		}
	})
	c.OnResponse(w.response)
	c.OnHTML(s.c.Listing.Links, w.link)
	if s.c.Listing.Next != "" {
		c.OnHTML(s.c.Listing.Next, func(e *colly.HTMLElement) { w.next = e.Request.AbsoluteURL(e.Attr("href")) })
	}
	c.OnError(func(r *colly.Response, err error) { w.failed(r, err) })
	for next := s.c.URL; next != "" && w.pages < w.most(); {
		w.next = ""
		if err := c.Visit(next); err != nil && w.err == nil && !w.out.NotModified {
			w.err = fmt.Errorf("crawler: %s: %w", next, err)
		}
		next = w.next
	}
	if w.err != nil && len(w.out.Items) > 0 {
		w.err = nil // the first page was read: a later one is for the next visit
	}
	return w.out, w.err
}

// walk is the state of one walk over a listing.
type walk struct {
	c     SourceConfig
	seen  map[string]bool
	out   intake.Finding
	pages int
	next  string
	err   error
}

func (w *walk) most() int {
	if w.c.Listing.Next == "" {
		return 1
	}
	return cmp.Or(w.c.Listing.Pages, 5)
}

func (w *walk) response(r *colly.Response) {
	if w.pages == 1 {
		w.out.ETag, w.out.LastModified = r.Headers.Get("ETag"), r.Headers.Get("Last-Modified")
	}
	_, params, _ := mime.ParseMediaType(r.Headers.Get("Content-Type"))
	text, _, _ := viet.Decode(r.Body, params["charset"])
	r.Body = []byte(text)
}

func (w *walk) link(e *colly.HTMLElement) {
	address := e.Request.AbsoluteURL(e.Attr("href"))
	if !webAddress(address) || w.seen[address] || len(w.out.Items) == maxListed {
		return
	}
	w.seen[address] = true
	it := w.c.blank()
	it.URL = address
	it.Text.Title = strings.Join(strings.Fields(viet.NFC(e.Text)), " ")
	w.out.Items = append(w.out.Items, it)
}

func (w *walk) failed(r *colly.Response, err error) {
	switch {
	case r.StatusCode == http.StatusNotModified:
		w.out.NotModified = true
	case r.StatusCode >= 300:
		w.err = &fetch.StatusError{URL: r.Request.URL.String(), Code: r.StatusCode}
	default:
		w.err = fmt.Errorf("crawler: %s: %w", w.c.URL, err)
	}
}

// checkSelector reports a CSS selector that cannot be read.
func checkSelector(report func(path, message string), path, selector string) {
	if selector == "" {
		return
	}
	if _, err := cascadia.Compile(selector); err != nil {
		report(path, fmt.Sprintf("bộ chọn CSS không đọc được / selector cannot be read: %v", err))
	}
}
