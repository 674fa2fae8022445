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
	marked  *sequences
	bare    *sequences
}

// Open reads the expressions that ship with the binary.
func Open() (*Lexicon, error) { return Parse(shipped) }

// Parse reads tab-separated expressions with a header line: phrase, polarity,
// kind, register, flips_under, note. It names the line it cannot use.
func Parse(tsv []byte) (*Lexicon, error) {
	l := &Lexicon{}
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
	marked, bare := beginnings{}, beginnings{}
	for i, e := range l.entries {
		tokens := classify.Cut(nil, e.Phrase)
		marked.add(tokens, int32(i), false)
		long := len(tokens) > 1 && len(meanings[viet.Fold(e.Phrase)]) == 1
		if long || e.Register == "undiacritised" || e.Register == "chat" {
			bare.add(tokens, int32(i), true)
		}
	}
	l.marked, l.bare = marked.freeze(false), bare.freeze(true)
}
