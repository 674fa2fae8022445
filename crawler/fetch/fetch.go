// Package fetch is the crawler's only way to the web. It keeps robots.txt
// (with Crawl-delay, for 24 hours), one pace a host, Retry-After, conditional
// GET, an identified user agent with a contact, and caps on time, redirects,
// headers and bytes after decompression; it refuses private, loopback,
// link-local and metadata addresses on every hop and after DNS.
//
// It reads the network and writes nothing. Everything that asks the web
// (colly too) goes through Transport, so that no caller can be impolite.
//
// Limit: pace and robots.txt are kept in memory; that a host is visited by one
// process only is the frontier's doing.
package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how to behave. The zero value of a field is its default.
type Options struct {
	// UserAgent names the program and a contact: "diembao/1 (+https://…; mail@…)".
	UserAgent string
	// Transport carries the requests; nil is a guarded http.Transport of its
	// own. A test passes the fixture press here.
	Transport http.RoundTripper
	// Hosts maps host names to dial addresses (demo, intranet); such hosts may
	// be private.
	Hosts map[string]string
	// Allow lists host names, ".suffixes" and CIDR prefixes that may be private.
	Allow []string
	// Delay is the least time between two requests of a host; default 2 s.
	Delay time.Duration
	// Timeout bounds one page with its redirects, waiting for the pace not
	// counted; default 30 s.
	Timeout time.Duration
	// MaxBytes bounds a body after decompression; default 8 MiB.
	MaxBytes int64
	// MaxRedirects bounds the hops; default 5.
	MaxRedirects int
}

// Defaults, and the greatest values a server can talk us into.
const (
	DefaultDelay = 2 * time.Second
	MaxDelay     = time.Minute // longest Crawl-delay that is honoured by waiting
	RobotsLife   = 24 * time.Hour
	maxHold      = time.Hour        // longest Retry-After
	patience     = 30 * time.Second // longest hold that is waited out in place
)

// Fetcher fetches. It may be used by many goroutines.
type Fetcher struct {
	opts  Options
	guard *guard
	base  http.RoundTripper

	mu    sync.Mutex
	hosts map[string]*host

	Counters Counters
}

// Counters count requests and their outcomes since the start.
type Counters struct {
	Requests, NotModified, Failed, Refused, Bytes atomic.Int64
}

