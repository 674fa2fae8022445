package mask

import (
	"testing"
	"unicode/utf8"
)

func FuzzMask(f *testing.F) {
	for _, line := range cases {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spans := Find(text)
		last := 0
		for _, s := range spans {
			if s.Start < last || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %v after %d in %q", s, last, text)
			}
			if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[s.End]) {
				t.Fatalf("span %v cuts a rune of %q", s, text)
			}
			last = s.End
		}
		once, _ := Hide(text)
		if twice, _ := Hide(once); twice != once {
			t.Fatalf("%q\nhidden once  %q\nhidden twice %q", text, once, twice)
		}
	})
}
