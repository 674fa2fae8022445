package extract_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/mention"
)

// pressPage is a page of the fixture press as it is served.
type pressPage struct {
	data                 []byte
	contentType, address string
}

func pressPages(tb testing.TB, end time.Time) []pressPage {
	tb.Helper()
	press, err := newsroom.New(newsroom.Options{Now: func() time.Time { return end }, Calm: true})
	if err != nil {
		tb.Fatal(err)
	}
	client := http.Client{Transport: press.Transport()}
	var pages []pressPage
	for _, it := range press.Published(end) {
		if it.Kind == mention.Social || it.Channel != mention.Article {
			continue
		}
		req, err := http.NewRequestWithContext(tb.Context(), http.MethodGet, press.URL(it), nil)
		if err != nil {
			tb.Fatal(err)
		}
		req.Header.Set("User-Agent", "diembao/1 (+https://diembao.example/lien-he)")
		resp, err := client.Do(req)
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil {
			tb.Fatal(err)
		}
		pages = append(pages, pressPage{data, resp.Header.Get("Content-Type"), resp.Request.URL.String()})
	}
	return pages
}

// BenchmarkPress extracts the articles of the fixture press; an operation is
// all of them once.
func BenchmarkPress(b *testing.B) {
	end := newsroom.DayZero().AddDate(0, 0, 14)
	pages := pressPages(b, end)
	size := 0
	for _, p := range pages {
		size += len(p.data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if _, err := extract.Page(p.data, p.contentType, p.address, nil, end); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
