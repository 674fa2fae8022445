package crawler_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

func (l *line) fetcher() *fetch.Fetcher {
	l.t.Helper()
	f, err := crawler.NewFetcher(sources.Config(pace), crawler.Options{Transport: l.press.Transport()})
	if err != nil {
		l.t.Fatal(err)
	}
	return f
}

// What a keeper does with an unknown site: give its home page, get a source
// that works.
func TestTryFindsTheWayIn(t *testing.T) {
	for host, want := range map[string]crawler.Via{
		"datviethomnay.example": crawler.ViaFeed, "tinnhanh24.example": crawler.ViaFeed, "dothisongsaigon.example": crawler.ViaFeed,
		"thanhhoa.portal.example": crawler.ViaFeed, "botaichinh.portal.example": crawler.ViaFeed,
		"kinhtetoancanh.example": crawler.ViaSitemap,
	} {
		synctest.Test(t, func(t *testing.T) {
			l := begin(t, true)
			time.Sleep(12 * 24 * time.Hour)
			got := crawler.Try(t.Context(), l.fetcher(), "http://"+host+"/", time.Now())
			if got.Problem != "" || len(got.Doors) == 0 || got.Suggested.Via != want || got.Listed == 0 || len(got.Samples) == 0 {
				t.Fatalf("%s: %+v", host, got)
			}
			if s := got.Samples[0]; s.Article == nil || s.Article.Title == "" || len(s.Article.Body) < 300 {
				t.Errorf("%s: sample %+v", host, s)
			}
			var mistakes []string
			got.Suggested.Validate(func(path, message string) { mistakes = append(mistakes, path+": "+message) })
			if len(mistakes) > 0 {
				t.Errorf("%s: the suggestion has mistakes: %v", host, mistakes)
			}
		})
	}
}

func TestTryGuessesAListing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		time.Sleep(12 * 24 * time.Hour)
		got := crawler.Try(t.Context(), l.fetcher(), "http://baotaybac.example/", time.Now())
		var listing *crawler.Door
		for i := range got.Doors {
			if got.Doors[i].Via == crawler.ViaListing {
				listing = &got.Doors[i]
			}
		}
		if listing == nil || listing.Links == "" || listing.Items < 5 {
			t.Fatalf("%+v", got.Doors)
		}
	})
}

func TestTryTellsWhatIsWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		for address, want := range map[string]string{
			"datviethomnay.example":                                  "http://",
			"http://10.0.0.1/":                                       "nội bộ",
			"http://datviethomnay.example/khong-co":                  "không còn tồn tại",
			"http://datviethomnay.example/noi-bo/lich-lam-viec.html": "robots.txt",
		} {
			if got := crawler.Try(t.Context(), l.fetcher(), address, time.Now()); !strings.Contains(got.Problem, want) {
				t.Errorf("%s: %q, want %q in it", address, got.Problem, want)
			}
		}
	})
}

