package stream_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/stream"
)

// What the usual topology means in minutes and days, on virtual time.

func TestTriesSpanAQuarterOfAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := stream.NewMemory()
		defer func() { _ = bus.Close() }()
		put(t, bus, "mention.found.press.a", "1")
		began := time.Now()
		tries := 0
		consume(t, bus, func(context.Context, stream.Message) error { tries++; return errors.New("bad weather") }, func() {
			waitFor(t, bus, time.Hour)
		})
		if took := time.Since(began); tries != 8 || took < 10*time.Minute || took > 20*time.Minute {
			t.Errorf("%d tries in %v, want 8 in about a quarter of an hour", tries, took)
		}
		if counts, err := stream.Dead(bus).Counts(t.Context()); err != nil || counts[stream.ConsumeFound] != 1 {
			t.Errorf("dead letters %v, %v", counts, err)
		}
	})
}

func TestOutageOfADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := stream.NewMemory()
		defer func() { _ = bus.Close() }()
		for _, id := range []string{"1", "2", "3"} {
			put(t, bus, "mention.found.press.a", id)
		}
		var up atomic.Bool
		var calls atomic.Int32
		var back time.Time
		consume(t, bus, func(context.Context, stream.Message) error {
			calls.Add(1)
			if !up.Load() {
				return stream.Unavailable(errors.New("index down"))
			}
			return nil
		}, func() {
			time.Sleep(24 * time.Hour)
			if n := calls.Load(); n < 1000 || n > 4500 {
				t.Errorf("%d probes a day, want about one every 30 s", n)
			}
			up.Store(true)
			back = time.Now()
			waitFor(t, bus, time.Hour)
		})
		if took := time.Since(back); took > 40*time.Second {
			t.Errorf("work goes on %v after the outage, want at most 40 s", took)
		}
		if counts, err := stream.Dead(bus).Counts(t.Context()); err != nil || len(counts) != 0 {
			t.Errorf("dead letters %v, %v", counts, err)
		}
	})
}

// A killed crawler's host is free for the others within 30 s.
func TestLeaseOfTheDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := stream.NewMemory()
		defer func() { _ = bus.Close() }()
		b, err := bus.Bucket(t.Context(), stream.BucketLeases)
		if err != nil {
			t.Fatal(err)
		}
		first, second := stream.NewLeases(b, "crawler-1"), stream.NewLeases(b, "crawler-2")
		life, kill := context.WithCancel(t.Context())
		go first.Keep(life, nil, nil)
		if ok, err := first.Acquire(t.Context(), "vnexpress"); !ok || err != nil {
			t.Fatal(ok, err)
		}
		time.Sleep(time.Hour)
		if ok, err := second.Acquire(t.Context(), "vnexpress"); ok || err != nil || !first.Held("vnexpress") {
			t.Fatal("an hour later the first does not hold it any more", ok, err)
		}
		last, err := b.Get(t.Context(), "vnexpress")
		if err != nil {
			t.Fatal(err)
		}
		kill()
		synctest.Wait() // it released in peace; put back what a kill would have left
		if _, err := b.Create(t.Context(), "vnexpress", last.Value); err != nil {
			t.Fatal(err)
		}
		died := time.Now()
		for ok := false; !ok; time.Sleep(time.Second) {
			if ok, err = second.Acquire(t.Context(), "vnexpress"); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(died); took > 30*time.Second {
			t.Errorf("free after %v, want at most 30 s", took)
		}
	})
}

func TestMemoryForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := stream.NewMemory()
		defer func() { _ = bus.Close() }()
		put(t, bus, "mention.found.press.a", "1")
		put(t, bus, "ledger.alert.a", "1")
		time.Sleep(9 * time.Minute)
		put(t, bus, "ledger.alert.a", "1")
		if n := count(t, bus, "ledger.>"); n != 1 {
			t.Errorf("inside the duplicate window stored %d times", n)
		}
		time.Sleep(2 * time.Minute)
		put(t, bus, "ledger.alert.a", "1")
		if n := count(t, bus, "ledger.>"); n != 2 {
			t.Errorf("past the duplicate window stored %d times, want twice", n)
		}
		time.Sleep(31 * 24 * time.Hour)
		if f, l := count(t, bus, "mention.found.>"), count(t, bus, "ledger.>"); f != 0 || l != 2 {
			t.Errorf("after a month %d mentions and %d events, want none and 2", f, l)
		}
		if waiting, _, err := bus.Pending(t.Context(), stream.ConsumeFound); err != nil || waiting != 0 {
			t.Errorf("%d wait that are no more, %v", waiting, err)
		}
		put(t, bus, "mention.found.press.a", "2")
		consume(t, bus, func(_ context.Context, m stream.Message) error {
			if m.ID != "2" {
				t.Errorf("got %s", m.ID)
			}
			return nil
		}, func() { waitFor(t, bus, time.Minute) })
	})
}

// consume works with answer while during runs.
func consume(t *testing.T, bus stream.Bus, answer func(context.Context, stream.Message) error, during func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- bus.Consume(ctx, stream.ConsumeFound, func(ctx context.Context, batch []stream.Message) []error {
			errs := make([]error, len(batch))
			for i, m := range batch {
				errs[i] = answer(ctx, m)
			}
			return errs
		}, stream.ConsumeOptions{Batch: 3})
	}()
	during()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("consume: %v", err)
	}
}

func waitFor(t *testing.T, bus stream.Bus, most time.Duration) {
	t.Helper()
	for until := time.Now().Add(most); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		waiting, working, err := bus.Pending(t.Context(), stream.ConsumeFound)
		if err == nil && waiting == 0 && working == 0 {
			return
		}
	}
	t.Errorf("not drained within %v", most)
}
