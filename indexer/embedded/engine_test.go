package embedded_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

func open(t *testing.T) *embedded.Engine {
	t.Helper()
	e, err := embedded.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func article(n int, title, body string) *mention.Mention {
	at := time.Date(2026, 11, 20, 1, n, 0, 0, time.UTC)
	return &mention.Mention{
		Schema: 1, ID: mention.NewID(mention.Press, "dvhn", fmt.Sprint(n)), Revision: at.Unix(),
		Origin: mention.Origin{Kind: mention.Press, Outlet: "dvhn", Channel: mention.Article, Found: at, Fetched: at},
		Text:   mention.Text{Title: title, Body: body, Published: at},
		Reading: &mention.Reading{
			Revision: 2,
			Tone:     mention.Label{Value: "neg", Sure: true},
			Policies: []mention.PolicyHit{{ID: "bang-gia-dat"}},
		},
	}
}

func TestSmoke(t *testing.T) {
	e := open(t)
	for _, err := range e.Write(t.Context(), []*mention.Mention{
		article(1, "Bảng giá đất mới", "Người dân lo lắng."),
		article(2, "bang gia dat", "khong dau"),
		article(3, "Thuế", "chưa rõ ràng"),
	}) {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"": 3, `"giá đất"`: 2, "gia": 2, "giả": 1, "-thuế": 2, "chua": 1, "chùa": 0, "sắc-thái:neg giá": 2,
		"từ:20/11/2026 đến:20/11/2026 đất": 2, "giá OR thuế": 3, "(-giá) OR mới": 2,
	} {
		for _, sort := range []query.Sort{query.ByTime, query.ByOldest, query.ByRelevance} {
			for _, fold := range []bool{false, true} {
				page, err := e.Search(t.Context(), query.Request{Text: text, Sort: sort, Fold: fold, Limit: 1})
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				if page.Total != want {
					t.Errorf("%s: %d, want %d", text, page.Total, want)
				}
			}
		}
	}
	bars, err := e.Histogram(t.Context(), query.Request{}, query.Hour)
	if err != nil || len(bars) != 1 || bars[0].Count != 3 || bars[0].Stories != 3 {
		t.Fatal(bars, err)
	}
	facets, err := e.Facets(t.Context(), query.Request{}, []string{query.FieldTone, query.FieldPolicy}, 10)
	if err != nil || facets[query.FieldTone][0] != (query.Facet{Value: "neg", Count: 3}) {
		t.Fatal(facets, err)
	}
	if _, err := e.Get(t.Context(), article(2, "", "").ID); err != nil {
		t.Fatal(err)
	}
}
