package stream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// JetStream is a Bus over a NATS server: the one in this process, that of
// another process on this machine, or a cluster.
type JetStream struct {
	table    Table
	replicas int
	nc       *nats.Conn
	js       jetstream.JetStream
	log      *slog.Logger
	most     int      // bytes of a message
	mend     func()   // what may help a server that does not answer; nil where that is not ours
	closers  []func() // in the order of construction; Close runs them backwards
}

// One attempt of a request gets this long; a request is tried again until its
// context ends.
const attempt = 5 * time.Second

// newJetStream makes a bus of a connection, which it then owns.
func newJetStream(nc *nats.Conn, t Table, replicas int, log *slog.Logger) (*JetStream, error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(attempt))
	if err != nil {
		nc.Close()
		return nil, fmt.Errorf("stream: JetStream: %w", err)
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	j := &JetStream{table: t.orDefault(), replicas: max(replicas, 1), nc: nc, js: js, log: log}
	j.most = int(nc.MaxPayload())/4*3 - 64<<10
	j.closers = append(j.closers, func() { closeConn(nc) })
	return j, nil
}

// closeConn sends what is buffered (acknowledgements, mostly) before it closes.
func closeConn(nc *nats.Conn) {
	if nc.IsConnected() {
		_ = nc.FlushTimeout(2 * time.Second)
	}
	nc.Close()
}

// Close implements Bus. It stops the embedded server, if there is one.
func (j *JetStream) Close() error {
	for i := len(j.closers) - 1; i >= 0; i-- {
		j.closers[i]()
	}
	j.closers = nil
	return nil
}

// Publish implements Bus. While the server cannot be reached, or cannot store,
// it tries again until ctx ends; its error is Unavailable then.
func (j *JetStream) Publish(ctx context.Context, o Out) (seq uint64, err error) {
	msg, err := j.message(&o)
	if err != nil {
		return 0, err
	}
	var ack *jetstream.PubAck
	err = j.retry(ctx, "publish "+o.Subject, func(ctx context.Context) error {
		ack, err = j.js.PublishMsg(ctx, msg)
		return err
	})
	switch {
	case err == nil:
		return ack.Sequence, nil
	case wrongLast(err):
		return j.own(ctx, o)
	default:
		return 0, err
	}
}

// message checks o and makes a message of it. One without an ID gets one, so
// that our own retries stay harmless.
func (j *JetStream) message(o *Out) (*nats.Msg, error) {
	if _, err := j.table.ofSubject(o.Subject); err != nil {
		return nil, err
	}
	if err := checkSize(*o, j.most); err != nil {
		return nil, err
	}
	if o.ID == "" {
		o.ID = rand.Text()
	}
	msg := nats.NewMsg(o.Subject)
	msg.Data = o.Data
	msg.Header.Set(jetstream.MsgIDHeader, o.ID)
	if o.Expect != nil {
		msg.Header.Set(jetstream.ExpectedLastSubjSeqHeader, fmt.Sprint(*o.Expect))
	}
	return msg, nil
}

// own answers a conflict: it is none when the newer message is o itself, whose
// acknowledgement was lost.
func (j *JetStream) own(ctx context.Context, o Out) (uint64, error) {
	spec, err := j.table.ofSubject(o.Subject)
	if err != nil {
		return 0, err
	}
	var last *jetstream.RawStreamMsg
	err = j.retry(ctx, "read the last of "+o.Subject, func(ctx context.Context) error {
		s, err := j.js.Stream(ctx, spec.Name)
		if err != nil {
			return err
		}
		last, err = s.GetLastMsgForSubject(ctx, o.Subject)
		return err
	})
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound):
		return 0, ErrConflict
	case err != nil:
		return 0, err
	case last.Header.Get(jetstream.MsgIDHeader) != o.ID:
		return 0, ErrConflict
	}
	return last.Sequence, nil
}

// retry does what may fail for a while until it succeeds, fails for good, or
// ctx ends.
func (j *JetStream) retry(ctx context.Context, doing string, do func(context.Context) error) error {
	for failed := 0; ; failed++ {
		once, cancel := context.WithTimeout(ctx, attempt)
		err := do(once)
		cancel()
		switch {
		case err == nil:
			return nil
		case j.nc.IsClosed():
			return ErrClosed
		case ctx.Err() != nil:
			return Unavailable(fmt.Errorf("stream: %s: %w (the last attempt: %w)", doing, ctx.Err(), err))
		case !passing(err):
			return fmt.Errorf("stream: %s: %w", doing, err)
		}
		j.log.Warn("stream: the server does not answer, trying again", "doing", doing, "error", err)
		if j.mend != nil {
			j.mend()
		}
		sleep(ctx, jitter(grow(50*time.Millisecond, 2*time.Second, 2, failed)))
	}
}

// passing reports whether an error is one of an outage: no server, no leader,
// no room. A stream that is missing looks like an outage to a publisher ("no
// response"): the topology is applied before anything runs, so it is one.
func passing(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		const duplicateInProcess, wrongLeader = 10158, 10009
		return api.Code == 503 || api.ErrorCode == duplicateInProcess || api.ErrorCode == wrongLeader
	}
	for _, lasting := range []error{nats.ErrMaxPayload, nats.ErrBadSubject, nats.ErrConnectionClosed,
		nats.ErrAuthorization, nats.ErrPermissionViolation,
		jetstream.ErrStreamNotFound, jetstream.ErrConsumerNotFound, jetstream.ErrBucketNotFound,
		jetstream.ErrMsgNotFound, jetstream.ErrKeyNotFound, jetstream.ErrKeyExists, jetstream.ErrInvalidKey} {
		if errors.Is(err, lasting) {
			return false
		}
	}
	return true
}

// wrongLast reports whether the server refused a write because of a newer one.
// Replicated streams answer with another code than single ones.
func wrongLast(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// Pending implements Bus.
func (j *JetStream) Pending(ctx context.Context, consumer string) (waiting, working uint64, err error) {
	spec, err := j.table.consumer(consumer)
	if err != nil {
		return 0, 0, err
	}
	s, err := j.progress(ctx, spec)
	return s.Waiting, s.Working, err
}

// lookup asks the server for a consumer of the topology, as it is now.
func (j *JetStream) lookup(ctx context.Context, consumer string) (c jetstream.Consumer, err error) {
	spec, err := j.table.consumer(consumer)
	if err != nil {
		return nil, err
	}
	err = j.retry(ctx, "look up consumer "+consumer, func(ctx context.Context) error {
		c, err = j.js.Consumer(ctx, spec.Stream, spec.Name)
		return err
	})
	return c, missing(err)
}

// missing adds to an error what a person can do about it.
func missing(err error) error {
	if errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrBucketNotFound) {
		return Permanent(fmt.Errorf("%w: the topology has not been applied to this server", err))
	}
	return err
}
