package viet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestHead(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{{"", 0, ""}, {"đất", 0, ""}, {"đất", 1, ""}, {"đất", 2, "đ"}, {"đất", 4, "đ"}, {"đất", 5, "đấ"}, {"đất", 6, "đất"}, {"đất", 99, "đất"}} {
		if got := Head(c.s, c.n); got != c.want {
			t.Errorf("%q, %d: %q, want %q", c.s, c.n, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, n := rapid.String().Draw(t, "s"), rapid.IntRange(0, 40).Draw(t, "n")
		got := Head(s, n)
		if !strings.HasPrefix(s, got) || !utf8.ValidString(got) || len(got) > n || len(s) > n && n-len(got) >= utf8.UTFMax {
			t.Errorf("%q, %d: %q", s, n, got)
		}
	})
}
