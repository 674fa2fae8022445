package lexicon

import (
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/phrase"
)

// begins marks the first syllables of an expression that are none themselves.
const begins = -1

// beginnings maps the hash of the first syllables of an expression to the
// expression's place in the list, or to begins.
type beginnings map[uint64]int32

// add enters an expression; the first of two equal ones stays.
func (b beginnings) add(tokens []classify.Token, entry int32, bare bool) {
	h := uint64(0)
	for i := range tokens {
		h = classify.Mix(h, hash(&tokens[i], bare))
		found, ok := b[h]
		switch {
		case i+1 == len(tokens) && (!ok || found == begins):
			b[h] = entry
		case !ok:
			b[h] = begins
		}
	}
}

// sequences are the beginnings as Find looks them up: at every token of a text,
// nearly always in vain.
type sequences struct {
	table *phrase.Table // 1 for begins, else the expression's place + 2
	bare  bool          // of tokens without their diacritics
}

func (b beginnings) freeze(bare bool) *sequences {
	s := &sequences{phrase.NewTable(len(b)), bare}
	for h, entry := range b {
		s.table.Put(h, entry+2)
	}
	return s
}

// longest returns the longest expression that begins at tokens[0] and how many
// tokens it has, 0 where there is none.
func (s *sequences) longest(tokens []classify.Token) (entry int32, n int) {
	h := uint64(0)
	for i := range tokens {
		h = classify.Mix(h, hash(&tokens[i], s.bare))
		found := s.table.Get(h)
		if found == 0 {
			break
		}
		if found > 1 {
			entry, n = found-2, i+1
		}
	}
	return entry, n
}

func hash(t *classify.Token, bare bool) uint64 {
	if bare {
		return t.Bare
	}
	return t.Key
}
