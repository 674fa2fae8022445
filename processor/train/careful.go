package train

import (
	"context"
	"fmt"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
)

// Encoder is what careful training asks of the encoder: encoder.Memo, so that
// each text is read once.
type Encoder = judge.Reader

// seenByEncoder are the files the shipped encoder was fine-tuned on: its
// opinion of their texts is a memory, so nothing is fitted to it.
func seenByEncoder() []string {
	return []string{"press_train", "press_train2", "comments", "comments2"}
}

// viewed is one text, or one target in a text, as careful judging sees it, with
// its labels.
type viewed struct {
	judge.View
	example Example
	fold    int
	classes map[string]int
	seen    bool // by the encoder
	heads   map[string][]float32
}

// seenWeight is how much texts count for our heads that the encoder was
// trained on, and bareCopy how much copies without diacritics do.
const (
	seenWeight = 0.3
	bareCopy   = 0.3
)

// mix says how much each opinion counts for a task in a domain: the quick
// model's, the encoder's own and our heads'. Chosen by cross-validation among
// tenths, between what is best for newspapers of twenty years ago and for texts
// of our days; docs/quality.md has the table. Without diacritics the encoder
// reads worse than the quick model, whose syllables can do without, and of the
// topic it then knows next to nothing.
func mix(task string, domain judge.Domain) judge.Mix {
	return map[judge.Domain]map[string]judge.Mix{
		judge.Press: {
			"rel": {Quick: 0.4, Encoder: 0.3, Heads: 0.3}, "tone": {Quick: 0.3, Encoder: 0.25, Heads: 0.45},
			"act": {Quick: 0.3, Encoder: 0.1, Heads: 0.6}, "topic": {Quick: 0.6, Encoder: 0.1, Heads: 0.3},
			"stance": {Quick: 0.35, Encoder: 0.15, Heads: 0.5},
		},
		judge.Citizen: {
			"rel": {Quick: 0.4, Encoder: 0.3, Heads: 0.3}, "tone": {Quick: 0.6, Encoder: 0.15, Heads: 0.25},
			"act": {Quick: 0.5, Encoder: 0.05, Heads: 0.45}, "topic": {Quick: 0.75, Encoder: 0.05, Heads: 0.2},
			"stance": {Quick: 0.6, Encoder: 0.1, Heads: 0.3},
		},
		judge.Bare: {
			"rel": {Quick: 0.8, Encoder: 0.2}, "tone": {Quick: 0.75, Encoder: 0.1, Heads: 0.15},
			"act": {Quick: 0.5, Encoder: 0.1, Heads: 0.4}, "topic": {Quick: 0.9, Encoder: 0.1},
			"stance": {Quick: 0.7, Encoder: 0.1, Heads: 0.2},
		},
	}[domain][task]
}

// headPlan is how a head is trained: few epochs and a strong decay, because
// some ten thousand texts stand against 1,537 numbers.
func headPlan(task string) classify.DensePlan {
	return classify.DensePlan{
		Task: tasks(task)[0], Epochs: 8, Rate: 0.003, Decay: 0.1, Balance: 0.3,
	}
}

// careful trains our heads on the encoder's vectors and fits the careful
// decisions to texts that neither the encoder nor the other parts have seen.
func (w *work) careful(ctx context.Context) error {
	if w.o.Encoder == nil {
		w.o.log("no encoder: careful heads are not trained")
		return nil
	}
	w.o.log("reading with the encoder")
	texts, err := w.views(ctx)
	if err != nil {
		return err
	}
	w.heads = judge.Heads{}
	for _, task := range Tasks() {
		w.o.log("careful %s", task)
		if err := w.carefulTask(ctx, task, texts); err != nil {
			return err
		}
	}
	w.viewed = texts
	return nil
}

func (w *work) carefulTask(ctx context.Context, task string, texts []viewed) (err error) {
	for fold := range w.o.Folds {
		head, err := trainHead(ctx, task, texts, func(v *viewed) bool { return v.fold != fold })
		if err != nil {
			return err
		}
		for i := range texts {
			if v := &texts[i]; v.fold == fold && v.has(task) {
				v.heads[task] = head.Logits(nil, v.Inputs())
			}
		}
	}
	for _, domain := range judge.Domains() {
		w.decisions.Careful = append(w.decisions.Careful, decideCareful(task, domain, texts))
	}
	w.heads[task], err = trainHead(ctx, task, texts, func(*viewed) bool { return true })
	return err
}

