package viet

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHostile runs every reader on long texts that make careless code
// quadratic (it would not end), and holds the promise of Clean on heaps of
// marks.
func TestHostile(t *testing.T) {
	const n = 1 << 16
	for _, unit := range []string{
		"a", "a.", ".", "a\u0301", "\u0301", "Ð", "á ", "?!", "…", "\n", "“", "k ", "0 k ", "aaa ", "Ã¡", "\xFF", "\xE1\xBB", "A.B.", "e\u0302\u0301", "\u200D", "a?",
	} {
		s := strings.Repeat(unit, n/len(unit))
		once := Clean(s)
		if Clean(once) != once || !utf8.ValidString(once) {
			t.Errorf("%q: cleaning twice differs", unit)
		}
		Fold(s)
		Key(s)
		Tokens(s)
		Sentences(s)
		Language(s)
		Quality(s)
		Unchat(s)
		Repair(s)
		Decode([]byte(s), "windows-1258")
	}
}
