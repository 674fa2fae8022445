package viet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestKeyAndFold(t *testing.T) {
	for _, c := range []struct{ in, key, fold string }{
		{"hoà", "hòa", "hoa"}, {"Hòa", "hòa", "hoa"}, {"uỷ", "ủy", "uy"}, {"thuý", "thúy", "thuy"},
		{"quý", "quí", "quy"}, {"qúy", "quí", "quy"}, {"quá", "quá", "qua"}, {"qủa", "quả", "qua"}, {"giá", "giá", "gia"}, {"già", "già", "gia"},
		{"gì", "gì", "gi"}, {"giếng", "giếng", "gieng"}, {"lý", "lí", "ly"}, {"kỷ", "kỉ", "ky"}, {"Mỹ", "mĩ", "my"}, {"khoẻ", "khỏe", "khoe"},
		{"tòan", "toàn", "toan"}, {"hoàng", "hoàng", "hoang"}, {"chưa", "chưa", "chua"}, {"chua", "chua", "chua"},
		{"thủơ", "thuở", "thuo"}, {"khuỷu", "khuỷu", "khuyu"}, {"ngoài", "ngoài", "ngoai"}, {"ĐƯỜNG", "đường", "duong"},
		{"ý", "ý", "y"}, {"ỷ lại", "ỷ lại", "y lai"}, {"café", "café", "cafe"}, {"thúi", "thúi", "thui"}, {"tuỳ", "tùy", "tuy"},
		{"NĐ-CP", "nđ-cp", "nd-cp"}, {"VNeID", "vneid", "vneid"}, {"Größe", "größe", "grose"}, {"5G, 12,5%", "5g, 12,5%", "5g, 12,5%"},
	} {
		if got := Key(c.in); got != c.key {
			t.Errorf("Key(%q) = %q, want %q", c.in, got, c.key)
		}
		if got := Fold(c.in); got != c.fold {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.fold)
		}
	}
}

// TestKeyMeets lists what a search must not tell apart, and what it must.
func TestKeyMeets(t *testing.T) {
	for _, pair := range [][2]string{
		{"hoà bình", "hòa bình"}, {"uỷ ban", "ủy ban"}, {"thuỷ lợi", "thủy lợi"}, {"xoá", "xóa"}, {"loà xoà", "lòa xòa"}, {"huỷ", "hủy"},
		{"công lý", "công lí"}, {"thế kỷ", "thế kỉ"}, {"nước Mỹ", "nước Mĩ"}, {"quý", "quí"}, {"bác sỹ", "bác sĩ"}, {"hóa đơn", "hoá đơn"},
	} {
		if Key(pair[0]) != Key(pair[1]) {
			t.Errorf("%q and %q do not meet: %q, %q", pair[0], pair[1], Key(pair[0]), Key(pair[1]))
		}
	}
	for _, pair := range [][2]string{
		{"chưa", "chua"}, {"chưa", "chùa"}, {"tay", "tai"}, {"thuý", "thuí"}, {"ý", "í"}, {"giã", "dã"}, {"hoá", "hoà"}, {"của", "cưa"}, {"mùa", "mưa"},
	} {
		if Key(pair[0]) == Key(pair[1]) {
			t.Errorf("%q and %q meet in %q", pair[0], pair[1], Key(pair[0]))
		}
	}
}

// syllables generates well-formed ones with the tone on any vowel, as people
// type it.
func syllables() *rapid.Generator[[2]string] {
	return rapid.Custom(func(t *rapid.T) [2]string {
		rime := rapid.SampledFrom([]string{"oa", "oe", "uy", "oan", "oai", "uya", "uê", "iêu", "ươi", "uôn", "ia", "ưa", "ao", "ai"}).Draw(t, "rime")
		onset := rapid.SampledFrom([]string{"", "h", "th", "ng", "kh", "l"}).Draw(t, "onset")
		tone := rapid.IntRange(1, 5).Draw(t, "tone")
		put := func(at int) string {
			var b strings.Builder
			b.WriteString(onset)
			i := 0
			for _, r := range rime {
				l := look(r)
				if l.class&isVowel != 0 {
					if i == at {
						r = compose[l.code][tone]
					}
					i++
				}
				b.WriteRune(r)
			}
			return b.String()
		}
		vowels := 0
		for _, r := range rime {
			if look(r).class&isVowel != 0 {
				vowels++
			}
		}
		return [2]string{put(rapid.IntRange(0, vowels-1).Draw(t, "a")), put(rapid.IntRange(0, vowels-1).Draw(t, "b"))}
	})
}