func (v *viewed) has(task string) bool {
	c, ok := v.classes[task]
	return ok && c >= 0
}

func trainHead(ctx context.Context, task string, texts []viewed, use func(*viewed) bool) (*classify.Dense, error) {
	var rows []classify.Row
	for i := range texts {
		v := &texts[i]
		if !v.has(task) || !use(v) {
			continue
		}
		weight := float32(v.weight(task))
		switch {
		case v.Domain == judge.Bare:
			weight *= bareCopy
		case v.seen:
			weight *= seenWeight
		}
		rows = append(rows, classify.Row{X: v.Inputs(), Class: v.classes[task], Weight: weight})
	}
	return classify.TrainDense(ctx, rows, headPlan(task))
}

// decideCareful fits one decision to texts that the encoder has not seen.
func decideCareful(task string, domain judge.Domain, texts []viewed) judge.Decision {
	m := mix(task, domain)
	var scored []Scored
	for i := range texts {
		v := &texts[i]
		if !v.has(task) || v.seen || v.Domain != domain {
			continue
		}
		scored = append(scored, Scored{
			Logits: m.Join(v.Quick[task], v.Encoder[task], v.heads[task]), Class: v.classes[task], Weight: v.weight(task),
		})
	}
	d := Decide(task, domain, scored)
	d.Mix = &m
	return d
}

// views reads all texts with the encoder.
func (w *work) views(ctx context.Context) ([]viewed, error) {
	var list []viewed
	var texts []string
	d := judge.NewDocument(w.lexicon)
	for i, e := range w.held.Examples {
		if w.skip(e) {
			continue
		}
		for _, v := range w.wholeViews(d, i) {
			list, texts = append(list, v.viewed), append(texts, v.text)
		}
	}
	for i, a := range w.held.Aims {
		if w.skip(a.Example) {
			continue
		}
		for _, v := range w.aimViews(d, i) {
			list, texts = append(list, v.viewed), append(texts, v.text)
		}
	}
	vectors, err := w.o.Encoder.Vectors(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("train: reading with the encoder: %w", err)
	}
	for i := range list {
		list[i].Vector = vectors[i]
		list[i].Encoder = w.o.Encoder.Heads(vectors[i])
		list[i].heads = map[string][]float32{}
	}
	return list, nil
}

// skip leaves out the press that the encoder was trained on: there is other
// press enough, and reading it would double the time.
func (w *work) skip(e Example) bool {
	return e.Origin.Kind != mention.Social && slices.Contains(seenByEncoder(), e.Source)
}

type passage struct {
	viewed
	text string
}

// wholeViews are an example's text and, of a citizen's, its copy without
// diacritics.
func (w *work) wholeViews(d *judge.Document, i int) []passage {
	e := w.held.Examples[i]
	out := []passage{w.wholeView(d, i, e, w.held.Quick[i])}
	if e.Origin.Kind == mention.Social {
		e.Text = Bare(e.Text)
		out = append(out, w.wholeView(d, i, e, w.held.Bare[i]))
	}
	return out
}

func (w *work) wholeView(d *judge.Document, i int, e Example, quick []float32) passage {
	d.Load(e.Origin, &e.Text)
	v := w.view(d, i, e)
	v.Quick = map[string][]float32{}
	for k, task := range wholeTasks {
		from, to := quickRange(task)
		v.Quick[task] = quick[from:to]
		v.classes[task] = labels(e.Gold)[k]
	}
	return passage{v, d.Whole()}
}

func (w *work) view(d *judge.Document, i int, e Example) viewed {
	return viewed{
		View: judge.View{Domain: d.Domain()}, example: e, fold: w.held.Folds[i],
		classes: map[string]int{}, seen: slices.Contains(seenByEncoder(), e.Source),
	}
}

func (w *work) aimViews(d *judge.Document, i int) []passage {
	a := w.held.Aims[i]
	out := []passage{w.aimView(d, i, a, w.held.Stance[i])}
	if bare, ok := a.Bare(); ok {
		out = append(out, w.aimView(d, i, bare, w.held.BareAim[i]))
	}
	return out
}

func (w *work) aimView(d *judge.Document, i int, a Aim, quick []float32) passage {
	d.LoadFor(a.Example.Origin, &a.Example.Text, a.Spans, a.Others)
	v := w.view(d, w.held.AimOf[i], a.Example)
	v.Quick = map[string][]float32{"stance": quick}
	v.classes["stance"] = class("stance", a.Stance)
	return passage{v, d.About(a.Spans)}
}
