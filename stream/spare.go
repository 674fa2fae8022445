package stream

import (
	"context"
	"errors"
	"strconv"
	"time"
)

// A server counts deliveries; what we promise counts tries: a delivery that
// ended in an outage or in a stop of the process is none. The difference is
// kept in a bucket, written when it arises and deleted when the message is
// answered, so that neither an outage of many restarts nor a rolling update
// can make a dead letter. It is a courtesy: when the bucket cannot be reached
// nothing stops.

func (w *worker) key(d *delivery) string {
	return w.spec.Name + "." + strconv.FormatUint(d.Seq, 10)
}

// recall reads how many deliveries of a message coming again were no tries.
func (w *worker) recall(ctx context.Context, d *delivery) {
	d.noted = -1
	if d.Deliveries < 2 {
		return
	}
	e, err := w.spared.Get(ctx, w.key(d))
	switch {
	case errors.Is(err, ErrNoKey):
	case err != nil:
		d.spared = d.Deliveries - 1 // in doubt for the message
	default:
		d.noted, _ = strconv.Atoi(string(e.Value))
		d.spared = min(d.noted, d.Deliveries-1)
	}
}

// spare notes that this delivery of each message is no try.
func (w *worker) spare(ctx context.Context, group []*delivery) {
	for _, d := range group {
		w.note(ctx, d, d.spared+1)
	}
}

// blame takes back a sparing of this delivery: the message has failed after all.
func (w *worker) blame(ctx context.Context, d *delivery) {
	if d.noted > d.spared {
		w.note(ctx, d, d.spared)
	}
}

func (w *worker) note(ctx context.Context, d *delivery, n int) {
	if d.noted == n {
		return
	}
	if _, err := w.spared.Put(ctx, w.key(d), []byte(strconv.Itoa(n))); err == nil {
		d.noted = n
	}
}

// forget clears the note of a message that has its answer.
func (w *worker) forget(ctx context.Context, d *delivery) {
	if d.noted < 0 {
		return
	}
	ctx, cancel := briefly(ctx)
	defer cancel()
	_ = w.spared.Delete(ctx, w.key(d), 0)
}

// briefly gives a moment to finish what was begun, whether ctx has ended or not.
func briefly(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
}
