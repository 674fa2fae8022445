package processor

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/diembao/diembao/stream"
)

// Outcome is how the handling of one delivered mention ended.
type Outcome string

// The outcomes. Each delivery is counted once: sums are deliveries, and
// everything but Retried and Unavailable is final for its mention.
const (
	Read        Outcome = "read"        // judged and published
	Refused     Outcome = "refused"     // marked secret: a dead letter
	Bad         Outcome = "bad"         // not a mention, or a step failed: a dead letter
	Retried     Outcome = "retried"     // publishing failed: delivered again
	Unavailable Outcome = "unavailable" // the log is down: the consumer pauses
)

// Outcomes lists them all, for metrics.
func Outcomes() []Outcome { return []Outcome{Read, Refused, Bad, Retried, Unavailable} }

// Counts counts outcomes; its zero value is ready and safe for concurrent use.
type Counts struct {
	read, refused, bad, retried, unavailable atomic.Uint64
}

func (c *Counts) cell(o Outcome) *atomic.Uint64 {
	switch o {
	case Read:
		return &c.read
	case Refused:
		return &c.refused
	case Bad:
		return &c.bad
	case Unavailable:
		return &c.unavailable
	}
	return &c.retried
}

// Get tells how many deliveries ended so.
func (c *Counts) Get(o Outcome) uint64 { return c.cell(o).Load() }

func (c *Counts) add(err error) { c.cell(outcomeOf(err)).Add(1) }

func outcomeOf(err error) Outcome {
	switch {
	case err == nil:
		return Read
	case errors.Is(err, ErrRefused):
		return Refused
	case stream.IsPermanent(err):
		return Bad
	case stream.IsUnavailable(err):
		return Unavailable
	}
	return Retried
}

// answerFor turns a step's error into what the bus understands. Steps are
// pure, so what failed once fails again: the error is permanent, unless a
// step that asks a server says otherwise or the worker is being stopped. A
// text that was refused must not lie in the log either.
func answerFor(err error) error {
	switch {
	case errors.Is(err, ErrRefused):
		return stream.Forget(err)
	case err == nil, stream.IsPermanent(err), stream.IsUnavailable(err),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return stream.Permanent(err)
}
