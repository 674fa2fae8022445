package phrase

// vocabulary numbers the syllables of a set's phrases, which it knows by their
// usual spellings. Most tokens of a text are in no phrase, and most are as short
// as a key of a Table is long: for them one look at it is enough.
type vocabulary struct {
	folded bool
	key    func(string) string
	short  *Table           // packed spelling → number+1
	long   map[string]int32 // the others → number+1
}

func newVocabulary(b *Builder) *vocabulary {
	all := make(map[string]int32, 4*len(b.vocab))
	for key, n := range b.vocab {
		for _, w := range spellings(key, b.key) {
			all[w] = n
		}
	}
	v := &vocabulary{folded: b.Folded, key: b.key, short: NewTable(len(all)), long: map[string]int32{}}
	for w, n := range all {
		if len(w) <= packed {
			v.short.Put(pack(w), n+1)
		} else {
			v.long[w] = n + 1
		}
	}
	return v
}

// number looks a token of text up as it stands, then, where it is written in a
// way that spellings does not list, by its key; -1 says that no phrase has it.
// A nil vocabulary numbers nothing.
func (v *vocabulary) number(text string, w written) int32 {
	if v == nil {
		return -1
	}
	n := v.get(text, w.pack)
	if n == 0 && v.unusual(w.shape) {
		key := v.key(text)
		n = v.get(key, pack(key))
	}
	return n - 1
}

// get returns 0 for what is in no phrase.
func (v *vocabulary) get(text string, pack uint64) int32 {
	if len(text) <= packed {
		return v.short.Get(pack)
	}
	return v.long[text]
}

// unusual reports whether a token may equal a listed syllable without being
// spelled like it: capitals after its first letter and small letters too, or
// accents in a set that compares without them. Half of the accented letters
// are capitals; asking which would cost more than the look-up of the few long
// tokens concerned.
func (v *vocabulary) unusual(s shape) bool {
	return s&(small|capital) == small|capital || v.folded && s&accent != 0
}

// packed is how many bytes a number holds; of longer words it holds the last
// ones.
const packed = 8

// pack writes the bytes of a word, none of which is 0, into one number.
func pack(word string) (n uint64) {
	for i := range len(word) {
		n = n<<8 | uint64(word[i])
	}
	return n
}

// packLast is pack of text[start:end], read at once where so many bytes stand
// before the end.
func packLast(text string, start, end int) uint64 {
	if end < packed {
		return pack(text[start:end])
	}
	s := text[end-packed : end]
	n := uint64(s[7]) | uint64(s[6])<<8 | uint64(s[5])<<16 | uint64(s[4])<<24 |
		uint64(s[3])<<32 | uint64(s[2])<<40 | uint64(s[1])<<48 | uint64(s[0])<<56
	if short := packed - (end - start); short > 0 {
		n &= 1<<(64-8*short) - 1
	}
	return n
}
