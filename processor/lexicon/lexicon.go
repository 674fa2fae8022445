// Package lexicon finds expressions of tone in Vietnamese text: praise, blame,
// support, questions, requests, negation, contrast.
//
// It reads lexicon.tsv, which ships with the binary, and writes nothing. Of
// overlapping expressions the longest counts. A negation turns what follows it
// in the same clause; "không?" at the end of a question and "không chỉ" do not
// negate. A Lexicon is read-only and safe for concurrent use.
//
// Limit: it does not know who speaks or what is meant in earnest; irony cues
// are reported as what they are.
package lexicon

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/viet"
)

//go:embed lexicon.tsv
var shipped []byte

// Entry is one expression.
type Entry struct {
	Phrase   string
	Polarity int // -2…2, 0 for cues
	Kind     string
	KindID   uint8 // place of Kind in Kinds
	Register string
	Flips    bool // a negation before it turns its polarity
}

// Lexicon holds the expressions as sequences of syllables.
type Lexicon struct {
	entries []Entry
	kinds   []string
	marked  sequences
	bare    sequences
}

// sequences maps the hash of the first syllables of an expression to the
// expression's number + 1, or to 0 where it only begins one.
type sequences map[uint64]int32

// Open reads the expressions that ship with the binary.
func Open() (*Lexicon, error) { return Parse(shipped) }

// Parse reads tab-separated expressions with a header line: phrase, polarity,
// kind, register, flips_under, note. It names the line it cannot use.
func Parse(tsv []byte) (*Lexicon, error) {
	l := &Lexicon{marked: sequences{}, bare: sequences{}}
	kinds := map[string]uint8{}
	lines := bufio.NewScanner(bytes.NewReader(tsv))
	for n := 1; lines.Scan(); n++ {
		if n == 1 || lines.Text() == "" {
			continue
		}
		e, err := parseEntry(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("lexicon: line %d: %w", n, err)
		}
		id, ok := kinds[e.Kind]
		if !ok {
			id = uint8(len(l.kinds))
			kinds[e.Kind] = id
			l.kinds = append(l.kinds, e.Kind)
		}
		e.KindID = id
		l.entries = append(l.entries, e)
	}
	l.index()
	return l, lines.Err()
}

func parseEntry(line string) (Entry, error) {
	f := strings.Split(line, "\t")
	if len(f) < 5 {
		return Entry{}, fmt.Errorf("%d columns, want 5 at least", len(f))
	}
	polarity, err := strconv.Atoi(f[1])
	if err != nil || polarity < -2 || polarity > 2 {
		return Entry{}, fmt.Errorf("polarity %q, want -2…2", f[1])
	}
	return Entry{
		Phrase: f[0], Polarity: polarity, Kind: f[2], Register: f[3], Flips: f[4] == "negation",
	}, nil
}

// Kinds lists the kinds of expression in the order of their numbers.
func (l *Lexicon) Kinds() []string { return l.kinds }

// Len is the number of expressions.
func (l *Lexicon) Len() int { return len(l.entries) }

// index enters every expression with its marks, and those that can be told
// apart without marks a second time.
func (l *Lexicon) index() {
	meanings := map[string]map[int]bool{}
	for _, e := range l.entries {
		folded := viet.Fold(e.Phrase)
		if meanings[folded] == nil {
			meanings[folded] = map[int]bool{}
		}
		meanings[folded][e.Polarity*100+int(e.KindID)] = true
	}
	for i, e := range l.entries {
		tokens := classify.Cut(nil, e.Phrase)
		l.marked.add(tokens, int32(i+1), keyOf)
		long := len(tokens) > 1 && len(meanings[viet.Fold(e.Phrase)]) == 1
		if long || e.Register == "undiacritised" || e.Register == "chat" {
			l.bare.add(tokens, int32(i+1), bareOf)
		}
	}
}

func keyOf(t *classify.Token) uint64  { return t.Key }
func bareOf(t *classify.Token) uint64 { return t.Bare }

// add enters an expression; the first of two equal ones stays.
func (s sequences) add(tokens []classify.Token, number int32, hash func(*classify.Token) uint64) {
	h := uint64(0)
	for i := range tokens {
		h = classify.Mix(h, hash(&tokens[i]))
		if i+1 < len(tokens) {
			if _, ok := s[h]; !ok {
				s[h] = 0
			}
		} else if s[h] == 0 {
			s[h] = number
		}
	}
}

// longest returns the longest expression that begins at tokens[0] and how many
// tokens it has.
func (s sequences) longest(tokens []classify.Token, hash func(*classify.Token) uint64) (number int32, n int) {
	h := uint64(0)
	for i := range tokens {
		h = classify.Mix(h, hash(&tokens[i]))
		found, ok := s[h]
		if !ok {
			break
		}
		if found > 0 {
			number, n = found, i+1
		}
	}
	return number, n
}
