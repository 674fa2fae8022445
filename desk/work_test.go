package desk

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/desk/digest"
	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/mention"
)

func TestSearchNarrowsAndOpens(t *testing.T) {
	b := newBench(t, nil)
	page := b.get("/search?q="+url.QueryEscape("bảng giá đất"), 200)
	want(t, page, `<mark class="query">bảng</mark>`, "Sắc thái", "tone=neg")
	narrow := b.get("/search?q="+url.QueryEscape("bảng giá đất")+"&tone=neg&kind=press", 200)
	want(t, narrow, "▼ bất lợi ✕", "báo chí ✕")
	want(t, b.get("/search?q="+url.QueryEscape(`"chưa đóng`), 200), "chữ thứ")
	want(t, b.get("/search?q=khongcotunaynhuthe", 200), "Không có tin nào khớp", "bang gia dat")
	want(t, b.get("/search?q=bang+gia+dat", 200), "query") // typed without accents
}

func TestEveryNumberOpensItsList(t *testing.T) {
	b := newBench(t, nil)
	for _, path := range []string{"/", "/digest", "/search?q=thu%E1%BA%BF"} {
		for _, href := range hrefs(b.get(path, 200)) {
			if strings.HasPrefix(href, "/search") || strings.HasPrefix(href, "/mention") {
				b.get(href, 200)
			}
		}
	}
}

// hrefs are the first sixty addresses of a page.
func hrefs(page string) (out []string) {
	for _, part := range strings.Split(page, `href="`)[1:] {
		href, _, _ := strings.Cut(part, `"`)
		out = append(out, strings.ReplaceAll(href, "&amp;", "&"))
	}
	return out[:min(60, len(out))]
}

func TestCorrection(t *testing.T) {
	b := newBench(t, nil)
	var m *mention.Mention
	for _, m = range newsroomMentions(t, noon()) {
		if m.Reading.Tone.Value == "neg" && m.Reading.Act.Value == "report" {
			break
		}
	}
	path := "/mention/" + string(m.ID)
	page := b.post(path+"/correct", url.Values{"tone": {"neu"}, "act": {"report"}, "note": {"bài chỉ nêu số liệu"}}, 200)
	want(t, page, "Đã lưu bản sửa", "người sửa", "bài chỉ nêu số liệu", `<option value="neu" selected>`)
	b.post(path+"/correct", url.Values{"tone": {"<b>"}}, 400)
	var lines []Labelled
	n, err := ExportCorrections(t.Context(), b.desk.Ledger, b.desk.Searcher, func(l Labelled) error { lines = append(lines, l); return nil })
	if err != nil || n != 1 || lines[0].Tone != "neu" || lines[0].Act != "report" || lines[0].Body == "" {
		t.Errorf("export: %d lines, %v: %+v", n, err, lines)
	}
}

func TestAPI(t *testing.T) {
	b := withAccount(t, Reader)
	b.get("/api/v1/mentions", 401)
	ask := func(path string, status int, into any) {
		t.Helper()
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+path, nil)
		r.Header.Set("Authorization", "Bearer a-long-token")
		resp, err := b.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body := b.body(resp, path, status)
		if err := json.Unmarshal([]byte(body), into); err != nil {
			t.Fatalf("%s: %v\n%s", path, err, body)
		}
	}
	var first, second MentionsBody
	ask("/api/v1/mentions?policy=bang-gia-dat&tone=neg&limit=2", 200, &first)
	if first.Total < 3 || len(first.Items) != 2 || first.Next == "" || first.Items[0].Reading == nil {
		t.Fatalf("first page: total %d, %d items, next %q", first.Total, len(first.Items), first.Next)
	}
	ask("/api/v1/mentions?policy=bang-gia-dat&tone=neg&limit=2&cursor="+url.QueryEscape(first.Next), 200, &second)
	if second.Total != first.Total || second.Items[0].ID == first.Items[0].ID {
		t.Errorf("second page: %+v", second)
	}
	var problem map[string]any
	ask("/api/v1/mentions?q="+url.QueryEscape(`"x`), 400, &problem)
	ask("/api/v1/mentions?from=hom+nay", 400, &problem)
	ask("/api/v1/mentions?cursor=xx", 400, &problem)
	ask("/api/v1/mentions?limit=5000", 422, &problem)
	var made digest.Digest
	ask("/api/v1/digests/today", 200, &made)
	if made.Total.Mentions == 0 || len(made.Parts) != 7 {
		t.Errorf("digest: %d mentions, %d parts", made.Total.Mentions, len(made.Parts))
	}
	var sources SourcesBody
	ask("/api/v1/sources", 200, &sources)
	var spec map[string]any
	ask("/api/openapi.json", 200, &spec)
	if sources.Total != 2 || spec["openapi"] == nil {
		t.Errorf("sources %d, specification %v", sources.Total, spec["openapi"])
	}
}

func TestPeriods(t *testing.T) {
	from, to := period(url.Values{"from": {"2026-11-20"}, "to": {"20/11/2026"}})
	if to.Sub(from) != 24*time.Hour || from.Format(time.RFC3339) != "2026-11-20T00:00:00+07:00" {
		t.Errorf("one day: got %v – %v", from, to)
	}
	if from, to = period(url.Values{"from": {"hôm qua"}}); !from.IsZero() || !to.IsZero() {
		t.Errorf("no date: got %v – %v", from, to)
	}
}

func TestHealthTellsOfTheIndex(t *testing.T) {
	b := newBench(t, nil)
	want(t, b.get("/healthz", 200), `"ok"`)
}

// Below the threshold every label reads "unclear", in the language of the page
// and whatever the best guess is.
func TestUnsureIsSaidInBothLanguages(t *testing.T) {
	unsure := mention.Label{Value: "0", Score: 0.4, By: "x/1"}
	m := &mention.Mention{Reading: &mention.Reading{Tone: unsure, Act: unsure, Topic: unsure, Relevant: unsure}}
	d := &Desk{}
	for lang, want := range map[words.Lang]string{words.VI: "chưa rõ", words.EN: "unclear"} {
		for _, j := range d.judgements(m, lang) {
			if j.Value != want {
				t.Errorf("%s %s: %q, want %q", lang, j.Name, j.Value, want)
			}
		}
	}
}
