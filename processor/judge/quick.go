package judge

import (
	"context"
	"fmt"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
)

// Quick lists the quick steps in their order: relevance, tone, act, topic,
// stance, question. The policy step must stand before them.
func Quick(e *Engine) []processor.Step {
	return []processor.Step{
		quickStep{e, "relevance/2", "rel", func(r *mention.Reading) *mention.Label { return &r.Relevant }},
		quickStep{e, "tone/2", "tone", func(r *mention.Reading) *mention.Label { return &r.Tone }},
		quickStep{e, "act/2", "act", func(r *mention.Reading) *mention.Label { return &r.Act }},
		quickStep{e, "topic/2", "topic", func(r *mention.Reading) *mention.Label { return &r.Topic }},
		stanceStep{e},
		Question(e),
	}
}

// quickStep judges one task of the whole text.
type quickStep struct {
	engine *Engine
	name   string
	task   string
	label  func(*mention.Reading) *mention.Label
}

func (s quickStep) Name() string { return s.name }

func (s quickStep) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	a := s.engine.analyse(m)
	d := find(s.engine.models.Decisions.Quick, s.task, a.domain)
	if d == nil {
		return fmt.Errorf("judge: %s: the models hold no decision for %s", s.name, s.task)
	}
	l, _ := d.Label(s.engine.logits(a, s.task), s.name)
	l.Evidence = a.evidence[s.task]
	*s.label(r) = l
	return nil
}
