package processor

import (
	"context"
	"errors"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// urgentPoll is how often a normal batch that gives way looks whether the
// urgent queue is empty again. A batch takes about a second, so a tenth of
// that costs nothing that anyone would notice.
const urgentPoll = 100 * time.Millisecond

// RunCareful reads carefully what waits for it, urgent before normal, until
// ctx ends; it returns nil then. It holds one batch at a time. It may lag
// behind the quick reading as far as it must; Lag says how far.
func (w *Worker) RunCareful(ctx context.Context) error {
	if w.Careful == nil {
		<-ctx.Done()
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 2)
	for consumer, yields := range map[string]bool{stream.ConsumeUrgent: false, stream.ConsumeNormal: true} {
		go func() { ended <- w.consumeCareful(ctx, consumer, yields) }()
	}
	first := <-ended
	stop() // one consumer alone must not go on unnoticed
	return errors.Join(first, <-ended)
}

func (w *Worker) consumeCareful(ctx context.Context, consumer string, yields bool) error {
	handle := func(ctx context.Context, batch []stream.Message) []error {
		if yields {
			w.giveWay(ctx)
		}
		w.gate <- struct{}{}
		defer func() { <-w.gate }()
		return w.handle(ctx, batch, w.careful, &w.CarefulCounts)
	}
	return w.Bus.Consume(ctx, consumer, handle, stream.ConsumeOptions{Batch: w.config.CarefulBatch})
}

// giveWay waits while urgent mentions wait. Where the log cannot tell, normal
// work goes on.
func (w *Worker) giveWay(ctx context.Context) {
	for {
		waiting, _, err := w.Bus.Pending(ctx, stream.ConsumeUrgent)
		if err != nil || waiting == 0 {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(urgentPoll):
		}
	}
}

func (w *Worker) careful(ctx context.Context, ms []*mention.Mention) []error {
	if len(ms) == 0 {
		return nil
	}
	errs := w.Careful.ReadAll(ctx, ms)
	for i, m := range ms {
		if errs[i] = answerFor(errs[i]); errs[i] == nil {
			errs[i] = publishTagged(ctx, w.Bus, m)
		}
	}
	return errs
}
