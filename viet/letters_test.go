package viet

import (
	"testing"
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