// New checks the options. It fails on a user agent without a contact and on an
// allow-list entry that is neither a name nor a prefix.
func New(o Options) (*Fetcher, error) {
	if !strings.Contains(o.UserAgent, "@") && !strings.Contains(o.UserAgent, "://") {
		return nil, fmt.Errorf("fetch: user agent %q: want a contact (an address or a page)", o.UserAgent)
	}
	o.Delay = or(o.Delay, DefaultDelay)
	o.Timeout = or(o.Timeout, 30*time.Second)
	o.MaxBytes = or(o.MaxBytes, 8<<20)
	o.MaxRedirects = or(o.MaxRedirects, 5)
	g, err := newGuard(o.Hosts, o.Allow)
	if err != nil {
		return nil, err
	}
	f := &Fetcher{opts: o, guard: g, base: o.Transport, hosts: map[string]*host{}}
	if f.base == nil {
		f.base = g.transport()
	}
	return f, nil
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Close drops idle connections.
func (f *Fetcher) Close() {
	if t, ok := f.base.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Request is one page to get.
type Request struct {
	URL          string
	ETag         string // sent as If-None-Match
	LastModified string // sent as If-Modified-Since
	Header       http.Header
	// API says that the address is an official interface used with the unit's
	// own credentials: robots.txt, which speaks of pages, is not asked, and an
	// error status comes back as a Page, since its body says what is wrong.
	API bool
	// MaxBytes bounds this body instead of Options.MaxBytes; 0: that one does.
	MaxBytes int64
	// Read, if not nil, is given the body as it comes, and Page.Body stays
	// empty: for what is too large to be held. It unpacks gzip files itself and
	// is not called where nothing was modified. Its error is Get's, and so is
	// the network's, even where Read took that for the end.
	Read func(p *Page, body io.Reader) error
}

// Page is what came back.
type Page struct {
	URL         string // as asked for
	Final       string // after redirects
	Status      int
	Header      http.Header
	Body        []byte // decompressed; ".gz" files are unpacked too
	Fetched     time.Time
	NotModified bool // 304: Body is empty
}

// ContentType is the header of that name.
func (p *Page) ContentType() string { return p.Header.Get("Content-Type") }

// Get fetches a page. It fails with ErrTarget, ErrRobots, ErrTooLarge, a
// *StatusError for any status but 2xx and 304, a *HeldError while the host has
// asked for quiet, or with what the network says.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, fmt.Errorf("fetch: %s: %w", r.URL, err)
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	setIf(req.Header, "If-None-Match", r.ETag)
	setIf(req.Header, "If-Modified-Since", r.LastModified)
	client := http.Client{Transport: roundTripper{f, r.API, r.MaxBytes}, CheckRedirect: f.CheckRedirect}
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	defer resp.Body.Close()
	return f.read(r, resp)
}

func setIf(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

func (f *Fetcher) read(r Request, resp *http.Response) (*Page, error) {
	url := r.URL
	p := &Page{URL: url, Final: url, Status: resp.StatusCode, Header: resp.Header, Fetched: time.Now()}
	if resp.Request != nil && resp.Request.URL != nil {
		p.Final = resp.Request.URL.String()
	}
	if resp.StatusCode == http.StatusNotModified {
		p.NotModified = true
		return p, nil
	}
	if (resp.StatusCode < 200 || resp.StatusCode > 299) && !r.API {
		return nil, &StatusError{URL: url, Code: resp.StatusCode, RetryAfter: retryAfter(resp, time.Now())}
	}
	if r.Read != nil {
		if err := hand(r, p, resp.Body); err != nil {
			return nil, err
		}
		return p, nil
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("fetch: %s: read: %w", url, err)
	}
	if p.Body, err = unpack(body, or(r.MaxBytes, f.opts.MaxBytes)); err != nil {
		return nil, fmt.Errorf("fetch: %s: unpack: %w", url, err)
	}
	return p, nil
}

// hand gives the body to who asked for it as it comes.
func hand(r Request, p *Page, body io.Reader) error {
	heard := &fault{r: body}
	err := r.Read(p, heard)
	if heard.err != nil {
		return fmt.Errorf("fetch: %s: read: %w", r.URL, heard.err)
	}
	return err
}

// fault remembers what ended the reading, if not the end.
type fault struct {
	r   io.Reader
	err error
}

func (f *fault) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = err
	}
	return n, err
}

// unpack opens a gzip file that was served as a file, within the byte limit.
func unpack(body []byte, most int64) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(&capped{zip, most})
}

// CheckRedirect refuses too many hops, and a hop from the open web to a host that
// only the allow-list makes reachable.
func (f *Fetcher) CheckRedirect(next *http.Request, via []*http.Request) error {
	if len(via) > f.opts.MaxRedirects {
		return fmt.Errorf("%w: more than %d", ErrRedirects, f.opts.MaxRedirects)
	}
	from, to := via[len(via)-1].URL.Hostname(), next.URL.Hostname()
	if f.guard.named(to) && !f.guard.named(from) {
		return fmt.Errorf("%w: %s leads to %s", ErrTarget, from, to)
	}
	return nil
}

// capped fails with ErrTooLarge instead of reading past n bytes.
type capped struct {
	r io.Reader
	n int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.n < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > c.n+1 {
		p = p[:c.n+1]
	}
	n, err := c.r.Read(p)
	if c.n -= int64(n); c.n < 0 {
		return n, ErrTooLarge
	}
	return n, err
}

// IsGone reports whether err says that the page is no longer there.
func IsGone(err error) bool {
	var s *StatusError
	return errors.As(err, &s) && (s.Code == http.StatusNotFound || s.Code == http.StatusGone)
}

// IsBusy reports whether err says that the host asks us to come later; Get
// waits for that long before its next request, or fails with a *HeldError.
func IsBusy(err error) bool {
	var s *StatusError
	return errors.As(err, &s) && (s.Code == http.StatusTooManyRequests || s.Code == http.StatusServiceUnavailable)
}
