package phrase

import "sync"

// Set is a frozen set of phrases.
type Set struct {
	phrases int
	words   *vocabulary
	first   []int32   // edge from the root → node
	rest    *Table    // node<<32 | edge → node
	ends    []int32   // node → phrase+1
	memory  sync.Pool // *found, see Search
}

// Len is how many different phrases the set holds.
func (s *Set) Len() int { return s.phrases }

// Token is one syllable, word or number of a text.
type Token struct {
	Start, End int
	number     int32 // in the set's vocabulary; -1 if it has none
	// Comma and Break tell what stands before the token: a comma, the end of
	// a sentence.
	Comma, Break bool
}

// What stands before a token is part of the edge that leads to it.
const (
	edgeComma = 1 << iota
	edgeBreak
	edgeBits = 2
)

// edge is the trie's edge for the token at place i of a phrase or text.
func (t Token) edge(number int32, i int) int32 {
	e := number << edgeBits
	if t.Comma {
		e |= edgeComma
	}
	if t.Break {
		e |= edgeBreak
	}
	if i == 0 {
		e &^= edgeComma | edgeBreak
	}
	return e
}

// Match is a phrase found: it spans the tokens First…Last.
type Match struct {
	Phrase      ID
	First, Last int
}

// Cut cuts a text into tokens for this set, appending to dst.
func (s *Set) Cut(text string, dst []Token) []Token {
	return cut(text, dst, s.words)
}

// found is what a search writes into.
type found struct {
	tokens  []Token
	matches []Match
}

// Search cuts a text, finds the phrases in it, and hands both over. They are
// memory that the next search uses: use must not keep them.
func (s *Set) Search(text string, use func([]Token, []Match)) {
	f, _ := s.memory.Get().(*found)
	if f == nil {
		f = new(found)
	}
	defer s.memory.Put(f)
	f.tokens = s.Cut(text, f.tokens[:0])
	f.matches = s.Find(f.tokens, f.matches[:0])
	use(f.tokens, f.matches)
}

// Find appends every phrase that the tokens hold, overlapping ones included,
// by first token and then by length.
func (s *Set) Find(tokens []Token, dst []Match) []Match {
	for i := range tokens {
		if tokens[i].number < 0 {
			continue
		}
		node := s.first[tokens[i].number<<edgeBits]
		for j := i; node != 0; {
			if end := s.ends[node]; end != 0 {
				dst = append(dst, Match{ID(end - 1), i, j})
			}
			j++
			if j == len(tokens) || tokens[j].number < 0 {
				break
			}
			node = s.rest.Get(uint64(node)<<32 | uint64(uint32(tokens[j].edge(tokens[j].number, j))))
		}
	}
	return dst
}
