package crawler

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// front is a site whose front page links to an article and to a section.
type front struct{ asked map[string]int }

func (f *front) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := 200, ""
	f.asked[r.URL.Path]++
	switch r.URL.Path {
	case "/":
		body = `<a class="x" href="/bai-1.html">Bài</a> <a class="x" href="/chuyen-muc/dat-dai">Đất đai</a>`
	case "/bai-1.html":
		body = `<html><head><meta property="og:type" content="article"></head><body><h1>Tỉnh lấy ý kiến về bảng giá đất</h1>` +
			strings.Repeat(`<p>Tỉnh lấy ý kiến nhân dân về dự thảo bảng giá đất trong ba mươi ngày, kể từ hôm nay, tại các xã và phường.</p>`, 6) + `</body></html>`
	case "/chuyen-muc/dat-dai":
		body = `<html><head><meta property="og:type" content="website"></head><body><h1>Đất đai</h1><ul>`
		for i := range 25 {
			body += fmt.Sprintf(`<li class="item"><h3><a href="/bai-%d.html">Tin thứ %d về đất đai của tỉnh ta hôm nay</a></h3><p>Tóm tắt ngắn của tin thứ %d.</p></li>`, 10+i, i, i)
		}
		body += `</ul><div class="pagination"><a href="?page=2">2</a></div></body></html>`
	default:
		status = 404
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// TestASectionIsNoArticle: a page that lists others is fetched once, counted,
// and becomes no mention.
func TestASectionIsNoArticle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus, site := stream.NewMemory(), &front{asked: map[string]int{}}
		c, err := New(t.Context(), Options{Bus: bus, Transport: site, Config: Config{Contact: "https://x.vn", Sources: []SourceConfig{
			{ID: "cong", Outlet: "cong", Kind: mention.Portal, Via: ViaListing, URL: "http://cong.vn/", Every: 20 * time.Minute, Listing: &ListingConfig{Links: "a.x"}}}}})
		if err != nil {
			t.Fatal(err)
		}
		visit(t, c, 3*time.Hour)
		var found []string
		err = bus.Replay(t.Context(), "mention.found.>", 0, false, func(m stream.Message) error {
			got, err := mention.Decode(m.Data)
			if err == nil {
				found = append(found, got.Origin.URL)
			}
			return err
		})
		if err != nil || len(found) != 1 || !strings.HasSuffix(found[0], "/bai-1.html") {
			t.Errorf("%v: found %v", err, found)
		}
		if n := c.Progress().Passed.Load(); n != 1 || site.asked["/chuyen-muc/dat-dai"] != 1 {
			t.Errorf("passed %d, fetched %d times; want once", n, site.asked["/chuyen-muc/dat-dai"])
		}
	})
}

// TestOnlyLinksLeadAstray: what a feed holds is an article, and so is what the
// user's own rules say.
func TestOnlyLinksLeadAstray(t *testing.T) {
	list := &extract.Article{Kind: extract.KindList}
	for _, c := range []struct {
		via   Via
		rules *extract.Rules
		want  bool
	}{
		{ViaListing, nil, true}, {ViaSitemap, nil, true}, {ViaSitemap, &extract.Rules{Title: "h1"}, true},
		{ViaFeed, nil, false}, {ViaListing, &extract.Rules{Body: ".b"}, false},
	} {
		s := SourceConfig{Via: c.via, Rules: c.rules}
		if got := s.astray(list); got != c.want {
			t.Errorf("%s %v: %v", c.via, c.rules, got)
		}
	}
}
