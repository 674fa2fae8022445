package stream

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// puller gives a worker the messages of one consumer.
type puller interface {
	// pull waits for a first message, then up to fill for more, most in all.
	// An error that no waiting will mend is marked Permanent.
	pull(ctx context.Context, most int, fill time.Duration) ([]*delivery, error)
	// forget deletes a message of the consumer's stream; one that is gone is
	// no error.
	forget(ctx context.Context, seq uint64) error
}

// answerer is what may be said of a message in hand. What is not answered
// within the consumer's AckWait is delivered again.
type answerer interface {
	ack() error
	retry(after time.Duration) error
	extend() error
	kill(reason string) error
}

// delivery is a message in the hand of a worker.
type delivery struct {
	Message
	headers map[string][]string
	answerer
	given  int    // times it was handed over, this one included
	spared int    // of those before this one, how many were no tries
	noted  record // what the bucket says of it
	cause  error  // why it was Unavailable
}

// tries counts what was tried with the message, this time included.
func (d *delivery) tries() int { return d.given - d.spared }

// worker runs one consumer over any bus: what the answers of a handler mean is
// decided here alone, so that memory and server cannot differ.
type worker struct {
	bus     Bus
	spec    Consumer
	src     puller
	handler Handler
	batch   int
	fill    time.Duration
	records Bucket   // see tries.go
	start   starting // see startup.go
	log     *slog.Logger
}

func newWorker(ctx context.Context, bus Bus, spec Consumer, src puller, h Handler, o ConsumeOptions, log *slog.Logger) (*worker, error) {
	records, err := bus.Bucket(ctx, BucketTries)
	if err != nil {
		return nil, err
	}
	w := &worker{bus: bus, spec: spec, src: src, handler: h, batch: max(o.Batch, 1), fill: o.Wait, records: records, log: log}
	if w.fill == 0 {
		w.fill = 100 * time.Millisecond
	}
	// What waits for its batch to fill is not kept alive yet.
	w.fill = min(w.fill, spec.AckWait/3)
	// More than MaxPending are never handed out, so never wait for more.
	w.batch = min(w.batch, spec.MaxPending)
	return w, nil
}

// run works until ctx ends.
func (w *worker) run(ctx context.Context) error {
	w.begin(ctx)
	defer w.started(ctx)
	for failed := 0; ctx.Err() == nil; {
		batch, err := w.src.pull(ctx, w.batch, w.fill)
		switch {
		case len(batch) > 0:
			failed = 0
			w.work(ctx, batch)
		case ctx.Err() != nil:
			return nil
		case IsPermanent(err):
			return fmt.Errorf("stream: consume %s: %w", w.spec.Name, err)
		case err != nil:
			w.log.Warn("stream: the consumer cannot be reached", "consumer", w.spec.Name, "error", err)
			failed++
			sleep(ctx, w.pause(failed))
		}
	}
	return nil
}

// work answers every message of the batch, keeping those alive whose turn has
// not come. Messages that have used up half their tries are handed over alone:
// one that kills its process must not take its neighbours along.
func (w *worker) work(ctx context.Context, batch []*delivery) {
	held := w.hold(batch)
	defer held.stop()
	w.declare(ctx, batch)
	var together []*delivery
	for _, d := range batch {
		w.recall(ctx, d)
		switch tries := d.tries(); {
		case d.noted.given == answered:
			held.done(d, d.ack)
		case tries > w.spec.MaxDeliver:
			d.given-- // not this time
			w.bury(ctx, held, d, fmt.Errorf("handed over %d times without an answer: the process working on it ended each time", tries-1))
		case tries > w.spec.MaxDeliver/2:
			w.settle(ctx, held, []*delivery{d})
		default:
			together = append(together, d)
		}
	}
	w.settle(ctx, held, together)
}

