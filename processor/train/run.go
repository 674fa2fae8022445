package train

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
)

// Options say what to train from and where to put the models.
type Options struct {
	Files []string // labelled texts, JSON lines
	Out   string   // folder of the models; made where it is missing
	Tag   Tagger   // finds policies in texts whose gold names policies
	Folds int      // of the cross-validation that calibrates; 0 is 4
	Log   func(string)
}

func (o *Options) log(format string, args ...any) {
	if o.Log != nil {
		o.Log(fmt.Sprintf(format, args...))
	}
}

// Run trains every model but the encoder and writes them to o.Out. The same
// files give the same bytes. Decisions are fitted on texts held out in turn, so
// that probabilities are those of unseen texts.
func Run(ctx context.Context, o Options) error {
	examples, err := Load(o.Files...)
	if err != nil {
		return err
	}
	l, err := lexicon.Open()
	if err != nil {
		return err
	}
	if o.Folds == 0 {
		o.Folds = 4
	}
	o.log("%d texts", len(examples))
	w := work{o: o, lexicon: l, examples: examples, folds: Folds(examples, o.Folds), decisions: judge.Decisions{}}
	for _, step := range []func(context.Context) error{w.holdOut, w.decide, w.whole} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return w.write()
}

// work is the state of one training.
type work struct {
	o             Options
	lexicon       *lexicon.Lexicon
	examples      []Example
	folds         []int
	scored        map[judge.Domain]map[string][]Scored
	quick, stance *classify.Model
	decisions     judge.Decisions
}

// holdOut trains on all folds but one and scores that one, in turn.
func (w *work) holdOut(ctx context.Context) error {
	w.scored = map[judge.Domain]map[string][]Scored{judge.Press: {}, judge.Citizen: {}}
	for fold := range w.o.Folds {
		rest, held := w.split(fold)
		w.o.log("fold %d of %d: training on %d texts", fold+1, w.o.Folds, len(rest))
		quick, err := Quick(ctx, w.lexicon, rest)
		if err != nil {
			return err
		}
		stance, err := Stance(ctx, w.lexicon, Aims(rest, w.o.Tag))
		if err != nil {
			return err
		}
		w.score(quick, stance, held)
	}
	return nil
}

func (w *work) split(fold int) (rest, held []Example) {
	for i, e := range w.examples {
		if w.folds[i] == fold {
			held = append(held, e)
		} else {
			rest = append(rest, e)
		}
	}
	return rest, held
}

func (w *work) score(quick, stance *classify.Model, held []Example) {
	d := judge.NewDocument(w.lexicon)
	bag, s := new(classify.Bag), new(classify.Scores)
	for _, e := range held {
		d.Load(e.Origin, &e.Text)
		d.Fill(bag)
		quick.Score(bag, s)
		for i, task := range wholeTasks {
			from, to := quick.Range(task)
			w.keep(e, task, s.Logits[from:to], labels(e.Gold)[i])
		}
	}
	for _, a := range Aims(held, w.o.Tag) {
		d.LoadFor(a.Example.Origin, &a.Example.Text, a.Spans, a.Others)
		d.Fill(bag)
		d.Focus(bag, a.Spans)
		stance.Score(bag, s)
		w.keep(a.Example, "stance", s.Logits, class("stance", a.Stance))
	}
}

func (w *work) keep(e Example, task string, logits []float32, class int) {
	if class < 0 {
		return
	}
	domain := judge.DomainOf(e.Origin)
	w.scored[domain][task] = append(w.scored[domain][task], Scored{
		Logits: append([]float32(nil), logits...), Class: class, Weight: 1,
	})
}

func (w *work) decide(context.Context) error {
	for _, domain := range []judge.Domain{judge.Press, judge.Citizen} {
		for _, task := range Tasks() {
			w.decisions.Quick = append(w.decisions.Quick, Decide(task, domain, w.scored[domain][task]))
		}
	}
	return nil
}

// whole trains the models that ship, on all texts.
func (w *work) whole(ctx context.Context) (err error) {
	w.o.log("training on all texts")
	if w.quick, err = Quick(ctx, w.lexicon, w.examples); err != nil {
		return err
	}
	w.stance, err = Stance(ctx, w.lexicon, Aims(w.examples, w.o.Tag))
	return err
}

func (w *work) write() error {
	if err := os.MkdirAll(w.o.Out, 0o755); err != nil {
		return fmt.Errorf("train: writing models: %w", err)
	}
	for name, m := range map[string]*classify.Model{judge.QuickFile: w.quick, judge.StanceFile: w.stance} {
		raw, err := m.Marshal()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(w.o.Out, name), raw, 0o644); err != nil {
			return fmt.Errorf("train: writing models: %w", err)
		}
	}
	raw, err := json.MarshalIndent(w.decisions, "", " ")
	if err != nil {
		return fmt.Errorf("train: writing models: %w", err)
	}
	if err := os.WriteFile(filepath.Join(w.o.Out, judge.DecisionsFile), append(raw, '\n'), 0o644); err != nil {
		return fmt.Errorf("train: writing models: %w", err)
	}
	return nil
}
