package indexer_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

func TestDocumentCutsTokens(t *testing.T) {
	m := indextest.Mention("a", indextest.Text("Hoà Bình: 1.234,5 đồng", "Bảng giá.\n\nĐất đai"))
	m.Text.Lead = "LÝ do"
	d, err := indexer.NewDocument(m)
	if err != nil {
		t.Fatal(err)
	}
	if d.TitleKeys != "hòa bình 1 234 5 đồng" || d.TitleFolds != "hoa binh 1 234 5 dong" {
		t.Errorf("title %q, %q", d.TitleKeys, d.TitleFolds)
	}
	if d.TextKeys != "lí do ¶ bảng giá ¶ đất đai" || d.TextFolds != "li do ¶ bang gia ¶ dat dai" {
		t.Errorf("text %q, %q", d.TextKeys, d.TextFolds)
	}
	if !slices.IsSorted(d.Tags) || !slices.Contains(d.Tags, "outlet:dvhn") || !slices.Contains(d.Tags, "is:relevant") {
		t.Errorf("tags %q", d.Tags)
	}
}

func TestLongTokensAreCutAlike(t *testing.T) {
	long := strings.Repeat("ề", 500)
	d, err := indexer.NewDocument(indextest.Mention("a", indextest.Text(long, "")))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.TitleKeys) > 96 || !utf8.ValidString(d.TitleKeys) {
		t.Errorf("the token has %d bytes", len(d.TitleKeys))
	}
	p, err := indexer.NewPlan(query.Request{Text: long})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Match(d, "") {
		t.Error("the long token does not find itself")
	}
}

func TestTag(t *testing.T) {
	for _, c := range [][2]string{
		{"Thanh Hóa", "place:thanh_hoa"}, {" thanh  hoa ", "place:thanh__hoa"}, {"70/2025/NĐ-CP", "place:70/2025/nd-cp"},
		{"a\"b'c", "place:a_b_c"}, {"bang-gia-dat=against", "place:bang-gia-dat=against"}, {"中 文", "place:中_文"},
	} {
		if got := indexer.Tag("place", c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestTagHoldsNothingThatEnginesRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tag := indexer.Tag("x", rapid.String().Draw(t, "value"))
		if strings.ContainsAny(tag, "\"' \t\n\x00(){}*^+\\") || !utf8.ValidString(tag) {
			t.Fatalf("tag %q", tag)
		}
	})
}

func TestMaskedKeepsOffsetsAndHidesEverySpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringN(0, 60, 200).Draw(t, "body")
		m := indextest.Mention("a", indextest.Text("tiêu đề", body))
		for range rapid.IntRange(0, 4).Draw(t, "spans") {
			span := mention.Span{
				Field: rapid.SampledFrom([]string{"title", "lead", "body", "other"}).Draw(t, "field"),
				Start: rapid.IntRange(-5, len(body)+5).Draw(t, "start"), End: rapid.IntRange(-5, len(body)+5).Draw(t, "end"),
			}
			m.Reading.Masked = append(m.Reading.Masked, mention.Masked{Span: span})
		}
		got := indexer.Masked(m)
		if len(got.Text.Body) != len(body) || m.Text.Body != body {
			t.Fatalf("%d bytes became %d", len(body), len(got.Text.Body))
		}
		if utf8.ValidString(body) && !utf8.ValidString(got.Text.Body) {
			t.Fatal("a rune was cut in two")
		}
		for _, span := range m.Reading.Masked {
			if span.Field != "body" {
				continue
			}
			for i := max(span.Start, 0); i < min(span.End, len(body)); i++ {
				if got.Text.Body[i] != '*' {
					t.Fatalf("byte %d of %+v shows", i, span.Span)
				}
			}
		}
	})
}

func TestMaskedRequotes(t *testing.T) {
	m := indextest.Mention("a", indextest.Text("", "Nhà số 5 Thanh Hóa, CV 12/UBND"))
	span := func(s string) mention.Span {
		at := strings.Index(m.Text.Body, s)
		return mention.Span{Field: "body", Start: at, End: at + len(s)}
	}
	r := m.Reading
	r.Masked = []mention.Masked{{Span: span("số 5 Thanh Hóa"), Kind: "address"}}
	r.Places = []mention.Place{{Written: "Thanh Hóa", Now: "Thanh Hóa", Spans: []mention.Span{span("Thanh Hóa")}}}
	r.Bodies = []mention.Body{{Written: "UBND", Spans: []mention.Span{span("UBND")}}}
	r.Documents = []mention.Document{{Written: "12/UBND", Span: span("12/UBND")}, {Written: "5", Span: span("5")}}
	r.Policies = []mention.PolicyHit{{Hits: []mention.Hit{{Span: span("Thanh"), Written: "Thanh"}}}}
	got := indexer.Masked(m).Reading
	if strings.Trim(got.Places[0].Written, "*") != "" || got.Places[0].Now != "Thanh Hóa" {
		t.Errorf("place %+v", got.Places[0])
	}
	if got.Bodies[0].Written != "UBND" || got.Documents[0].Written != "12/UBND" || got.Documents[1].Written != "*" {
		t.Errorf("bodies %+v, documents %+v", got.Bodies, got.Documents)
	}
	if got.Policies[0].Hits[0].Written != "*****" || r.Policies[0].Hits[0].Written != "Thanh" {
		t.Errorf("policies %+v, before %+v", got.Policies, r.Policies)
	}
}

func TestMillisClamps(t *testing.T) {
	if got := indexer.Millis(time.Time{}); got != 0 {
		t.Errorf("the zero time is %d", got)
	}
	if got := indexer.Millis(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)); got != indexer.Millis(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the year 9999 is %d", got)
	}
}

func TestHighlights(t *testing.T) {
	m := indextest.Mention("a", indextest.Text("Giá đất", "Bảng GIÁ ĐẤT mới\nđất, gia dat; giá nhà"))
	for text, want := range map[string][]string{
		`"giá đất"`:        {"Giá đất", "GIÁ ĐẤT", "gia dat"},
		"gia -nhà":         {"Giá", "GIÁ", "gia", "giá"},
		"moi OR nguồn:vnm": {"mới"},
		"":                 nil,
	} {
		p, err := indexer.NewPlan(query.Request{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range p.Highlights(&m.Text) {
			got = append(got, m.Text.Cut(s))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
