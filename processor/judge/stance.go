package judge

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
)

// LoadFor reads a text as far as it speaks of one target: where it names others
// too, the sentences about those are left out. A sentence that names none
// speaks of what the last one before it named.
func (d *Document) LoadFor(origin mention.Origin, text *mention.Text, targets, others []mention.Span) {
	d.Load(origin, text)
	if len(others) > 0 {
		d.cut(d, text)
	}
	d.narrow(d, targets, others)
}

// narrow sets d to what a text says of one target (see LoadFor). whole holds
// the text, cut into clauses if there are others; d may be whole itself, else it
// shares sentences with it.
func (d *Document) narrow(whole *Document, targets, others []mention.Span) {
	d.origin, d.bare, d.form = whole.origin, whole.bare, whole.form
	d.sentences = append(d.sentences[:0], whole.sentences...)
	if len(targets) > 0 && len(others) > 0 {
		d.sentences = about(d.sentences, targets, others)
	}
}

// cut sets d to the clauses of a whole text; d may be whole itself.
func (d *Document) cut(whole *Document, text *mention.Text) {
	d.origin, d.bare = whole.origin, whole.bare
	d.kept = d.split(d.kept[:0], whole.sentences, text)
	d.form = formOf(d.kept)
	d.sentences, d.kept = d.kept, d.sentences
}

// split cuts sentences where a contrast begins.
func (d *Document) split(parts []Sentence, whole []Sentence, text *mention.Text) []Sentence {
	for _, s := range whole {
		field, _ := text.Field(s.Field)
		n := clause(field[s.Start:s.End])
		if s.Start+n == s.End {
			parts = append(parts, s)
			continue
		}
		for span := s.Span; span.Start < s.End; span.Start = span.End {
			span.End = span.Start + clause(field[span.Start:s.End])
			parts = append(parts, d.sentence(span, field))
		}
	}
	return parts
}

// contrast is what begins s and with it a clause that may speak of something
// else, or "". Nearly nothing in a text begins with the first two bytes of one.
func contrast(s string) string {
	switch s[:2] {
	case " n":
		return beginning(s, " nhưng ", " nhung ")
	case " s":
		return beginning(s, " song ", "")
	case " t":
		return beginning(s, " trong khi ", " tuy nhiên")
	case ", ":
		return beginning(s, ", còn ", ", con ")
	case "; ":
		return "; "
	}
	return ""
}

// beginning is which of two words begins s, or "".
func beginning(s, a, b string) string {
	switch {
	case strings.HasPrefix(s, a):
		return a
	case strings.HasPrefix(s, b):
		return b
	}
	return ""
}

// clause is the length of the first clause of s: up to a word that begins a
// contrast. A contrast that begins s begins no other clause of it.
func clause(s string) int {
	for i := 1; i+1 < len(s); i++ {
		if c := s[i]; c != ' ' && c != ',' && c != ';' {
			continue
		}
		if c := contrast(s[i:]); c != "" && !strings.HasPrefix(s, c) {
			return i + 1
		}
	}
	return len(s)
}

// about leaves the sentences that speak of the targets, in the memory given.
func about(sentences []Sentence, targets, others []mention.Span) []Sentence {
	kept, mine := sentences[:0], true
	for _, s := range sentences {
		own, other := touches(s.Span, targets), touches(s.Span, others)
		if own || other {
			mine = own
		}
		if mine {
			kept = append(kept, s)
		}
	}
	return kept
}

func touches(s mention.Span, spans []mention.Span) bool {
	return slices.ContainsFunc(spans, func(t mention.Span) bool { return overlap(s, t) })
}

func overlap(a, b mention.Span) bool {
	return a.Field == b.Field && a.Start < b.End && b.Start < a.End
}

// Focus adds what stands near one target to the features: the sentences that
// hold one of its spans once more under their own name, and the tone of their
// neighbours. Without spans the whole text is the target's.
func (d *Document) Focus(bag *classify.Bag, targets []mention.Span) {
	near := d.near(targets)
	var sum tally
	for i := range d.sentences {
		bag.At(i)
		if near[i] == 2 {
			d.targetGrams(bag, i)
		}
		if near[i] > 0 {
			d.targetTone(bag, i, near[i], &sum)
		}
	}
	bag.At(len(d.sentences))
	sum.fillAs(bag, seedTargetSum)
}

