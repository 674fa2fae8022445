package extract

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEqualName(t *testing.T) {
	for s, want := range map[string]bool{"script": true, "SCRIPT": true, "Script": true, "scripts": false, "scrip": false, "": false, "ſcript": false} {
		if got := equalName(s, "script"); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestLowerToLeavesOtherLettersAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		want := strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				return r + 'a' - 'A'
			}
			return r
		}, s)
		if got := string(lowerTo([]byte("x"), s)); got != "x"+want {
			t.Fatalf("%q: %q, want %q", s, got, "x"+want)
		}
	})
}

func TestIndexFoldFindsTheFirst(t *testing.T) {
	for s, want := range map[string]int{"": -1, "non": -1, "none": 0, "display:NONE;x:none": 8, "nonone": 2, "đNone": 2} {
		if got := indexFold(s, "none"); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}
