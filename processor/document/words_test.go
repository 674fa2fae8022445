package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
	"pgregory.net/rapid"
)

func TestLookBefore(t *testing.T) {
	for _, tt := range []struct {
		text, kind string
		so, form   bool
	}{
		{"Nghị định ", "NĐ", false, false},
		{"Nghị định số ", "NĐ", true, false},
		{"Nghị định số: ", "NĐ", true, false},
		{"NGHỊ ĐỊNH SỐ ", "NĐ", true, false},
		{"nghi dinh so ", "NĐ", true, false},
		{"nghị\u00a0định ", "NĐ", false, false},
		{"Thông tư liên tịch ", "TTLT", false, false}, // not "thông tư"
		{"Nghị quyết liên tịch số ", "NQLT", true, false},
		{"Văn bản hợp nhất ", "VBHN", false, false}, // not "văn bản"
		{"quy định ", "QĐ", false, false},
		{"Luật số ", "L", true, false},
		{"TT ", "TT", false, false},
		{"tt ", "", false, false}, // an abbreviation counts as it is usually written
		{"nđ ", "NĐ", false, false},
		{"nD ", "", false, false},
		{"số ", "", true, false},
		{"Mẫu số ", "", true, true},
		{"Biểu ", "", false, true},
		{"Phụ lục số ", "", true, true},
		{"mã ", "", false, true},
		{"kỹ thuật ", "", false, false}, // ends in "thuat", not in the word "luat"
		{"xluật ", "", false, false},
		{"", "", false, false},
		{"   ", "", false, false},
	} {
		b := lookBefore(tt.text, len(tt.text))
		if kindOf(b) != tt.kind || b.so != tt.so || b.form != tt.form {
			t.Errorf("%q: %q so=%v form=%v", tt.text, kindOf(b), b.so, b.form)
		}
	}
}

func TestTheWordBeginsWhereItIsWritten(t *testing.T) {
	text := "Theo Nghị  định số: "
	if b := lookBefore(text, len(text)); text[b.start:] != "Nghị  định số: " {
		t.Errorf("begins at %q", text[b.start:])
	}
}

// TestLongerWordsStandFirst: a word that ends in another would never be met
// behind it.
func TestLongerWordsStandFirst(t *testing.T) {
	for i, w := range words {
		if viet.Fold(w.text) != w.text {
			t.Errorf("%q is not folded", w.text)
		}
		for _, earlier := range words[:i] {
			if strings.HasSuffix(" "+w.text, " "+earlier.text) {
				t.Errorf("%q hides %q", earlier.text, w.text)
			}
		}
		if _, ok := kinds.exact[strings.ToUpper(w.kind)]; !ok && w.kind != "CV" {
			t.Errorf("%q: unknown kind %q", w.text, w.kind)
		}
	}
}

func TestWordsAtBothEnds(t *testing.T) {
	for _, tt := range []struct {
		text, word string
		ok         bool
	}{
		{"của", "cua", true}, {"CỦA", "cua", true}, {"của Bộ", "cua", true}, {"củan", "cua", false}, {"của1", "cua", false},
		{"Bộ  Y   tế", "bo y te", true}, {"BộY tế", "bo y te", false}, {"Bộ\nY tế", "bo y te", true}, {"Bộ Y t", "bo y te", false}, {"", "cua", false},
	} {
		end, ok := startsWithWord(tt.text, 0, tt.word)
		if ok != tt.ok || ok && viet.Fold(strings.Join(strings.Fields(tt.text[:end]), " ")) != tt.word {
			t.Errorf("%q begins with %q: %d %v", tt.text, tt.word, end, ok)
		}
	}
	for _, tt := range []struct {
		text, word string
		ok         bool
	}{
		{"số", "so", true}, {"Nghị định", "nghi dinh", true}, {"Nghị   định", "nghi dinh", true}, {"xsố", "so", false}, {"7số", "so", false},
		{"Nghịđịnh", "nghi dinh", false}, {"định", "nghi dinh", false}, {"", "so", false},
	} {
		if _, ok := endsWithWord(tt.text, len(tt.text), tt.word); ok != tt.ok {
			t.Errorf("%q ends with %q: %v", tt.text, tt.word, ok)
		}
	}
}

// TestForwardsAndBackwardsAgree: words alone in a text are met from both ends.
func TestForwardsAndBackwardsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SampledFrom(words).Draw(t, "word").text
		text := strings.ReplaceAll(w, " ", rapid.SampledFrom([]string{" ", "  ", "\u00a0", "\n"}).Draw(t, "space"))
		if rapid.Bool().Draw(t, "capitals") {
			text = strings.ToUpper(text)
		}
		end, forwards := startsWithWord(text, 0, w)
		start, backwards := endsWithWord(text, len(text), w)
		if !forwards || !backwards || end != len(text) || start != 0 {
			t.Fatalf("%q: %v to %d, %v from %d", text, forwards, end, backwards, start)
		}
	})
}

func TestSpacesArePassedAtRuneBoundaries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(" \u00a0\nđa:"))).Draw(t, "text")
		for i := range text {
			for _, j := range []int{skipSpace(text, i), backSpace(text, i), trimColon(text, i)} {
				if j < 0 || j > len(text) || j < len(text) && !utf8.RuneStart(text[j]) {
					t.Fatalf("%q at %d: %d", text, i, j)
				}
			}
			if strings.Count(text[i:skipSpace(text, i)], "\n") > 1 {
				t.Fatalf("%q at %d: passed over an empty line", text, i)
			}
		}
	})
}
