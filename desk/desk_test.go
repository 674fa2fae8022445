package desk

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// noon is when the tests look: day 8 of the fixture fortnight.
func noon() time.Time { return newsroom.DayZero().AddDate(0, 0, 8).Add(12 * time.Hour) }

// newsroomMentions are the fixture press until now, read by its gold.
func newsroomMentions(t testing.TB, now time.Time) []*mention.Mention {
	t.Helper()
	press, err := newsroom.New(newsroom.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, o := range newsroom.Outlets() {
		names[o.ID] = o.Name
	}
	var out []*mention.Mention
	for _, it := range press.Published(now) {
		m := &mention.Mention{Schema: mention.Schema, ID: mention.NewID(it.Kind, it.Outlet, it.ID), Revision: it.Published.Unix(),
			Origin: mention.Origin{Kind: it.Kind, Outlet: it.Outlet, OutletName: names[it.Outlet], Channel: it.Channel,
				Via: "test", URL: "https://" + it.Outlet + ".example/" + it.ID, Fetched: it.Published, Found: it.Published},
			Text: mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body, Author: it.Author, Published: it.Published}}
		if it.Parent != "" {
			if parent, ok := press.Item(it.Parent); ok {
				m.Origin.Parent = mention.NewID(parent.Kind, parent.Outlet, parent.ID)
			}
		}
		m.Reading = goldReading(it)
		out = append(out, m)
	}
	return out
}

func goldReading(it newsroom.Item) *mention.Reading {
	label := func(v string) mention.Label {
		return mention.Label{Value: v, Score: 0.95, Sure: true, By: "gold/1"}
	}
	r := &mention.Reading{Revision: 2, Language: label("vi"), Relevant: label("0"), Tone: label(it.Gold.Tone),
		Act: label(it.Gold.Act), Topic: label(it.Gold.Topic), Steps: []string{"gold/1"}}
	if it.Gold.Relevant == 1 {
		r.Relevant = label("1")
	}
	for _, target := range it.Gold.Targets {
		s := mention.Stance{Policy: target.Policy, Label: label(target.Stance)}
		if at := strings.Index(it.Body, target.Evidence); at >= 0 && target.Evidence != "" {
			s.Sentence = &mention.Span{Field: "body", Start: at, End: at + len(target.Evidence)}
			s.Evidence = []mention.Span{*s.Sentence}
		}
		r.Stances = append(r.Stances, s)
		r.Policies = append(r.Policies, mention.PolicyHit{ID: target.Policy, Score: 1, By: "gold/1"})
	}
	for _, p := range it.Gold.Places {
		r.Places = append(r.Places, mention.Place{Written: p.Written, Now: p.ProvinceNow, Level: "province", By: "gold/1"})
	}
	for _, d := range it.Gold.Docs {
		r.Documents = append(r.Documents, mention.Document{Key: d, Written: d, Resolved: true, By: "gold/1"})
	}
	return r
}

// bench is a desk over the real embedded index with the fixture press in it.
type bench struct {
	t      testing.TB
	desk   *Desk
	server *httptest.Server
	client *http.Client
}

// newBench starts a desk; change alters its options.
func newBench(t testing.TB, change func(*Options)) *bench {
	t.Helper()
	engine, err := embedded.Open(t.Context(), ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	for _, err := range engine.Write(t.Context(), newsroomMentions(t, noon())) {
		if err != nil {
			t.Fatal(err)
		}
	}
	bus := stream.NewMemory()
	book, l := openLedger(t, bus)
	o := Options{Unit: "Sở VHTTDL (thử)", Searcher: engine, Ledger: l, Alerts: book, Demo: true, Now: noon,
		Policies: []Policy{{"luat-dat-dai-2024", "Luật Đất đai 2024"}, {"bang-gia-dat-2026", "Bảng giá đất điều chỉnh"}},
		Sources: func(context.Context) ([]Source, error) {
			return []Source{{ID: "dvhn-rss", Name: "Đất Việt Hôm Nay", Outlet: "dvhn", Kind: "press", Via: "feed", State: "good",
				Asked: noon().Add(-time.Minute), Newest: noon().Add(-time.Hour), Gap: 42 * time.Minute, Counts: []int{0, 2, 1, 4}},
				{ID: "btb", Name: "Báo Tây Bắc", Outlet: "btb", Kind: "press", Via: "listing", State: "silent",
					Since: noon().Add(-4 * time.Hour), Error: "dial tcp: connection refused"}}, nil
		},
		Waiting: func(context.Context) (int, error) { return 2, nil },
	}
	if change != nil {
		change(&o)
	}
	d, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, desk: d, server: httptest.NewServer(d.Handler())}
	t.Cleanup(b.server.Close)
	jar, _ := cookiejar.New(nil)
	b.client = &http.Client{Jar: jar}
	return b
}

func openLedger(t testing.TB, bus stream.Bus) (*watch.Book, *ledger.Ledger) {
	t.Helper()
	l, err := ledger.Open(t.Context(), bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); bus.Close() })
	return watch.NewBook(l), l
}

// get fetches a page that must answer with status, and gives its body.
func (b *bench) get(path string, status int) string {
	b.t.Helper()
	resp, err := b.client.Get(b.server.URL + path)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.body(resp, path, status)
}

func (b *bench) post(path string, form url.Values, status int) string {
	b.t.Helper()
	resp, err := b.client.PostForm(b.server.URL+path, form)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.body(resp, path, status)
}

func (b *bench) body(resp *http.Response, path string, status int) string {
	b.t.Helper()
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if resp.StatusCode != status {
		b.t.Fatalf("%s: status %d, want %d\n%s", path, resp.StatusCode, status, data)
	}
	return string(data)
}

// want fails unless the page holds each of the pieces.
func want(t testing.TB, page string, pieces ...string) {
	t.Helper()
	for _, p := range pieces {
		if !strings.Contains(page, p) {
			t.Errorf("the page lacks %q", p)
		}
	}
}

func TestEveryPageInBothLanguages(t *testing.T) {
	b := newBench(t, nil)
	first := newsroomMentions(t, noon())[1]
	for path, pieces := range map[string][2]string{
		"/":                            {"Cần biết ngay", "Know now"},
		"/search":                      {"gộp bản đăng lại", "reprints folded"},
		"/alerts":                      {"Máy báo khi nào", "When the machine alerts"},
		"/digest":                      {"Tổng quan", "Overview"},
		"/sources":                     {"im lặng", "silent"},
		"/mention/" + string(first.ID): {"Vì sao?", "Why?"},
	} {
		t.Run(path, func(t *testing.T) {
			want(t, b.get(path+"?lang=vi", 200), `<html lang="vi">`, pieces[0], "tính đến "+viet.Clock(noon()), "2 nguồn, 1 im lặng")
			want(t, b.get(path+"?lang=en", 200), `<html lang="en">`, pieces[1], "as of "+viet.Clock(noon()))
		})
	}
}
