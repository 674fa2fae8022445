package judge_test

import (
	"context"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/steptest"
)

// named stands in for the policy step: every text names one policy, at its
// beginning.
type named struct{}

func (named) Name() string { return "policy/0" }

func (named) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	end := 0
	for i := range m.Text.Body {
		if end = i; i > 20 {
			break
		}
	}
	r.Policies = []mention.PolicyHit{{
		ID: "a", Hits: []mention.Hit{{Span: mention.Span{Field: "body", End: end}, Written: m.Text.Body[:end], Rule: "alias"}},
		Score: 1, By: "policy/0",
	}}
	return nil
}

func TestQuickStepsKeepTheContract(t *testing.T) {
	steps := judge.Quick(engine(t))
	earlier := []processor.Step{named{}}
	for i, writes := range [][]string{{"Relevant"}, {"Tone"}, {"Act"}, {"Topic"}, {"Stances"}, {"Question"}} {
		t.Run(steps[i].Name(), func(t *testing.T) { steptest.Run(t, steps[i], writes, earlier...) })
		earlier = append(earlier, steps[i])
	}
}

func TestCarefulStepKeepsTheContract(t *testing.T) {
	e := engine(t)
	earlier := append([]processor.Step{named{}}, judge.Quick(e)...)
	step := judge.Careful(e, still{&fake{size: 4 * 384}})[0]
	steptest.Run(t, step, []string{"Relevant", "Tone", "Act", "Topic", "Stances", "Question"}, earlier...)
}

// still is a fake that remembers nothing, so that it may be used by several at
// once.
type still struct{ *fake }

func (s still) Vectors(_ context.Context, texts []string) ([][]float32, error) {
	return (&fake{size: s.size}).Vectors(context.Background(), texts)
}
