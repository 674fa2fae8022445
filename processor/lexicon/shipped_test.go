package lexicon

import (
	"slices"
	"testing"

	"github.com/diembao/diembao/processor/classify"
)

// TestEveryShippedExpressionIsMet: alone in a text, each is found whole, by
// itself or by an equal one that stands before it.
func TestEveryShippedExpressionIsMet(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	var tokens []classify.Token
	for i := range l.entries {
		e := &l.entries[i]
		tokens = classify.Cut(tokens[:0], e.Phrase)
		entry, n := l.marked.longest(tokens)
		same := slices.EqualFunc(tokens, classify.Cut(nil, l.entries[entry].Phrase), func(a, b classify.Token) bool { return a.Key == b.Key })
		if n != len(tokens) || !same {
			t.Errorf("%q: met %q of %d tokens", e.Phrase, l.entries[entry].Phrase, n)
		}
	}
}

// TestCuesHaveNoPolarity: what only steers the others must not count itself.
func TestCuesHaveNoPolarity(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range l.entries {
		switch e.Kind {
		case "negation", "pseudo_negation", "contrast", "intensifier", "downtoner", "question_cue":
			if e.Polarity != 0 || e.Flips {
				t.Errorf("%q (%s): polarity %d, flips %v", e.Phrase, e.Kind, e.Polarity, e.Flips)
			}
		}
		if int(e.KindID) >= len(l.kinds) || l.kinds[e.KindID] != e.Kind {
			t.Errorf("%q: kind %d is not %q", e.Phrase, e.KindID, e.Kind)
		}
	}
}

func TestParse(t *testing.T) {
	const head = "phrase\tpolarity\tkind\tregister\tflips_under\tnote\n"
	for name, tt := range map[string]struct {
		tsv string
		n   int
		err string
	}{
		"nothing":           {"", 0, ""},
		"a head alone":      {head, 0, ""},
		"empty lines":       {head + "\n\ntốt\t1\ta\tpress\tnone\n\n", 1, ""},
		"without a note":    {head + "tốt\t1\ta\tpress\tnegation", 1, ""},
		"further columns":   {head + "tốt\t1\ta\tpress\tnone\tx\ty", 1, ""},
		"line ends":         {head + "tốt\t1\ta\tpress\tnone\t\r\n", 1, ""},
		"too few columns":   {head + "tốt\t1\ta\tpress", 0, "lexicon: line 2: 4 columns, want 5 at least"},
		"polarity too high": {head + "x\t0\ta\tpress\tnone\ntốt\t3\ta\tpress\tnone", 0, `lexicon: line 3: polarity "3", want -2…2`},
		"polarity too low":  {head + "tốt\t-3\ta\tpress\tnone", 0, `lexicon: line 2: polarity "-3", want -2…2`},
		"no polarity":       {head + "tốt\t\ta\tpress\tnone", 0, `lexicon: line 2: polarity "", want -2…2`},
	} {
		l, err := Parse([]byte(tt.tsv))
		if tt.err != "" && (err == nil || err.Error() != tt.err) || tt.err == "" && err != nil {
			t.Errorf("%s: error %v", name, err)
			continue
		}
		if err == nil && l.Len() != tt.n {
			t.Errorf("%s: %d expressions", name, l.Len())
		}
	}
}
