package stream

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Replay implements Bus.
func (j *JetStream) Replay(ctx context.Context, filter string, from uint64, follow bool, f func(Message) error) error {
	spec, err := j.table.ofFilter(filter)
	if err != nil {
		return err
	}
	if spec.WorkQueue && follow {
		return errQueueFollowed(spec.Name)
	}
	var last uint64
	if !follow {
		if last, err = j.lastOf(ctx, spec.Name, filter); err != nil {
			return err
		}
	}
	r := &replay{j: j, spec: spec, filter: filter, next: max(from, 1), last: last, follow: follow, f: f, patience: 2 * time.Second}
	if spec.WorkQueue {
		return r.queue(ctx)
	}
	return r.run(ctx)
}

// lastOf gives the sequence of the last message under a filter, 0 when there is
// none. The stream's leader answers: a replica may lag, and so may a consumer
// that lives on one, so what is still to come cannot be told by its count.
func (j *JetStream) lastOf(ctx context.Context, stream, filter string) (last uint64, err error) {
	err = j.retry(ctx, "read the last of "+filter, func(ctx context.Context) error {
		s, err := j.js.Stream(ctx, stream)
		if err != nil {
			return err
		}
		m, err := s.GetLastMsgForSubject(ctx, filter)
		if err == nil {
			last = m.Sequence
		}
		return err
	})
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return 0, nil
	}
	return last, missing(err)
}

// replay is where a reader of a stream stands.
type replay struct {
	j      *JetStream
	spec   Stream
	filter string
	next   uint64 // first sequence not yet handed over
	last   uint64 // the last one of the filter when it began
	follow bool
	f      func(Message) error

	patience time.Duration // with a consumer that gives nothing
}

// errHandler marks an error of f, which ends the replay.
type errHandler struct{ error }

// run reads until the end, beginning anew behind the last message read
// whenever the server goes away.
func (r *replay) run(ctx context.Context) error {
	for failed := 0; ; failed++ {
		at := r.next
		err := r.read(ctx)
		var own errHandler
		switch {
		case errors.As(err, &own):
			return own.error
		case err == nil:
			return nil
		case ctx.Err() != nil && r.follow:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case r.j.nc.IsClosed():
			return ErrClosed
		case !passing(err):
			return missing(err)
		}
		if r.next > at {
			failed = 0
		}
		r.j.log.Warn("stream: a replay was cut off, it goes on", "filter", r.filter, "from", r.next, "error", err)
		sleep(ctx, jitter(grow(50*time.Millisecond, 2*time.Second, 2, failed)))
	}
}

// read goes on from r.next with one ordered consumer.
func (r *replay) read(ctx context.Context) error {
	if !r.follow && r.next > r.last {
		return nil
	}
	c, err := r.j.js.OrderedConsumer(ctx, r.spec.Name, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{r.filter}, DeliverPolicy: jetstream.DeliverByStartSequencePolicy,
		OptStartSeq: r.next, InactiveThreshold: 30 * time.Second,
	})
	if err != nil {
		return err
	}
	// A consumer that has gone silent is noticed after two heartbeats.
	messages, err := c.Messages(jetstream.PullExpiry(30*time.Second), jetstream.PullHeartbeat(2500*time.Millisecond))
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		msg, err := r.wait(ctx, messages)
		if msg == nil || err != nil {
			return err
		}
		done, err := r.hand(msg)
		if done || err != nil {
			return err
		}
	}
}

// wait gives the next message, or none when there is no more to come: the last
// one wanted may have grown too old while it was awaited. When messages are
// there and none comes, it gives up the consumer.
func (r *replay) wait(ctx context.Context, messages jetstream.MessagesContext) (jetstream.Msg, error) {
	if r.follow {
		return messages.Next(jetstream.NextContext(ctx))
	}
	once, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	msg, err := messages.Next(jetstream.NextContext(once))
	if err == nil || ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
		return msg, err
	}
	r.patience = min(2*r.patience, 30*time.Second) // the way may be slow
	last, err := r.j.lastOf(ctx, r.spec.Name, r.filter)
	if err != nil || last < r.next {
		return nil, err
	}
	return nil, errStalled
}

var errStalled = errors.New("no message comes though there are some")

// hand gives one message to f and tells whether it was the last one wanted.
func (r *replay) hand(msg jetstream.Msg) (done bool, err error) {
	meta, err := msg.Metadata()
	if err != nil {
		return false, err
	}
	seq := meta.Sequence.Stream
	if !r.follow && seq > r.last {
		return true, nil
	}
	if seq < r.next {
		return false, nil
	}
	if err := r.f(jetMessage(msg, meta, false)); err != nil {
		return false, errHandler{err}
	}
	r.next = seq + 1
	return !r.follow && r.next > r.last, nil
}

// queue reads a work queue message by message: such a stream admits no second
// consumer of the same subjects.
func (r *replay) queue(ctx context.Context) error {
	for r.next <= r.last {
		var raw *jetstream.RawStreamMsg
		err := r.j.retry(ctx, "read "+r.spec.Name, func(ctx context.Context) error {
			s, err := r.j.js.Stream(ctx, r.spec.Name)
			if err != nil {
				return err
			}
			raw, err = s.GetMsg(ctx, r.next, jetstream.WithGetMsgSubject(r.filter))
			return err
		})
		switch {
		case errors.Is(err, jetstream.ErrMsgNotFound):
			return nil
		case err != nil:
			return err
		case raw.Sequence > r.last:
			return nil
		}
		err = r.f(Message{Subject: raw.Subject, ID: raw.Header.Get(jetstream.MsgIDHeader), Data: raw.Data, Seq: raw.Sequence, Time: raw.Time})
		if err != nil {
			return err
		}
		r.next = raw.Sequence + 1
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	if len(line) > 200 {
		line = strings.ToValidUTF8(line[:200], "")
	}
	return line
}
