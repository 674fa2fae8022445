package crawler_test

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
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// site is an outlet with a feed of one article and sitemaps of many.
type site struct {
	mu    sync.Mutex
	asked []visit
	busy  int // answers 503 so many times
}

type visit struct {
	at   time.Time
	path string
}

const articles = 300

func (s *site) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, visit{time.Now(), r.URL.Host + r.URL.Path})
	code, kind, body := http.StatusOK, "text/html; charset=utf-8", ""
	var n int
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		kind, body = "text/plain", "User-agent: *\nDisallow: /noi-bo/\nSitemap: http://a.vn/sitemap-index.xml\n"
	case path == "/rss":
		kind, body = "application/rss+xml", `<rss version="2.0"><channel><title>A</title><item><title>Bài 7</title><link>http://a.vn/bai-7.html</link></item></channel></rss>`
	case path == "/sitemap-index.xml":
		kind, body = "application/xml", `<sitemapindex><sitemap><loc>http://a.vn/2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>
			<sitemap><loc>http://a.vn/2026.xml.gz</loc><lastmod>2026-09-01</lastmod></sitemap><sitemap><loc>http://a.vn/broken.xml</loc></sitemap></sitemapindex>`
	case path == "/2026.xml.gz":
		kind, body = "application/gzip", packed(year())
	case s.busy > 0:
		s.busy--
		code = http.StatusServiceUnavailable
	case path == "/trong.html":
		body = "<html><body></body></html>"
	case path == "/mat.html", path == "/broken.xml":
		code = http.StatusNotFound
	case scanned(path, &n):
		body = fmt.Sprintf(`<html><head><title>Bài %d</title></head><body><article><h1>Bài %d</h1><p>Nội dung của bài số %d nói về bảng giá đất mới của tỉnh, dài đủ để đọc được như một bài báo thật sự.</p></article></body></html>`, n, n, n)
	default:
		code = http.StatusNotFound
	}
	return &http.Response{StatusCode: code, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func scanned(path string, n *int) bool {
	found, err := fmt.Sscanf(path, "/bai-%d.html", n)
	return found == 1 && err == nil
}

func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.String()
}

// year is a sitemap: an article every day from 2026-01-01 on, and some oddities.
func year() string {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range articles {
		fmt.Fprintf(&b, "<url><loc>http://a.vn/bai-%d.html</loc><lastmod>%s</lastmod></url>", i, time.Date(2026, 1, 1+i, 5, 0, 0, 0, time.UTC).Format(time.RFC3339))
	}
	for _, loc := range []string{"http://a.vn/trong.html", "http://a.vn/mat.html", "http://a.vn/noi-bo/1.html", "http://khac.vn/1.html", "http://a.vn/bai-3.html"} {
		fmt.Fprintf(&b, "<url><loc>%s</loc><lastmod>2026-01-05</lastmod></url>", loc)
	}
	b.WriteString("<url><loc>http://a.vn/bai-1000.html</loc></url></urlset>")
	return b.String()
}

