package body

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"pgregory.net/rapid"
)

func small() Registry {
	return Registry{Bodies: []Body{
		{ID: "cp", Name: "Chính phủ", Kind: "state", Not: []string{"phi chính phủ"}},
		{ID: "vpcp", Name: "Văn phòng Chính phủ", Kind: "ministry", Press: []string{"VPCP"}},
		{ID: "a-cu", Name: "Bộ A", Kind: "former", Until: "2025-02-28", Successors: []Successor{{ID: "b-cu"}}},
		{ID: "b-cu", Name: "Bộ B", Kind: "former", Since: "2025-03-01", Until: "2025-12-31", Successors: []Successor{{ID: "c"}}},
		{ID: "c", Name: "Bộ C", Kind: "ministry", Since: "2026-01-01", Former: []Former{{Name: "Bộ B", ID: "b-cu"}, {Name: "Bộ Xưa"}, {Name: "Chính phủ"}}},
		{ID: "ten-cu", Name: "Cục Thuế", Kind: "former", Until: "2018-01-01", Successors: []Successor{{ID: "ten-moi"}}},
		{ID: "ten-moi", Name: "Cục Thuế", Kind: "unit", Since: "2025-03-01"},
	}}
}

// named writes what a text of a day names: "id=written".
func named(text, day string) string {
	s := NewStep(small())
	var out []string
	for _, h := range s.find(text, day) {
		out = append(out, s.bodies[h.body].ID+"="+text[h.start:h.end])
	}
	return strings.Join(out, "; ")
}

func TestFind(t *testing.T) {
	for _, tt := range []struct{ text, day, want string }{
		{"Văn phòng Chính phủ báo cáo Chính phủ", "", "vpcp=Văn phòng Chính phủ; cp=Chính phủ"},
		{"VĂN PHÒNG CHÍNH PHỦ", "", "vpcp=VĂN PHÒNG CHÍNH PHỦ"},
		{"VPCP, vpcp, Vpcp", "", "vpcp=VPCP"}, // a single word counts as it is written
		{"tổ chức phi chính phủ", "", ""},
		{"tổ chức phi chính phủ, Chính phủ", "", "cp=Chính phủ"},    // an exclusion hides what it covers only
		{"phi Văn phòng Chính phủ", "", "vpcp=Văn phòng Chính phủ"}, // of another body it hides nothing
		{"Bộ Xưa", "", "c=Bộ Xưa"},
		{"Bộ B", "2025-06-01", "b-cu=Bộ B"}, // a former name with its own entry is that one's
		{"chinh phu", "", ""},
		{"Chính phủi", "", ""},
		{"Chính, phủ", "", ""},
		{"", "", ""},
		// one name, two bodies: the one that had it on the day
		{"Cục Thuế", "2017-05-01", "ten-cu=Cục Thuế"},
		{"Cục Thuế", "2026-05-01", "ten-moi=Cục Thuế"},
		{"Cục Thuế", "2020-05-01", "ten-cu=Cục Thuế"}, // between them the one that had been
		{"Cục Thuế", "", "ten-moi=Cục Thuế"},
	} {
		if got := named(tt.text, tt.day); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.day, tt.text, got, tt.want)
		}
	}
}

func TestNowFollowsTheSuccessors(t *testing.T) {
	s := NewStep(small())
	for id, want := range map[string]string{"a-cu": "c", "b-cu": "c", "c": "c", "cp": "cp", "ten-cu": "ten-moi"} {
		if got := s.now(s.index[id]).ID; got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

// TestSuccessorsInACircleEnd: and unknown ones lead nowhere.
func TestSuccessorsInACircleEnd(t *testing.T) {
	s := NewStep(Registry{Bodies: []Body{
		{ID: "a", Name: "Bộ A", Kind: "former", Successors: []Successor{{ID: "b"}}}, {ID: "b", Name: "Bộ B", Kind: "former", Successors: []Successor{{ID: "a"}}},
		{ID: "d", Name: "Bộ D", Kind: "former", Successors: []Successor{{ID: "z"}}}, {ID: "e", Name: "Bộ E", Kind: "former"},
	}})
	for i, b := range s.bodies {
		if got := s.now(i); got == nil || b.ID > "b" && got.ID != b.ID {
			t.Errorf("%s: %+v", b.ID, got)
		}
	}
}

func TestFits(t *testing.T) {
	s := &Step{bodies: []Body{{}, {Since: "2025-03-01"}, {Until: "2025-02-28"}, {Since: "2020-01-01", Until: "2025-02-28"}}}
	for day, want := range map[string][4]int{
		"": {2, 2, 1, 1}, "2025-02-28": {2, 0, 2, 2}, "2025-03-01": {2, 2, 1, 1}, "2019-12-31": {2, 0, 2, 0},
	} {
		for i := range s.bodies {
			if got := s.fits(i, day); got != want[i] {
				t.Errorf("body %d on %q: %d, want %d", i, day, got, want[i])
			}
		}
	}
}

// TestNamesLieInTheTextInOrder: whatever the text, spans are in order, apart,
// at rune boundaries, and what is recorded is what stands there.
func TestNamesLieInTheTextInOrder(t *testing.T) {
	step := NewStep(small())
	pieces := rapid.SampledFrom([]string{"Văn phòng", "Chính phủ", "phi ", " ", "Bộ", "A", "B", ", ", "\n", "VPCP", "Cục Thuế", "\xff", "Ch\u00ednh", "."})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 20).Draw(t, "pieces"), "")
		at := 0
		for _, h := range step.find(text, "2026-01-01") {
			if h.start < at || h.end <= h.start || h.end > len(text) || !utf8.RuneStart(text[h.start]) {
				t.Fatalf("%q: %+v after %d", text, h, at)
			}
			at = h.end
		}
		m, r := &mention.Mention{Text: mention.Text{Title: text, Body: text}}, &mention.Reading{}
		if err := step.Read(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, b := range r.Bodies {
			if seen[b.ID] || len(b.Spans) < 2 || b.Spans[0].Field != "title" || m.Text.Cut(b.Spans[0]) != b.Written {
				t.Fatalf("%q: %+v", text, b)
			}
			seen[b.ID] = true
		}
	})
}
