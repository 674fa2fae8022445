package processor

import (
	"context"
	"fmt"
	"slices"

	"github.com/diembao/diembao/mention"
)

// BatchStep is a Step that is faster on several mentions at once, as an
// encoder is that sorts passages by length.
type BatchStep interface {
	Step
	// ReadBatch is Read for several mentions; it answers one error each, or
	// nil when all went well.
	ReadBatch(ctx context.Context, ms []*mention.Mention, rs []*mention.Reading) []error
}

// batch is one run of a pipeline over several mentions. Steps see copies of
// the mentions, so that nothing they do can reach Origin or Text.
type batch struct {
	pipeline *Pipeline
	copies   []*mention.Mention
	readings []*mention.Reading
	errs     []error
}

func newBatch(p *Pipeline, ms []*mention.Mention) *batch {
	b := &batch{
		pipeline: p,
		copies:   make([]*mention.Mention, len(ms)),
		readings: make([]*mention.Reading, len(ms)),
		errs:     make([]error, len(ms)),
	}
	for i, m := range ms {
		c := *m
		c.Text.Captions = slices.Clone(m.Text.Captions)
		b.copies[i], b.readings[i] = &c, p.start(m)
		c.Reading = nil
	}
	return b
}

// start is the reading a pipeline begins with: an empty one for a whole quick
// reading, a copy of the present one for a careful or partial reading.
func (p *Pipeline) start(m *mention.Mention) *mention.Reading {
	r := &mention.Reading{}
	if m.Reading != nil && (p.careful || p.partial) {
		*r = *m.Reading
		r.Steps = slices.Clone(m.Reading.Steps)
	}
	r.Revision = p.revision(m.Reading)
	return r
}

// run gives one step the mentions that are still well.
func (b *batch) run(ctx context.Context, s Step) {
	var at []int
	for i, err := range b.errs {
		if err == nil {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return
	}
	if bs, ok := s.(BatchStep); ok && len(at) > 1 {
		b.runTogether(ctx, bs, at)
		return
	}
	for _, i := range at {
		b.sign(s, i, b.runOne(ctx, s, i))
	}
}

func (b *batch) runOne(ctx context.Context, s Step, i int) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer recovered(&err)
	return s.Read(ctx, b.copies[i], b.readings[i])
}

// runTogether falls back to one by one when the step panics, so that only the
// mention at fault fails.
func (b *batch) runTogether(ctx context.Context, s BatchStep, at []int) {
	ms, rs := make([]*mention.Mention, len(at)), make([]*mention.Reading, len(at))
	for k, i := range at {
		ms[k], rs[k] = b.copies[i], b.readings[i]
	}
	errs, err := readBatch(ctx, s, ms, rs)
	for k, i := range at {
		switch {
		case err != nil:
			b.sign(s, i, b.runOne(ctx, s, i))
		case errs == nil:
			b.sign(s, i, nil)
		default:
			b.sign(s, i, errs[k])
		}
	}
}

func readBatch(ctx context.Context, s BatchStep, ms []*mention.Mention, rs []*mention.Reading) (errs []error, err error) {
	if err := ctx.Err(); err != nil {
		return slices.Repeat([]error{err}, len(ms)), nil
	}
	defer recovered(&err)
	errs = s.ReadBatch(ctx, ms, rs)
	if errs != nil && len(errs) != len(ms) {
		return nil, fmt.Errorf("%d answers for %d mentions", len(errs), len(ms))
	}
	return errs, nil
}

// sign notes that the step has read mention i, or why it could not.
func (b *batch) sign(s Step, i int, err error) {
	if err != nil {
		b.errs[i] = fmt.Errorf("processor: step %s: mention %s: %w", s.Name(), b.copies[i].ID, err)
		return
	}
	r := b.readings[i]
	r.Steps = slices.DeleteFunc(r.Steps, func(n string) bool { return baseName(n) == baseName(s.Name()) })
	r.Steps = append(r.Steps, s.Name())
}

func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v", p)
	}
}

// filled makes lists that nobody filled empty lists, so that JSON says []
// where it would say null.
func filled(r *mention.Reading) *mention.Reading {
	orEmpty(&r.Policies)
	orEmpty(&r.Stances)
	orEmpty(&r.Documents)
	orEmpty(&r.Places)
	orEmpty(&r.Bodies)
	orEmpty(&r.Masked)
	orEmpty(&r.Fingerprint.Bands)
	orEmpty(&r.Steps)
	for _, l := range []*mention.Label{&r.Language, &r.Relevant, &r.Tone, &r.Act, &r.Topic} {
		orEmpty(&l.Evidence)
	}
	return r
}

func orEmpty[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