// settle hands the group to the handler until nothing of it is Unavailable,
// pausing longer and longer, and probing with one message after a pause.
func (w *worker) settle(ctx context.Context, held *holding, group []*delivery) {
	waiting := w.answer(ctx, held, group)
	for paused := 1; len(waiting) > 0; paused++ {
		w.log.Warn("stream: a dependency is unavailable, the consumer pauses", "consumer", w.spec.Name,
			"messages", len(waiting), "error", waiting[0].cause)
		w.spare(ctx, waiting)
		if !sleep(ctx, w.pause(paused)) {
			w.release(ctx, held, waiting)
			return
		}
		rest := waiting[1:]
		if waiting = w.answer(ctx, held, waiting[:1]); len(waiting) > 0 {
			waiting = append(waiting, rest...)
			continue
		}
		waiting = w.answer(ctx, held, rest)
	}
}

// answer calls the handler once, does what it answers, and gives back what is
// Unavailable.
func (w *worker) answer(ctx context.Context, held *holding, group []*delivery) (unavailable []*delivery) {
	if len(group) == 0 {
		return nil
	}
	if ctx.Err() != nil {
		w.release(ctx, held, group)
		return nil
	}
	for i, err := range w.call(ctx, group) {
		d := group[i]
		switch {
		case err == nil:
			w.close(ctx, d)
			held.done(d, d.ack)
		case IsUnavailable(err):
			d.cause = err
			unavailable = append(unavailable, d)
		case !IsPermanent(err) && ctx.Err() != nil:
			w.release(ctx, held, []*delivery{d})
		case IsPermanent(err) || d.tries() >= w.spec.MaxDeliver:
			w.bury(ctx, held, d, err)
		default:
			w.blame(ctx, d)
			held.done(d, func() error { return d.retry(w.delay(d.tries())) })
		}
	}
	return unavailable
}

// call runs the handler. One that panics costs its message a try, not the
// process; a batch is then given again one by one, to find the culprit.
func (w *worker) call(ctx context.Context, group []*delivery) []error {
	batch := make([]Message, len(group))
	for i, d := range group {
		batch[i] = d.Message
	}
	errs, panicked := w.protected(ctx, batch)
	switch {
	case panicked != nil && len(group) > 1:
		errs = make([]error, len(group))
		for i := range group {
			errs[i] = w.call(ctx, group[i:i+1])[0]
		}
	case panicked != nil:
		errs = []error{panicked}
	case errs == nil:
		errs = make([]error, len(group))
	case len(errs) != len(group):
		wrong := fmt.Errorf("the handler gave %d answers for %d messages", len(errs), len(group))
		errs = make([]error, len(group))
		for i := range errs {
			errs[i] = wrong
		}
	}
	return errs
}

func (w *worker) protected(ctx context.Context, batch []Message) (errs []error, panicked error) {
	defer func() {
		if r := recover(); r != nil {
			panicked = fmt.Errorf("the handler panicked: %v\n%s", r, debug.Stack())
			w.log.Error("stream: a handler panicked", "consumer", w.spec.Name, "error", panicked)
		}
	}()
	return w.handler(ctx, batch), nil
}

// bury puts the message among the dead letters, then ends it. When even that
// cannot be stored the message goes back: it must not be lost.
func (w *worker) bury(ctx context.Context, held *holding, d *delivery, cause error) {
	letter := newLetter(w.spec.Name, d, cause)
	if _, err := publishLetter(ctx, w.bus, letter); err != nil {
		w.log.Error("stream: a dead letter cannot be stored", "consumer", w.spec.Name, "sequence", d.Seq, "error", err)
		w.release(ctx, held, []*delivery{d})
		return
	}
	if mustForget(cause) {
		if err := w.src.forget(ctx, d.Seq); err != nil {
			w.log.Error("stream: a message that must not be kept cannot be deleted yet", "consumer", w.spec.Name, "sequence", d.Seq, "error", err)
			w.release(ctx, held, []*delivery{d})
			return
		}
	}
	w.log.Warn("stream: a message is dead", "consumer", w.spec.Name, "subject", d.Subject, "id", d.ID, "sequence", d.Seq, "error", cause)
	w.close(ctx, d)
	held.done(d, func() error { return d.kill(cause.Error()) })
}

// release gives messages back at once, without it being a try of theirs.
func (w *worker) release(ctx context.Context, held *holding, group []*delivery) {
	ctx, cancel := briefly(ctx)
	defer cancel()
	w.spare(ctx, group)
	for _, d := range group {
		held.done(d, func() error { return d.retry(0) })
	}
}
