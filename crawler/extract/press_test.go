package extract_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// field counts how often a field was read exactly.
type field struct{ right, all int }

func (f *field) count(ok bool) {
	f.all++
	if ok {
		f.right++
	}
}

// TestPressWithoutRules reads every page of the fixture press as if its sites
// were unknown.
func TestPressWithoutRules(t *testing.T) {
	end := newsroom.DayZero().AddDate(0, 0, 14)
	press, err := newsroom.New(newsroom.Options{Now: func() time.Time { return end }, Calm: true})
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]*field{}
	check := func(it newsroom.Item, name, got, want string) {
		f := fields[name]
		if f == nil {
			f = &field{}
			fields[name] = f
		}
		got, want = strings.TrimSpace(viet.Clean(got)), strings.TrimSpace(viet.Clean(want))
		f.count(got == want)
		if got != want && f.all-f.right <= 12 {
			t.Logf("%s of %s (%s): got %.300q, want %.300q", name, it.ID, it.Outlet, got, want)
		}
	}
	for _, it := range press.Published(end) {
		it, removed := press.Current(it.ID, end)
		if it.Kind == mention.Social || it.Channel != mention.Article || removed {
			continue
		}
		a := fetchPage(t, press, it, end)
		body, captions := it.Paragraphs()
		check(it, "title", a.Title, it.Title)
		check(it, "body", a.Body, strings.Join(body, "\n"))
		check(it, "lead", strings.TrimPrefix(a.Lead, "(PLĐT) - "), it.Lead)
		check(it, "author", a.Author, it.Author)
		check(it, "source", a.SourceLine, it.SourceLine)
		check(it, "captions", strings.Join(a.Captions, "\n"), strings.Join(captions, "\n"))
		check(it, "published", a.Published.In(time.UTC).Format("2006-01-02 15:04"), it.Published.In(time.UTC).Format("2006-01-02 15:04"))
		check(it, "kind", string(a.Kind), "article")
		check(it, "quality", a.Quality, "")
	}
	for name, f := range fields {
		t.Logf("%-10s %4d of %4d exact", name, f.right, f.all)
		// Seven bodies hold datelines and counters of their own, which we take out.
		if float64(f.right) < 0.96*float64(f.all) {
			t.Errorf("%s: only %d of %d exact", name, f.right, f.all)
		}
	}
}

func fetchPage(t *testing.T, press *newsroom.Press, it newsroom.Item, now time.Time) extract.Article {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, press.URL(it), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", "diembao/1 (+https://diembao.example/lien-he)")
	client := http.Client{Transport: press.Transport()}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", it.ID, resp.StatusCode, err)
	}
	a, err := extract.Page(data, resp.Header.Get("Content-Type"), resp.Request.URL.String(), nil, now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