func (d *Document) targetGrams(bag *classify.Bag, i int) {
	s := &d.sentences[i]
	one := uint64(0)
	for j := range s.tokens {
		t := &s.tokens[j]
		if t.Kind == classify.Break || t.Kind == classify.Mark && stops(t.First) {
			one = 0
			continue
		}
		bag.Add(classify.Mix(seedTarget, t.Key))
		if one != 0 {
			bag.Add(classify.Mix(classify.Mix(seedTargetBi, one), t.Key))
		}
		one = t.Key
	}
}

func (d *Document) targetTone(bag *classify.Bag, i, near int, sum *tally) {
	s := &d.sentences[i]
	for j := range s.hits {
		h := &s.hits[j]
		value := h.Value()
		if near == 2 {
			bag.Add(classify.Mix(classify.Mix(seedTargetHit, uint64(h.KindID)), sign(value)))
			sum.add(s, h, value, true)
		} else {
			sum.add(s, h, value/2, false)
		}
	}
}

// near tells for each sentence: 2 it holds a target, 1 its neighbour does.
func (d *Document) near(targets []mention.Span) []int {
	near := make([]int, len(d.sentences))
	for i := range d.sentences {
		if len(targets) == 0 || touches(d.sentences[i].Span, targets) {
			near[i] = 2
		}
	}
	for i := range near {
		if near[i] == 0 && (i > 0 && near[i-1] == 2 || i+1 < len(near) && near[i+1] == 2) {
			near[i] = 1
		}
	}
	return near
}

// stanceStep judges the stance toward each policy that the text names.
type stanceStep struct{ engine *Engine }

func (stanceStep) Name() string { return "stance/2" }

func (s stanceStep) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Stances = nil
	if len(r.Named()) == 0 {
		return nil
	}
	e := s.engine
	d := find(e.models.Decisions.Quick, "stance", e.analyse(m).domain)
	if d == nil {
		return fmt.Errorf("judge: %s: the models hold no decision for stance", s.Name())
	}
	k := e.pool.Get().(*desk)
	defer e.pool.Put(k)
	for i, p := range r.Named() {
		spans := e.scoreStance(k, m, r.Policies, i)
		l, class := d.Label(k.scores.Logits, s.Name())
		stance := mention.Stance{Policy: p.ID, Label: l}
		if at := e.stanceSentence(k, class, spans); at != nil {
			stance.Sentence = at
			stance.Evidence = []mention.Span{*at}
		}
		r.Stances = append(r.Stances, stance)
	}
	return nil
}

func hitSpans(p mention.PolicyHit) []mention.Span {
	spans := make([]mention.Span, len(p.Hits))
	for i, h := range p.Hits {
		spans[i] = h.Span
	}
	return spans
}

// OtherSpans are the spans of all policies but one, as far as that one does not
// stand in the same place.
func OtherSpans(policies []mention.PolicyHit, but int) []mention.Span {
	own := hitSpans(policies[but])
	var spans []mention.Span
	for i, p := range policies {
		if i == but {
			continue
		}
		for _, s := range hitSpans(p) {
			if !touches(s, own) {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// sentenceFor is the sentence that a stance toward a policy rests on.
func (e *Engine) sentenceFor(m *mention.Mention, r *mention.Reading, policy int, value string) *mention.Span {
	k := e.pool.Get().(*desk)
	defer e.pool.Put(k)
	spans := e.scoreStance(k, m, r.Policies, policy)
	class := slices.Index(e.models.Stance.Tasks[0].Classes, value)
	return e.stanceSentence(k, class, spans)
}

// scoreStance scores the stance toward one policy and returns where it is named.
func (e *Engine) scoreStance(k *desk, m *mention.Mention, policies []mention.PolicyHit, i int) []mention.Span {
	spans := hitSpans(policies[i])
	others := OtherSpans(policies, i)
	k.document.narrow(e.analyse(m).beside(others), spans, others)
	k.bag.For(e.models.Stance)
	k.document.fill(&k.bag)
	k.document.Focus(&k.bag, spans)
	e.models.Stance.Score(&k.bag, &k.scores)
	return spans
}

// stanceSentence is the sentence at or beside the target that speaks most for
// the stance against the likelier of the others.
func (e *Engine) stanceSentence(k *desk, class int, targets []mention.Span) *mention.Span {
	second := -1
	for i, l := range k.scores.Logits {
		if i != class && (second < 0 || l > k.scores.Logits[second]) {
			second = i
		}
	}
	parts := e.models.Stance.Parts(&k.bag, &k.scores, len(k.document.sentences), classify.Pair{For: class, Against: second})[0]
	best := -1
	for i, near := range k.document.near(targets) {
		if near > 0 && (best < 0 || parts[i] > parts[best]) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	span := k.document.sentences[best].Span
	return &span
}
