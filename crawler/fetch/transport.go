package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
)

// host is what is remembered of one host. Whoever has taken the token of lock
// may read and write it; a channel, so that virtual time runs on while others
// wait.
type host struct {
	lock  chan struct{}
	next  time.Time // earliest next request
	hold  time.Time // the host asked for quiet until then
	used  time.Time
	rules *robotstxt.Group
	until time.Time // when the rules must be read again
}

// maxHosts bounds the memory; the longest unused are forgotten.
const maxHosts = 50_000

func (f *Fetcher) host(name string) *host {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.hosts[name]
	if h == nil {
		if len(f.hosts) >= maxHosts {
			f.forget()
		}
		h = &host{lock: make(chan struct{}, 1)}
		f.hosts[name] = h
	}
	h.used = time.Now()
	return h
}

func (f *Fetcher) forget() {
	for name, h := range f.hosts {
		if time.Since(h.used) > time.Hour {
			delete(f.hosts, name)
		}
	}
}

func (h *host) take(ctx context.Context) error {
	select {
	case h.lock <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *host) give() { <-h.lock }

// Transport is the polite way to the web as an http.RoundTripper.
func (f *Fetcher) Transport() http.RoundTripper { return roundTripper{f: f} }

type roundTripper struct {
	f   *Fetcher
	api bool  // do not ask robots.txt
	max int64 // most bytes of a body; 0: as the options say
}

// RoundTrip checks target and robots.txt, waits for the host's pace, asks, and
// bounds time and bytes of the answer.
func (t roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.f.roundTrip(r, t.api, or(t.max, t.f.opts.MaxBytes))
	if errors.Is(err, ErrTarget) || errors.Is(err, ErrRobots) {
		t.f.Counters.Refused.Add(1)
	} else if err != nil {
		t.f.Counters.Failed.Add(1)
	}
	return resp, err
}

func (f *Fetcher) roundTrip(r *http.Request, api bool, most int64) (*http.Response, error) {
	if err := f.guard.check(r.URL); err != nil {
		return nil, err
	}
	ctx := r.Context()
	h := f.host(r.URL.Host)
	if err := h.take(ctx); err != nil {
		return nil, err
	}
	err := f.admit(ctx, h, r.URL, api)
	h.give()
	if err != nil {
		return nil, err
	}
	return f.send(h, r, most)
}

// admit returns when the request may be sent.
func (f *Fetcher) admit(ctx context.Context, h *host, u *url.URL, api bool) error {
	if api {
		return f.pace(ctx, h, u.Host, f.opts.Delay)
	}
	now := time.Now()
	if h.rules == nil || !now.Before(h.until) {
		if err := f.readRobots(ctx, h, u); err != nil {
			return err
		}
	}
	if !h.rules.Test(u.EscapedPath() + query(u)) {
		return fmt.Errorf("%w: %s", ErrRobots, u.Redacted())
	}
	return f.pace(ctx, h, u.Host, max(f.opts.Delay, min(h.rules.CrawlDelay, MaxDelay)))
}

func query(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}

func (f *Fetcher) pace(ctx context.Context, h *host, name string, delay time.Duration) error {
	now := time.Now()
	if h.hold.Sub(now) > patience {
		return &HeldError{name, h.hold}
	}
	start := now
	if h.next.After(start) {
		start = h.next
	}
	if h.hold.After(start) {
		start = h.hold
	}
	h.next = start.Add(delay)
	if start.Equal(now) {
		return nil
	}
	t := time.NewTimer(start.Sub(now))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// send asks, within the time limit, which starts only now that the waiting is
// over.
func (f *Fetcher) send(h *host, r *http.Request, most int64) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), f.opts.Timeout)
	out := r.Clone(ctx)
	out.Header.Set("User-Agent", f.opts.UserAgent)
	f.Counters.Requests.Add(1)
	resp, err := f.base.RoundTrip(out)
	if err != nil {
		cancel()
		return nil, err
	}
	if resp.StatusCode == http.StatusNotModified {
		f.Counters.NotModified.Add(1)
	}
	f.heed(h, resp)
	resp.Body = &body{Reader: &capped{resp.Body, most}, close: resp.Body.Close, cancel: cancel, count: &f.Counters}
	return resp, nil
}

// heed keeps a Retry-After. A host that is busy without saying for how long is
// given half a minute.
func (f *Fetcher) heed(h *host, resp *http.Response) {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return
	}
	wait := retryAfter(resp, time.Now())
	if wait == 0 {
		wait = patience
	}
	h.lock <- struct{}{}
	h.hold = time.Now().Add(wait)
	h.give()
}

type body struct {
	io.Reader
	close  func() error
	cancel context.CancelFunc
	count  *Counters
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.count.Bytes.Add(int64(n))
	return n, err
}

func (b *body) Close() error {
	defer b.cancel()
	return b.close()
}

// readRobots reads the rules of a host: RFC 9309. Missing rules (4xx) allow
// everything; rules that cannot be read now (5xx, no connection) forbid
// everything: the visit fails, and the next one asks for them again.
func (f *Fetcher) readRobots(ctx context.Context, h *host, u *url.URL) error {
	if err := f.pace(ctx, h, u.Host, f.opts.Delay); err != nil {
		return err
	}
	data, status, err := f.robotsFile(ctx, u)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil || status >= 500 || status == http.StatusTooManyRequests {
		if err == nil {
			err = &StatusError{URL: u.Scheme + "://" + u.Host + "/robots.txt", Code: status}
		}
		return fmt.Errorf("robots.txt: %w", err)
	}
	if status >= 400 {
		data = nil
	}
	rules, err := robotstxt.FromBytes(data)
	if err != nil {
		rules, _ = robotstxt.FromBytes(nil)
	}
	h.rules, h.until = rules.FindGroup(f.agent()), time.Now().Add(RobotsLife)
	return nil
}

// agent is the product token that robots.txt groups are matched with.
func (f *Fetcher) agent() string {
	name, _, _ := strings.Cut(f.opts.UserAgent, "/")
	name, _, _ = strings.Cut(name, " ")
	return name
}

// maxRobots is what RFC 9309 asks parsers to read at least: 500 KiB.
const maxRobots = 500 << 10

func (f *Fetcher) robotsFile(ctx context.Context, u *url.URL) ([]byte, int, error) {
	ctx, cancel := context.WithTimeout(ctx, f.opts.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.Scheme+"://"+u.Host+"/robots.txt", nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("User-Agent", f.opts.UserAgent)
	client := http.Client{Transport: guarded{f}, CheckRedirect: f.CheckRedirect}
	resp, err := client.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
	return data, resp.StatusCode, err
}

// guarded is the way to robots.txt itself: checked, without rules or pace.
type guarded struct{ f *Fetcher }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := g.f.guard.check(r.URL); err != nil {
		return nil, err
	}
	return g.f.base.RoundTrip(r)
}
