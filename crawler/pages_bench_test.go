//go:build unix

package crawler_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/gocolly/colly/v2"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/stream"
)

// benchHosts is how many hosts are crawled: the press, four times over.
const benchHosts = 48

// BenchmarkPages measures pages a second of the whole crawler and of bare
// colly, one after the other in every round, over the same pages of the same
// hosts, 64 hosts at a time, doors included. The pages are recorded before the
// clock starts, so that neither the making of them nor a network is anybody's
// cost: nothing is left but the work on a page.
//
// The crawler does all it does in service: robots.txt, address guard, pace
// (a nanosecond), decoding, the article with its time, author, source and
// quality, masking, hashing, the frontier, the mention and its publishing; only
// the archive is left out. Colly does what its users write to get articles: it
// follows the links of feeds, sitemaps and listings and takes title, lead,
// paragraphs, author and time by the same selectors that the crawler's sources
// have ("colly"), or has go-readability find the article where nobody has
// written selectors ("colly-readability"). It asks no robots.txt, decodes only
// what the header declares, understands no time, keeps and publishes nothing.
func BenchmarkPages(b *testing.B) {
	press := record(after(b, 15).Transport())
	crawlPages(b, press, benchHosts) // fills the recording
	collyPages(press, benchHosts, bySelectors)
	var ours, bare, read cost
	for b.Loop() {
		ours.add(press, func() { crawlPages(b, press, benchHosts) })
		bare.add(press, func() { collyPages(press, benchHosts, bySelectors) })
		read.add(press, func() { collyPages(press, benchHosts, byReadability) })
	}
	b.ReportMetric(ours.perSecond(), "crawler-pages/s")
	b.ReportMetric(bare.perSecond(), "colly-pages/s")
	b.ReportMetric(read.perSecond(), "colly-readability-pages/s")
	b.ReportMetric(ours.perCore(), "crawler-pages/s/core")
	b.ReportMetric(ours.perCore()/bare.perCore(), "of-colly/core")
	b.ReportMetric(ours.perCore()/read.perCore(), "of-colly-readability/core")
	b.ReportMetric(float64(ours.pages)/float64(b.N), "crawler-pages/op")
	b.ReportMetric(float64(bare.pages)/float64(b.N), "colly-pages/op")
}

// cost sums what was fetched and what it took. Processor time does not change
// with what else the machine does.
type cost struct {
	pages           int64
	wall, processor time.Duration
}

func (c *cost) add(press *recording, run func()) {
	pages, start, used := press.pages.Load(), time.Now(), processorTime()
	run()
	c.pages += press.pages.Load() - pages
	c.wall += time.Since(start)
	c.processor += processorTime() - used
}

func (c *cost) perSecond() float64 { return float64(c.pages) / c.wall.Seconds() }
func (c *cost) perCore() float64   { return float64(c.pages) / c.processor.Seconds() }

func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func crawlPages(b *testing.B, press http.RoundTripper, n int) {
	c, err := crawler.New(b.Context(), crawler.Options{Bus: stream.NewMemory(), Transport: press,
		Config: crawler.Config{Contact: sources.Contact, Delay: time.Nanosecond, Sources: copies(n)}})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error)
	go func() { done <- c.Run(ctx) }()
	for c.Progress().Visits.Load() < int64(n) {
		time.Sleep(time.Millisecond)
	}
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

// taking registers on a collector how articles are taken.
type taking func(*colly.Collector, crawler.SourceConfig)

func collyPages(press http.RoundTripper, n int, take taking) {
	var wg sync.WaitGroup
	gate := make(chan struct{}, 64)
	for _, s := range copies(n) {
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			bareColly(press, s, take)
		})
	}
	wg.Wait()
}

// bareColly reads a door and every article it lists.
func bareColly(rt http.RoundTripper, s crawler.SourceConfig, take taking) {
	c := colly.NewCollector(colly.UserAgent(crawler.UserAgent(sources.Contact)), colly.IgnoreRobotsTxt())
	c.WithTransport(rt)
	visit := func(r *colly.Request, address string) {
		_ = r.Visit(address) // one that was seen is refused
	}
	c.OnXML("//item/link", func(e *colly.XMLElement) { visit(e.Request, strings.TrimSpace(e.Text)) })
	c.OnXML("//entry/link", func(e *colly.XMLElement) { visit(e.Request, e.Attr("href")) })
	c.OnXML("//loc", func(e *colly.XMLElement) { visit(e.Request, e.Text) })
	c.OnHTML(".list h3 a", func(e *colly.HTMLElement) { visit(e.Request, e.Attr("href")) })
	take(c, s)
	_ = c.Visit(s.URL) // what fails is not counted
}

func byReadability(c *colly.Collector, _ crawler.SourceConfig) {
	c.OnResponse(func(r *colly.Response) {
		if !strings.Contains(r.Headers.Get("Content-Type"), "html") {
			return
		}
		parser := readability.NewParser()
		article, err := parser.Parse(bytes.NewReader(r.Body), r.Request.URL)
		if err != nil || article.Node == nil {
			return
		}
		_ = article.RenderText(io.Discard)
	})
}

func bySelectors(c *colly.Collector, s crawler.SourceConfig) {
	rules := extract.Rules{Title: "h1", Body: "body", Author: ".author", Published: ".date"}
	if s.Rules != nil {
		rules = *s.Rules
	}
	c.OnHTML("html", func(e *colly.HTMLElement) { _ = byHand(e, rules) })
}

// byHand takes an article out of a page as the users of colly do.
func byHand(e *colly.HTMLElement, r extract.Rules) (article struct {
	title, lead, author, published string
	paragraphs                     []string
}) {
	text := func(selector string) string {
		if selector == "" {
			return ""
		}
		if css, name, ok := strings.Cut(selector, "@"); ok {
			return e.ChildAttr(css, name)
		}
		return e.ChildText(selector)
	}
	article.title, article.lead = text(r.Title), text(r.Lead)
	article.author, article.published = text(r.Author), text(r.Published)
	e.ForEach(r.Body+" p", func(_ int, p *colly.HTMLElement) {
		if t := strings.TrimSpace(p.Text); t != "" {
			article.paragraphs = append(article.paragraphs, t)
		}
	})
	return article
}

// recording answers from memory what another transport has answered once, and
// counts the pages, robots.txt not among them.
type recording struct {
	next  http.RoundTripper
	pages atomic.Int64

	mu      sync.Mutex
	answers map[string]answer
}

type answer struct {
	resp http.Response
	body []byte
}

func record(next http.RoundTripper) *recording {
	return &recording{next: next, answers: map[string]answer{}}
}

func (r *recording) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Path != "/robots.txt" {
		r.pages.Add(1)
	}
	a, err := r.answer(req)
	if err != nil {
		return nil, err
	}
	resp := a.resp
	resp.Header, resp.Request = a.resp.Header.Clone(), req
	resp.Body = io.NopCloser(bytes.NewReader(a.body))
	return &resp, nil
}

func (r *recording) answer(req *http.Request) (answer, error) {
	key := req.URL.String()
	r.mu.Lock()
	a, ok := r.answers[key]
	r.mu.Unlock()
	if ok {
		return a, nil
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	if a.body, err = io.ReadAll(resp.Body); err != nil {
		return a, err
	}
	a.resp = *resp
	r.mu.Lock()
	r.answers[key] = a
	r.mu.Unlock()
	return a, nil
}
