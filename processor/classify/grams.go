package classify

// seedPair keeps pairs of tokens apart from single ones, seedHead those of a
// first line from the rest.
const (
	seedPair = 0x51
	seedHead = 0x52
)

// Grams adds the single tokens and the pairs of s to b, those of the first line
// once more under their own name: the plain features of a text, for classifiers
// that know no fields. tokens is memory to use; it is returned grown.
func Grams(b *Bag, tokens []Token, s string) []Token {
	tokens = Cut(tokens[:0], s)
	before := uint64(0)
	head := true
	for i := range tokens {
		t := &tokens[i]
		switch t.Kind {
		case Break:
			head = false
			before = 0
			continue
		case Mark:
			before = 0
			continue
		}
		b.Add(t.Key)
		if head {
			b.Add(Mix(seedHead, t.Key))
		}
		if before != 0 {
			b.Add(Mix(Mix(seedPair, before), t.Key))
		}
		before = t.Key
	}
	return tokens
}
