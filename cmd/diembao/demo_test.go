package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/processor"
)

// startDemo starts a demo in this process on a free port.
func startDemo(t testing.TB, data string, every time.Duration, careful processor.Mode) (*app, *demoPress) {
	t.Helper()
	press, err := openPress(t.Context(), data, every)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(press.close)
	config := demoConfig(data, "127.0.0.1:0")
	config.Processor.Careful = careful
	a, err := newApp(t.Context(), appOptions{Config: config, Demo: press, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a, press
}

// get fetches JSON from the demo's desk.
func (a *app) get(t testing.TB, path string, into any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+a.Addr()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v\n%s", path, resp.StatusCode, err, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// there counts the items that a reader of the press finds at a time: what was
// removed before the first visit nobody sees.
func (p *demoPress) there(now time.Time) (n int) {
	for _, it := range p.press.Published(now) {
		if _, removed := p.press.Current(it.ID, now); !removed {
			n++
		}
	}
	return n
}

// eventually asks until ok, at most within.
func eventually(t testing.TB, within time.Duration, what string, ok func() bool) {
	t.Helper()
	for until := time.Now().Add(within); time.Now().Before(until); time.Sleep(200 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s: not within %v", what, within)
}

// indexed tells how many mentions the demo's API has.
func (a *app) indexed(t testing.TB) int {
	var page desk.MentionsBody
	a.get(t, "/api/v1/mentions?limit=1", &page)
	return page.Total
}

// The demo shows what it promises: mentions with evidence, an open alert, a
// digest; it stops within five seconds, and a second start resumes with nothing
// lost or doubled.
func TestDemo(t *testing.T) {
	data := t.TempDir()
	a, press := startDemo(t, data, time.Hour, processor.CarefulOff)
	all := press.there(time.Now())
	eventually(t, 3*time.Minute, "every published item is in the index", func() bool { return a.indexed(t) == all })
	var alerts desk.AlertsBody
	eventually(t, time.Minute, "an open alert", func() bool { a.get(t, "/api/v1/alerts", &alerts); return alerts.Total > 0 })
	var page desk.MentionsBody
	a.get(t, "/api/v1/mentions?policy=bang-gia-dat&limit=5", &page)
	if page.Total == 0 || len(page.Items[0].Reading.Policies[0].Hits) == 0 {
		t.Errorf("mentions of a policy: %d, or without evidence", page.Total)
	}
	start := time.Now()
	if err := a.Stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("the stop took %v", took)
	}
	again, _ := startDemo(t, data, time.Hour, processor.CarefulOff)
	defer again.Stop()
	eventually(t, time.Minute, "the second start has looked at every source", func() bool { return again.counts.crawler.Visits.Load() >= 13 })
	if got := again.indexed(t); got != all {
		t.Errorf("after a second start: %d mentions, want %d", got, all)
	}
	if found := again.counts.crawler.Found.Load(); found > int64(all/100) {
		t.Errorf("a second start found %d items again", found)
	}
	var kept desk.AlertsBody
	again.get(t, "/api/v1/alerts", &kept)
	if kept.Total < alerts.Total {
		t.Errorf("alerts: %d, before the stop %d", kept.Total, alerts.Total)
	}
}

// Another demo on the same folder is told who holds it.
func TestDemoFolderIsHeld(t *testing.T) {
	data := t.TempDir()
	a, _ := startDemo(t, data, time.Hour, processor.CarefulOff)
	defer a.Stop()
	root := newRoot()
	root.SetArgs([]string{"demo", "--data", data, "--listen", "127.0.0.1:0"})
	root.SetOut(io.Discard)
	if code := report(root.ExecuteContext(t.Context())); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
	if _, err := os.Stat(data); err != nil {
		t.Error(err)
	}
}
