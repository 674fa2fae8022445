package train

import (
	"context"
	"fmt"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
)

// Held is what quick models say of texts they were not trained on.
type Held struct {
	Examples []Example
	Folds    []int
	Quick    [][]float32 // logits of all whole-text tasks, an example each
	Bare     [][]float32 // the same of citizens' texts without diacritics
	Aims     []Aim
	AimOf    []int       // the example of each aim
	Stance   [][]float32 // logits, an aim each
	BareAim  [][]float32 // the same of citizens' texts without diacritics
	lexicon  *lexicon.Lexicon
}

// HoldOut trains on all folds but one and scores that one, in turn.
func HoldOut(ctx context.Context, l *lexicon.Lexicon, examples []Example, folds []int, tag Tagger, log func(string)) (*Held, error) {
	h := &Held{Examples: examples, Folds: folds, lexicon: l, Quick: make([][]float32, len(examples)), Bare: make([][]float32, len(examples))}
	for i := range examples {
		for _, a := range Aims(examples[i:i+1], tag) {
			h.Aims = append(h.Aims, a)
			h.AimOf = append(h.AimOf, i)
		}
	}
	h.Stance, h.BareAim = make([][]float32, len(h.Aims)), make([][]float32, len(h.Aims))
	for fold := range slices.Max(folds) + 1 {
		if log != nil {
			log(fmt.Sprintf("fold %d of %d", fold+1, slices.Max(folds)+1))
		}
		if err := h.fold(ctx, fold); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *Held) fold(ctx context.Context, fold int) error {
	var rest []Example
	var aims []Aim
	for i, e := range h.Examples {
		if h.Folds[i] != fold {
			rest = append(rest, e)
		}
	}
	for i, a := range h.Aims {
		if h.Folds[h.AimOf[i]] != fold {
			aims = append(aims, a)
		}
	}
	quick, err := Quick(ctx, h.lexicon, rest)
	if err != nil {
		return err
	}
	stance, err := Stance(ctx, h.lexicon, aims)
	if err != nil {
		return err
	}
	h.score(quick, stance, fold)
	return nil
}

func (h *Held) score(quick, stance *classify.Model, fold int) {
	d := judge.NewDocument(h.lexicon)
	bag, s := new(classify.Bag), new(classify.Scores)
	for i, e := range h.Examples {
		if h.Folds[i] == fold {
			d.Load(e.Origin, &e.Text)
			d.Fill(bag)
			quick.Score(bag, s)
			h.Quick[i] = slices.Clone(s.Logits)
		}
		if h.Folds[i] == fold && e.Origin.Kind == mention.Social {
			text := Bare(e.Text)
			d.Load(e.Origin, &text)
			d.Fill(bag)
			quick.Score(bag, s)
			h.Bare[i] = slices.Clone(s.Logits)
		}
	}
	for i, a := range h.Aims {
		if h.Folds[h.AimOf[i]] != fold {
			continue
		}
		h.Stance[i] = scoreAim(d, bag, s, stance, a)
		if bare, ok := a.Bare(); ok {
			h.BareAim[i] = scoreAim(d, bag, s, stance, bare)
		}
	}
}

func scoreAim(d *judge.Document, bag *classify.Bag, s *classify.Scores, m *classify.Model, a Aim) []float32 {
	d.LoadFor(a.Example.Origin, &a.Example.Text, a.Spans, a.Others)
	d.Fill(bag)
	d.Focus(bag, a.Spans)
	m.Score(bag, s)
	return slices.Clone(s.Logits)
}

func part(logits []float32, from, to int) []float32 {
	if logits == nil {
		return nil
	}
	return logits[from:to]
}

// quickRange is where the quick model's logits of a task stand.
func quickRange(task string) (from, to int) {
	for _, t := range wholeTasks {
		n := len(Classes(t))
		if t == task {
			return from, from + n
		}
		from += n
	}
	return 0, 0
}
