package train

import (
	"context"
	"slices"

	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
)

// Outcome is one judgement of a text that no part of the judging models had
// seen, beside the truth.
type Outcome struct {
	Source  string // base name of the file
	Domain  judge.Domain
	Careful bool
	Task    string
	Gold    string
	Guess   string
	Score   float64
	Sure    bool
}

// CrossValidate trains on all folds but one and judges that one, in turn: the
// models, our heads and the decisions. Careful outcomes leave out the texts
// that the encoder was fine-tuned on.
func CrossValidate(ctx context.Context, o Options) ([]Outcome, error) {
	w, err := begin(o)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{w.holdOut, w.careful} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return w.allOutcomes(), nil
}

// allOutcomes judges every held-out text, quick and careful.
func (w *work) allOutcomes() []Outcome {
	var out []Outcome
	for _, task := range Tasks() {
		for _, domain := range judge.Domains() {
			w.o.log("judging held-out texts: %s, %s", task, domain)
			out = append(out, w.outcomes(task, w.quickViews(task, domain), decideQuick, domain, false)...)
			out = append(out, w.outcomes(task, w.carefulViews(task, domain), decideCareful, domain, true)...)
		}
	}
	return out
}

// begin loads what a training needs.
func begin(o Options) (*work, error) {
	examples, err := Load(o.Files...)
	if err != nil {
		return nil, err
	}
	l, err := lexicon.Open()
	if err != nil {
		return nil, err
	}
	if o.Folds == 0 {
		o.Folds = 4
	}
	o.log("%d texts", len(examples))
	return &work{o: o, lexicon: l, examples: examples, folds: Folds(examples, o.Folds)}, nil
}

// decideQuick fits a decision to quick logits.
func decideQuick(task string, domain judge.Domain, texts []viewed) judge.Decision {
	var scored []Scored
	for i := range texts {
		if v := &texts[i]; v.has(task) {
			scored = append(scored, Scored{Logits: v.Quick[task], Class: v.classes[task], Weight: v.weight(task)})
		}
	}
	return Decide(task, domain, scored)
}

// weight is how much a text counts when a task is learned by our heads and
// calibrated.
func (v *viewed) weight(task string) float64 {
	switch {
	case task == "stance":
		return aimWeight(v.example)
	case task == "topic" && v.example.Source == "items":
		return fewStories
	case v.example.written():
		return evenShares
	}
	return 1
}

// evenShares is how much written passages count: favourable, unfavourable and
// neutral ones are about as many there, which is not so in newspapers.
const evenShares = 0.5

// fewStories is how much the fixture press counts when topics are calibrated:
// its ten stories would pass off their topics as frequent everywhere.
const fewStories = 0.25

// quickViews are the held-out quick logits of one task and domain.
func (w *work) quickViews(task string, domain judge.Domain) []viewed {
	var out []viewed
	add := func(e Example, fold int, own, bare []float32, class int) {
		logits := own
		if domain == judge.Bare {
			logits = bare
		}
		if logits == nil || class < 0 || (judge.DomainOf(e.Origin, false) == judge.Press) != (domain == judge.Press) {
			return
		}
		out = append(out, viewed{
			View: judge.View{Quick: map[string][]float32{task: logits}, Domain: domain}, example: e, fold: fold,
			classes: map[string]int{task: class},
		})
	}
	h := w.held
	if task == "stance" {
		for i, a := range h.Aims {
			add(a.Example, h.Folds[h.AimOf[i]], h.Stance[i], h.BareAim[i], class(task, a.Stance))
		}
		return out
	}
	from, to := quickRange(task)
	for i, e := range h.Examples {
		add(e, h.Folds[i], part(h.Quick[i], from, to), part(h.Bare[i], from, to), labels(e.Gold)[slices.Index(wholeTasks, task)])
	}
	return out
}

// carefulViews are the texts that careful judging of a task is fitted to and
// tested on.
func (w *work) carefulViews(task string, domain judge.Domain) []viewed {
	var out []viewed
	for _, v := range w.viewed {
		if v.has(task) && v.Domain == domain && !v.seen {
			out = append(out, v)
		}
	}
	return out
}

// outcomes judges each fold with a decision fitted to the others.
func (w *work) outcomes(task string, texts []viewed, decide func(string, judge.Domain, []viewed) judge.Decision, domain judge.Domain, careful bool) []Outcome {
	var out []Outcome
	for fold := range w.o.Folds {
		var rest []viewed
		for _, v := range texts {
			if v.fold != fold {
				rest = append(rest, v)
			}
		}
		if len(rest) == 0 || len(rest) == len(texts) {
			continue
		}
		d := decide(task, domain, rest)
		for i := range texts {
			v := &texts[i]
			if v.fold != fold {
				continue
			}
			out = append(out, outcome(&d, v, task, careful))
		}
	}
	return out
}

func outcome(d *judge.Decision, v *viewed, task string, careful bool) Outcome {
	logits := v.Quick[task]
	if careful {
		logits = d.Mix.Join(logits, v.Encoder[task], v.heads[task])
	}
	l, _ := d.Label(logits, "")
	return Outcome{
		Source: v.example.Source, Domain: d.Domain, Careful: careful, Task: task,
		Gold: Classes(task)[v.classes[task]], Guess: l.Value, Score: l.Score, Sure: l.Sure,
	}
}
