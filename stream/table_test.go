package stream

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMatches(t *testing.T) {
	tests := []struct {
		filter, subject string
		want            bool
	}{
		{"a.b", "a.b", true}, {"a.b", "a.c", false}, {"a.b", "a", false}, {"a", "a.b", false},
		{"a.*", "a.b", true}, {"a.*", "a", false}, {"a.*", "a.b.c", false}, {"*.b", "a.b", true},
		{"a.>", "a.b", true}, {"a.>", "a.b.c", true}, {"a.>", "a", false}, {"a.>", "b.c", false}, {">", "a", true},
	}
	for _, c := range tests {
		if got := matches(c.filter, c.subject); got != c.want {
			t.Errorf("matches(%q, %q) = %v", c.filter, c.subject, got)
		}
	}
}

// A filter covers another exactly when everything under the other is under it,
// as far as subjects of four tokens of two kinds can tell.
func TestCoversIsInclusion(t *testing.T) {
	var subjects []string
	var build func(prefix string, depth int)
	build = func(prefix string, depth int) {
		for _, token := range []string{"a", "b"} {
			s := strings.TrimPrefix(prefix+"."+token, ".")
			subjects = append(subjects, s)
			if depth < 4 {
				build(s, depth+1)
			}
		}
	}
	build("", 1)
	token := rapid.SampledFrom([]string{"a", "b", "*"})
	filter := rapid.Custom(func(rt *rapid.T) string {
		tokens := rapid.SliceOfN(token, 1, 3).Draw(rt, "tokens")
		if rapid.Bool().Draw(rt, "open") {
			tokens = append(tokens, ">")
		}
		return strings.Join(tokens, ".")
	})
	rapid.Check(t, func(rt *rapid.T) {
		outer, inner := filter.Draw(rt, "outer"), filter.Draw(rt, "inner")
		want := true
		for _, s := range subjects {
			want = want && (!matches(inner, s) || matches(outer, s))
		}
		// a.* and b.* together are *.*, and the other way round only by
		// two filters; one filter covers by its own tokens.
		if got := covers(outer, inner); got != want {
			rt.Errorf("covers(%q, %q) = %v, the subjects say %v", outer, inner, got, want)
		}
	})
}

func TestGrow(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 2e9, 1: 6e9, 2: 18e9, 3: 54e9, 4: 162e9, 5: 300e9, 500: 300e9} {
		if got := grow(2*time.Second, 5*time.Minute, 3, n); got != want {
			t.Errorf("the %dth time %v, want %v", n, got, want)
		}
	}
}

func TestJitter(t *testing.T) {
	if jitter(0) != 0 || jitter(-1) != 0 {
		t.Error("nothing to spread is spread")
	}
	for range 1000 {
		if d := jitter(time.Second); d < 750*time.Millisecond || d > 1250*time.Millisecond {
			t.Fatalf("a second became %v", d)
		}
	}
}

func TestKeys(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		key := rapid.String().Draw(rt, "key")
		if checkKey(key) == nil && (len(key) > 128 || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "") {
			rt.Errorf("%q passes", key)
		}
	})
}
