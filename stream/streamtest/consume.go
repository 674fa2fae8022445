package streamtest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

func consuming() []Case {
	return []Case{
		{"consume hands over everything once, in order", testConsumeOrder},
		{"consume fills batches and does not wait for ever", testConsumeBatches},
		{"consume shares among workers", testConsumeShares},
		{"consume never has more out than the consumer may", testConsumeBound},
		{"a long handler keeps its message", testConsumeLong},
		{"a stop gives messages back and costs no try", testConsumeStop},
		{"what was acknowledged stays so", testConsumeResume},
		{"consume refuses unknown consumers", testConsumeUnknown},
		{"urgent work does not wait for normal work", testConsumeUrgent},
		{"statistics tell what is where", testStats},
	}
}

func ok(context.Context, stream.Message) error { return nil }

// until is an answer that waits for a channel, or for its end.
func until(c <-chan struct{}) func(context.Context, stream.Message) error {
	return func(ctx context.Context, _ stream.Message) error {
		select {
		case <-c:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func numbers(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprint(i))
	}
	return ids
}

func data(batch []stream.Message) (all []string) {
	for _, m := range batch {
		all = append(all, string(m.Data))
	}
	return all
}

func testConsumeOrder(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, numbers(20)...)
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, ok)
	eventually(t, "20 messages", func() bool { return j.count() >= 20 })
	drained(t, bus, stream.ConsumeFound)
	if got := data(j.messages()); !slices.Equal(got, numbers(20)) {
		t.Errorf("got %v", got)
	}
	m := j.messages()[3]
	if m.Subject != at || m.ID != at+"/3" || m.Seq == 0 || m.Time.IsZero() || m.Deliveries != 1 {
		t.Errorf("got %+v", m)
	}
}

func testConsumeBatches(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), numbers(10)...)
	var sizes []int
	j := &job{}
	j.run(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 8, Wait: time.Second}, func(_ context.Context, batch []stream.Message) []error {
		j.note(batch)
		sizes = append(sizes, len(batch))
		return nil
	})
	eventually(t, "10 messages", func() bool { return j.count() == 10 })
	drained(t, bus, stream.ConsumeFound)
	j.stop()
	if slices.Max(sizes) != 8 || len(sizes) > 4 {
		t.Errorf("batches of %v: want one of 8 and few more", sizes)
	}
}

func testConsumeShares(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), numbers(60)...)
	jobs := make([]*job, 0, 3)
	for range 3 {
		jobs = append(jobs, work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 4}, func(context.Context, stream.Message) error {
			time.Sleep(2 * time.Millisecond)
			return nil
		}))
	}
	drained(t, bus, stream.ConsumeFound)
	got := make([]string, 0, 60)
	for i, j := range jobs {
		if j.count() == 0 {
			t.Errorf("worker %d had nothing to do", i)
		}
		got = append(got, data(j.messages())...)
	}
	slices.Sort(got)
	if n := len(got); n != 60 || len(slices.Compact(got)) != 60 {
		t.Errorf("%d deliveries, %d different, want 60", n, len(slices.Compact(got)))
	}
}

func testConsumeBound(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), numbers(50)...)
	release := make(chan struct{})
	hold := until(release)
	a := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 10}, hold)
	b := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 10}, hold)
	eventually(t, "both have some", func() bool { return a.count() > 0 && b.count() > 0 })
	time.Sleep(100 * time.Millisecond)
	if _, working, err := bus.Pending(t.Context(), stream.ConsumeFound); err != nil || working > 16 {
		t.Errorf("%d out, %v: the table says 16 at most", working, err)
	}
	close(release)
	drained(t, bus, stream.ConsumeFound)
	if n := a.count() + b.count(); n != 50 {
		t.Errorf("%d deliveries, want 50", n)
	}
}

func testConsumeLong(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), "a", "b", "c")
	slow := func(_ context.Context, m stream.Message) error {
		if string(m.Data) == "a" {
			time.Sleep(ackWait * 8 / 5)
		}
		return nil
	}
	a := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 3}, slow)
	eventually(t, "the first has it", func() bool { return a.count() == 3 })
	b := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, slow)
	drained(t, bus, stream.ConsumeFound)
	if a.count() != 3 || b.count() != 0 {
		t.Errorf("deliveries %d and %d: want 3 and none", a.count(), b.count())
	}
}

func testConsumeStop(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, "a")
	wait := func(ctx context.Context, _ stream.Message) error { <-ctx.Done(); return ctx.Err() }
	for range tries + 2 {
		j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, wait)
		eventually(t, "the message comes", func() bool { return j.count() == 1 })
		j.stop()
	}
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, ok)
	drained(t, bus, stream.ConsumeFound)
	if j.count() != 1 || len(letters(t, bus, at)) != 0 {
		t.Errorf("%d deliveries, %d dead letters: want 1 and none", j.count(), len(letters(t, bus, at)))
	}
}

func testConsumeResume(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), "a", "b")
	discard(t, bus, stream.ConsumeFound)
	publish(t, bus, subject(t), "c")
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 4}, ok)
	drained(t, bus, stream.ConsumeFound)
	if got := data(j.messages()); !slices.Equal(got, []string{"c"}) {
		t.Errorf("got %v", got)
	}
}

func testConsumeUnknown(t *testing.T, bus stream.Bus) {
	err := bus.Consume(t.Context(), "nobody", func(context.Context, []stream.Message) []error { return nil }, stream.ConsumeOptions{})
	if err == nil {
		t.Error("consuming as nobody: want an error")
	}
	if _, _, err := bus.Pending(t.Context(), "nobody"); err == nil {
		t.Error("what nobody has waiting: want an error")
	}
}

func testConsumeUrgent(t *testing.T, bus stream.Bus) {
	publish(t, bus, stream.CarefulNormal, numbers(20)...)
	publish(t, bus, stream.CarefulUrgent, token(t))
	j := work(t, bus, stream.ConsumeUrgent, stream.ConsumeOptions{}, ok)
	drained(t, bus, stream.ConsumeUrgent)
	if j.count() != 1 {
		t.Errorf("%d urgent ones, want 1", j.count())
	}
	if waiting, _, _ := bus.Pending(t.Context(), stream.ConsumeNormal); waiting != 20 {
		t.Errorf("%d normal ones wait, want 20", waiting)
	}
	discard(t, bus, stream.ConsumeNormal)
}

func testStats(t *testing.T, bus stream.Bus) {
	before := stats(t, bus)
	seqs := publish(t, bus, subject(t), "a", "b")
	hold := make(chan struct{})
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, until(hold))
	eventually(t, "one is out", func() bool { return j.count() == 1 })
	now := stats(t, bus)
	s, c := now.Streams[0], now.Consumers[0]
	if s.Name != "FOUND" || s.Messages != before.Streams[0].Messages+2 || s.Bytes <= before.Streams[0].Bytes || s.Last != seqs[1] || s.LastTime.IsZero() {
		t.Errorf("stream %+v", s)
	}
	if c.Name != stream.ConsumeFound || c.Waiting != 1 || c.Working != 1 || c.Redelivered != 0 {
		t.Errorf("consumer %+v", c)
	}
	close(hold)
	drained(t, bus, stream.ConsumeFound)
}

func stats(t *testing.T, bus stream.Bus) stream.Statistics {
	t.Helper()
	s, err := stream.Stats(t.Context(), bus)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
