package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Difference is one point in which a server is not as the topology says.
type Difference struct {
	Kind  string `json:"kind"` // stream, consumer, bucket
	Name  string `json:"name"`
	Field string `json:"field,omitempty"` // empty: the whole thing is missing
	Want  string `json:"want,omitempty"`
	Have  string `json:"have,omitempty"`
}

// String tells it in one line.
func (d Difference) String() string {
	if d.Field == "" {
		return fmt.Sprintf("%s %s: missing", d.Kind, d.Name)
	}
	return fmt.Sprintf("%s %s: %s is %s, should be %s", d.Kind, d.Name, d.Field, d.Have, d.Want)
}

// Compare tells in what the server behind bus is not as its topology says.
// What is on the server and not in the topology is none of our business.
func Compare(ctx context.Context, bus Bus) ([]Difference, error) {
	j, ok := bus.(*JetStream)
	if !ok {
		return nil, nil // memory is its topology
	}
	return j.topology(ctx, false)
}

// Apply makes the server behind bus as its topology says and tells what it
// changed. It never deletes. Some changes a server refuses (a work queue
// cannot become a log): those are errors.
func Apply(ctx context.Context, bus Bus) ([]Difference, error) {
	j, ok := bus.(*JetStream)
	if !ok {
		return nil, nil
	}
	return j.topology(ctx, true)
}

func (j *JetStream) topology(ctx context.Context, apply bool) (all []Difference, err error) {
	for _, s := range j.table.Streams {
		diff, err := j.stream(ctx, "stream", s.Name, j.streamConfig(s), apply)
		if err != nil {
			return all, err
		}
		all = append(all, diff...)
	}
	for _, b := range j.table.Buckets {
		diff, err := j.stream(ctx, "bucket", b.Name, j.bucketConfig(b), apply)
		if err != nil {
			return all, err
		}
		all = append(all, diff...)
	}
	for _, c := range j.table.Consumers {
		diff, err := j.consumer(ctx, c, apply)
		if err != nil {
			return all, err
		}
		all = append(all, diff...)
	}
	return all, nil
}

func (j *JetStream) streamConfig(s Stream) jetstream.StreamConfig {
	c := jetstream.StreamConfig{
		Name: s.Name, Subjects: s.Subjects, MaxAge: s.MaxAge, Duplicates: s.Duplicate,
		Storage: jetstream.FileStorage, Replicas: j.replicas, Retention: jetstream.LimitsPolicy,
		MaxMsgsPerSubject: -1,
	}
	if s.WorkQueue {
		c.Retention = jetstream.WorkQueuePolicy
	}
	if s.Compress {
		c.Compression = jetstream.S2Compression
	}
	return c
}

// bucketConfig is the stream under a key-value bucket, as nats.go lays it out,
// but without direct reads: those may come from a replica that lags, and a
// lease or a frontier must read what was written.
func (j *JetStream) bucketConfig(b BucketConfig) jetstream.StreamConfig {
	c := jetstream.StreamConfig{
		Name: "KV_" + b.Name, Subjects: []string{"$KV." + b.Name + ".>"}, MaxAge: b.TTL, Duplicates: 2 * time.Minute,
		Storage: jetstream.FileStorage, Replicas: j.replicas, Retention: jetstream.LimitsPolicy,
		MaxMsgsPerSubject: 1, AllowRollup: true, DenyDelete: true, Discard: jetstream.DiscardNew,
	}
	if b.TTL > 0 {
		c.Duplicates = min(c.Duplicates, b.TTL)
	}
	return c
}

// consumerConfig leaves MaxDeliver to us: a server that stops delivering does
// so in silence, and the message would be in no one's hands. A worker counts
// the tries when a message arrives and buries it then.
func consumerConfig(c Consumer) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: c.Name, FilterSubject: c.Filter, AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: c.AckWait, MaxAckPending: c.MaxPending, MaxDeliver: -1,
	}
}

func (j *JetStream) stream(ctx context.Context, kind, name string, want jetstream.StreamConfig, apply bool) (diff []Difference, err error) {
	err = j.retry(ctx, kind+" "+name, func(ctx context.Context) error {
		diff = nil
		s, err := j.js.Stream(ctx, want.Name)
		switch {
		case errors.Is(err, jetstream.ErrStreamNotFound):
			diff = []Difference{{Kind: kind, Name: name}}
		case err != nil:
			return err
		default:
			diff = compareStream(kind, name, want, s.CachedInfo().Config)
		}
		if len(diff) == 0 || !apply {
			return nil
		}
		_, err = j.js.CreateOrUpdateStream(ctx, want)
		return err
	})
	return diff, err
}

func compareStream(kind, name string, want, have jetstream.StreamConfig) []Difference {
	slices.Sort(want.Subjects)
	slices.Sort(have.Subjects)
	d := differ{kind: kind, name: name}
	d.field("subjects", want.Subjects, have.Subjects)
	d.field("retention", want.Retention, have.Retention)
	d.field("age", want.MaxAge, have.MaxAge)
	d.field("duplicate window", want.Duplicates, have.Duplicates)
	d.field("compression", want.Compression, have.Compression)
	d.field("storage", want.Storage, have.Storage)
	d.field("replicas", want.Replicas, have.Replicas)
	d.field("messages a subject", want.MaxMsgsPerSubject, have.MaxMsgsPerSubject)
	d.field("direct reads", want.AllowDirect, have.AllowDirect)
	return d.found
}

func (j *JetStream) consumer(ctx context.Context, c Consumer, apply bool) (diff []Difference, err error) {
	want := consumerConfig(c)
	err = j.retry(ctx, "consumer "+c.Name, func(ctx context.Context) error {
		diff = nil
		have, err := j.js.Consumer(ctx, c.Stream, c.Name)
		switch {
		case errors.Is(err, jetstream.ErrConsumerNotFound), errors.Is(err, jetstream.ErrStreamNotFound):
			diff = []Difference{{Kind: "consumer", Name: c.Name}}
		case err != nil:
			return err
		default:
			diff = compareConsumer(c.Name, want, have.CachedInfo().Config)
		}
		if len(diff) == 0 || !apply {
			return nil
		}
		_, err = j.js.CreateOrUpdateConsumer(ctx, c.Stream, want)
		return err
	})
	return diff, err
}

func compareConsumer(name string, want, have jetstream.ConsumerConfig) []Difference {
	d := differ{kind: "consumer", name: name}
	d.field("filter", want.FilterSubject, have.FilterSubject)
	d.field("acknowledgement", want.AckPolicy, have.AckPolicy)
	d.field("acknowledgement wait", want.AckWait, have.AckWait)
	d.field("most pending", want.MaxAckPending, have.MaxAckPending)
	d.field("most deliveries", want.MaxDeliver, have.MaxDeliver)
	return d.found
}

// differ collects the fields that are not as wanted.
type differ struct {
	kind, name string
	found      []Difference
}

func (d *differ) field(field string, want, have any) {
	if w, h := fmt.Sprint(want), fmt.Sprint(have); w != h {
		d.found = append(d.found, Difference{Kind: d.kind, Name: d.name, Field: field, Want: w, Have: h})
	}
}
