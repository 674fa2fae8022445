package viet

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var seeds = []string{
	"", "Hoà bình, uỷ ban; quý, gìn giữ", "a\u0301\u0302 Ð\u0110\u00F0", "TP.HCM 1.234,5\r\n\u200Bx\u00AD", "Céng hoµ x· héi", "Coäng hoøa",
	"Ä‘Æ°á»ng", "ko đc 500k quáaaa", "“Th.S. N.V.A.…” ông nói. Sau đó", "\xFF\xFEa\x00", "\x80\xE1\xBB", "ǅ İ ß Ⱥ ſ", "1️⃣👨‍👩‍👧", "ế\u0323 ư\u031B",
}

func fuzzStrings(f *testing.F, check func(*testing.T, string)) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(check)
}

func FuzzClean(f *testing.F) {
	fuzzStrings(f, func(t *testing.T, s string) {
		once := Clean(s)
		if twice := Clean(once); twice != once {
			t.Fatalf("%q cleaned once %q, twice %q", s, once, twice)
		}
		if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) {
			t.Fatalf("Clean(%q) = %q is not NFC UTF-8", s, once)
		}
		if i := strings.IndexFunc(once, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || r == '\u00A0' || r == '\uFEFF' }); i >= 0 {
			t.Fatalf("Clean(%q) keeps %q", s, once[i:])
		}
	})
}

func FuzzFold(f *testing.F) {
	fuzzStrings(f, func(t *testing.T, s string) {
		s = NFC(strings.ToValidUTF8(s, "?"))
		folded := Fold(s)
		if a, b := utf8.RuneCountInString(s), utf8.RuneCountInString(folded); a != b {
			t.Fatalf("%d runes of %q fold to %d in %q", a, s, b, folded)
		}
		if again := Fold(folded); again != folded {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, folded, again)
		}
		mapped, at := FoldOffsets(s)
		if mapped != folded || len(at) != len(folded)+1 || at[len(folded)] != len(s) {
			t.Fatalf("FoldOffsets(%q) = %q, %v", s, mapped, at)
		}
		for i, r := range folded {
			original, _ := utf8.DecodeRuneInString(s[at[i]:])
			if look(original).fold != r {
				t.Fatalf("%q: byte %d of %q points to %q", s, i, folded, original)
			}
		}
	})
}

func FuzzKey(f *testing.F) {
	fuzzStrings(f, func(t *testing.T, s string) {
		s = NFC(strings.ToValidUTF8(s, "?"))
		key := Key(s)
		if a, b := utf8.RuneCountInString(s), utf8.RuneCountInString(key); a != b {
			t.Fatalf("%d runes of %q have %d in the key %q", a, s, b, key)
		}
		if again := Key(key); again != key {
			t.Fatalf("Key(%q) = %q, its key %q", s, key, again)
		}
	})
}

func FuzzTokens(f *testing.F) {
	fuzzStrings(f, func(t *testing.T, s string) {
		tokens := Tokens(s)
		last, i := 0, 0
		for k := range EachToken(s) {
			if i >= len(tokens) || tokens[i] != k {
				t.Fatalf("iterator and slice differ at %d of %q", i, s)
			}
			if k.Start < last || k.Text != s[k.Start:k.End] || k.Text == "" {
				t.Fatalf("token %+v of %q", k, s)
			}
			last = k.End
			i++
		}
		if i != len(tokens) {
			t.Fatalf("iterator gives %d of %d tokens of %q", i, len(tokens), s)
		}
		for i, w := range Unchat(s) {
			if w.Token != tokens[i] || w.Plain == "" {
				t.Fatalf("Unchat of %q: %+v", s, w)
			}
		}
	})
}

func FuzzSentences(f *testing.F) {
	fuzzStrings(f, func(t *testing.T, s string) {
		last := 0
		var kept strings.Builder
		for _, p := range Sentences(s) {
			if p.Start < last || p.End <= p.Start || p.End > len(s) {
				t.Fatalf("span %v after %d in %q", p, last, s)
			}
			if strings.TrimSpace(s[last:p.Start]) != "" {
				t.Fatalf("%q lost %q", s, s[last:p.Start])
			}
			kept.WriteString(p.In(s))
			last = p.End
		}
		if strings.TrimSpace(s[last:]) != "" {
			t.Fatalf("%q lost %q", s, s[last:])
		}
	})
}

func FuzzJudge(f *testing.F) {
	fuzzStrings(f, func(t *testing.T, s string) {
		if _, score := Language(s); score < 0 || score > 1 {
			t.Fatalf("Language(%q) scores %v", s, score)
		}
		Quality(s)
		Syllable(s)
		BareSyllable(s)
	})
}

func FuzzDecode(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), "windows-1258")
	}
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		text, charset, confidence := Decode(data, declared)
		if !utf8.ValidString(text) || charset == "" || confidence < 0 || confidence > 1 {
			t.Fatalf("Decode(%q, %q) = %q, %q, %v", data, declared, text, charset, confidence)
		}
		if mended, what, ok := Repair(text); ok == (what == "") || !ok && mended != text {
			t.Fatalf("Repair(%q) = %q, %q, %v", text, mended, what, ok)
		}
	})
}
