package crawler_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/crawler/push"
	"github.com/diembao/diembao/stream"
)

// The demo's way: the press over real HTTP on loopback, its hosts mapped to
// one listener, the social channels pushed over HTTP. All that is past arrives.
func TestDemoOverLoopback(t *testing.T) {
	if testing.Short() {
		t.Skip("demo over loopback: needs real time")
	}
	clock := newsroom.NewDemoClock(time.Now())
	press, err := newsroom.New(clock.Options())
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(press)
	defer site.Close()
	hosts := map[string]string{}
	for _, h := range newsroom.Hosts() {
		hosts[h] = strings.TrimPrefix(site.URL, "http://")
	}
	a, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	config := sources.Config(20 * time.Millisecond)
	config.PushToken = "token"
	l := &line{t: t, press: press, bus: stream.NewMemory(), archive: a}
	c, err := crawler.New(t.Context(), crawler.Options{Config: config, Bus: l.bus, Archive: a, Hosts: hosts, AuthorKey: []byte("k")})
	if err != nil {
		t.Fatal(err)
	}
	door := httptest.NewServer(c.Handler())
	defer door.Close()
	ctx, stop := context.WithTimeout(t.Context(), 90*time.Second)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	go sources.Feed(ctx, press, time.Now, time.Second, func(rows []push.Row) error { return post(ctx, door.URL, rows) })
	for ctx.Err() == nil && len(l.missing(clock.Opened)) > 0 {
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	for _, it := range l.missing(clock.Opened) {
		t.Errorf("%s %s did not arrive", it.ID, press.URL(it))
	}
}

// missing lists what was published by then, is still there, and did not
// arrive.
func (l *line) missing(by time.Time) []newsroom.Item {
	var out []newsroom.Item
	got := l.mentions()
	for _, it := range l.press.Published(by) {
		if _, removed := l.press.Current(it.ID, time.Now()); !removed && len(got[l.press.Mention(it.ID)]) == 0 {
			out = append(out, it)
		}
	}
	return out
}

func post(ctx context.Context, url string, rows []push.Row) error {
	body, err := json.Marshal(map[string]any{"items": rows})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/v1/mentions", strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer token")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
