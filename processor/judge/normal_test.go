package judge

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestDropTakesTheSameOutOfBoth: the folded text stays the folded form of the
// other, whatever is taken out, and the phrase is gone.
func TestDropTakesTheSameOutOfBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"dạ/da", "thưa/thua", "cảm/cam", "ơn/on", "đường/duong", "a/a"}), 0, 12).Draw(t, "words")
		text, folded := " ", " "
		for _, w := range words {
			marked, bare, _ := strings.Cut(w, "/")
			text, folded = text+marked+" ", folded+bare+" "
		}
		phrase := rapid.SampledFrom([]string{" da ", " cam on ", " a ", " khong "}).Draw(t, "phrase")
		gotText, gotFolded := drop(text, folded, phrase)
		if strings.Contains(gotFolded, phrase) || utf8.RuneCountInString(gotText) != utf8.RuneCountInString(gotFolded) ||
			len(strings.Fields(gotText)) != len(strings.Fields(gotFolded)) || !utf8.ValidString(gotText) {
			t.Fatalf("%q without %q: %q and %q", text, phrase, gotText, gotFolded)
		}
	})
}

// TestNormalIsTidyForAnyText: small letters, single spaces, nothing around.
func TestNormalIsTidyForAnyText(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"Dạ", "cho em hỏi", " ", "\n", "ko", "ĐƯỜNG", "đc", "ạ?", "\u0301", "ẞ", "İ", "\xff", "🙏", "cảm ơn", "ad ơi", "500k", "\u00a0", "ﬁ"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 15).Draw(t, "pieces"), "")
		got := Normal(text)
		if got != strings.TrimSpace(got) || strings.Contains(got, "  ") || strings.ContainsAny(got, "\n\u00a0") {
			t.Fatalf("%q gives %q", text, got)
		}
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Fatalf("%q cuts a character: %q", text, got)
		}
	})
}

func TestByteAt(t *testing.T) {
	for n, want := range []int{0, 2, 5, 6, 6} {
		if got := byteAt("đờa", n); got != want {
			t.Errorf("character %d: byte %d, want %d", n, got, want)
		}
	}
}
