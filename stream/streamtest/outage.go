package streamtest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

func outages() []Case {
	return []Case{
		{"an outage pauses, spends no try and buries nobody", testOutage},
		{"an outage lasts over restarts", testOutageRestarts},
		{"an outage for some lets the others through", testOutageSome},
		{"tries count on after an outage", testOutageTries},
	}
}

var errDown = stream.Unavailable(errors.New("index: connection refused"))

func testOutage(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, numbers(30)...)
	var down atomic.Bool
	down.Store(true)
	answer := func(context.Context, stream.Message) error {
		if down.Load() {
			return errDown
		}
		return nil
	}
	a := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 8}, answer)
	b := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 8}, answer)
	const lasts = ackWait * 8 / 5
	time.Sleep(lasts)
	during := a.count() + b.count()
	// 16 messages once, then probes of one, ever more seldom.
	if during < 16 || during > 60 {
		t.Errorf("%d calls in an outage of %v: want some probes, not a storm", during, lasts)
	}
	waiting, working, err := bus.Pending(t.Context(), stream.ConsumeFound)
	if err != nil || waiting+working != 30 {
		t.Errorf("%d waiting, %d working, %v: want all 30 still there", waiting, working, err)
	}
	down.Store(false)
	drained(t, bus, stream.ConsumeFound)
	for _, m := range append(a.messages(), b.messages()...) {
		if m.Deliveries != 1 {
			t.Errorf("message %s delivered %d times: the pause let it go", m.Data, m.Deliveries)
		}
	}
	if n := len(letters(t, bus, at)); n != 0 {
		t.Errorf("%d dead letters, want none", n)
	}
}

func testOutageRestarts(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, "a", "b")
	for range 2 * tries {
		j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 2, Wait: 5 * time.Second}, func(context.Context, stream.Message) error { return errDown })
		eventually(t, "both were tried", func() bool { return len(j.times("a")) > 0 && len(j.times("b")) > 0 })
		j.stop()
	}
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 2}, ok)
	drained(t, bus, stream.ConsumeFound)
	if j.count() != 2 {
		t.Errorf("%d deliveries after the outage, want 2", j.count())
	}
	if n := len(letters(t, bus, at)); n != 0 {
		t.Errorf("%d dead letters after an outage over %d restarts, want none", n, 2*tries)
	}
}

func testOutageSome(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), numbers(4)...)
	var down atomic.Bool
	down.Store(true)
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 4, Wait: 5 * time.Second}, func(_ context.Context, m stream.Message) error {
		if string(m.Data) == "2" && down.Load() {
			return errDown
		}
		return nil
	})
	eventually(t, "three are done", func() bool {
		waiting, working, _ := bus.Pending(t.Context(), stream.ConsumeFound)
		return waiting == 0 && working == 1
	})
	down.Store(false)
	drained(t, bus, stream.ConsumeFound)
	for _, id := range []string{"0", "1", "3"} {
		if n := len(j.times(id)); n != 1 {
			t.Errorf("message %s handed over %d times", id, n)
		}
	}
}

func testOutageTries(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, "a")
	var calls atomic.Int32
	// down, failed | down, stop | failed | down, failed: three tries.
	script := []error{errDown, errWeather, errDown, nil, errWeather, errDown, errWeather}
	answer := func(ctx context.Context, _ stream.Message) error {
		i := int(calls.Add(1)) - 1
		if i >= len(script) {
			return errors.New("one try too many")
		}
		if script[i] == nil {
			<-ctx.Done()
			return ctx.Err()
		}
		return script[i]
	}
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, answer)
	eventually(t, "the stop", func() bool { return calls.Load() == 4 })
	j.stop()
	work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, answer)
	drained(t, bus, stream.ConsumeFound)
	dead := letters(t, bus, at)
	if len(dead) != 1 || dead[0].Tries != tries || dead[0].Error != errWeather.Error() {
		t.Errorf("dead letters %+v: want one of %d tries", dead, tries)
	}
	if n := int(calls.Load()); n != len(script) {
		t.Errorf("%d calls, want %d", n, len(script))
	}
}
