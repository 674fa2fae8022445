package phrase_test

import (
	"testing"

	"github.com/diembao/diembao/processor/phrase"
	"pgregory.net/rapid"
)

func TestTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var taken phrase.Taken
		var plain [][2]int
		for range rapid.IntRange(0, 30).Draw(t, "spans") {
			start := rapid.IntRange(0, 60).Draw(t, "start")
			end := start + rapid.IntRange(1, 9).Draw(t, "length")
			want := false
			for _, p := range plain {
				want = want || p[0] < end && start < p[1]
			}
			from, to, got := taken.Meets(start, end)
			if got != want || got && (from >= end || start >= to) {
				t.Fatalf("%d…%d: got %v %d…%d, want %v; taken %v", start, end, got, from, to, want, plain)
			}
			if !got {
				taken.Take(start, end)
				plain = append(plain, [2]int{start, end})
			}
		}
	})
}
