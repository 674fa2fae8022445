package lexicon

import "github.com/diembao/diembao/processor/classify"

// Hit is an expression found in a sentence.
type Hit struct {
	*Entry
	First, Last int  // tokens
	Negated     bool // a negation reaches it and it turns under negation
	Asked       bool // its sentence ends with a question mark
	Contrast    int8 // -1 before a contrast word of its sentence, 1 after it
}

// Value is the polarity as it stands: turned and weakened where negated.
func (h *Hit) Value() float32 {
	if h.Negated {
		return -0.75 * float32(h.Polarity)
	}
	return float32(h.Polarity)
}

// scope is how many tokens a negation reaches at most; clauses are rarely
// longer between negation and what it negates.
const scope = 6

// Find appends the expressions in the tokens of one sentence to dst. bare says
// that the text is written without diacritics.
func (l *Lexicon) Find(dst []Hit, tokens []classify.Token, bare bool) []Hit {
	first := len(dst)
	for i := 0; i < len(tokens); {
		entry, n := l.marked.longest(tokens[i:])
		if bare {
			if other, m := l.bare.longest(tokens[i:]); m > n {
				entry, n = other, m
			}
		}
		if n == 0 {
			i++
			continue
		}
		dst = append(dst, Hit{Entry: &l.entries[entry], First: i, Last: i + n - 1})
		i += n
	}
	hits := dst[first:]
	negate(hits, tokens)
	contrast(hits)
	asked(hits, tokens)
	return dst
}

// negate marks the hits that a negation before them in the same clause turns.
func negate(hits []Hit, tokens []classify.Token) {
	for i := range hits {
		if hits[i].Kind != "negation" || closing(tokens[hits[i].Last+1:]) {
			continue
		}
		for j := i + 1; j < len(hits) && hits[j].First-hits[i].Last <= scope; j++ {
			if hits[j].Kind == "contrast" || clauseEnds(tokens[hits[i].Last+1:hits[j].First]) {
				break
			}
			if hits[j].Flips {
				hits[j].Negated = !hits[j].Negated
				break
			}
		}
	}
}

// closing tells whether a negation with this after it ends a question: "không?"
// or "không ạ?".
func closing(after []classify.Token) bool {
	for i := range after {
		if i > 1 {
			return false
		}
		if after[i].Kind == classify.Mark || after[i].Kind == classify.Break {
			return after[i].First == '?'
		}
	}
	return true
}

func clauseEnds(tokens []classify.Token) bool {
	for i := range tokens {
		switch {
		case tokens[i].Kind == classify.Break:
			return true
		case tokens[i].Kind == classify.Mark:
			switch tokens[i].First {
			case ',', '.', ';', ':', '?', '!', '…', '(', ')':
				return true
			}
		}
	}
	return false
}

// contrast tells what stands before and after the last contrast word.
func contrast(hits []Hit) {
	last := -1
	for i := range hits {
		if hits[i].Kind == "contrast" {
			last = i
		}
	}
	for i := range hits {
		switch {
		case last < 0 || i == last:
		case i < last:
			hits[i].Contrast = -1
		default:
			hits[i].Contrast = 1
		}
	}
}

func asked(hits []Hit, tokens []classify.Token) {
	for i := len(tokens) - 1; i >= 0 && i >= len(tokens)-2; i-- {
		if tokens[i].Kind == classify.Mark && tokens[i].First == '?' {
			for j := range hits {
				hits[j].Asked = true
			}
		}
	}
}
