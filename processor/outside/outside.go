// Package outside is the optional step that asks a model server of the user's
// own about labels that the careful reading is not sure of. It is off unless
// `processor.outside.url` is set.
//
// It reads Text, with everything masked hidden, and Reading; it writes the
// labels that the server answers, signed by it. The contract is plain HTTP and
// stands in docs/outside.md. A server that is slow, away or wrong changes
// nothing and delays a batch by Timeout at most, after which it is left alone
// for a minute.
//
// Limit: what another program answers is not reproducible; a reading again may
// differ where this step signed.
package outside

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
)

const name = "outside/1"

// rest is how long a server that failed is left alone.
const rest = time.Minute

// Options are what code chooses.
type Options struct {
	// Token is sent as a bearer token; "" sends none.
	Token string
	// Classes lists the labels that a task may have; an answer outside them is
	// not taken.
	Classes func(task string) []string
	// Client sends the questions; nil is one that follows no redirect.
	Client *http.Client
	Log    *slog.Logger
}

// Step asks. It is safe for concurrent use.
type Step struct {
	config processor.OutsideConfig
	o      Options
	mu     sync.Mutex
	until  time.Time // the server rests
	down   bool      // it was said so
}

// NewStep makes the step of a valid configuration.
func NewStep(c processor.OutsideConfig, o Options) *Step {
	if o.Client == nil {
		o.Client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Step{config: c.WithDefaults(), o: o}
}

// Name is the name and version that the step signs with.
func (*Step) Name() string { return name }

// Read asks about one mention. It never fails: without an answer the reading
// stays as it is.
func (s *Step) Read(ctx context.Context, m *mention.Mention, r *mention.Reading) error {
	s.ReadBatch(ctx, []*mention.Mention{m}, []*mention.Reading{r})
	return nil
}

// ReadBatch asks about all mentions at once whose labels need it.
func (s *Step) ReadBatch(ctx context.Context, ms []*mention.Mention, rs []*mention.Reading) []error {
	var q question
	var at []int
	for i, m := range ms {
		if s.wanted(rs[i]) {
			q.Texts = append(q.Texts, show(m, rs[i]))
			at = append(at, i)
		}
	}
	if len(at) == 0 || !s.up() {
		return nil
	}
	answers, err := s.ask(ctx, q)
	s.heard(err)
	for _, a := range answers {
		for k, t := range q.Texts {
			if t.ID == a.ID {
				s.take(a, rs[at[k]])
			}
		}
	}
	return nil
}

// wanted tells whether a reading has a label to ask about.
func (s *Step) wanted(r *mention.Reading) bool {
	for _, l := range labels(r) {
		if s.asks(l) {
			return true
		}
	}
	return false
}

// asks tells whether a label is asked about.
func (s *Step) asks(l *mention.Label) bool { return !l.Sure || s.config.Ask == processor.AskAll }

// labels are those that may be asked about.
func labels(r *mention.Reading) map[string]*mention.Label {
	return map[string]*mention.Label{"rel": &r.Relevant, "tone": &r.Tone, "act": &r.Act, "topic": &r.Topic}
}

// up tells whether the server may be asked now.
func (s *Step) up() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !time.Now().Before(s.until)
}

// heard notes how an attempt went and says once when that changes.
func (s *Step) heard(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil:
		s.until = time.Now().Add(rest)
		if !s.down {
			s.o.Log.Warn("the outside model server does not answer; readings go on without it", "error", fmt.Errorf("outside: %w", err))
		}
	case s.down:
		s.o.Log.Info("the outside model server answers again")
	}
	s.down = err != nil
}
