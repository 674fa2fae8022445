package stream

import (
	"context"

	"github.com/nats-io/nats.go/jetstream"
)

func (j *JetStream) topologyTable() Table { return j.table }

func (j *JetStream) statistics(ctx context.Context) (s Statistics, err error) {
	for _, spec := range j.table.Streams {
		info, err := j.info(ctx, spec.Name)
		if err != nil {
			return s, err
		}
		now := info.State
		s.Streams = append(s.Streams, Volume{Name: spec.Name, Messages: now.Msgs, Bytes: now.Bytes,
			First: now.FirstSeq, Last: now.LastSeq, FirstTime: now.FirstTime, LastTime: now.LastTime})
	}
	for _, spec := range j.table.Consumers {
		c, err := j.progress(ctx, spec)
		if err != nil {
			return s, err
		}
		s.Consumers = append(s.Consumers, c)
	}
	return s, nil
}

func (j *JetStream) info(ctx context.Context, name string, opts ...jetstream.StreamInfoOpt) (info *jetstream.StreamInfo, err error) {
	err = j.retry(ctx, "look up stream "+name, func(ctx context.Context) error {
		s, err := j.js.Stream(ctx, name)
		if err != nil {
			return err
		}
		info, err = s.Info(ctx, opts...)
		return err
	})
	return info, missing(err)
}

// progress tells how far a consumer is. A server counts what a consumer has
// pending some time after it has stored a message; who waits for "nothing
// left" must not be told so too early, so it is worked out from the stream,
// looked at first.
func (j *JetStream) progress(ctx context.Context, spec Consumer) (Progress, error) {
	st, err := j.table.stream(spec.Stream)
	if err != nil {
		return Progress{}, err
	}
	info, err := j.info(ctx, spec.Stream, jetstream.WithSubjectFilter(queueFilter(st, spec)))
	if err != nil {
		return Progress{}, err
	}
	c, err := j.lookup(ctx, spec.Name)
	if err != nil {
		return Progress{}, err
	}
	now := c.CachedInfo()
	working := uint64(now.NumAckPending)
	s := Progress{Name: spec.Name, Stream: spec.Stream, Waiting: now.NumPending, Working: working, Redelivered: uint64(now.NumRedelivered)}
	switch {
	case st.WorkQueue: // what is there is waiting or in work
		total := uint64(0)
		for _, n := range info.State.Subjects {
			total += n
		}
		s.Waiting = beyond(total, working)
	case len(st.Subjects) == 1 && st.Subjects[0] == spec.Filter:
		s.Waiting = beyond(info.State.LastSeq, max(now.Delivered.Stream, beyond(info.State.FirstSeq, 1)))
	}
	return s, nil
}

// queueFilter asks for the counts of a queue's subjects, and of a log for none.
func queueFilter(st Stream, spec Consumer) string {
	if st.WorkQueue {
		return spec.Filter
	}
	return ""
}

// beyond is a-b, or 0 where b is larger.
func beyond(a, b uint64) uint64 { return a - min(a, b) }
