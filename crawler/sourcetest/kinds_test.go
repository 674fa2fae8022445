package sourcetest_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/social"
	"github.com/diembao/diembao/crawler/sourcetest"
	"github.com/diembao/diembao/mention"
)

type entry struct {
	id, body string
	at       time.Time
	edited   bool
	removed  bool
}

// site is a small web site or platform with every door.
type site struct {
	mu     sync.Mutex
	list   []*entry
	broken bool
	dirty  []*entry // changed since the last delivery
	visits int
}

func (s *site) put(id, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &entry{id: id, body: body, at: time.Now()}
	s.list = append(s.list, e)
	s.dirty = append(s.dirty, e)
}

func (s *site) change(id string, f func(*entry)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.list {
		if e.id == id {
			f(e)
			s.dirty = append(s.dirty, e)
		}
	}
}

func (s *site) edit(id, body string) { s.change(id, func(e *entry) { e.body, e.edited = body, true }) }
func (s *site) remove(id string)     { s.change(id, func(e *entry) { e.removed = true }) }
func (s *site) breakDown(b bool)     { s.mu.Lock(); s.broken = b; s.mu.Unlock() }

// changed lists what has changed since it was last asked.
func (s *site) changed() []*entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.dirty
	s.dirty = nil
	return out
}