func walkCrawler(t *testing.T, bus stream.Bus, keep *archive.Archive, transport http.RoundTripper, id string) *crawler.Crawler {
	t.Helper()
	c, err := crawler.New(t.Context(), crawler.Options{ID: id, Bus: bus, Archive: keep, Transport: transport,
		Config: crawler.Config{Contact: "https://x.vn/bot", Delay: pace, Sources: []crawler.SourceConfig{
			{ID: "a", Outlet: "a", Name: "A", Kind: mention.Press, Via: crawler.ViaFeed, URL: "http://a.vn/rss", Every: time.Minute},
			{ID: "day", Outlet: "day", Name: "Đẩy", Kind: mention.Social, Via: crawler.ViaPush},
		}}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func published(t *testing.T, bus stream.Bus) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := bus.Replay(t.Context(), "mention.found.>", 1, false, func(raw stream.Message) error {
		m, err := mention.Decode(raw.Data)
		if err == nil {
			out[m.Origin.URL]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// january is articles 0 to 30, and the oddities.
func january() crawler.WalkOptions {
	return crawler.WalkOptions{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}
}

func openArchive(t *testing.T) *archive.Archive {
	t.Helper()
	keep, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keep.Close() })
	return keep
}

// A walk beside a running crawler: every page of the range once, the rest
// counted for what it is, one pace at the host, and the source is still heard.
func TestWalkBesideACrawler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)))
		bus, keep, web := stream.NewMemory(), openArchive(t), &site{}
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		running := walkCrawler(t, bus, keep, web, "serve")
		wg.Go(func() { _ = running.Run(ctx) })
		time.Sleep(10 * time.Minute)
		o := crawler.WalkOptions{From: january().From, To: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
		began := time.Now()
		got, err := walkCrawler(t, bus, keep, web, "walk").Walk(t.Context(), "a", o)
		ended := time.Now()
		if err != nil {
			t.Fatal(err)
		}
		stop()
		wg.Wait()
		want := crawler.Walked{Sitemaps: 2, Listed: articles + 5, Undated: 1, Foreign: 1, Known: 1, Forbidden: 1, Gone: 1, Unreadable: 1, Published: articles - 1}
		problems := got.Problems
		got.Problems = nil
		if fmt.Sprint(got) != fmt.Sprint(want) || len(problems) != 2 {
			t.Errorf("%+v, want %+v; %v", got, want, problems)
		}
		found := published(t, bus)
		if len(found) != articles {
			t.Errorf("%d mentions, want %d", len(found), articles)
		}
		for url, n := range found {
			if n != 1 {
				t.Errorf("%s was published %d times", url, n)
			}
		}
		polite(t, web, began, ended)
		again, err := walkCrawler(t, bus, keep, web, "again").Walk(t.Context(), "a", o)
		if err != nil || again.Published != 0 || again.Known != articles {
			t.Errorf("the second walk: %+v, %v", again, err)
		}
		_ = bus.Close()
	})
}

// polite looks at what the host saw: its pace, whoever asked, and that the
// source was visited meanwhile.
func polite(t *testing.T, web *site, began, ended time.Time) {
	t.Helper()
	polls := 0
	for i, v := range web.asked {
		if i > 0 && v.at.Sub(web.asked[i-1].at) < pace {
			t.Fatalf("%s %s after %s", v.path, v.at.Sub(web.asked[i-1].at), web.asked[i-1].path)
		}
		if strings.Contains(v.path, "noi-bo") || strings.HasPrefix(v.path, "khac") || v.path == "a.vn/2025.xml" {
			t.Errorf("%s was asked for", v.path)
		}
		if v.path == "a.vn/rss" && v.at.After(began) && v.at.Before(ended) {
			polls++
		}
	}
	if hours := ended.Sub(began); hours > 10*time.Minute && polls == 0 {
		t.Errorf("the source was not visited in the %s of the walk", hours)
	}
}

func TestWalkRange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)))
		bus, web := stream.NewMemory(), &site{busy: 3}
		calls := 0
		o := january()
		o.Undated = true
		o.Progress = func(crawler.Walked) { calls++ }
		got, err := walkCrawler(t, bus, nil, web, "walk").Walk(t.Context(), "a", o)
		if err != nil || got.Published != 32 || got.Undated != 0 || got.Outside != articles-31 || calls < 32 || got.Left != 0 {
			t.Errorf("%+v, %d calls, %v", got, calls, err)
		}
		_ = bus.Close()
	})
}

// A host that will not be asked ends the walk, with what was done.
func TestWalkEndsWhereTheHostIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)))
		bus, web := stream.NewMemory(), &site{busy: 1 << 30}
		got, err := walkCrawler(t, bus, nil, web, "walk").Walk(t.Context(), "a", january())
		if err == nil || got.Published != 0 {
			t.Errorf("%+v, %v", got, err)
		}
		_ = bus.Close()
	})
}

func TestWalkOfWhatHasNoSitemap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := stream.NewMemory()
		c := walkCrawler(t, bus, nil, http.NewFileTransport(http.Dir(t.TempDir())), "walk")
		if _, err := c.Walk(t.Context(), "a", january()); !errors.Is(err, crawler.ErrNoSitemap) {
			t.Errorf("no sitemap: %v", err)
		}
		if _, err := c.Walk(t.Context(), "day", january()); !errors.Is(err, crawler.ErrNoSitemap) {
			t.Errorf("no site: %v", err)
		}
		if _, err := c.Walk(t.Context(), "x", january()); !errors.Is(err, crawler.ErrSource) {
			t.Errorf("no source: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.Walk(ctx, "a", january()); !errors.Is(err, context.Canceled) {
			t.Errorf("ended: %v", err)
		}
		_ = bus.Close()
	})
}
