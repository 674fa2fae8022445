package stream_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Every name a stage may use stands in the table, and every row makes sense.
func TestTopology(t *testing.T) {
	table := stream.Topology()
	var streams []string
	for _, s := range table.Streams {
		streams = append(streams, s.Name)
		if s.Name == "" || len(s.Subjects) == 0 || s.Duplicate <= 0 || s.MaxAge > 0 && s.Duplicate > s.MaxAge {
			t.Errorf("stream %+v", s)
		}
	}
	var consumers []string
	for _, c := range table.Consumers {
		consumers = append(consumers, c.Name)
		at := slices.Index(streams, c.Stream)
		if at < 0 {
			t.Errorf("consumer %s: no stream %s", c.Name, c.Stream)
			continue
		}
		if own := strings.TrimSuffix(table.Streams[at].Subjects[0], ">"); !strings.HasPrefix(c.Filter, own) {
			t.Errorf("consumer %s: filter %s lies outside %s", c.Name, c.Filter, c.Stream)
		}
		if !stream.Token(c.Name) {
			t.Errorf("consumer %s: dead.%s would be no subject", c.Name, c.Name)
		}
		if c.MaxDeliver < 2 || c.AckWait < 10*time.Second || c.MaxPending < 1 || c.Retry <= 0 || c.RetryMax < c.Retry {
			t.Errorf("consumer %+v", c)
		}
	}
	var buckets []string
	for _, b := range table.Buckets {
		buckets = append(buckets, b.Name)
	}
	want := func(kind string, have []string, names ...string) {
		for _, name := range names {
			if n := len(slices.DeleteFunc(slices.Clone(have), func(s string) bool { return s != name })); n != 1 {
				t.Errorf("%s %s stands %d times in the table", kind, name, n)
			}
		}
		if len(have) != len(names) {
			t.Errorf("%ss %v: a name that no stage knows", kind, have)
		}
	}
	want("stream", streams, "FOUND", "TAGGED", "CAREFUL", "LEDGER", "NOTICE", "DEAD")
	want("consumer", consumers, stream.ConsumeFound, stream.ConsumeUrgent, stream.ConsumeNormal, stream.ConsumeTagged, stream.ConsumeNotices)
	want("bucket", buckets, stream.BucketFrontier, stream.BucketLeases, stream.BucketHealth, stream.BucketState, stream.BucketTries)
}

func TestSubjects(t *testing.T) {
	m := &mention.Mention{}
	m.Origin.Kind, m.Origin.Outlet = mention.Press, "vnexpress"
	if s, err := stream.Found(m); err != nil || s != "mention.found.press.vnexpress" {
		t.Errorf("found: %s, %v", s, err)
	}
	if s, err := stream.Tagged(m); err != nil || s != "mention.tagged.press.vnexpress" {
		t.Errorf("tagged: %s, %v", s, err)
	}
	for _, outlet := range []string{"", "vnexpress.net", "a.>", "*", "VNE", "báo"} {
		m.Origin.Outlet = outlet
		if s, err := stream.Found(m); err == nil {
			t.Errorf("outlet %q: %s, want an error", outlet, s)
		}
	}
}

func TestCompareAndApply(t *testing.T) {
	srv := single(t)
	connect := func(table stream.Table) *stream.JetStream {
		bus, err := stream.Remote(t.Context(), stream.RemoteOptions{URL: srv.ClientURL(), Token: token, Table: table})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = bus.Close() })
		return bus
	}
	table := stream.Topology()
	rows := len(table.Streams) + len(table.Consumers) + len(table.Buckets)
	bus := connect(table)
	if diff, err := stream.Compare(t.Context(), bus); err != nil || len(diff) != rows {
		t.Errorf("on an empty server: %d differences, %v; want all %d rows missing", len(diff), err, rows)
	}
	if _, err := bus.Bucket(t.Context(), stream.BucketState); err == nil {
		t.Error("a bucket appeared that nobody applied")
	}
	if err := bus.Consume(t.Context(), stream.ConsumeFound, nil, stream.ConsumeOptions{}); err == nil || !strings.Contains(err.Error(), "topology") {
		t.Errorf("consuming on an empty server: %v, want to be told of the topology", err)
	}
	if done, err := stream.Apply(t.Context(), bus); err != nil || len(done) != rows {
		t.Fatalf("apply: %d, %v", len(done), err)
	}
	if diff, err := stream.Compare(t.Context(), bus); err != nil || len(diff) != 0 {
		t.Errorf("after apply: %v, %v", diff, err)
	}
	table.Streams[0].MaxAge = 7 * 24 * time.Hour
	table.Consumers[0].MaxPending = 99
	changed := connect(table)
	diff, err := stream.Compare(t.Context(), changed)
	if err != nil || len(diff) != 2 || diff[0].String() != "stream FOUND: age is 720h0m0s, should be 168h0m0s" {
		t.Errorf("after a change: %v, %v", diff, err)
	}
	if _, err := stream.Apply(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	if diff, err := stream.Compare(t.Context(), changed); err != nil || len(diff) != 0 {
		t.Errorf("after applying the change: %v, %v", diff, err)
	}
}
