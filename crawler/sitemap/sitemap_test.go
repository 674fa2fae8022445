package sitemap_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/crawler/sitemap"
)

var now = time.Date(2026, 11, 27, 15, 0, 0, 0, dateline.Zone())

func parse(t *testing.T, document string) sitemap.Map {
	t.Helper()
	m, err := sitemap.Parse([]byte(document), "", "https://bao.example/sitemaps/index.rss", now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func locs(urls []sitemap.URL) string {
	var out []string
	for _, u := range urls {
		out = append(out, u.Loc)
	}
	return strings.Join(out, " ")
}

const newsMap = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>
  https://bao.example/thuy-loi-phi.html?a=1&b=2
</loc><lastmod>2026-11-26T16:20:00+07:00</lastmod><changefreq>hourly</changefreq>
<news:news><news:publication><news:name>Báo Mẫu</news:name><news:language>vi</news:language></news:publication>
<news:publication_date>26/11/2026 15:32</news:publication_date><news:title><![CDATA[Thủy lợi phí: dân hỏi & xã trả lời]]></news:title>
<news:keywords>thủy lợi phí, Hạc Thành,, </news:keywords></news:news>
<image:image><image:loc>https://bao.example/a.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>
</urlset>`

func TestNewsSitemap(t *testing.T) {
	m := parse(t, newsMap)
	if len(m.URLs) != 1 || m.Truncated {
		t.Fatalf("got %+v", m)
	}
	line, _ := json.Marshal(m.URLs[0])
	want := `{"loc":"https://bao.example/thuy-loi-phi.html?a=1\u0026b=2","lastmod":"2026-11-26T16:20:00+07:00","changefreq":"hourly",` +
		`"news":{"publication":"Báo Mẫu","language":"vi","title":"Thủy lợi phí: dân hỏi \u0026 xã trả lời",` +
		`"published":"2026-11-26T15:32:00+07:00","published_confidence":0.9,"keywords":["thủy lợi phí","Hạc Thành"]}}`
	if string(line) != want {
		t.Errorf("got  %s\nwant %s", line, want)
	}
}

func TestIndexWhateverItsName(t *testing.T) {
	m := parse(t, `<sitemapindex><sitemap><loc>/sitemaps/2026-11.rss</loc><lastmod>27/11/2026</lastmod></sitemap><sitemap><loc>https://bao.example/b.xml.gz</loc></sitemap></sitemapindex>`)
	if got := locs(m.Sitemaps); got != "https://bao.example/sitemaps/2026-11.rss https://bao.example/b.xml.gz" || len(m.URLs) != 0 {
		t.Errorf("got %+v", m)
	}
	if m.Sitemaps[0].LastMod.Format(time.DateOnly) != "2026-11-27" {
		t.Errorf("lastmod %v", m.Sitemaps[0].LastMod)
	}
}

func TestDatesAreNeverInTheFuture(t *testing.T) {
	for written, want := range map[string]string{
		"2026-11-27": "2026-11-27T00:00:00+07:00", "2026-11-27T07:00:00Z": "2026-11-27T07:00:00Z", "2031-01-01": "", "2026-11-27T14:58:00Z": "2026-11-27T14:58:00+07:00",
		"27/11/2026 09:00 SA": "2026-11-27T09:00:00+07:00", "yesterday at noon or so": "", "2026": "",
	} {
		m := parse(t, "<urlset><url><loc>https://bao.example/1</loc><lastmod>"+written+"</lastmod></url></urlset>")
		if text, _ := m.URLs[0].LastMod.MarshalText(); string(text) != want && written != "yesterday at noon or so" {
			t.Errorf("%q: %s, want %s", written, text, want)
		}
	}
}

func TestTextList(t *testing.T) {
	m := parse(t, "\ufeffhttps://bao.example/1\r\n\r\nhttps://bao.example/2\njavascript:alert(1)\n")
	if got := locs(m.URLs); got != "https://bao.example/1 https://bao.example/2" {
		t.Errorf("got %s", got)
	}
}

func packed(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.Bytes()
}

func TestGzipAndBrokenGzip(t *testing.T) {
	m := parse(t, string(packed(newsMap)))
	if len(m.URLs) != 1 {
		t.Errorf("got %+v", m)
	}
	var many strings.Builder
	many.WriteString("<urlset>")
	for i := range 20000 {
		fmt.Fprintf(&many, "<url><loc>https://bao.example/%d-%x</loc></url>", i, i*7919)
	}
	broken := packed(many.String())
	m = parse(t, string(broken[:len(broken)/2]))
	if len(m.URLs) < 100 || !m.Truncated {
		t.Errorf("%d addresses, truncated %v", len(m.URLs), m.Truncated)
	}
}

func TestBrokenXMLKeepsWhatCameBefore(t *testing.T) {
	m := parse(t, "<urlset><url><loc>https://bao.example/1</loc></url><url><loc>https://bao.exam")
	if locs(m.URLs) != "https://bao.example/1" || !m.Truncated {
		t.Errorf("got %+v", m)
	}
	m = parse(t, "<urlset><url><loc>https://bao.example/\xff1</loc></br></url></urlset>")
	if len(m.URLs) != 1 {
		t.Errorf("got %+v", m)
	}
}

func TestBounds(t *testing.T) {
	var many strings.Builder
	many.WriteString("<urlset>")
	for i := range sitemap.MaxURLs + 10 {
		fmt.Fprintf(&many, "<url><loc>https://bao.example/%d</loc></url>", i)
	}
	many.WriteString("</urlset>")
	if m := parse(t, many.String()); len(m.URLs) != sitemap.MaxURLs || !m.Truncated {
		t.Errorf("%d addresses, truncated %v", len(m.URLs), m.Truncated)
	}
	deep := "<urlset><url><loc>https://bao.example/1</loc></url>" + strings.Repeat("<a>", 1<<20)
	if m := parse(t, deep); len(m.URLs) != 1 || !m.Truncated {
		t.Errorf("depth: %d addresses", len(m.URLs))
	}
	bomb := `<!DOCTYPE urlset [<!ENTITY a "https://bao.example/1"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>`
	if m, err := sitemap.Parse([]byte(bomb), "", "", now); err == nil && len(m.URLs) > 0 {
		t.Errorf("an entity was expanded: %+v", m)
	}
}

func TestNotSitemaps(t *testing.T) {
	for _, document := range []string{"", "<html><body>404</body></html>", "not found", "<rss><channel></channel></rss>", "\x1f\x8b", "<urlset", "{}"} {
		if m, err := sitemap.Parse([]byte(document), "", "", now); !errors.Is(err, sitemap.ErrNotSitemap) {
			t.Errorf("%q: %+v, %v", document, m, err)
		}
	}
	if m, err := sitemap.Parse([]byte("<urlset></urlset>"), "", "", now); err != nil || len(m.URLs) != 0 {
		t.Errorf("empty: %+v, %v", m, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(newsMap))
	f.Add([]byte("<sitemapindex><sitemap><loc>/a</loc>"))
	f.Add([]byte("https://bao.example/1\nx"))
	f.Add(packed(newsMap))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := sitemap.Parse(data, "", "https://bao.example/sitemap.xml", now)
		if err != nil {
			return
		}
		for _, u := range append(m.URLs, m.Sitemaps...) {
			if !strings.HasPrefix(u.Loc, "http") || u.LastMod.After(now.Add(time.Hour)) {
				t.Fatalf("got %+v", u)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var many strings.Builder
	many.WriteString("<urlset>")
	for i := range 5000 {
		fmt.Fprintf(&many, "<url><loc>https://bao.example/tin-%d.html</loc><lastmod>2026-11-26T16:20:00+07:00</lastmod></url>", i)
	}
	many.WriteString("</urlset>")
	data := []byte(many.String())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := sitemap.Parse(data, "", "", now); err != nil {
			b.Fatal(err)
		}
	}
}

// A document of 60 MB is read up to the standard's 50, and what is held is
// what it lists.
func TestReadHoldsOnlyWhatItReturns(t *testing.T) {
	entry := "<url><loc>http://a.vn/1</loc></url>" + strings.Repeat(" ", 9<<10)
	parts := []io.Reader{strings.NewReader("<urlset>")}
	for range 60 << 20 / len(entry) {
		parts = append(parts, strings.NewReader(entry))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m, err := sitemap.Read(io.MultiReader(parts...), "text/xml", "http://a.vn/", time.Now())
	runtime.ReadMemStats(&after)
	if want := sitemap.MaxBytes / len(entry); err != nil || !m.Truncated || len(m.URLs) < want || len(m.URLs) > want+1 {
		t.Errorf("%d addresses, truncated %v, %v: want %d", len(m.URLs), m.Truncated, err, want)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > sitemap.MaxBytes {
		t.Errorf("allocated %d MB in all for a document that is read as it comes", took>>20)
	}
}
