package viet

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestLetterAtReadsEveryRune compares what is put together by hand with what
// package utf8 decodes, for every rune and for bytes that are none.
func TestLetterAtReadsEveryRune(t *testing.T) {
	check := func(s string) {
		r, n := utf8.DecodeRuneInString(s)
		if got, m := letterAt(s, 0); m != n || *got != look(r) {
			t.Fatalf("%q: %+v of %d bytes, want %+v of %d", s, *got, m, look(r), n)
		}
	}
	for r := range rune(utf8.MaxRune + 1) {
		s := string(r)
		check(s)
		check(s[:len(s)-1] + "a")
	}
	for a := range 256 {
		for b := range 256 {
			check(string([]byte{byte(a), byte(b)}))
			check(string([]byte{byte(a), byte(b), 0x80}))
			check(string([]byte{byte(a)}))
		}
	}
}

// TestTableIsWhatUnicodeSays: at the borders of the table and within it, look
// gives what package unicode gives.
func TestTableIsWhatUnicodeSays(t *testing.T) {
	for r := range rune(0x2100) {
		got, want := look(r), describe(r)
		got.code, got.tone = 0, 0
		got.class &^= isVowel | isShaped
		if r == 'İ' {
			want.class = got.class
		}
		if got != want {
			t.Fatalf("U+%04X is %+v, unicode says %+v", r, got, want)
		}
	}
}

func TestEveryLetterHasItsCodeAndTone(t *testing.T) {
	code := uint8(0)
	for _, r := range alphabet {
		code++
		if l := look(r); l.code != code || compose[code][level] != r || look(unicode.ToUpper(r)).code != code {
			t.Errorf("%q: %+v", r, l)
		}
	}
	if code != letters {
		t.Errorf("%d letters", code)
	}
	marks := [...]string{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}
	for _, row := range vowelRows {
		base, _ := utf8.DecodeRuneInString(row)
		for tone, mark := range marks {
			for _, b := range []rune{base, unicode.ToUpper(base)} {
				r, _ := utf8.DecodeRuneInString(NFC(string(b) + mark))
				l := look(r)
				if int(l.tone) != tone || l.code != look(base).code || l.class&isVowel == 0 || (l.class&isShaped != 0) != (base > unicode.MaxASCII) ||
					(l.class&isUpper != 0) != (b != base) || compose[l.code][l.tone] != l.lower {
					t.Errorf("%q: %+v", r, l)
				}
			}
		}
	}
}

func TestFoldRuneOfNeighbours(t *testing.T) {
	for r, want := range map[rune]rune{
		'đ': 'd', 'ð': 'd', 'ø': 'o', 'œ': 'o', 'ł': 'l', 'ß': 's', 'ſ': 's', 'æ': 'a', 'ǽ': 'a', 'ı': 'i', 'þ': 't', 'ħ': 'h', 'ñ': 'n', 'ç': 'c', 'ž': 'z',
		'я': 'я', '日': '日', 'é': 'e', '1': '1', ' ': ' ', '\u0301': '\u0301',
	} {
		if got := foldRune(r); got != want {
			t.Errorf("foldRune(%q) = %q, want %q", r, got, want)
		}
	}
}
