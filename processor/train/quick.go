package train

import (
	"context"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
	"github.com/diembao/diembao/viet"
)

// wholeTasks are judged on the text as a whole.
var wholeTasks = []string{"rel", "tone", "act", "topic"}

func tasks(names ...string) []classify.Task {
	list := make([]classify.Task, len(names))
	for i, name := range names {
		list[i] = classify.Task{Name: name, Classes: Classes(name)}
	}
	return list
}

// class is the number of a label, -1 where there is none.
func class(task, label string) int { return slices.Index(Classes(task), label) }

// Plain joins the fields of a text with line ends.
func Plain(t mention.Text) string {
	out := ""
	for _, field := range []string{t.Title, t.Lead, t.Body} {
		if field != "" && out != "" {
			out += "\n"
		}
		out += field
	}
	return out
}

// Bare is a copy of a text as people write it without diacritics.
func Bare(t mention.Text) mention.Text {
	t.Title, t.Lead, t.Body = viet.Fold(t.Title), viet.Fold(t.Lead), viet.Fold(t.Body)
	return t
}

// labels numbers the labels of the whole-text tasks.
func labels(g Gold) []int {
	return []int{class("rel", g.Relevant), class("tone", g.Tone), class("act", g.Act), class("topic", g.Topic)}
}

// bareWeight is how much the copy of a citizen's text without diacritics
// counts: about one citizen in three writes so.
const bareWeight = 0.4

// Labelled turns examples into what the classifier learns from. Citizens'
// texts come a second time without diacritics.
func Labelled(l *lexicon.Lexicon, examples []Example, weight func(Example) float32) []classify.Labelled {
	d := judge.NewDocument(l)
	bag := new(classify.Bag)
	var out []classify.Labelled
	add := func(e Example, text mention.Text, w float32) {
		d.Load(e.Origin, &text)
		d.Fill(bag)
		out = append(out, classify.Labelled{Features: bag.Features(), Classes: labels(e.Gold), Weight: w})
	}
	for _, e := range examples {
		w := weight(e)
		add(e, e.Text, w)
		if e.Origin.Kind == mention.Social {
			add(e, Bare(e.Text), w*bareWeight)
		}
	}
	return out
}

// QuickPlan is how the quick model is trained.
func QuickPlan() classify.Plan {
	return classify.Plan{
		Name: "quick", Version: "1", Tasks: tasks(wholeTasks...),
		Bits: 17, MinTexts: 2, Epochs: 8, Balance: 0.5,
		// Topic has many classes with few texts each and wants its weights held
		// down; the others lose by it. By cross-validation, docs/quality.md.
		Steps: []classify.Step{{Rate: 0.1, Decay: 1e-5}, {Rate: 0.1, Decay: 1e-5}, {Rate: 0.3, Decay: 1e-5}, {Rate: 0.3, Decay: 7e-4}},
	}
}

// Quick trains the quick model.
func Quick(ctx context.Context, l *lexicon.Lexicon, examples []Example) (*classify.Model, error) {
	return classify.Train(ctx, Labelled(l, examples, Weight), QuickPlan())
}

// Weight is how much an example counts: texts of our days and citizens' texts
// more than passages of twenty years ago.
func Weight(e Example) float32 {
	if e.ofOurDays() {
		return 1.5
	}
	return 1
}
