package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/processor"
)

// unknownPortal serves one site of the fixture press on an address of its own,
// as a keeper meets it who knows nothing but the address.
func unknownPortal(t *testing.T, id string) string {
	t.Helper()
	press, err := newsroom.New(newsroom.NewDemoClock(time.Now()).Options())
	if err != nil {
		t.Fatal(err)
	}
	host := ""
	for _, o := range newsroom.Outlets() {
		if o.ID == id {
			host = o.Host
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := r.Host
		r.Host = host
		page := httptest.NewRecorder()
		press.ServeHTTP(page, r)
		for name, values := range page.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(page.Code)
		_, _ = w.Write(bytes.ReplaceAll(page.Body.Bytes(), []byte(host), []byte(own)))
	}))
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// docs/sources.md, followed as it is written: from an unknown portal to its
// mentions in the index.
func TestUnknownPortalBecomesASource(t *testing.T) {
	address := unknownPortal(t, "cth")
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config := write("diembao.yaml", "unit: Sở\nlisten: 127.0.0.1:0\ncrawler:\n  contact: https://so.example\n  delay: 10ms\n  allow: [127.0.0.1]\nsource_files: [sources/*.yaml]\n")
	write("sources/cua-toi.yaml", "sources:\n")

	out, complaints, code := run(t, "", "sources", "try", address, "--config", config)
	_, entry, found := strings.Cut(out, "# thêm vào danh sách nguồn / add to the list of sources:\n")
	if code != 0 || !found {
		t.Fatalf("exit code %d: %s %s", code, out, complaints)
	}
	if strings.Contains(entry, "source_type") || !strings.Contains(entry, "check: press, portal or social") {
		t.Errorf("the host does not tell what it is, the suggestion does:\n%s", entry)
	}
	write("sources/cua-toi.yaml", "sources:\n"+entry)
	for _, args := range [][]string{{"check", "config", config}, {"sources", "check", "--config", config, "--report", filepath.Join(dir, "report.jsonl")}} {
		if out, complaints, code := run(t, "", args...); code != 0 {
			t.Fatalf("%v: exit code %d: %s %s", args, code, out, complaints)
		}
	}
	c, err := configs.Load(config)
	if err != nil {
		t.Fatal(err)
	}
	id := c.Crawler.Sources[0].ID
	ruled := strings.ReplaceAll(entry, "    via:", "    rules:\n      title: h1\n    via:")
	write("sources/cua-toi.yaml", "sources:\n"+ruled)
	if out, _, code := run(t, "", "sources", "check", id, "--config", config); code != 0 || !strings.Contains(out, "tiêu đề / title:") {
		t.Errorf("with rules: exit code %d: %s", code, out)
	}
	if _, complaints, code := run(t, "", "sources", "check", "khong-co", "--config", config); code != 2 || !strings.Contains(complaints, `no source "khong-co"`) {
		t.Errorf("an unknown id: exit code %d: %s", code, complaints)
	}
	if !heard(t, config) {
		t.Error("nothing of the new source reached the index")
	}
}

// heard serves the configuration until something is in the index.
func heard(t *testing.T, config string) bool {
	t.Helper()
	c, err := configs.Load(config)
	if err != nil {
		t.Fatal(err)
	}
	c.Processor.Careful = processor.CarefulOff
	a, err := newApp(t.Context(), appOptions{Config: c, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Stop(); err != nil {
			t.Error(err)
		}
	}()
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if a.counts.indexer.Counts.Get(indexer.Indexed) > 0 {
			return true
		}
	}
	return false
}

// A private address is refused with what to do about it.
func TestTryOfAPrivateAddress(t *testing.T) {
	_, complaints, code := run(t, "", "sources", "try", unknownPortal(t, "cth"))
	if code != 2 || !strings.Contains(complaints, "--allow") {
		t.Errorf("exit code %d: %s", code, complaints)
	}
}
