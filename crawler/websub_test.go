package crawler_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// hub is a feed that names its hub, and the hub.
type hub struct {
	mu    sync.Mutex
	asked []string // forms of subscriptions
	polls int
}

func (h *hub) RoundTrip(r *http.Request) (*http.Response, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := httptest.NewRecorder()
	switch r.URL.Host + r.URL.Path {
	case "hub.vn/":
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		h.asked = append(h.asked, string(body))
		w.WriteHeader(http.StatusAccepted)
	case "bao.vn/feed":
		h.polls++
		io.WriteString(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="hub" href="http://hub.vn/"/><link rel="self" href="http://bao.vn/feed"/></feed>`)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// seen gives the subscriptions and the polls so far.
func (h *hub) seen() (asked []string, polls int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.asked), h.polls
}

func TestWebSubSubscribesAndListens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hub{}
		c, err := crawler.New(t.Context(), crawler.Options{Bus: stream.NewMemory(), Transport: h, Config: crawler.Config{Contact: "x@y.vn",
			PublicURL: "https://don-vi.gov.vn/", Sources: []crawler.SourceConfig{{ID: "bao", Outlet: "bao", Kind: mention.Press, Via: crawler.ViaWebSub, URL: "http://bao.vn/feed", Every: time.Hour}}}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- c.Run(ctx) }()
		time.Sleep(30 * time.Second)
		asked, polls := h.seen()
		if len(asked) != 1 || !strings.Contains(asked[0], "hub.topic=http%3A%2F%2Fbao.vn%2Ffeed") || !strings.Contains(asked[0], "don-vi.gov.vn%2Fhooks%2Fwebsub%2Fbao") {
			t.Errorf("subscriptions %v", asked)
		}
		ask := func(method, query string) (int, string) {
			w := httptest.NewRecorder()
			c.Handler().ServeHTTP(w, httptest.NewRequest(method, "/hooks/websub/bao"+query, nil))
			return w.Code, w.Body.String()
		}
		if code, body := ask("GET", "?hub.mode=subscribe&hub.topic=http://bao.vn/feed&hub.challenge=42"); code != 200 || body != "42" {
			t.Errorf("handshake: %d %s", code, body)
		}
		if code, _ := ask("GET", "?hub.mode=subscribe&hub.topic=http://khac.vn/feed&hub.challenge=42"); code != 404 {
			t.Errorf("somebody else's topic: %d", code)
		}
		ask("POST", "")
		time.Sleep(10 * time.Second)
		if _, after := h.seen(); after != polls+1 {
			t.Errorf("%d polls after the call, want 1", after-polls)
		}
		time.Sleep(3 * 24 * time.Hour)
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if asked, _ := h.seen(); len(asked) != 2 {
			t.Errorf("%d subscriptions in three days, want one renewal", len(asked))
		}
	})
}
