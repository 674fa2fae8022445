package stream

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Consume implements Bus.
func (j *JetStream) Consume(ctx context.Context, consumer string, h Handler, o ConsumeOptions) error {
	spec, err := j.table.consumer(consumer)
	if err != nil {
		return err
	}
	src := &jetPuller{bus: j, name: consumer, stream: spec.Stream}
	if src.consumer, err = j.lookup(ctx, consumer); err != nil {
		return endOr(ctx, err)
	}
	w, err := newWorker(ctx, j, spec, src, h, o, j.log)
	if err != nil {
		return endOr(ctx, err)
	}
	return w.run(ctx)
}

// endOr is nil when ctx has ended: the end of the caller's wish is no error.
func endOr(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

// jetPuller pulls exactly what a worker is about to handle: nothing waits in a
// buffer of ours while its AckWait runs.
type jetPuller struct {
	bus      *JetStream
	name     string
	stream   string
	consumer jetstream.Consumer
}

// idlePull is how long one request waits at the server: it bounds how long a
// request that got lost with its server is waited for.
const idlePull = 10 * time.Second

// pull implements puller. It asks twice, for one and for the rest, and leaves
// the end of each request to the server. A request without a wait would hang
// for a second whenever other workers hold as many messages as may be out.
func (p *jetPuller) pull(ctx context.Context, most int, fill time.Duration) ([]*delivery, error) {
	got, err := p.fetch(ctx, 1, idlePull)
	if len(got) == 0 {
		return nil, p.explain(ctx, err)
	}
	if most > 1 && ctx.Err() == nil {
		more, _ := p.fetch(ctx, most-1, fill) // what is wrong shows at the next pull
		got = append(got, more...)
	}
	return got, nil
}

func (p *jetPuller) fetch(ctx context.Context, most int, wait time.Duration) ([]*delivery, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	got, err := p.collect(p.consumer.Fetch(most, jetstream.FetchContext(ctx)))
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		err = nil
	}
	return got, err
}

// collect waits for the end of a request.
func (p *jetPuller) collect(batch jetstream.MessageBatch, err error) ([]*delivery, error) {
	if err != nil {
		return nil, err
	}
	var got []*delivery
	for msg := range batch.Messages() {
		meta, err := msg.Metadata()
		if err != nil {
			continue // no message of JetStream
		}
		got = append(got, &delivery{Message: jetMessage(msg, meta, true), headers: msg.Headers(), answerer: jetAnswer{msg}})
	}
	return got, batch.Error()
}

// longForget is how long a deletion is tried before its message is given back.
const longForget = 30 * time.Second

// forget implements puller. The server overwrites the message.
func (p *jetPuller) forget(ctx context.Context, seq uint64) error {
	ctx, cancel := context.WithTimeout(ctx, longForget)
	defer cancel()
	return p.bus.retry(ctx, "delete a message of "+p.stream, func(ctx context.Context) error {
		s, err := p.bus.js.Stream(ctx, p.stream)
		if err != nil {
			return err
		}
		if err = s.SecureDeleteMsg(ctx, seq); err != nil {
			if _, gone := s.GetMsg(ctx, seq); errors.Is(gone, jetstream.ErrMsgNotFound) {
				return nil
			}
		}
		return err
	})
}

// explain finds out whether the consumer is gone or only out of reach.
func (p *jetPuller) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if p.bus.nc.IsClosed() {
		return Permanent(ErrClosed)
	}
	if !errors.Is(err, nats.ErrNoResponders) && !errors.Is(err, jetstream.ErrConsumerDeleted) && !errors.Is(err, jetstream.ErrNoHeartbeat) {
		return err
	}
	c, lost := p.bus.lookup(ctx, p.name)
	if lost != nil {
		return lost
	}
	p.consumer = c
	return err
}

func jetMessage(msg jetstream.Msg, meta *jetstream.MsgMetadata, delivered bool) Message {
	m := Message{
		Subject: msg.Subject(), ID: msg.Headers().Get(jetstream.MsgIDHeader), Data: msg.Data(),
		Seq: meta.Sequence.Stream, Time: meta.Timestamp,
	}
	if delivered {
		m.Deliveries = int(meta.NumDelivered)
	}
	return m
}

// jetAnswer answers a message of the server.
type jetAnswer struct{ jetstream.Msg }

func (a jetAnswer) ack() error { return a.Ack() }

// retry asks for the delay itself: a consumer's BackOff holds for a missing
// answer only, not for a negative one.
func (a jetAnswer) retry(after time.Duration) error { return a.NakWithDelay(after) }

func (a jetAnswer) extend() error { return a.InProgress() }

func (a jetAnswer) kill(reason string) error { return a.TermWithReason(firstLine(reason)) }
