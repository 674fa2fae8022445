package judge

import (
	"context"
	"fmt"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
)

// Reader is the encoder as careful judging needs it: encoder.Encoder, or an
// encoder.Memo that remembers.
type Reader interface {
	// Vectors returns a vector for each text: the pooled output, then the means
	// of inner layers.
	Vectors(ctx context.Context, texts []string) ([][]float32, error)
	// Heads gives the logits of the encoder's own tasks for a vector.
	Heads(vector []float32) map[string][]float32
}

// Careful lists the careful steps: one that judges anew, with the encoder, all
// that the quick steps judged. It reads many mentions at once.
func Careful(e *Engine, reader Reader) []processor.Step {
	return []processor.Step{carefulStep{e, reader}}
}

type carefulStep struct {
	engine *Engine
	reader Reader
}

func (carefulStep) Name() string { return "careful/2" }

func (s carefulStep) Read(ctx context.Context, m *mention.Mention, r *mention.Reading) error {
	errs := s.ReadBatch(ctx, []*mention.Mention{m}, []*mention.Reading{r})
	if errs != nil {
		return errs[0]
	}
	return nil
}

// What a passage is asked about, where it is no policy.
const (
	wholeText   = -1
	itsQuestion = -2
)

// asked is one passage on its way through the encoder: a whole text, or what a
// text says of one policy.
type asked struct {
	mention int
	policy  int // or wholeText, itsQuestion
	text    string
	view    View
}

// ReadBatch judges mentions; all their passages share the encoder's batches.
func (s carefulStep) ReadBatch(ctx context.Context, ms []*mention.Mention, rs []*mention.Reading) []error {
	var passages []asked
	for i, m := range ms {
		passages = append(passages, s.engine.passages(i, m, rs[i])...)
	}
	texts := make([]string, len(passages))
	for i, p := range passages {
		texts[i] = p.text
	}
	vectors, err := s.reader.Vectors(ctx, texts)
	if err != nil {
		return all(len(ms), fmt.Errorf("judge: %s: %w", s.Name(), err))
	}
	for i := range passages {
		p := &passages[i]
		p.view.Vector = vectors[i]
		p.view.Encoder = s.reader.Heads(vectors[i])
		if err := s.judge(p, ms[p.mention], rs[p.mention]); err != nil {
			return all(len(ms), err)
		}
	}
	return nil
}

func all(n int, err error) []error {
	errs := make([]error, n)
	for i := range errs {
		errs[i] = err
	}
	return errs
}

// passages lists what of a mention goes to the encoder, the whole text first.
func (e *Engine) passages(i int, m *mention.Mention, r *mention.Reading) []asked {
	k := e.pool.Get().(*desk)
	defer e.pool.Put(k)
	k.document.Load(m.Origin, &m.Text)
	view := View{Domain: k.document.Domain(), Quick: e.quickLogits(m)}
	list := []asked{{mention: i, policy: wholeText, text: k.document.Whole(), view: view}}
	for p := range r.Named() {
		spans := e.scoreStance(k, m, r.Policies, p)
		own := View{Domain: view.Domain, Quick: withStance(view.Quick, k.scores.Logits)}
		list = append(list, asked{
			mention: i, policy: p, view: own, text: k.document.About(spans),
		})
	}
	if r.Question != nil {
		list = append(list, asked{mention: i, policy: itsQuestion, text: r.Question.Normal})
	}
	return list
}

// quickLogits are the quick model's for every task of the whole text.
func (e *Engine) quickLogits(m *mention.Mention) map[string][]float32 {
	a := e.analyse(m)
	logits := map[string][]float32{}
	for _, t := range e.models.Quick.Tasks {
		logits[t.Name] = e.logits(a, t.Name)
	}
	return logits
}

func withStance(quick map[string][]float32, stance []float32) map[string][]float32 {
	out := map[string][]float32{"stance": append([]float32(nil), stance...)}
	for task, logits := range quick {
		out[task] = logits
	}
	return out
}

// judge writes what the heads say of one passage.
func (s carefulStep) judge(p *asked, m *mention.Mention, r *mention.Reading) error {
	switch {
	case p.policy == itsQuestion:
		q := *r.Question
		q.Vector, q.By = s.engine.Pooled(p.view.Vector), s.Name()
		r.Question = &q
		return nil
	case p.policy >= 0:
		return s.stance(p, m, r)
	}
	a := s.engine.analyse(m)
	for task, label := range map[string]*mention.Label{
		"rel": &r.Relevant, "tone": &r.Tone, "act": &r.Act, "topic": &r.Topic,
	} {
		l, err := s.label(p, task)
		if err != nil {
			return err
		}
		l.Evidence = a.evidence[task]
		*label = l
	}
	r.Stances = nil
	return nil
}

func (s carefulStep) label(p *asked, task string) (mention.Label, error) {
	m := s.engine.models
	head, d := m.Heads[task], find(m.Decisions.Careful, task, p.view.Domain)
	x := p.view.Inputs()
	if head == nil || d == nil || d.Mix == nil || head.Inputs != len(x) {
		return mention.Label{}, fmt.Errorf("judge: %s: the models hold no careful head for %s and this encoder", s.Name(), task)
	}
	l, _ := d.Label(d.Mix.Join(p.view.Quick[task], p.view.Encoder[task], head.Logits(nil, x)), s.Name())
	return l, nil
}

func (s carefulStep) stance(p *asked, m *mention.Mention, r *mention.Reading) error {
	l, err := s.label(p, "stance")
	if err != nil {
		return err
	}
	stance := mention.Stance{Policy: r.Policies[p.policy].ID, Label: l}
	if at := s.engine.sentenceFor(m, r, p.policy, l.Value); at != nil {
		stance.Sentence = at
		stance.Evidence = []mention.Span{*at}
	}
	r.Stances = append(r.Stances, stance)
	return nil
}
