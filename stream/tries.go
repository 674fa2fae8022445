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
// a message is in doubt (it comes again, or there is an outage or a stop), and
// says in the end that the message has its answer: the server may lose that,
// too, and would give it to the next process, together with the message that
// killed the last one. When the bucket cannot be reached nothing stops, and
// the message has the benefit.

// record is what the bucket says of a message. The time tells the message from
// another of the same number in a stream that was made anew.
type record struct {
	given  int // times handed over; 0: nothing is known, -1: it has its answer
	spared int // of those, how many were no tries
	stored int64
}

const answered = -1

func (r record) String() string { return fmt.Sprintf("%d %d %d", r.given, r.spared, r.stored) }

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
	if err != nil && !errors.Is(err, ErrNoKey) {
		d.spared = d.given - 1 // in doubt for the message
		return
	}
	var r record
	_, _ = fmt.Sscan(string(e.Value), &r.given, &r.spared, &r.stored)
	if r.stored == d.Time.UnixNano() {
		d.noted = r
		d.given = max(d.given, r.given+1)
		d.spared = min(r.spared, d.given-1)
	}
	if d.noted.given != answered {
		w.note(ctx, d, d.given, d.spared)
	}
}

// spare notes that this delivery of each message is no try.
func (w *worker) spare(ctx context.Context, group []*delivery) {
	for _, d := range group {
		w.note(ctx, d, d.given, d.spared+1)
	}
}

// blame takes back a sparing of this delivery: the message has failed after all.
func (w *worker) blame(ctx context.Context, d *delivery) {
	if d.noted.given != 0 {
		w.note(ctx, d, d.given, d.spared)
	}
}

// close notes that a message in doubt has its answer.
func (w *worker) close(ctx context.Context, d *delivery) {
	if d.noted.given != 0 {
		ctx, cancel := briefly(ctx)
		defer cancel()
		w.note(ctx, d, answered, 0)
	}
}

func (w *worker) note(ctx context.Context, d *delivery, given, spared int) {
	r := record{given, spared, d.Time.UnixNano()}
	if d.noted == r {
		return
	}
	if _, err := w.records.Put(ctx, w.key(d), []byte(r.String())); err == nil {
		d.noted = r
	}
}

// briefly gives a moment to finish what was begun, whether ctx has ended or not.
func briefly(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
}
