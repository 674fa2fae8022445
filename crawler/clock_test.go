package crawler

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

func TestClocksAreTold(t *testing.T) {
	now := time.Date(2026, 9, 18, 9, 17, 0, 0, time.UTC)
	dates := func(f func(i int) time.Time, n int) clocks {
		var k clocks
		for i := range n {
			k.note(stamped{address: uint64(i), from: "dateline", at: f(i), fetched: now.Add(time.Duration(2*i) * time.Second)})
		}
		return k
	}
	for name, c := range map[string]struct {
		at           func(i int) time.Time
		n            int
		clock, known bool
	}{
		"hours apart":            {func(i int) time.Time { return now.Add(-time.Duration(i) * time.Hour) }, 9, false, true},
		"the time of reading":    {func(i int) time.Time { return now.Add(time.Duration(2*i) * time.Second) }, 9, true, true},
		"a clock that is slow":   {func(i int) time.Time { return now.Add(-90 * time.Second) }, 9, true, true},
		"one minute for all":     {func(int) time.Time { return now.Add(-3 * time.Hour) }, 9, true, true},
		"a day without an hour":  {func(int) time.Time { return time.Date(2026, 9, 17, 17, 0, 0, 0, time.UTC) }, 9, false, true},
		"four articles":          {func(int) time.Time { return now }, 4, false, false},
		"a burst among others":   {func(i int) time.Time { return now.Add(-time.Duration(max(i-5, 0)) * time.Hour) }, 12, false, true},
		"one minute of long ago": {func(int) time.Time { return now.AddDate(0, -2, 0) }, 9, false, true},
	} {
		k := dates(c.at, c.n)
		if clock, known := k.judge("dateline"); clock != c.clock || known != c.known {
			t.Errorf("%s: %v, %v", name, clock, known)
		}
		if clock, known := k.judge("feed"); clock || known {
			t.Errorf("%s: another origin is judged as well", name)
		}
	}
}

// banner is a site whose pages show a clock where the date should be, until it
// is mended.
type banner struct{ mended time.Time }

func (b *banner) RoundTrip(r *http.Request) (*http.Response, error) {
	body, kind := "", "text/html; charset=utf-8"
	shown := time.Now()
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		return &http.Response{StatusCode: 404, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("")), Request: r}, nil
	case path == "/":
		for i := range 8 {
			body += fmt.Sprintf(`<a class="x" href="/bai/%d">Bài %d</a>`, i, i)
		}
		if !b.mended.IsZero() {
			for i := range 8 {
				body += fmt.Sprintf(`<a class="x" href="/bai/%d">Bài %d</a>`, 10+i, i)
			}
		}
	default:
		var n int
		_, _ = fmt.Sscanf(path, "/bai/%d", &n)
		if !b.mended.IsZero() {
			shown = b.mended.Add(-time.Duration(n) * 37 * time.Minute)
		}
		body = fmt.Sprintf(`<h1>Bài %d</h1><p class="clock">%s</p><div class="b"><p>%s %d</p></div>`, n,
			shown.In(time.FixedZone("", 7*3600)).Format("02/01/2006 15:04"), strings.Repeat("Tỉnh lấy ý kiến nhân dân về dự thảo. ", 10), n)
	}
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// The newest revision of no mention keeps the clock's time; the source is
// flagged, also after a restart, and cleared when its dates are dates again.
func TestABannerClockIsNotBelieved(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 9, 14, 1, 17, 0, 0, time.UTC)))
		a, err := archive.Open(dir, archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		bus, site := stream.NewMemory(), &banner{}
		run := func(d time.Duration) mention.SourceHealth {
			c, err := New(t.Context(), Options{Bus: bus, Archive: a, Transport: site, Config: Config{Contact: "https://x.vn", Sources: []SourceConfig{
				{ID: "cong", Outlet: "cong", Kind: mention.Portal, Via: ViaListing, URL: "http://cong.vn/", Every: 20 * time.Minute, Listing: &ListingConfig{Links: "a.x"},
					Rules: &extract.Rules{Title: "h1", Body: ".b", Published: ".clock"}}}}})
			if err != nil {
				t.Fatal(err)
			}
			visit(t, c, d)
			h, err := loadHealth(t.Context(), c.health, "cong")
			if err != nil {
				t.Fatal(err)
			}
			return h
		}
		dated := func() (n, all int) {
			newest := map[mention.ID]*mention.Mention{}
			err := bus.Replay(t.Context(), "mention.found.>", 0, false, func(m stream.Message) error {
				got, err := mention.Decode(m.Data)
				if err == nil && (newest[got.ID] == nil || newest[got.ID].Revision < got.Revision) {
					newest[got.ID] = got
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range newest {
				if !m.Text.Published.IsZero() {
					n++
				} else if m.Origin.Page == "" {
					t.Error("a record without its page")
				}
			}
			return n, len(newest)
		}
		h := run(10 * time.Minute)
		if n, all := dated(); n != 0 || all != 8 || h.State != mention.SourceClock || !strings.Contains(h.Problem, "đồng hồ") || !slices.Equal(h.Clocks, []string{"rule"}) {
			t.Errorf("%d of %d keep the clock's time; %s %q %v", n, all, h.State, h.Problem, h.Clocks)
		}
		if h = run(5 * time.Minute); h.State != mention.SourceClock {
			t.Errorf("after a restart: %s", h.State)
		}
		site.mended = time.Now()
		if h = run(2 * time.Hour); h.State == mention.SourceClock || len(h.Clocks) > 0 {
			t.Errorf("mended, but %s %v", h.State, h.Clocks)
		}
	})
}

// visit runs a crawler for a time.
func visit(t *testing.T, c *Crawler, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if err := c.Run(ctx); err != nil {
		t.Error(err)
	}
}