func (s *site) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return nil, errors.New("connection refused")
	}
	s.visits++
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func (s *site) shown() []*entry {
	var out []*entry
	for i := len(s.list) - 1; i >= 0; i-- {
		if !s.list[i].removed {
			out = append(out, s.list[i])
		}
	}
	return out
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	each := func(format string, args func(*entry) []any) {
		for _, e := range s.shown() {
			fmt.Fprintf(&b, format, args(e)...)
		}
	}
	kind := "text/html; charset=utf-8"
	switch {
	case r.URL.Path == "/robots.txt":
		http.NotFound(w, r)
		return
	case r.URL.Path == "/feed":
		kind = "application/rss+xml"
		b.WriteString(`<rss version="2.0"><channel><title>x</title>`)
		each("<item><title>Bài %s</title><link>http://site.vn/bai/%s</link><pubDate>%s</pubDate></item>", func(e *entry) []any {
			return []any{e.id, e.id, e.at.UTC().Format(time.RFC1123Z)}
		})
		b.WriteString("</channel></rss>")
	case r.URL.Path == "/sitemap.xml":
		kind = "application/xml"
		b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		each("<url><loc>http://site.vn/bai/%s</loc></url>", func(e *entry) []any { return []any{e.id} })
		b.WriteString("</urlset>")
	case r.URL.Path == "/":
		b.WriteString("<html><body><ul class=list>")
		each(`<li><a href="/bai/%s">Bài %s</a></li>`, func(e *entry) []any { return []any{e.id, e.id} })
		b.WriteString("</ul></body></html>")
	case r.URL.Path == "/api":
		kind = "application/json"
		s.api(&b)
	case r.URL.Path == "/v3/comments":
		kind = "application/json"
		s.remarks(&b)
	case r.URL.Path == "/v3/videos":
		kind = "application/json"
		b.WriteString(`{"items":[]}`)
	case strings.HasPrefix(r.URL.Path, "/v3/commentThreads"):
		kind = "application/json"
		s.threads(&b)
	case strings.HasPrefix(r.URL.Path, "/100/feed"):
		kind = "application/json"
		s.graph(&b)
	default:
		s.page(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	io.WriteString(w, b.String())
}

func (s *site) page(w http.ResponseWriter, r *http.Request) {
	for _, e := range s.shown() {
		if r.URL.Path == "/bai/"+e.id {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<html><body><h1>Bài %s</h1><div class="date">%s</div><div class="body"><p>%s</p></div><div>Lượt xem: %d</div></body></html>`,
				e.id, e.at.In(time.FixedZone("", 7*3600)).Format("02/01/2006 15:04"), html.EscapeString(e.body), s.visits)
			return
		}
	}
	http.NotFound(w, r)
}

func (s *site) api(b *strings.Builder) {
	list := []map[string]any{}
	for _, e := range s.shown() {
		list = append(list, map[string]any{"link": "/bai/" + e.id, "title": "Bài " + e.id, "time": fmt.Sprint(e.at.Unix())})
	}
	var data any = map[string]any{"items": list}
	if len(list) == 0 {
		data = []any{}
	}
	json.NewEncoder(b).Encode(map[string]any{"data": data})
}

func (e *entry) remark() map[string]any {
	return map[string]any{"id": e.id, "snippet": map[string]any{"textOriginal": e.body, "authorDisplayName": author, "publishedAt": e.at.UTC().Format(time.RFC3339)}}
}

func (s *site) threads(b *strings.Builder) {
	list := []any{}
	for _, e := range s.shown() {
		list = append(list, map[string]any{"snippet": map[string]any{"topLevelComment": e.remark()}})
	}
	json.NewEncoder(b).Encode(map[string]any{"items": list})
}

// remarks are those asked for by id: all there are.
func (s *site) remarks(b *strings.Builder) {
	list := []any{}
	for _, e := range s.shown() {
		list = append(list, e.remark())
	}
	json.NewEncoder(b).Encode(map[string]any{"items": list})
}

func (s *site) graph(b *strings.Builder) {
	list := []any{}
	for _, e := range s.shown() {
		list = append(list, map[string]any{"id": e.id, "message": e.body, "created_time": e.at.Unix(), "from": map[string]any{"id": author}})
	}
	json.NewEncoder(b).Encode(map[string]any{"data": list})
}

const author = "Nguyễn Văn Mật"

func config(via crawler.Via, path string) crawler.SourceConfig {
	c := crawler.SourceConfig{ID: "nguon", Outlet: "site", Name: "Trang thử", Kind: mention.Press, Via: via,
		Rules: &extract.Rules{Title: "h1", Body: ".body", Published: ".date"}}
	if path != "" {
		c.URL = "http://site.vn" + path
	}
	return c
}

// polled is a site that is visited and whose pages are read.
func polled(c crawler.SourceConfig) func(*testing.T) *sourcetest.Place {
	return func(*testing.T) *sourcetest.Place {
		s := &site{}
		return &sourcetest.Place{Config: c, Site: s, Put: s.put, Edit: s.edit, Remove: s.remove, Break: s.breakDown}
	}
}

func TestFeed(t *testing.T)    { sourcetest.Run(t, polled(config(crawler.ViaFeed, "/feed"))) }
func TestSitemap(t *testing.T) { sourcetest.Run(t, polled(config(crawler.ViaSitemap, "/sitemap.xml"))) }

func TestListing(t *testing.T) {
	c := config(crawler.ViaListing, "/")
	c.Listing = &crawler.ListingConfig{Links: ".list a"}
	sourcetest.Run(t, polled(c))
}

func TestJSON(t *testing.T) {
	c := config(crawler.ViaJSON, "/api")
	c.JSON = &crawler.JSONConfig{Items: "data.items", URL: "link", Title: "title", Published: "time"}
	sourcetest.Run(t, polled(c))
}

func TestWebSub(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) *sourcetest.Place {
		p := polled(config(crawler.ViaWebSub, "/feed"))(t)
		s := p.Site.(*site)
		p.Deliver = func(_ context.Context, c *crawler.Crawler) error {
			if len(s.changed()) > 0 {
				c.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/hooks/websub/nguon", nil))
			}
			return nil
		}
		return p
	})
}

func socialConfig(via crawler.Via) crawler.SourceConfig {
	c := config(via, "")
	c.Kind, c.Rules = mention.Social, nil
	return c
}

func TestYouTube(t *testing.T) {
	sourcetest.Run(t, func(*testing.T) *sourcetest.Place {
		c := socialConfig(crawler.ViaYouTube)
		c.URL, c.YouTube = "http://site.vn/v3", &crawler.YouTubeConfig{Key: "k", Videos: []string{"v"}}
		s := &site{}
		return &sourcetest.Place{Config: c, Site: s, Put: s.put, Edit: s.edit, Remove: s.remove, Notice: 7 * 24 * time.Hour, Break: s.breakDown, Author: author}
	})
}

func TestFacebook(t *testing.T) {
	sourcetest.Run(t, func(*testing.T) *sourcetest.Place {
		c := socialConfig(crawler.ViaFacebook)
		c.URL = "http://site.vn"
		c.Facebook = &crawler.FacebookConfig{Page: "100", Token: "t", AppSecret: "app", VerifyToken: "v"}
		s := &site{}
		return &sourcetest.Place{Config: c, Site: s, Put: s.put, Edit: s.edit, Remove: s.remove, Break: s.breakDown, Author: author,
			Deliver: s.hook("/hooks/facebook/nguon", facebookBody, "X-Hub-Signature-256", func(body []byte) string {
				h := hmac.New(sha256.New, []byte("app"))
				h.Write(body)
				return "sha256=" + hex.EncodeToString(h.Sum(nil))
			})}
	})
}

func facebookBody(e *entry) map[string]any {
	value := map[string]any{"item": "status", "verb": "add", "post_id": e.id, "message": e.body, "created_time": fmt.Sprint(e.at.Unix()), "from": map[string]any{"id": author}}
	if e.edited {
		value["verb"] = "edited"
	}
	if e.removed {
		value["verb"], value["message"] = "remove", ""
	}
	return map[string]any{"object": "page", "entry": []any{map[string]any{"id": "100", "changes": []any{map[string]any{"field": "feed", "value": value}}}}}
}

func TestZalo(t *testing.T) {
	sourcetest.Run(t, func(*testing.T) *sourcetest.Place {
		c := socialConfig(crawler.ViaZalo)
		c.Zalo = &crawler.ZaloConfig{AppID: "7", Secret: "oa"}
		s := &site{}
		body := func(e *entry) map[string]any {
			return map[string]any{"app_id": "7", "event_name": "user_send_text", "timestamp": "1789632000000", "sender": map[string]any{"id": author},
				"message": map[string]any{"msg_id": e.id, "text": e.body}}
		}
		return &sourcetest.Place{Config: c, Put: s.put, Author: author,
			Deliver: s.hook("/hooks/zalo/nguon", body, "X-ZEvent-Signature", func(body []byte) string {
				return "mac=" + social.Mac("7", body, "1789632000000", "oa")
			})}
	})
}

func TestPush(t *testing.T) {
	sourcetest.Run(t, func(*testing.T) *sourcetest.Place {
		s := &site{}
		return &sourcetest.Place{Config: socialConfig(crawler.ViaPush), Put: s.put, Edit: s.edit, Remove: s.remove, Author: author,
			Deliver: s.hook("/v1/mentions", row, "Authorization", func([]byte) string { return "Bearer token" })}
	})
}

func row(e *entry) map[string]any {
	m := map[string]any{"source": "nguon", "id": e.id, "body": e.body, "author": author, "published": e.at.Format(time.RFC3339)}
	if e.removed {
		m["body"], m["removed"] = "", true
	}
	return m
}

// hook delivers what has changed, each thing twice: platforms do.
func (s *site) hook(path string, body func(*entry) map[string]any, header string, sign func([]byte) string) func(context.Context, *crawler.Crawler) error {
	return func(ctx context.Context, c *crawler.Crawler) error {
		for _, e := range s.changed() {
			data, err := json.Marshal(body(e))
			if err != nil {
				return err
			}
			for range 2 {
				r := httptest.NewRequestWithContext(ctx, "POST", path, strings.NewReader(string(data)))
				r.Header.Set(header, sign(data))
				w := httptest.NewRecorder()
				c.Handler().ServeHTTP(w, r)
				if w.Code != 200 {
					return fmt.Errorf("%s: %d %s", path, w.Code, w.Body)
				}
			}
		}
		return nil
	}
}

func TestImport(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) *sourcetest.Place {
		s, dir := &site{}, t.TempDir()
		return &sourcetest.Place{Config: socialConfig(crawler.ViaImport), Put: s.put, Edit: s.edit, Remove: s.remove, Author: author,
			Deliver: func(ctx context.Context, c *crawler.Crawler) error {
				var b strings.Builder
				for _, e := range s.list { // people import the whole table again
					if err := json.NewEncoder(&b).Encode(row(e)); err != nil {
						return err
					}
				}
				path := filepath.Join(dir, "bang.jsonl")
				if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
					return err
				}
				rep, err := c.Doors().Import(ctx, path, "nguon", dir, time.Now())
				if err == nil && rep.Rejected > 0 {
					err = fmt.Errorf("rejected: %+v", rep)
				}
				return err
			}}
	})
}