func TestTrialPrintsYAML(t *testing.T) {
	got := crawler.Trial{Suggested: crawler.SourceConfig{ID: "a-b", Outlet: "a-b", Name: `Báo "A": B`, Kind: mention.Press, Via: crawler.ViaListing,
		URL: "https://a.vn/", Listing: &crawler.ListingConfig{Links: ".list h3 > a"}}}.YAML()
	want := `  - id: a-b
    outlet: a-b
    name: "Báo \"A\": B"
    kind: press # báo chí; cổng thì portal, mạng xã hội, diễn đàn thì social / check: press, portal or social
    via: listing
    url: https://a.vn/
    listing:
      links: ".list h3 > a"
    verified: true
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCheckWalksTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		time.Sleep(12 * 24 * time.Hour)
		list := sources.List()
		list[0].URL = "http://datviethomnay.example/khong-co.rss"
		results := crawler.Check(t.Context(), l.fetcher(), list, time.Now(), nil)
		if len(results) != 13 {
			t.Fatalf("%d results, want one a polled source", len(results))
		}
		for i, r := range results {
			if (r.Problem != "") != (i == 0) {
				t.Errorf("%s: %q %s", r.URL, r.Problem, r.Error)
			}
		}
	})
}

func TestPastedLinkBecomesAMention(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		time.Sleep(12 * 24 * time.Hour)
		c := l.crawler("one")
		it, _ := l.press.Item("S1-dvhn-0314-1")
		id, err := c.Paste(t.Context(), "dvhn", l.press.URL(it))
		if err != nil || id != l.press.Mention(it.ID) {
			t.Fatalf("%s, %v", id, err)
		}
		got := l.mentions()[id]
		if len(got) != 1 || got[0].Origin.Via != "import" || got[0].Text.Title != it.Title {
			t.Errorf("%+v", got)
		}
		if _, err := c.Paste(t.Context(), "nobody", l.press.URL(it)); err == nil {
			t.Error("a source that is not in the list was accepted")
		}
	})
}

// The archive alone brings every page back, as the same mention in the same
// revision.
func TestBackfillReadsTheArchive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		time.Sleep(36 * time.Hour)
		c := l.crawler("one")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- c.Run(ctx) }()
		time.Sleep(2 * time.Hour)
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		before := l.mentions()
		l.bus = stream.NewMemory() // everything but the archive is lost
		filled, err := l.crawler("two").Backfill(t.Context(), "", newsroom.DayZero(), time.Now())
		if err != nil || filled.Published != len(before) || filled.Unreadable > 0 {
			t.Fatalf("%+v, %v: want %d", filled, err, len(before))
		}
		for id, list := range l.mentions() {
			was := before[id]
			if len(was) == 0 || list[0].Revision != was[0].Revision || list[0].Text.Body != was[0].Text.Body || list[0].Origin.Page != was[0].Origin.Page {
				t.Errorf("%s came back as something else", id)
			}
		}
	})
}

// Where the first door leads to nothing that can be read, the next is tried.
func TestTryGoesToTheNextDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text := strings.Repeat("Nội dung của bài nói về bảng giá đất mới của tỉnh. ", 12)
		pages := map[string]string{
			"/":            `<html><head><title>Cổng</title></head><body><ul class="tin"><li><a href="/1.html">Bảng giá đất mới của tỉnh năm nay</a></li><li><a href="/2.html">Bảng giá đất mới của tỉnh năm sau</a></li><li><a href="/3.html">Bảng giá đất mới của tỉnh năm kia</a></li></ul></body></html>`,
			"/sitemap.xml": `<urlset><url><loc>http://cong.vn/trong.html</loc></url></urlset>`,
			"/trong.html":  `<html><body></body></html>`,
		}
		for i := range 3 {
			pages[fmt.Sprintf("/%d.html", i+1)] = "<html><body><article><h1>Bảng giá đất</h1><p>" + text + "</p></article></body></html>"
		}
		f, err := crawler.NewFetcher(crawler.Config{Contact: "https://x.vn/bot"}, crawler.Options{Transport: pageSite(pages)})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got := crawler.Try(t.Context(), f, "http://cong.vn/", time.Now())
		if got.Problem != "" || got.Suggested.Via != crawler.ViaListing || len(got.Doors) != 2 || len(got.Samples) != 3 {
			t.Errorf("%+v", got)
		}
		pages["/1.html"], pages["/2.html"], pages["/3.html"] = "", "", ""
		if got := crawler.Try(t.Context(), f, "http://cong.vn/", time.Now()); got.Problem == "" || got.Suggested.Via != crawler.ViaSitemap {
			t.Errorf("nothing can be read: %+v", got)
		}
	})
}

// pageSite serves pages by their path.
type pageSite map[string]string

func (s pageSite) RoundTrip(r *http.Request) (*http.Response, error) {
	code, body := http.StatusOK, s[r.URL.Path]
	if body == "" {
		code = http.StatusNotFound
	}
	return &http.Response{StatusCode: code, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// A sitemap may be larger than any page.
func TestLargeSitemaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text := strings.Repeat("Nội dung của bài nói về bảng giá đất mới của tỉnh. ", 12)
		pages := map[string]string{
			"/map.xml":  "<urlset>" + strings.Repeat("<!-- "+strings.Repeat("x", 1<<10)+" -->", 9<<10) + "<url><loc>http://cong.vn/1.html</loc></url></urlset>",
			"/1.html":   "<html><body><article><h1>Bảng giá đất</h1><p>" + text + "</p></article></body></html>",
			"/rac.html": strings.Repeat("x", 9<<20),
		}
		f, err := crawler.NewFetcher(crawler.Config{Contact: "https://x.vn/bot"}, crawler.Options{Transport: pageSite(pages)})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got := crawler.Try(t.Context(), f, "http://cong.vn/map.xml", time.Now())
		if got.Problem != "" || got.Suggested.Via != crawler.ViaSitemap || got.Listed != 1 || got.Suggested.Name != "cong.vn" {
			t.Errorf("a sitemap of 9 MiB: %+v", got)
		}
		if got := crawler.Try(t.Context(), f, "http://cong.vn/rac.html", time.Now()); got.Problem != "Trang quá lớn." {
			t.Errorf("another large thing: %+v", got)
		}
	})
}
