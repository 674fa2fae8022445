package lexicon

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/classify"
	"pgregory.net/rapid"
)

// slowLongest looks through all expressions, as the sequences need not.
func slowLongest(phrases [][]classify.Token, tokens []classify.Token, bare bool) (entry int32, n int) {
	for i, p := range phrases {
		if len(p) <= n || len(p) > len(tokens) {
			continue
		}
		same := true
		for k := range p {
			same = same && hash(&p[k], bare) == hash(&tokens[k], bare)
		}
		if same {
			entry, n = int32(i), len(p)
		}
	}
	return entry, n
}

// TestSequencesFindWhatTheLongWayFinds: with and without marks, the first of
// equal expressions, the longest of several.
func TestSequencesFindWhatTheLongWayFinds(t *testing.T) {
	words := rapid.SampledFrom(strings.Fields("tốt tot bụng bung không khong minh bạch"))
	rapid.Check(t, func(t *rapid.T) {
		bare := rapid.Bool().Draw(t, "bare")
		b := beginnings{}
		var phrases [][]classify.Token
		for i := range rapid.IntRange(0, 12).Draw(t, "phrases") {
			p := classify.Cut(nil, strings.Join(rapid.SliceOfN(words, 1, 4).Draw(t, "phrase"), " "))
			phrases = append(phrases, p)
			b.add(p, int32(i), bare)
		}
		s := b.freeze(bare)
		tokens := classify.Cut(nil, strings.Join(rapid.SliceOfN(words, 0, 6).Draw(t, "text"), " "))
		entry, n := s.longest(tokens)
		if wantEntry, want := slowLongest(phrases, tokens, bare); n != want || n > 0 && entry != wantEntry {
			t.Fatalf("expression %d of %d tokens, want %d of %d", entry, n, wantEntry, want)
		}
	})
}
