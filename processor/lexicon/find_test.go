package lexicon

import (
	"strconv"
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/classify"
	"pgregory.net/rapid"
)

// small is a lexicon in which every rule has its case.
func small(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Parse([]byte(`phrase	polarity	kind	register	flips_under	note
tốt	1	evaluation	press	negation	
tốt bụng	2	evaluation	press	negation	
minh bạch	1	evaluation	press	negation	
chậm trễ	-2	evaluation	press	negation	
lũ lụt	-1	badnews	press	none	
không	0	negation	press	none	
chưa	0	negation	press	none	
không chỉ	0	pseudo_negation	press	none	
không thể không	0	pseudo_negation	press	none	
nhưng	0	contrast	press	none	
chua tot	-1	evaluation	undiacritised	none	
`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// found writes the hits of a sentence: "phrase value", "<" and ">" for what
// stands before and after a contrast, "?" where it is asked.
func found(l *Lexicon, text string, bare bool) string {
	var out []string
	for _, h := range l.Find(nil, classify.Cut(nil, text), bare) {
		if h.Polarity == 0 {
			continue
		}
		s := h.Phrase + " " + strconv.FormatFloat(float64(h.Value()), 'g', -1, 32)
		s += map[int8]string{-1: " <", 0: "", 1: " >"}[h.Contrast]
		if h.Asked {
			s += " ?"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestFind(t *testing.T) {
	l := small(t)
	for text, want := range map[string]string{
		"Cán bộ tốt bụng.":                   "tốt bụng 2", // the longest counts
		"TỐT BỤNG":                           "tốt bụng 2",
		"tốt, bụng":                          "tốt 1",
		"tôt bụng":                           "", // other marks, another word
		"tốtbụng":                            "",
		"làm không tốt.":                     "tốt -0.75",
		"chưa minh bạch.":                    "minh bạch -0.75",
		"không chậm trễ.":                    "chậm trễ 1.5",
		"không có lũ lụt":                    "lũ lụt -1", // bad news is bad news
		"không có lũ lụt nào tốt":            "lũ lụt -1; tốt -0.75",
		"không chỉ tốt":                      "tốt 1",
		"không thể không tốt":                "tốt 1",
		"không phải là chưa tốt.":            "tốt 1", // two negations
		"không tốt, minh bạch":               "tốt -0.75; minh bạch 1",
		"không, tốt":                         "tốt 1", // not over the comma
		"không nhưng tốt":                    "tốt 1 >",
		"không một hai ba bốn năm tốt":       "tốt -0.75",
		"không một hai ba bốn năm sáu tốt":   "tốt 1", // too far
		"Có tốt không?":                      "tốt 1 ?",
		"Có tốt không ạ?":                    "tốt 1 ?",
		"Có tốt chưa?":                       "tốt 1 ?",
		"Sao không làm tốt lên?":             "tốt -0.75 ?", // a question that negates
		"Tốt không":                          "tốt 1",       // the end of a question without its mark
		"tốt nhưng chậm trễ":                 "tốt 1 <; chậm trễ -2 >",
		"tốt nhưng chậm trễ nhưng minh bạch": "tốt 1 <; chậm trễ -2 <; minh bạch 1 >", // the last one counts
		"nhưng tốt":                          "tốt 1 >",
		"":                                   "",
		"???":                                "",
	} {
		if got := found(l, text, false); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestFindWithoutMarks(t *testing.T) {
	l := small(t)
	for text, want := range map[string]string{
		"cham tre qua": "chậm trễ -2",
		"tot":          "", // one syllable without marks is anything
		"chua tot":     "chua tot -1",
		"minh bach":    "minh bạch 1",
		"tot bung":     "tốt bụng 2",
		"chậm trễ":     "chậm trễ -2", // marks may stand here and there
	} {
		if got := found(l, text, true); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if strings.Contains(text, "ậ") {
			continue
		}
		if got := found(l, text, false); got != "" && text != "chua tot" {
			t.Errorf("%q read with marks: %q", text, got)
		}
	}
}

// TestValueTurnsAndWeakens: a negated expression never says more than the
// plain one did.
func TestValueTurnsAndWeakens(t *testing.T) {
	for p := -2; p <= 2; p++ {
		plain, negated := Hit{Entry: &Entry{Polarity: p}}, Hit{Entry: &Entry{Polarity: p}, Negated: true}
		if plain.Value() != float32(p) || negated.Value() != -0.75*float32(p) {
			t.Errorf("%d: %v, negated %v", p, plain.Value(), negated.Value())
		}
	}
}

// TestFindLosesNothingItWasGiven: hits are appended, in order, apart, within
// the tokens; what stood in dst stays as it was.
func TestFindLosesNothingItWasGiven(t *testing.T) {
	l := small(t)
	words := rapid.SampledFrom(strings.Fields("tốt bụng minh bạch chậm trễ lũ lụt không thể chưa chỉ nhưng , . ? ( ) chua tot \n 12"))
	rapid.Check(t, func(t *rapid.T) {
		tokens := classify.Cut(nil, strings.Join(rapid.SliceOfN(words, 0, 25).Draw(t, "words"), " "))
		before := Hit{Entry: &Entry{Phrase: "trước"}, First: 3, Last: 4, Contrast: 1}
		bare := rapid.Bool().Draw(t, "bare")
		hits := l.Find([]Hit{before}, tokens, bare)
		if hits[0] != before {
			t.Fatalf("became %+v", hits[0])
		}
		end := -1
		for _, h := range hits[1:] {
			if h.First <= end || h.Last < h.First || h.Last >= len(tokens) {
				t.Fatalf("%+v after %d", h, end)
			}
			if h.Negated && !h.Flips {
				t.Fatalf("%+v does not turn", h)
			}
			end = h.Last
		}
		alone := l.Find(nil, tokens, bare)
		if len(alone) != len(hits)-1 {
			t.Fatalf("%d hits alone, %d after others", len(alone), len(hits)-1)
		}
	})
}
