package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

// webSite serves a site with a sitemap of two articles.
func webSite(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/sitemap.xml", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<urlset><url><loc>http://%[1]s/1.html</loc><lastmod>2026-09-30T23:00:00+07:00</lastmod></url>
			<url><loc>http://%[1]s/2.html</loc><lastmod>2026-10-02</lastmod></url></urlset>`, r.Host)
	})
	mux.HandleFunc("/1.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<html><head><title>Bảng giá đất mới</title></head><body><article><h1>Bảng giá đất mới</h1><p>Ủy ban nhân dân tỉnh ban hành bảng giá đất mới, áp dụng từ đầu năm sau cho toàn tỉnh.</p></article></body></html>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// emptyLog makes a data folder with a log in it.
func emptyLog(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	log, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: streamDir(data)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Apply(t.Context(), log); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// The first backfill of a range finds the article in the sitemap; the second
// finds it in the archive.
func TestBackfill(t *testing.T) {
	config := file(t, "diembao.yaml", `unit: Sở
data: `+emptyLog(t)+`
crawler:
  contact: https://so.example
  delay: 10ms
  allow: [127.0.0.1]
  sources:
    - {id: bao-a, outlet: bao-a, name: Báo A, kind: press, via: feed, url: "`+webSite(t).URL+`/rss"}
`)
	fill := func(args ...string) (f filled) {
		t.Helper()
		out, complaints, code := run(t, "", append([]string{"backfill", "--config", config, "--source", "bao-a"}, args...)...)
		if err := json.Unmarshal([]byte(out), &f); err != nil || code != 0 {
			t.Fatalf("exit code %d, %v: %s %s", code, err, out, complaints)
		}
		return f
	}
	first := fill("--from", "2026-09-01", "--to", "2026-09-30")
	if first.Archive.Read != 0 || first.Sitemap.Published != 1 || first.Sitemap.Outside != 1 || first.Sitemap.Listed != 2 {
		t.Errorf("first: archive %+v, sitemap %+v", *first.Archive, *first.Sitemap)
	}
	again := fill("--from", "2026-09-01", "--to", "2026-09-30", "--walk", "sitemap")
	if again.Archive != nil || again.Sitemap.Known != 1 || again.Sitemap.Published != 0 {
		t.Errorf("again: %+v", *again.Sitemap)
	}
	if old := fill("--walk", "archive", "--from", time.Now().Format(time.DateOnly)); old.Sitemap != nil || old.Archive.Published != 1 {
		t.Errorf("from the archive: %+v", *old.Archive)
	}
}

// A link that a person has found becomes a mention.
func TestImportOfALink(t *testing.T) {
	site := webSite(t).URL
	config := file(t, "diembao.yaml", `unit: Sở
data: `+emptyLog(t)+`
crawler:
  contact: https://so.example
  allow: [127.0.0.1]
  sources:
    - {id: giay, outlet: giay, name: Bài nhặt được, kind: press, via: import}
`)
	out, complaints, code := run(t, "", "import", site+"/1.html", "--source", "giay", "--config", config)
	if code != 0 || !strings.Contains(out, `"id":"`) {
		t.Errorf("exit code %d: %s %s", code, out, complaints)
	}
	if _, complaints, code := run(t, "", "import", site+"/none.html", "--source", "giay", "--config", config); code != 2 || !strings.Contains(complaints, "404") {
		t.Errorf("a page that is not there: exit code %d: %s", code, complaints)
	}
}

func TestBackfillRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"lies before":     {"--source", "a", "--from", "2026-09-02", "--to", "2026-09-01"},
		"archive or site": {"--source", "a", "--walk", "web"},
		"--source":        {"--walk", "sitemap"},
		"want yyyy-mm-dd": {"--source", "a", "--from", "yesterday"},
	} {
		if _, complaints, code := run(t, "", append([]string{"backfill", "--data", t.TempDir()}, args...)...); code != 2 || !strings.Contains(complaints, want) {
			t.Errorf("%v: exit code %d: %s", args, code, complaints)
		}
	}
}
