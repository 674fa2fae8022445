package processor

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/diembao/diembao/mention"
)

// ErrRefused is what a step's error wraps when the text must not be read at
// all: a document marked secret. No retry will mend it.
var ErrRefused = errors.New("processor: refused")

// maxGeneration keeps Reading.Revision within the 24 bits that
// mention.Version leaves to it.
const maxGeneration = 1<<23 - 1

// Pipeline is a list of steps run in order. It holds no state, so one value
// serves any number of goroutines.
type Pipeline struct {
	steps      []Step
	generation int64
	careful    bool
	partial    bool
}

// NewPipeline makes a quick pipeline of generation 0.
func NewPipeline(steps ...Step) *Pipeline {
	return &Pipeline{steps: slices.Clone(steps)}
}

// Generation gives the same steps for another generation of readings: raise
// it when history is to be read again, and the index takes the newer reading.
// Numbers outside 0…8,388,607 are brought to the nearer end.
func (p *Pipeline) Generation(n int64) *Pipeline {
	q := *p
	q.generation = min(max(n, 0), maxGeneration)
	return &q
}

// Careful gives the same steps as a careful pipeline: it begins with the
// reading a mention already has, its steps replace their own parts of it, and
// the result has that reading's generation and the odd revision.
func (p *Pipeline) Careful() *Pipeline {
	q := *p
	q.careful = true
	return &q
}

// Only gives a pipeline of the named steps ("stance" or "stance/2") that
// begins with the reading a mention already has. It is an error to name a
// step that is not there.
func (p *Pipeline) Only(names ...string) (*Pipeline, error) {
	q := *p
	q.steps, q.partial = nil, true
	for _, s := range p.steps {
		if slices.ContainsFunc(names, func(n string) bool { return n == s.Name() || n == baseName(s.Name()) }) {
			q.steps = append(q.steps, s)
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(q.steps, func(s Step) bool { return n == s.Name() || n == baseName(s.Name()) }) {
			return nil, fmt.Errorf("processor: no step named %q; there are %v", n, p.Names())
		}
	}
	return &q, nil
}

// Names lists the steps as they sign.
func (p *Pipeline) Names() []string {
	names := make([]string, len(p.steps))
	for i, s := range p.steps {
		names[i] = s.Name()
	}
	return names
}

// Read judges m and sets m.Reading; nothing else of m changes, whatever a
// step does. On error m is as it was. A step that panics is an error, because
// texts from outside are hostile and one of them must not stop the others.
func (p *Pipeline) Read(ctx context.Context, m *mention.Mention) error {
	return p.ReadAll(ctx, []*mention.Mention{m})[0]
}

// ReadAll judges several mentions and answers one error each, in order. Steps
// that are a BatchStep get all mentions that no earlier step failed on at
// once; other steps get them one by one.
func (p *Pipeline) ReadAll(ctx context.Context, ms []*mention.Mention) []error {
	b := newBatch(p, ms)
	for _, s := range p.steps {
		b.run(ctx, s)
	}
	for i, m := range ms {
		if b.errs[i] == nil {
			m.Reading = filled(b.readings[i])
		}
	}
	return b.errs
}

// revision is the revision of a reading that follows old. Re-reading a part
// of a careful reading leaves it a careful one.
func (p *Pipeline) revision(old *mention.Reading) int64 {
	switch {
	case p.careful && old != nil:
		return old.Revision | 1
	case p.careful, p.partial && old.Careful():
		return p.generation*2 + 1
	}
	return p.generation * 2
}

// baseName is a step's name without its version.
func baseName(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return name[:i]
		}
	}
	return name
}
