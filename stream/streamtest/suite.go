// Package streamtest is the contract suite of stream.Bus: what the stages rely
// on, as tests that every implementation passes.
//
// It writes to and reads from the bus it is given, through the interface alone.
// A case leaves nothing behind that waits for a consumer, so that one bus can
// serve all cases, one after the other.
//
// Limit: it works with the short times of Table; a bus opened with the usual
// topology would make it slow and some cases fail.
package streamtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

// Case is one promise.
type Case struct {
	Name string
	Test func(t *testing.T, bus stream.Bus)
}

// Run holds bus to every case.
func Run(t *testing.T, open func(t *testing.T, table stream.Table) stream.Bus) {
	bus := open(t, Table())
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) { c.Test(t, bus) })
	}
}

// Cases lists every promise.
func Cases() []Case {
	var all []Case
	for _, part := range [][]Case{publishing(), replaying(), consuming(), failing(), outages(), deadLetters(), buckets(), leases()} {
		all = append(all, part...)
	}
	return all
}

// The short times of Table. An AckWait is long enough for a busy machine.
const (
	ackWait  = time.Second
	tries    = 3
	leaseTTL = 2 * time.Second
)

// Table is the topology with short times: three tries, 40 ms and more between
// them, leases of two seconds.
func Table() stream.Table {
	t := stream.Topology()
	for i := range t.Consumers {
		c := &t.Consumers[i]
		c.MaxDeliver, c.AckWait, c.Retry, c.RetryMax = tries, ackWait, 40*time.Millisecond, 400*time.Millisecond
		c.MaxPending = 16
	}
	for i := range t.Buckets {
		if t.Buckets[i].Name == stream.BucketLeases {
			t.Buckets[i].TTL = leaseTTL
		}
	}
	return t
}

// subject is a subject of the processor's input that this test alone uses.
func subject(t *testing.T) string {
	return "mention.found.press." + token(t)
}

// token makes a subject token of the test's name and the time, so that even a
// server that is used again finds nothing known.
func token(t *testing.T) string {
	_, name, _ := strings.Cut(t.Name(), "/")
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(name))
	return name[max(0, len(name)-40):] + "-" + fmt.Sprintf("%x", time.Now().UnixNano())
}

// publish stores one message for each ID.
func publish(t *testing.T, bus stream.Bus, subject string, ids ...string) (seqs []uint64) {
	t.Helper()
	for _, id := range ids {
		seq, err := bus.Publish(t.Context(), stream.Out{Subject: subject, ID: subject + "/" + id, Data: []byte(id)})
		if err != nil {
			t.Fatalf("publish %s: %v", id, err)
		}
		seqs = append(seqs, seq)
	}
	return seqs
}

// replayed gives the data of all messages of a filter.
func replayed(t *testing.T, bus stream.Bus, filter string, from uint64) (data []string) {
	t.Helper()
	err := bus.Replay(t.Context(), filter, from, false, func(m stream.Message) error {
		data = append(data, string(m.Data))
		return nil
	})
	if err != nil {
		t.Fatalf("replay %s: %v", filter, err)
	}
	return data
}

// eventually waits, at most 15 s, until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for until := time.Now().Add(15 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("not within 15 s: %s", what)
}

// drained waits until the consumer has nothing left.
func drained(t *testing.T, bus stream.Bus, consumer string) {
	t.Helper()
	eventually(t, consumer+" has nothing waiting or in work", func() bool {
		waiting, working, err := bus.Pending(t.Context(), consumer)
		if err != nil {
			t.Fatalf("pending: %v", err)
		}
		return waiting == 0 && working == 0
	})
}

// job is a handler at work in the background.
type job struct {
	stop func() // ends it and waits

	mu   sync.Mutex
	seen []stream.Message
	when []time.Time
}

// work runs a consumer with answer for each message, until the test ends or
// stop is called.
func work(t *testing.T, bus stream.Bus, consumer string, o stream.ConsumeOptions, answer func(ctx context.Context, m stream.Message) error) *job {
	t.Helper()
	j := &job{}
	return j.run(t, bus, consumer, o, func(ctx context.Context, batch []stream.Message) []error {
		j.note(batch)
		errs := make([]error, len(batch))
		for i, m := range batch {
			errs[i] = answer(ctx, m)
		}
		return errs
	})
}

func (j *job) run(t *testing.T, bus stream.Bus, consumer string, o stream.ConsumeOptions, h stream.Handler) *job {
	if o.Wait == 0 {
		o.Wait = 50 * time.Millisecond
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- bus.Consume(ctx, consumer, h, o) }()
	j.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("consume %s: %v", consumer, err)
		}
	})
	t.Cleanup(j.stop)
	return j
}

func (j *job) note(batch []stream.Message) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, m := range batch {
		j.seen = append(j.seen, m)
		j.when = append(j.when, time.Now())
	}
}

// times tells when the message with that data was handed over.
func (j *job) times(data string) (when []time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, m := range j.seen {
		if string(m.Data) == data {
			when = append(when, j.when[i])
		}
	}
	return when
}

func (j *job) count() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.seen)
}

func (j *job) messages() []stream.Message {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]stream.Message(nil), j.seen...)
}

// letters gives the processor's dead letters of one subject, newest first.
func letters(t *testing.T, bus stream.Bus, subject string) (found []stream.Letter) {
	t.Helper()
	all, err := stream.Dead(bus).List(t.Context(), stream.ConsumeFound, 0)
	if err != nil {
		t.Fatalf("dead letters: %v", err)
	}
	for _, l := range all {
		if l.Subject == subject {
			found = append(found, l)
		}
	}
	return found
}
