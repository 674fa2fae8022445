package indexer

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Batch bounds of the worker: what an engine takes in one go, and how long a
// mention waits for others to come.
const (
	defaultBatch = 256
	defaultWait  = 200 * time.Millisecond
)

// Options are what code hands a worker.
type Options struct {
	Bus    stream.Bus
	Writer Writer
	Batch  int           // most mentions a write; 0 is 256
	Wait   time.Duration // how long to wait for a batch to fill; 0 is 200 ms
}

// Worker carries mentions from mention.tagged into an engine. A message is
// acknowledged only after the engine has answered for it. Any number of
// workers may share the work; with the embedded engine they are in one
// process.
type Worker struct {
	Options
	Counts Counts
}

// NewWorker makes a worker; it does nothing until Run.
func NewWorker(o Options) *Worker {
	if o.Batch <= 0 {
		o.Batch = defaultBatch
	}
	if o.Wait <= 0 {
		o.Wait = defaultWait
	}
	return &Worker{Options: o}
}

// Run works until ctx ends; it returns nil then.
func (w *Worker) Run(ctx context.Context) error {
	return w.Bus.Consume(ctx, stream.ConsumeTagged, w.handle, stream.ConsumeOptions{Batch: w.Batch, Wait: w.Wait})
}

// Lag tells how many mentions wait to be indexed or are being so.
func (w *Worker) Lag(ctx context.Context) (uint64, error) {
	waiting, working, err := w.Bus.Pending(ctx, stream.ConsumeTagged)
	return waiting + working, err
}

func (w *Worker) handle(ctx context.Context, batch []stream.Message) []error {
	mentions, at, answers := decode(batch)
	for i, err := range w.Writer.Write(ctx, mentions) {
		answers[at[i]] = err
	}
	for _, err := range answers {
		w.Counts.add(err)
	}
	return answers
}

// decode reads what can be read; at tells which message a mention came from.
func decode(batch []stream.Message) (mentions []*mention.Mention, at []int, answers []error) {
	answers = make([]error, len(batch))
	for i, msg := range batch {
		m, err := mention.Decode(msg.Data)
		if err != nil {
			answers[i] = stream.Permanent(fmt.Errorf("indexer: %s #%d: %w", msg.Subject, msg.Seq, err))
			continue
		}
		mentions, at = append(mentions, m), append(at, i)
	}
	return mentions, at, answers
}

// Outcome is how the handling of one delivered mention ended.
type Outcome string

// The outcomes. Each delivery is counted once, so their sum is deliveries.
const (
	Indexed     Outcome = "indexed"     // stored, or older than what is stored
	Bad         Outcome = "bad"         // no mention, or refused for good: a dead letter
	Retried     Outcome = "retried"     // delivered again
	Unavailable Outcome = "unavailable" // the engine is down: the consumer pauses
)

// Outcomes lists them all, for metrics.
func Outcomes() []Outcome { return []Outcome{Indexed, Bad, Retried, Unavailable} }

// Counts counts outcomes; its zero value is ready and safe for concurrent use.
type Counts struct {
	indexed, bad, retried, unavailable atomic.Uint64
}

func (c *Counts) cell(o Outcome) *atomic.Uint64 {
	switch o {
	case Indexed:
		return &c.indexed
	case Bad:
		return &c.bad
	case Unavailable:
		return &c.unavailable
	}
	return &c.retried
}

// Get tells how many deliveries ended so.
func (c *Counts) Get(o Outcome) uint64 { return c.cell(o).Load() }

func (c *Counts) add(err error) {
	switch {
	case err == nil:
		c.indexed.Add(1)
	case stream.IsPermanent(err):
		c.bad.Add(1)
	case stream.IsUnavailable(err):
		c.unavailable.Add(1)
	default:
		c.retried.Add(1)
	}
}
