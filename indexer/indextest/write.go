package indextest

import (
	"errors"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

func testEmpty(t *testing.T, x *index) {
	if err := x.Ready(t.Context()); err != nil {
		t.Fatalf("ready: %v", err)
	}
	x.finds(query.Request{})
	x.finds(query.Request{Text: "đất", Fold: true, Sort: query.ByRelevance})
	if _, err := x.Get(t.Context(), Mention("a").ID); !errors.Is(err, query.ErrNotFound) {
		t.Errorf("get: got %v, want ErrNotFound", err)
	}
	if older, err := x.Revisions(t.Context(), Mention("a").ID); err != nil || len(older) != 0 {
		t.Errorf("revisions: got %v, %v, want none", older, err)
	}
	if bars, err := x.Histogram(t.Context(), query.Request{}, query.Day); err != nil || len(bars) != 0 {
		t.Errorf("histogram: got %v, %v, want none", bars, err)
	}
	if facets, err := x.Facets(t.Context(), query.Request{}, []string{query.FieldTone}, 5); err != nil || len(facets[query.FieldTone]) != 0 {
		t.Errorf("facets: got %v, %v, want none", facets, err)
	}
	if errs := x.Write(t.Context(), nil); len(errs) != 0 {
		t.Errorf("writing nothing: %v", errs)
	}
}

func testIdempotent(t *testing.T, x *index) {
	m := Mention("a", Text("Bảng giá đất", "Người dân góp ý."))
	x.write(m, m)
	x.write(m)
	x.finds(query.Request{}, "Bảng giá đất")
	x.same("the record", x.get(m.ID).Mention, m)
}

func testVersions(t *testing.T, x *index) {
	first := Mention("a", Text("một", "đất"))
	read := Mention("a", Text("một", "đất"), Read(func(r *mention.Reading) { r.Revision = 3; r.Tone = Sure("neg") }))
	second := Mention("a", Text("hai", "nhà"), Revised(time.Hour))
	x.write(first)
	x.write(read)
	x.write(first)
	x.finds(query.Request{Text: "sắc-thái:neg"}, "một")
	x.write(second, read)
	x.finds(query.Request{}, "hai")
	x.finds(query.Request{Text: "đất"})
	x.finds(query.Request{Text: "nhà"}, "hai")
	x.write(first)
	x.finds(query.Request{}, "hai")

	// All in one batch, newest first.
	m := func(n int) *mention.Mention {
		return Mention("b", Text("bản "+string(rune('0'+n)), "sông"), Revised(time.Duration(n)*time.Hour))
	}
	x.write(m(3), m(1), m(2))
	x.finds(query.Request{Text: "sông"}, "bản 3")
}

func testBadRecord(t *testing.T, x *index) {
	bad := Mention("b")
	bad.Origin.Outlet = "Không phải slug"
	errs := x.Write(t.Context(), []*mention.Mention{Mention("a"), bad, Mention("c")})
	if len(errs) != 3 || errs[0] != nil || !stream.IsPermanent(errs[1]) || errs[2] != nil {
		t.Errorf("got %v, want the second permanent", errs)
	}
	x.findsSet(query.Request{}, "a", "c")
}

func testRevisions(t *testing.T, x *index) {
	text := func(n int, reading int64) *mention.Mention {
		return Mention("a", Text("bản "+string(rune('0'+n)), ""), Revised(time.Duration(n)*time.Hour),
			Read(func(r *mention.Reading) { r.Revision = reading }))
	}
	kept := func() (out []string) {
		older, err := x.Revisions(t.Context(), text(0, 2).ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range older {
			out = append(out, m.Text.Title)
		}
		return out
	}
	x.write(text(2, 2))
	x.write(text(2, 3))
	x.same("one text in two readings", kept(), []string(nil))
	x.write(text(3, 2))
	x.same("after a new text", kept(), []string{"bản 2"})
	x.write(text(1, 2)) // late
	x.write(text(1, 2))
	x.same("after a late one", kept(), []string{"bản 1", "bản 2"})
	x.finds(query.Request{}, "bản 3")
	older, err := x.Revisions(t.Context(), text(0, 2).ID)
	if err != nil || len(older) != 2 || older[1].Reading.Revision != 3 {
		t.Errorf("got %d older texts, %v; want the second in its newest reading, 3", len(older), err)
	}
}

func testRemoved(t *testing.T, x *index) {
	x.write(Mention("a", Text("còn", "")), Mention("b", Text("gỡ", "")))
	gone := Mention("b", Text("gỡ", ""))
	gone.Origin.Removed = true
	x.write(gone)
	yes, no := true, false
	x.findsSet(query.Request{}, "còn", "gỡ")
	x.finds(query.Request{Filter: query.Filter{Removed: &yes}}, "gỡ")
	x.finds(query.Request{Filter: query.Filter{Removed: &no}}, "còn")
	if h := x.get(gone.ID); !h.Mention.Origin.Removed {
		t.Error("the record does not say that it was removed")
	}

	// The same version from before the removal, delivered late: alone, in one
	// batch with the removal, and after another reading.
	x.write(Mention("b", Text("gỡ", "")))
	x.write(gone, Mention("b", Text("gỡ", "")))
	x.finds(query.Request{Filter: query.Filter{Removed: &yes}}, "gỡ")
	both := Mention("c", Text("cùng lượt", ""))
	taken := Mention("c", Text("cùng lượt", ""))
	taken.Origin.Removed = true
	x.write(taken, both)
	x.findsSet(query.Request{Filter: query.Filter{Removed: &yes}}, "gỡ", "cùng lượt")
	// A later revision is the source's newest word: it is there again.
	x.write(Mention("b", Text("gỡ", ""), Revised(time.Hour)))
	x.finds(query.Request{Filter: query.Filter{Removed: &yes}}, "cùng lượt")
}

func testMasked(t *testing.T, x *index) {
	body := "Gọi ông Năm số 0912345678 ở nhà."
	start := len("Gọi ông Năm số ")
	span := mention.Span{Field: "body", Start: start, End: start + len("0912345678")}
	m := Mention("a", Text("Đơn", body), Read(func(r *mention.Reading) {
		r.Masked = []mention.Masked{{Span: span, Kind: "phone"}}
		r.Places = []mention.Place{{Written: "0912345678", Spans: []mention.Span{span}}}
		r.Question = &mention.Question{Normal: "số 0912345678 của ai", Span: span}
	}))
	x.write(m)
	x.finds(query.Request{Text: "0912345678"})
	x.finds(query.Request{Text: `"Năm số"`}, "Đơn")
	got := x.get(m.ID).Mention
	if want := "Gọi ông Năm số ********** ở nhà."; got.Text.Body != want {
		t.Errorf("shown %q, want %q", got.Text.Body, want)
	}
	if got.Reading.Places[0].Written != "**********" || got.Reading.Question.Normal != "" {
		t.Errorf("the reading still quotes: %q, %q", got.Reading.Places[0].Written, got.Reading.Question.Normal)
	}
	if m.Text.Body != body {
		t.Error("the record given was changed")
	}
}

func testPurge(t *testing.T, x *index) {
	if _, err := x.Purge(t.Context(), query.Filter{}); err == nil {
		t.Error("the empty filter was not refused")
	}
	x.write(
		Mention("a", At(Day().AddDate(0, -2, 0))), Mention("b"),
		Mention("c", Outlet(mention.Social, "mxh"), At(Day().AddDate(0, -2, 0)), Copy("s", 1, "")),
		Mention("d", Outlet(mention.Social, "mxh"), At(Day()), Copy("s", 1, "")),
	)
	n, err := x.Purge(t.Context(), query.Filter{Kinds: []string{"social"}, To: Day()})
	if err != nil || n != 1 {
		t.Errorf("purged %d, %v, want 1", n, err)
	}
	x.findsSet(query.Request{}, "a", "b", "d")
	x.finds(query.Request{Text: "c"})
	if n, err := x.Purge(t.Context(), query.Filter{Kinds: []string{"social"}, To: Day()}); err != nil || n != 0 {
		t.Errorf("purged %d, %v again, want nothing", n, err)
	}
	x.write(Mention("c", Outlet(mention.Social, "mxh")))
	x.findsSet(query.Request{}, "a", "b", "c", "d")
}

func testForget(t *testing.T, x *index) {
	a := Mention("a", Text("của tôi", ""))
	x.write(a, Mention("b"))
	x.write(Mention("a", Text("của tôi sửa", ""), Revised(time.Hour)))
	n, err := x.Forget(t.Context(), a.ID, Mention("nobody").ID)
	if err != nil || n != 1 {
		t.Errorf("forgot %d, %v, want 1", n, err)
	}
	x.finds(query.Request{}, "b")
	if _, err := x.Get(t.Context(), a.ID); !errors.Is(err, query.ErrNotFound) {
		t.Errorf("get: %v, want ErrNotFound", err)
	}
	if older, err := x.Revisions(t.Context(), a.ID); err != nil || len(older) != 0 {
		t.Errorf("older texts: %v, %v, want none", older, err)
	}
	x.write(a)
	x.write(Mention("a", Revised(2*time.Hour)), Mention("nobody"))
	x.finds(query.Request{}, "b")
	if n, err := x.Forget(t.Context(), a.ID); err != nil || n != 0 {
		t.Errorf("forgot %d, %v again, want 0", n, err)
	}
}
