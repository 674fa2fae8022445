package phrase

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// plainWord is word letter by letter; word may see an accent where an unfinished letter follows.
func plainWord(text string) (end int, w written) {
	for end < len(text) {
		n := wordAt(text, end)
		if n == 0 {
			break
		}
		for i := end; i < end+n; i++ {
			s := shapes[text[i]]
			if i == 0 {
				s &^= capital
			}
			w.shape |= s
		}
		end += n
	}
	return end, written{pack: pack(text[:end]), shape: w.shape}
}

// TestWordAgrees holds word against the plain loop, among letters cut off in
// the middle and signs whose first bytes are those of letters.
func TestWordAgrees(t *testing.T) {
	pieces := []string{"a", "B", "7", "đ", "ư", "ở", "Ộ", "é", "×", "÷", "ß", "я", "中", "“", "…", "\u0301", "\u1e00", "\xc3", "\xc4", "\xe1", "\xe1\xba", "\x97", "\xbb", "\xff", " ", ",", "."}
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SampledFrom([]string{"", "x ", "một hai ba "}).Draw(t, "before")
		text := rapid.SampledFrom(pieces[:9]).Draw(t, "first") + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "rest"), "")
		wantEnd, want := plainWord(text)
		if wantEnd == 0 {
			return // a sign, which begins no token
		}
		end, got := word(before+text, len(before))
		if end-len(before) != wantEnd || got.pack != want.pack || got.shape|accent != want.shape|accent || got.shape&want.shape != want.shape {
			t.Fatalf("%q: %d %+v, want %d %+v", text, end-len(before), got, wantEnd, want)
		}
	})
}
