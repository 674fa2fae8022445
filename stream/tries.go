package stream

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A server counts deliveries; what we promise counts tries, and the two differ:
//
//   - a delivery that ended in an outage or in a stop of the process is no try,
//     so that neither an outage of many restarts nor a rolling update can make
//     a dead letter;
//   - a server writes its count down some 100 ms late, so one that dies with
//     the process (embedded) may never have counted the message that killed it.
//
// A bucket keeps the difference, one record a message. It is written only when
// a message is in doubt (it comes again, or there is an outage or a stop) and
// deleted when the message has its answer. When the bucket cannot be reached
// nothing stops, and the message has the benefit.

func (w *worker) key(d *delivery) string { return fmt.Sprintf("%s.%d", w.spec.Name, d.Seq) }

// recall finds out which try this delivery is, and writes it down before the
// message is handed over if it may be one that kills its process.
func (w *worker) recall(ctx context.Context, d *delivery) {
	d.given = d.Deliveries
	if w.start.suspects[d.Seq] {
		d.given = max(d.given, 2)
	}
	if d.given < 2 {
		return
	}
	e, err := w.records.Get(ctx, w.key(d))
	switch {
	case errors.Is(err, ErrNoKey):
	case err != nil:
		d.spared = d.given - 1
	default:
		d.noted = string(e.Value)
		var given int
		_, _ = fmt.Sscan(d.noted, &given, &d.spared)
		d.given = max(d.given, given+1)
		d.spared = min(d.spared, d.given-1)
	}
	w.note(ctx, d, d.spared)
}

// spare notes that this delivery of each message is no try.
func (w *worker) spare(ctx context.Context, group []*delivery) {
	for _, d := range group {
		w.note(ctx, d, d.spared+1)
	}
}

// blame takes back a sparing of this delivery: the message has failed after all.
func (w *worker) blame(ctx context.Context, d *delivery) {
	if d.noted != "" {
		w.note(ctx, d, d.spared)
	}
}

func (w *worker) note(ctx context.Context, d *delivery, spared int) {
	record := fmt.Sprint(d.given, " ", spared)
	if d.noted == record {
		return
	}
	if _, err := w.records.Put(ctx, w.key(d), []byte(record)); err == nil {
		d.noted = record
	}
}

// forget clears the record of a message that has its answer.
func (w *worker) forget(ctx context.Context, d *delivery) {
	if d.noted == "" {
		return
	}
	ctx, cancel := briefly(ctx)
	defer cancel()
	_ = w.records.Delete(ctx, w.key(d), 0)
}

// briefly gives a moment to finish what was begun, whether ctx has ended or not.
func briefly(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
}
