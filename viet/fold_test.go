package viet

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldTakesEveryMarkOffEveryLetter(t *testing.T) {
	for _, row := range vowelRows {
		base := strings.NewReplacer("ă", "a", "â", "a", "ê", "e", "ô", "o", "ơ", "o", "ư", "u").Replace(string([]rune(row)[0]))
		for _, r := range row + strings.ToUpper(row) {
			if got := Fold(string(r)); got != base {
				t.Errorf("Fold(%q) = %q, want %q", r, got, base)
			}
		}
	}
	if got := Fold("Đđ"); got != "dd" {
		t.Errorf("Fold(Đđ) = %q", got)
	}
}

// TestFoldOfOneRuneIsFoldRune: for each rune there is, and FoldOffsets and
// AppendFold agree.
func TestFoldOfOneRuneIsFoldRune(t *testing.T) {
	for r := range rune(0x30000) {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		want := string(FoldRune(r))
		long, at := FoldOffsets(s)
		if Fold(s) != want || long != want || at[len(at)-1] != len(s) || string(AppendFold([]byte("x"), s)) != "x"+want {
			t.Fatalf("%q: Fold %q, FoldRune %q, FoldOffsets %q %v", s, Fold(s), want, long, at)
		}
		if FoldRune(FoldRune(r)) != FoldRune(r) || unicode.IsUpper(FoldRune(r)) && unicode.ToLower(FoldRune(r)) != FoldRune(r) {
			t.Fatalf("FoldRune(%q) = %q is not final", r, FoldRune(r))
		}
	}
}

func TestFoldPieceByPiece(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.StringMatching(`[a-zA-Zđăêễ …ỰÐ]{0,20}`).Draw(t, "b")
		if Fold(a+b) != Fold(a)+Fold(b) {
			t.Fatalf("%q and %q fold otherwise apart", a, b)
		}
	})
}

func TestFoldOfFoldedTextIsFree(t *testing.T) {
	s := strings.Repeat("da gap roi, 12.5%! ", 50)
	if n := testing.AllocsPerRun(10, func() { Fold(s) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
	for in, want := range map[string]int{"": 0, "abc": 3, "abC": 2, "ab ế": 3, "A": 0, "1@[`{": 5} {
		if got := foldedPrefix(in); got != want {
			t.Errorf("foldedPrefix(%q) = %d, want %d", in, got, want)
		}
	}
}

// TestFoldOffsetsOfBrokenBytes: each bad byte counts as one rune and the
// offsets still fit.
func TestFoldOffsetsOfBrokenBytes(t *testing.T) {
	for _, s := range []string{"a\xFFb", "\xE1\xBB", "ế\xE1", "\x80\x80", "e\u0301"} {
		folded, at := FoldOffsets(s)
		if len(at) != len(folded)+1 || at[len(folded)] != len(s) || !utf8.ValidString(folded) {
			t.Errorf("FoldOffsets(%q) = %q, %v", s, folded, at)
		}
		for i := 1; i < len(at); i++ {
			if at[i] < at[i-1] {
				t.Errorf("%q: offsets go back: %v", s, at)
			}
		}
	}
}
