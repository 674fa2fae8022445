package newsroom

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// HostStat is what a host of the press saw of its visitors.
type HostStat struct {
	Requests    int
	Fetched     map[string]int // path → times answered 200
	NotModified int            // answers 304
	Refused     int            // requests for what robots.txt forbids, or without a user agent with contact
	MinGap      time.Duration  // shortest time between two requests
	last        time.Time
}

// Stats gives what each host saw, robots.txt not counted.
func (p *Press) Stats() map[string]HostStat {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[string]HostStat{}
	for host, s := range p.hosts {
		c := *s
		c.Fetched = map[string]int{}
		for path, n := range s.Fetched {
			c.Fetched[path] = n
		}
		out[host] = c
	}
	return out
}

// copyHost matches the numbered copies of a site ("s0042.tinnhanh24.example")
// with which a benchmark gets thousands of hosts.
var copyHost = regexp.MustCompile(`^s\d+\.`)

func (p *Press) site(r *http.Request) (host string, site Outlet, ok bool) {
	host = strings.ToLower(r.Host)
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	site, ok = p.sites[copyHost.ReplaceAllString(host, "")]
	return host, site, ok
}

// ServeHTTP answers for every site, by Host. While a site is down the
// connection is aborted, as http.ErrAbortHandler does.
func (p *Press) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, site, ok := p.site(r)
	if !ok {
		http.Error(w, "no such host", http.StatusMisdirectedRequest)
		return
	}
	now := p.opts.Now()
	if p.down(site, now) {
		panic(http.ErrAbortHandler)
	}
	if r.URL.Path == "/robots.txt" {
		p.robots(w, site, host)
		return
	}
	count := p.note(host, now)
	if !strings.Contains(r.UserAgent(), "+http") && !strings.Contains(r.UserAgent(), "@") {
		p.refuse(w, host, "user agent without contact")
		return
	}
	if strings.HasPrefix(r.URL.Path, "/noi-bo/") {
		p.refuse(w, host, "disallowed by robots.txt")
		return
	}
	if p.busy(site, count) {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "slow down", http.StatusTooManyRequests)
		return
	}
	p.answer(w, r, host, site, now)
}

func (p *Press) robots(w http.ResponseWriter, site Outlet, host string) {
	delay := ""
	if site.Face == FaceSharePoint {
		delay = "Crawl-delay: 1\n"
	}
	fmt.Fprintf(w, "User-agent: *\n%sDisallow: /noi-bo/\nSitemap: http://%s/sitemap.xml\n", delay, host)
}

func (p *Press) note(host string, now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.hosts[host]
	if s == nil {
		s = &HostStat{Fetched: map[string]int{}, MinGap: time.Hour}
		p.hosts[host] = s
	}
	if s.Requests > 0 {
		s.MinGap = min(s.MinGap, now.Sub(s.last))
	}
	s.last = now
	s.Requests++
	return s.Requests
}

func (p *Press) count(host string, f func(*HostStat)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(p.hosts[host])
}

func (p *Press) refuse(w http.ResponseWriter, host, why string) {
	p.count(host, func(s *HostStat) { s.Refused++ })
	http.Error(w, why, http.StatusForbidden)
}

// document is an answer before validators and charset.
type document struct {
	contentType string
	body        string
	tag         string // what the ETag is made of; "" is none
	modified    time.Time
	encode      func(string) []byte
	redirect    string
	status      int
}

func (p *Press) answer(w http.ResponseWriter, r *http.Request, host string, site Outlet, now time.Time) {
	doc := p.document(r, host, site, now)
	switch {
	case doc.redirect != "":
		http.Redirect(w, r, doc.redirect, http.StatusMovedPermanently)
		return
	case doc.status != 0:
		http.Error(w, http.StatusText(doc.status), doc.status)
		return
	case p.unchanged(w, r, doc):
		p.count(host, func(s *HostStat) { s.NotModified++ })
		w.WriteHeader(http.StatusNotModified)
		return
	}
	p.count(host, func(s *HostStat) { s.Fetched[r.URL.RequestURI()]++ })
	w.Header().Set("Content-Type", doc.contentType)
	if doc.encode == nil {
		_, _ = io.WriteString(w, doc.body) // a visitor who has left misses nothing
		return
	}
	_, _ = w.Write(doc.encode(doc.body))
}

// unchanged sets the validators and reports whether the visitor has the page.
func (p *Press) unchanged(w http.ResponseWriter, r *http.Request, doc document) bool {
	if doc.tag == "" {
		return false
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, doc.tag) // a hash takes everything
	tag := fmt.Sprintf(`"%x"`, h.Sum64())
	w.Header().Set("ETag", tag)
	if !doc.modified.IsZero() {
		w.Header().Set("Last-Modified", doc.modified.UTC().Format(http.TimeFormat))
	}
	return strings.TrimPrefix(r.Header.Get("If-None-Match"), "W/") == tag
}

func (p *Press) document(r *http.Request, host string, site Outlet, now time.Time) document {
	path := r.URL.Path
	if doc, ok := p.door(r, host, site, now); ok {
		return doc
	}
	key := path
	if site.Face == FaceCommune && r.URL.RawQuery != "" {
		key += "?" + r.URL.RawQuery
	}
	if site.Face == FaceRedirect && strings.HasPrefix(path, "/r/") {
		return document{redirect: "/phap-luat/" + strings.TrimPrefix(path, "/r/") + ".html"}
	}
	i, ok := p.byPath[site.Host+key]
	if !ok || p.items[i].Published.After(now) {
		return document{status: http.StatusNotFound}
	}
	it, removed := p.current(p.items[i], now)
	if removed {
		return document{status: http.StatusNotFound}
	}
	if p.slow(site, it) {
		sleep(r, p.opts.Slow)
	}
	return p.page(host, site, it, now)
}

func sleep(r *http.Request, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

// Transport serves the press in memory: no sockets, so that a test can run it
// inside testing/synctest.
func (p *Press) Transport() http.RoundTripper { return transport{p} }

type transport struct{ p *Press }

func (t transport) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	defer func() {
		v := recover()
		if gone, ok := v.(error); ok && errors.Is(gone, http.ErrAbortHandler) {
			err = fmt.Errorf("newsroom: %s: connection reset", r.URL.Host)
		} else if v != nil {
			panic(v)
		}
	}()
	in := r.Clone(r.Context())
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	rec := httptest.NewRecorder()
	t.p.ServeHTTP(rec, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	resp = rec.Result()
	resp.Request = r
	return resp, nil
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, s) // memory takes everything
	_ = z.Close()
	return b.Bytes()
}

// seen is a view counter: another number at every request, as real pages have.
func (p *Press) seen(host string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.hosts[host]; s != nil {
		return 4120 + 17*s.Requests
	}
	return 4120
}

func petition(it Item) bool { return it.Channel == mention.Message }
