package lexicon_test

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/lexicon"
)

func TestShippedExpressions(t *testing.T) {
	l, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	if l.Len() < 8000 || len(l.Kinds()) < 20 {
		t.Errorf("%d expressions of %d kinds", l.Len(), len(l.Kinds()))
	}
}

func TestParseNamesTheLine(t *testing.T) {
	head := "phrase\tpolarity\tkind\tregister\tflips_under\tnote\n"
	for _, bad := range []string{"tốt\t9\tevaluation\tpress\tnone\t", "tốt\tx\tevaluation\tpress\tnone\t", "tốt\t1"} {
		_, err := lexicon.Parse([]byte(head + bad))
		if err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

// value is the sum of polarities found in a sentence.
func value(t *testing.T, text string, bare bool) float32 {
	t.Helper()
	l, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	sum := float32(0)
	for _, h := range l.Find(nil, classify.Cut(nil, text), bare) {
		sum += h.Value()
	}
	return sum
}

func TestPolarityInContext(t *testing.T) {
	for _, c := range []struct {
		text string
		bare bool
		sign int
	}{
		{"Cách làm hay, người dân rất hài lòng.", false, 1},
		{"Người dân không hài lòng.", false, -1},
		{"Dân bức xúc vì cán bộ đùn đẩy trách nhiệm.", false, -1},
		{"Cán bộ không chỉ nhiệt tình mà còn chu đáo.", false, 1},
		{"Bà con có hài lòng không?", false, 1},
		{"ba con rat hai long", true, 1},
	} {
		got := value(t, c.text, c.bare)
		if got > 0 && c.sign < 0 || got < 0 && c.sign > 0 || got == 0 && c.sign != 0 {
			t.Errorf("%q: %v, want sign %d", c.text, got, c.sign)
		}
	}
}

func TestNegationStopsAtTheClause(t *testing.T) {
	if got := value(t, "Hồ sơ không nộp được, cán bộ nhiệt tình.", false); got <= value(t, "Hồ sơ không nộp được.", false) {
		t.Errorf("a negation reached over the comma: %v", got)
	}
}

func TestHitsAreInOrderAndDoNotOverlap(t *testing.T) {
	l, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	text := "Tuy nhiên, thủ tục rườm rà, chậm trễ khiến người dân bức xúc; mong cơ quan chức năng sớm tháo gỡ khó khăn."
	tokens := classify.Cut(nil, text)
	end := -1
	hits := l.Find(nil, tokens, false)
	for _, h := range hits {
		if h.First <= end || h.Last < h.First || h.Last >= len(tokens) {
			t.Errorf("%q stands at %d…%d after %d", h.Phrase, h.First, h.Last, end)
		}
		end = h.Last
	}
	if len(hits) < 4 {
		t.Errorf("only %d hits", len(hits))
	}
}
