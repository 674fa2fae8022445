package train

import (
	"context"
	"testing"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
)

// TestTwoHundredCorrectionsHelp trains on one set of citizens' texts, as a unit
// would begin, and again with 200 corrected texts of another kind (notices,
// rumours, thanks) as its desk would export them, and judges others of that
// kind.
func TestTwoHundredCorrectionsHelp(t *testing.T) {
	first, err := Load("testdata/comments.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	second, err := Load("testdata/comments2.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var corrections, held []Example
	for i, e := range second {
		if i%5 == 0 {
			corrections = append(corrections, e)
		} else {
			held = append(held, e)
		}
	}
	if len(corrections) != 200 {
		t.Fatalf("%d corrections", len(corrections))
	}
	before := actScore(t, first, held)
	after := actScore(t, append(first, corrections...), held)
	t.Logf("act, macro-F1 on %d texts: %.3f before, %.3f after", len(held), before, after)
	if after < before+0.03 {
		t.Errorf("200 corrections: %.3f became %.3f", before, after)
	}
}

// actScore is the macro-F1 of act on held after training on examples.
func actScore(t *testing.T, examples, held []Example) float64 {
	t.Helper()
	l, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Quick(context.Background(), l, examples)
	if err != nil {
		t.Fatal(err)
	}
	d, bag, s := judge.NewDocument(l), new(classify.Bag), new(classify.Scores)
	from, to := m.Range("act")
	plain := plainDecision("act")
	var scored []Scored
	var p [][]float64
	for _, e := range held {
		d.Load(e.Origin, &e.Text)
		d.Fill(bag)
		m.Score(bag, s)
		scored = append(scored, Scored{Class: class("act", e.Gold.Act), Weight: 1})
		p = append(p, plain.Probabilities(s.Logits[from:to]))
	}
	return macro(&plain, scored, p)
}

// plainDecision takes logits as they are.
func plainDecision(task string) judge.Decision {
	n := len(Classes(task))
	return judge.Decision{Classes: Classes(task), Scale: 1, Bias: make([]float64, n), Offset: make([]float64, n), Sure: make([]float64, n)}
}

// TestSameFilesSameModels trains twice on the same texts, to the byte.
func TestSameFilesSameModels(t *testing.T) {
	if testing.Short() {
		t.Skip("training twice takes some seconds: reproducibility not tested under -short")
	}
	examples, err := Load("testdata/press_written.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var models [2][]byte
	for i := range models {
		l, err := lexicon.Open()
		if err != nil {
			t.Fatal(err)
		}
		m, err := Stance(context.Background(), l, Aims(examples[:200], nil))
		if err != nil {
			t.Fatal(err)
		}
		if models[i], err = m.Marshal(); err != nil {
			t.Fatal(err)
		}
	}
	if string(models[0]) != string(models[1]) {
		t.Error("two trainings on the same texts differ")
	}
}