// TestKeyTonePlacement: wherever the tone is typed, the key is one.
func TestKeyTonePlacement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pair := syllables().Draw(t, "pair")
		if Key(pair[0]) != Key(pair[1]) {
			t.Fatalf("%q and %q have keys %q and %q", pair[0], pair[1], Key(pair[0]), Key(pair[1]))
		}
	})
}

// TestMatchPointsBack: a match in folded text gives the original passage.
func TestMatchPointsBack(t *testing.T) {
	text := NFC("Uỷ ban Nhân dân xã Đắk Ơ – “Hoà Bình” 👍 báo cáo")
	folded, at := FoldOffsets(text)
	for _, c := range [][2]string{{"uy ban", "Uỷ ban"}, {"dak o", "Đắk Ơ"}, {"hoa binh", "Hoà Bình"}, {"bao cao", "báo cáo"}} {
		i := strings.Index(folded, c[0])
		if got := text[at[i]:at[i+len(c[0])]]; got != c[1] {
			t.Errorf("%q points to %q, want %q", c[0], got, c[1])
		}
	}
	if utf8.RuneCountInString(folded) != utf8.RuneCountInString(text) {
		t.Error("folding moved the runes")
	}
}

// codesOf gives the letter codes of a word.
func codesOf(s string) (code []uint8) {
	for _, r := range s {
		code = append(code, look(r).code)
	}
	return code
}

func TestNucleusAndTonePlace(t *testing.T) {
	for word, want := range map[string]struct{ vowels, carries string }{
		"hoa": {"oa", "o"}, "hoan": {"oa", "a"}, "khuyu": {"uyu", "y"}, "qua": {"a", "a"}, "quy": {"y", "y"}, "qu": {"u", "u"}, "gia": {"a", "a"}, "gi": {"i", "i"},
		"gin": {"i", "i"}, "giêng": {"ê", "ê"}, "thuơ": {"uơ", "ơ"}, "đương": {"ươ", "ơ"}, "nghiêng": {"iê", "ê"}, "mua": {"ua", "u"}, "oai": {"oai", "a"}, "y": {"y", "y"},
		"ng": {"", ""}, "ana": {"", ""}, "": {"", ""}, "uy": {"uy", "u"}, "uyên": {"uyê", "ê"},
	} {
		code := codesOf(word)
		from, to := nucleus(code)
		runes := []rune(word)
		if got := string(runes[from:to]); got != want.vowels {
			t.Errorf("the vowels of %q are %q, want %q", word, got, want.vowels)
			continue
		}
		if to == 0 {
			continue
		}
		if got := string(runes[tonePlace(code, from, to)]); got != want.carries {
			t.Errorf("%q carries its tone on %q, want %q", word, got, want.carries)
		}
	}
}

// TestKeyLeavesWhatIsNoSyllable: two tones, too many letters, foreign words
// and names keep their spelling.
func TestKeyLeavesWhatIsNoSyllable(t *testing.T) {
	for in, want := range map[string]string{
		"hóà": "hóà", "policy": "policy", "Nghiêngý": "nghiêngý", "anà": "anà", "Hải_lý": "hải_lí", "lý.": "lí.", "any": "any", "ly": "li", "YÊU": "yêu", "H’Mông": "h’mông",
		"ty2": "ti2", "": "", "…": "…",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestKeyIsFoldWithTones: but for y and i, taking the marks off a key gives
// what taking them off the text gives; and a key keeps every word's length.
func TestKeyIsFoldWithTones(t *testing.T) {
	same := strings.NewReplacer("y", "i")
	rapid.Check(t, func(t *rapid.T) {
		s := NFC(rapid.StringMatching(`[a-zA-ZđĐàáạảãâầấêếềịỉóòôốơờớúùủưứừýỳỷỹ ,.0-9]{0,30}`).Draw(t, "s"))
		key := Key(s)
		if same.Replace(Fold(key)) != same.Replace(Fold(s)) {
			t.Fatalf("Key(%q) = %q", s, key)
		}
		a, b := Tokens(s), Tokens(key)
		if len(a) != len(b) {
			t.Fatalf("Key(%q) = %q has %d words, not %d", s, key, len(b), len(a))
		}
		for i := range a {
			if Key(a[i].Text) != b[i].Text {
				t.Fatalf("%q alone has the key %q, within %q %q", a[i].Text, Key(a[i].Text), s, b[i].Text)
			}
		}
	})
}
