// Package phrase finds many fixed phrases (policies' aliases, places, bodies)
// in Vietnamese text at once. It is a trie over whole syllables: "dân" is
// found in "nhân dân" as a syllable and never inside another word, which a
// byte-level automaton cannot promise.
//
// Phrases and text are compared accents kept, in any letter case, with either
// placement of the tone and i for y (viet.Key); a folded set compares without
// accents (viet.Fold). A comma in the text must stand in the phrase too; a
// comma in the phrase may be missing in the text; other marks between
// syllables do not matter, but the end of a sentence (also a colon or a
// semicolon) is crossed only where the phrase has one.
//
// It reads and writes nothing but its arguments. A Set is immutable and safe
// for concurrent use; all offsets are bytes into the text given.
//
// Limit: a syllable in mixed case whose odd capitals are all accented ("hÀ")
// is not recognised.
package phrase

import (
	"github.com/diembao/diembao/viet"
)

// ID names a phrase of a Set: the order in which it was first added, from 0.
type ID int32

// Builder collects phrases. Its zero value collects phrases with accents.
type Builder struct {
	Folded bool // compare without accents

	edges   map[uint64]int32 // node<<32 | edge → node
	ends    []int32          // phrase+1 that ends at the node
	vocab   map[string]int32 // key of a syllable → its number
	phrases int
}

// Add adds a phrase and returns its ID; the same phrase in another spelling
// has the same ID. A text without letters and digits is no phrase: ok is
// false.
func (b *Builder) Add(text string) (id ID, ok bool) {
	if b.edges == nil {
		b.edges, b.vocab, b.ends = map[uint64]int32{}, map[string]int32{}, make([]int32, 1)
	}
	text = viet.NFC(text)
	tokens := cut(text, nil, nil)
	if len(tokens) == 0 {
		return 0, false
	}
	return b.insert(text, tokens), true
}

// insert adds the phrase with its commas and, where it has some, without.
func (b *Builder) insert(text string, tokens []Token) ID {
	commas := false
	with := make([]int32, len(tokens))
	without := make([]int32, len(tokens))
	for i, t := range tokens {
		without[i] = t.edge(b.number(text[t.Start:t.End]), i) &^ edgeComma
		with[i] = without[i]
		if i > 0 && t.Comma {
			with[i], commas = with[i]|edgeComma, true
		}
	}
	id := b.path(with, -1)
	if commas {
		b.path(without, id)
	}
	return id
}

// path makes the nodes of a phrase; want is the ID its end should have, or -1
// for the next free one. An end that is taken keeps its ID.
func (b *Builder) path(edges []int32, want ID) ID {
	node := int32(0)
	for _, e := range edges {
		key := uint64(node)<<32 | uint64(uint32(e))
		next, ok := b.edges[key]
		if !ok {
			next = int32(len(b.ends))
			b.edges[key] = next
			b.ends = append(b.ends, 0)
		}
		node = next
	}
	if b.ends[node] == 0 {
		if want < 0 {
			want = ID(b.phrases)
			b.phrases++
		}
		b.ends[node] = int32(want) + 1
	}
	return ID(b.ends[node] - 1)
}

// number is the vocabulary's number of a syllable.
func (b *Builder) number(written string) int32 {
	key := b.key(written)
	n, ok := b.vocab[key]
	if !ok {
		n = int32(len(b.vocab))
		b.vocab[key] = n
	}
	return n
}

func (b *Builder) key(written string) string {
	if b.Folded {
		return viet.Fold(written)
	}
	return viet.Key(written)
}

// Build freezes what was added.
func (b *Builder) Build() *Set {
	s := &Set{words: newVocabulary(b), phrases: b.phrases, ends: b.ends}
	s.first = make([]int32, len(b.vocab)<<edgeBits)
	s.rest = NewTable(len(b.edges))
	for key, node := range b.edges {
		if key>>32 == 0 {
			s.first[uint32(key)] = node
		} else {
			s.rest.Put(key, node)
		}
	}
	return s
}
