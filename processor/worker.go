package processor

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Reader reads mentions; Pipeline is the one there is in production.
type Reader interface {
	// ReadAll sets the Reading of every mention it has no error for.
	ReadAll(ctx context.Context, ms []*mention.Mention) []error
}

// Options are what code hands a worker.
type Options struct {
	Bus     stream.Bus
	Quick   Reader
	Careful Reader // nil: nothing is enqueued, whatever the configuration says
	// Urgent tells which mentions go before the others in the careful queue:
	// what a rule watches, what is spreading. nil: none.
	Urgent func(*mention.Mention) bool
}

// Worker carries mentions from mention.found to mention.tagged. A message is
// acknowledged only after its output is durable. Any number of workers, in
// any number of processes, may share the work.
type Worker struct {
	config Config
	Options
	QuickCounts   Counts
	CarefulCounts Counts
	gate          chan struct{} // one careful batch at a time: its memory is bounded
}

// NewWorker makes a worker; it does nothing until Run or RunCareful.
func NewWorker(c Config, o Options) *Worker {
	return &Worker{config: c.withDefaults(), Options: o, gate: make(chan struct{}, 1)}
}

// Run reads quickly what is found, until ctx ends; it returns nil then.
func (w *Worker) Run(ctx context.Context) error {
	handle := func(ctx context.Context, batch []stream.Message) []error {
		return w.handle(ctx, batch, w.quick, &w.QuickCounts)
	}
	return w.Bus.Consume(ctx, stream.ConsumeFound, handle, stream.ConsumeOptions{Batch: w.config.Batch})
}

// handle decodes a batch and has its sound mentions read.
func (w *Worker) handle(ctx context.Context, batch []stream.Message,
	read func(context.Context, []*mention.Mention) []error, counts *Counts) []error {
	answers := make([]error, len(batch))
	var ms []*mention.Mention
	var at []int
	for i, msg := range batch {
		m, err := mention.Decode(msg.Data)
		if err != nil {
			answers[i] = stream.Permanent(fmt.Errorf("processor: %s #%d: %w", msg.Subject, msg.Seq, err))
			continue
		}
		ms, at = append(ms, m), append(at, i)
	}
	for k, err := range read(ctx, ms) {
		answers[at[k]] = err
	}
	for _, err := range answers {
		counts.add(err)
	}
	return answers
}

// quick reads and publishes mentions, several at the same time.
func (w *Worker) quick(ctx context.Context, ms []*mention.Mention) []error {
	errs := make([]error, len(ms))
	each(len(ms), w.config.Parallel, func(i int) {
		errs[i] = answerFor(w.Quick.ReadAll(ctx, ms[i:i+1])[0])
		if errs[i] == nil {
			errs[i] = w.publish(ctx, ms[i])
		}
	})
	return errs
}

// publish stores the tagged mention and, where it is to be read carefully,
// its place in the queue. Both have message ids, so a retry is harmless.
func (w *Worker) publish(ctx context.Context, m *mention.Mention) error {
	if err := publishTagged(ctx, w.Bus, m); err != nil {
		return err
	}
	if !w.wantsCareful(m) {
		return nil
	}
	data, err := mention.Encode(m)
	if err != nil {
		return stream.Permanent(err)
	}
	subject := stream.CarefulNormal
	if w.Urgent != nil && w.Urgent(m) {
		subject = stream.CarefulUrgent
	}
	_, err = w.Bus.Publish(ctx, stream.Out{Subject: subject, ID: messageID(m) + ".careful", Data: data})
	return err
}

func (w *Worker) wantsCareful(m *mention.Mention) bool {
	if w.Careful == nil || m.Reading.Careful() {
		return false
	}
	switch r := m.Reading; w.config.Careful {
	case CarefulAll:
		return r.Language.Value != "other" && r.Language.Value != "en"
	case CarefulPolicy:
		return m.Origin.Channel.Citizen() || r.Relevant.Value == "1" && len(r.Policies) > 0
	}
	return false
}

func publishTagged(ctx context.Context, bus stream.Bus, m *mention.Mention) error {
	subject, err := stream.Tagged(m)
	if err != nil {
		return stream.Permanent(err)
	}
	data, err := mention.Encode(m)
	if err != nil {
		return stream.Permanent(err)
	}
	_, err = bus.Publish(ctx, stream.Out{Subject: subject, ID: messageID(m), Data: data})
	return err
}

// messageID names one reading of one revision of a mention.
func messageID(m *mention.Mention) string {
	return string(m.ID) + "." + strconv.FormatInt(m.Revision, 10) + "." + strconv.FormatInt(m.Reading.Revision, 10)
}

// each calls f for 0…n-1, at most parallel at a time, and returns when all
// have returned.
func each(n, parallel int, f func(int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, max(parallel, 1))
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			f(i)
		})
	}
	wg.Wait()
}

// Lag is how many mentions wait for each reading.
type Lag struct {
	Quick, Urgent, Careful uint64
}

// Lag asks the log how far behind the readings are: what waits and what is
// being worked on.
func (w *Worker) Lag(ctx context.Context) (Lag, error) {
	var lag Lag
	errs := make([]error, 0, 3)
	for consumer, into := range map[string]*uint64{
		stream.ConsumeFound: &lag.Quick, stream.ConsumeUrgent: &lag.Urgent, stream.ConsumeNormal: &lag.Careful,
	} {
		waiting, working, err := w.Bus.Pending(ctx, consumer)
		*into = waiting + working
		errs = append(errs, err)
	}
	return lag, errors.Join(errs...)
}
