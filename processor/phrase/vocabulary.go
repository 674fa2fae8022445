package phrase

// vocabulary numbers the syllables of a set's phrases. It knows their usual
// spellings by a table of its own, open addressing at most half full, because
// cut has the hash of a token at hand and most tokens are in no phrase: those
// are told by one look at a table of numbers, where a Go map would hash the
// token again.
type vocabulary struct {
	folded bool
	key    func(string) string
	hashes []uint32 // 0 where the slot is free
	words  []spelling
	shift  uint
}

// spelling is a syllable as it may stand in a text.
type spelling struct {
	text   string
	number int32
}

func newVocabulary(b *Builder) *vocabulary {
	v := &vocabulary{folded: b.Folded, key: b.key}
	all := make(map[string]int32, 4*len(b.vocab))
	for key, n := range b.vocab {
		for _, w := range spellings(key, b.key) {
			all[w] = n
		}
	}
	bits := tableBits(len(all))
	v.hashes, v.words, v.shift = make([]uint32, 1<<bits), make([]spelling, 1<<bits), 64-bits
	for w, n := range all {
		v.put(w, n)
	}
	return v
}

func (v *vocabulary) put(text string, number int32) {
	h := hashOf(text)
	i := fibonacci(h, v.shift)
	for v.hashes[i] != 0 {
		i = (i + 1) & uint64(len(v.hashes)-1)
	}
	v.hashes[i], v.words[i] = mark32(h), spelling{text, number}
}

// number looks a token of text up as it stands, then, where it is written in a
// way that spellings does not list, by its key; -1 says that no phrase has it.
// A nil vocabulary numbers nothing.
func (v *vocabulary) number(text string, w written) int32 {
	if v == nil {
		return -1
	}
	n := v.get(text, w.hash)
	if n < 0 && v.unusual(w.shape) {
		key := v.key(text)
		n = v.get(key, hashOf(key))
	}
	return n
}

func (v *vocabulary) get(text string, hash uint64) int32 {
	want := mark32(hash)
	for i := fibonacci(hash, v.shift); v.hashes[i] != 0; i = (i + 1) & uint64(len(v.hashes)-1) {
		if v.hashes[i] == want && v.words[i].text == text {
			return v.words[i].number
		}
	}
	return -1
}

// unusual reports whether a token may equal a listed syllable without being
// spelled like it: capitals after its first letter and small letters too, or
// accents in a set that compares without them. Half of the accented letters
// are capitals; asking which would cost more than the look-up of the few long
// tokens concerned.
func (v *vocabulary) unusual(s shape) bool {
	return s&(small|capital) == small|capital || v.folded && s&accent != 0
}

// hashByte goes on with a hash: turned by five bits a byte, so that words of
// up to twelve bytes rarely share one. Tables mix it (see fibonacci) and
// compare what they find.
func hashByte(h uint64, c byte) uint64 { return (h<<5 | h>>59) ^ uint64(c) }

func hashOf(s string) (h uint64) {
	for i := range len(s) {
		h = hashByte(h, s[i])
	}
	return h
}

// mark32 is what a table keeps of a hash, never 0.
func mark32(h uint64) uint32 { return uint32(h^h>>32) | 1 }
