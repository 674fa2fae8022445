package phrase_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
	"pgregory.net/rapid"
)

func build(folded bool, phrases ...string) *phrase.Set {
	b := phrase.Builder{Folded: folded}
	for _, p := range phrases {
		b.Add(p)
	}
	return b.Build()
}

// found gives the pieces of text that the set finds.
func found(s *phrase.Set, text string) []string {
	tokens := s.Cut(text, nil)
	var out []string
	for _, m := range s.Find(tokens, nil) {
		out = append(out, text[tokens[m.First].Start:tokens[m.Last].End])
	}
	return out
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name    string
		phrases []string
		text    string
		want    []string
	}{
		{"plain", []string{"bảng giá đất"}, "Dự thảo bảng giá đất mới", []string{"bảng giá đất"}},
		{"case", []string{"bảng giá đất"}, "BẢNG GIÁ ĐẤT: Bảng Giá đất", []string{"BẢNG GIÁ ĐẤT", "Bảng Giá đất"}},
		{"whole syllables", []string{"dân"}, "dâng nhân dân, dânsự", []string{"dân"}},
		{"accents count", []string{"chưa"}, "chua chùa chưa", []string{"chưa"}},
		{"tone placement", []string{"hòa bình", "ủy ban"}, "hoà bình; Uỷ ban; HOÀ BÌNH", []string{"hoà bình", "Uỷ ban", "HOÀ BÌNH"}},
		{"i and y", []string{"kỷ luật", "quý"}, "kỉ luật, quí", []string{"kỉ luật", "quí"}},
		{"y that is not i", []string{"bàn tay"}, "bàn tai", nil},
		{"overlap", []string{"a b", "b c", "a b c"}, "a b c", []string{"a b", "a b c", "b c"}},
		{"marks between", []string{"Bà Rịa - Vũng Tàu"}, "Bà Rịa – Vũng Tàu, Bà Rịa-Vũng Tàu", []string{"Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"}},
		{"quotes between", []string{"chương trình 135"}, "Chương trình “135”", []string{"Chương trình “135"}},
		{"sentence end", []string{"đất đai"}, "mua đất. Đai ốc", nil},
		{"abbreviation's dot", []string{"TP HCM"}, "TP. HCM, TP.HCM", []string{"TP. HCM", "TP.HCM"}},
		{"line end", []string{"đất đai"}, "đất\nđai", nil},
		{"comma in text only", []string{"nhà ở xã hội"}, "nhà ở, xã hội", nil},
		{"comma in phrase", []string{"phòng cháy, chữa cháy"}, "phòng cháy, chữa cháy và phòng cháy chữa cháy",
			[]string{"phòng cháy, chữa cháy", "phòng cháy chữa cháy"}},
		{"colon in phrase", []string{"Ảnh: VGP", "VGP"}, "Ảnh: VGP", []string{"Ảnh: VGP", "VGP"}},
		{"no colon in text", []string{"Ảnh: VGP"}, "Ảnh VGP", nil},
		{"numbers", []string{"07/CT-TTg"}, "Chỉ thị 07/CT-TTg, 107/CT-TTg", []string{"07/CT-TTg"}},
		{"mixed case", []string{"VNeID"}, "VneID vneid VNEID vNeId", []string{"VneID", "vneid", "VNEID", "vNeId"}},
		{"at the ends", []string{"a", "b"}, "a b", []string{"a", "b"}},
		{"empty", []string{"a"}, "", nil},
		{"only marks", []string{"a"}, "… – !", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := found(build(false, tt.phrases...), tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFolded(t *testing.T) {
	s := build(true, "bảng giá đất")
	for _, text := range []string{"bang gia dat", "BANG GIA DAT", "bảng giá đất", "bang giá đat", "Bang Gia Dat"} {
		if len(found(s, text)) != 1 {
			t.Errorf("%q is not found", text)
		}
	}
}

func TestIDs(t *testing.T) {
	var b phrase.Builder
	want := map[string]phrase.ID{"hòa bình": 0, "hoà bình": 0, "a, b": 1, "a b": 1, "c": 2}
	for _, p := range []string{"hòa bình", "hoà bình", "a, b", "a b", "c"} {
		if id, ok := b.Add(p); !ok || id != want[p] {
			t.Errorf("%q: %d %v, want %d", p, id, ok, want[p])
		}
	}
	if _, ok := b.Add(" – "); ok {
		t.Error("a phrase without a syllable was taken")
	}
	if n := b.Build().Len(); n != 3 {
		t.Errorf("%d phrases, want 3", n)
	}
}

// TestAgainstPlainSearch compares with a search that keys every token and
// looks at every pair of token and phrase.
func TestAgainstPlainSearch(t *testing.T) {
	syllables := []string{"hòa", "hoà", "Hòa", "binh", "bình", "kỷ", "kỉ", "ĐẤT", "đất", "uỷ", "ủy", "135", "TTg", "nghiêng"}
	text := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom(syllables), 0, 30).Draw(t, "words")
		return strings.Join(words, rapid.SampledFrom([]string{" ", "-", "  ", " / "}).Draw(t, "gap"))
	})
	rapid.Check(t, func(t *rapid.T) {
		phrases := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(rapid.SampledFrom(syllables), 1, 4),
			func(w []string) string { return strings.Join(w, " ") }), 1, 6).Draw(t, "phrases")
		s := text.Draw(t, "text")
		got := found(build(false, phrases...), s)
		if want := plainSearch(phrases, s); !slices.Equal(got, want) {
			t.Fatalf("phrases %q, text %q: got %q, want %q", phrases, s, got, want)
		}
	})
}

func plainSearch(phrases []string, s string) []string {
	tokens := viet.Tokens(s)
	keys := map[string]bool{}
	longest := 0
	for _, p := range phrases {
		words := strings.Fields(viet.Key(p))
		keys[strings.Join(words, " ")] = true
		longest = max(longest, len(words))
	}
	var out []string
	for i := range tokens {
		for j := i; j < min(i+longest, len(tokens)); j++ {
			var words []string
			for _, t := range tokens[i : j+1] {
				words = append(words, viet.Key(t.Text))
			}
			if keys[strings.Join(words, " ")] {
				out = append(out, s[tokens[i].Start:tokens[j].End])
			}
		}
	}
	return out
}

func FuzzCut(f *testing.F) {
	f.Add("Ủy ban nhân dân TP. HCM, 135; hoà\xff\xcc bình…")
	s := build(false, "hòa bình", "TP HCM")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, tok := range s.Cut(text, nil) {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("%q: token %+v after %d", text, tok, at)
			}
			at = tok.End
		}
		clean := viet.Clean(text)
		tokens := s.Cut(clean, nil)
		want := viet.Tokens(clean)
		if len(tokens) != len(want) {
			t.Fatalf("%q: %d tokens, viet has %d", clean, len(tokens), len(want))
		}
	})
}
