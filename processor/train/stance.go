package train

import (
	"context"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
	"github.com/diembao/diembao/viet"
)

// Tagger finds the policies that a text names.
type Tagger func(mention.Origin, mention.Text) []mention.PolicyHit

// Aim is one stance to learn or to test: a text, where its target is named,
// and what the text thinks of it.
type Aim struct {
	Example Example
	Spans   []mention.Span
	Others  []mention.Span // where the text names other policies
	Stance  string
}

// Aims lists the stances of examples. A policy that a text takes both sides of
// is left out: no single answer is right.
func Aims(examples []Example, tag Tagger) []Aim {
	var out []Aim
	for _, e := range examples {
		var hits []mention.PolicyHit
		if tag != nil && len(e.Gold.Targets) > 0 && e.Gold.Targets[0].Policy != "" {
			hits = tag(e.Origin, e.Text)
		}
		for _, t := range e.Gold.Targets {
			if t.Stance == "" || torn(e, t) {
				continue
			}
			out = append(out, Aim{Example: e, Spans: spansOf(e, t, hits), Others: othersOf(t, hits), Stance: t.Stance})
		}
	}
	return out
}

func torn(e Example, t Target) bool {
	for _, other := range e.Gold.Targets {
		if other.Policy != "" && other.Policy == t.Policy && other.Stance != t.Stance {
			return true
		}
	}
	return false
}

// spansOf finds where a target is named: by the tagger, else in the sentence
// that the gold rests on where the text has several targets, else nowhere,
// which leaves the whole text.
func spansOf(e Example, t Target, hits []mention.PolicyHit) (spans []mention.Span) {
	if t.Policy == "" {
		return wordSpans(e.Text, t.Words)
	}
	for _, h := range hits {
		if h.ID == t.Policy {
			for _, at := range h.Hits {
				spans = append(spans, at.Span)
			}
		}
	}
	if len(spans) == 0 && len(e.Gold.Targets) > 1 {
		return wordSpans(e.Text, t.Evidence)
	}
	return spans
}

func othersOf(t Target, hits []mention.PolicyHit) []mention.Span {
	for i, h := range hits {
		if h.ID == t.Policy {
			return judge.OtherSpans(hits, i)
		}
	}
	return nil
}

func wordSpans(text mention.Text, words string) []mention.Span {
	words = viet.NFC(words)
	if words == "" {
		return nil
	}
	var spans []mention.Span
	for _, f := range []struct{ name, text string }{{"title", text.Title}, {"lead", text.Lead}, {"body", text.Body}} {
		for at := 0; ; {
			i := strings.Index(f.text[at:], words)
			if i < 0 {
				break
			}
			spans = append(spans, mention.Span{Field: f.name, Start: at + i, End: at + i + len(words)})
			at += i + len(words)
		}
	}
	return spans
}

// aimWeight is how much a stance counts, in learning and in calibration. What
// the reading is asked for is the stance toward policies that texts of our days
// name; in the passages of twenty years ago four targets in five get no
// opinion, and a model fitted to them alone was wrongly sure of "none".
func aimWeight(e Example) float64 {
	press := judge.DomainOf(e.Origin, false) == judge.Press
	switch {
	case e.Source == "items" && press:
		return 4
	case e.Source == "items":
		return 2
	case press && !e.ofOurDays():
		return 0.7
	}
	return 1
}

// StancePlan is how the stance model is trained.
func StancePlan() classify.Plan {
	return classify.Plan{
		Name: "stance", Version: "1", Tasks: tasks("stance"),
		Bits: 17, MinTexts: 2, Epochs: 6, Balance: 0.5,
		Steps: []classify.Step{{Rate: 0.1, Decay: 1e-5}},
	}
}

// LabelledStances turns aims into what the classifier learns from.
func LabelledStances(l *lexicon.Lexicon, aims []Aim) []classify.Labelled {
	d := judge.NewDocument(l)
	bag := new(classify.Bag)
	var out []classify.Labelled
	add := func(a Aim, w float32) {
		d.LoadFor(a.Example.Origin, &a.Example.Text, a.Spans, a.Others)
		d.Fill(bag)
		d.Focus(bag, a.Spans)
		out = append(out, classify.Labelled{
			Features: bag.Features(), Classes: []int{class("stance", a.Stance)}, Weight: w,
		})
	}
	for _, a := range aims {
		w := float32(aimWeight(a.Example))
		add(a, w)
		if bare, ok := a.Bare(); ok {
			add(bare, w*bareWeight)
		}
	}
	return out
}

// Bare is the aim in a citizen's text written without diacritics; false for
// other texts and where several targets would have to be found again.
func (a Aim) Bare() (Aim, bool) {
	if a.Example.Origin.Kind != mention.Social || len(a.Others) > 0 {
		return Aim{}, false
	}
	words := ""
	for _, s := range a.Spans {
		text := a.Example.Text
		field := map[string]string{"title": text.Title, "lead": text.Lead, "body": text.Body}[s.Field]
		words = viet.Fold(field[s.Start:s.End])
		break
	}
	a.Example.Text = Bare(a.Example.Text)
	a.Spans = wordSpans(a.Example.Text, words)
	return a, true
}

// Stance trains the stance model.
func Stance(ctx context.Context, l *lexicon.Lexicon, aims []Aim) (*classify.Model, error) {
	return classify.Train(ctx, LabelledStances(l, aims), StancePlan())
}
