package streamtest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

func replaying() []Case {
	return []Case{
		{"replay tells all that was stored", testReplayWhole},
		{"replay begins where it is asked to", testReplayFrom},
		{"replay keeps to its filter", testReplayFilter},
		{"replay ends with its reader's error", testReplayError},
		{"replay follows until it is ended", testReplayFollow},
		{"replay of a work queue shows what waits", testReplayQueue},
	}
}

func testReplayWhole(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	before := time.Now().Add(-time.Minute)
	seqs := publish(t, bus, at, "a", "b")
	var got []stream.Message
	err := bus.Replay(t.Context(), at, 0, false, func(m stream.Message) error { got = append(got, m); return nil })
	if err != nil || len(got) != 2 {
		t.Fatalf("%d messages, %v", len(got), err)
	}
	m := got[1]
	if m.Subject != at || m.ID != at+"/b" || m.Seq != seqs[1] || m.Deliveries != 0 {
		t.Errorf("got %+v", m)
	}
	if m.Time.Before(before) || m.Time.After(time.Now().Add(time.Minute)) {
		t.Errorf("stored at %v", m.Time)
	}
	if got := replayed(t, bus, at+"-none", 0); len(got) != 0 {
		t.Errorf("where nothing is: %v", got)
	}
	if got := replayed(t, bus, at, seqs[1]+1000); len(got) != 0 {
		t.Errorf("beyond the end: %v", got)
	}
}

func testReplayFrom(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	seqs := publish(t, bus, at, "a", "b", "c")
	if got := replayed(t, bus, at, seqs[1]); !slices.Equal(got, []string{"b", "c"}) {
		t.Errorf("from the second: %v", got)
	}
	if got := replayed(t, bus, at, seqs[1]+1); !slices.Equal(got, []string{"c"}) {
		t.Errorf("from after the second: %v", got)
	}
}

func testReplayFilter(t *testing.T, bus stream.Bus) {
	key := token(t)
	publish(t, bus, "ledger.alert."+key, "a")
	publish(t, bus, "ledger.digest."+key, "b")
	publish(t, bus, "ledger.alert."+key, "c")
	if got := replayed(t, bus, "ledger.*."+key, 0); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("both: %v", got)
	}
	if got := replayed(t, bus, "ledger.alert."+key, 0); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("one: %v", got)
	}
	for _, bad := range []string{">", "mention.>", "elsewhere.>", ""} {
		if err := bus.Replay(t.Context(), bad, 0, false, func(stream.Message) error { return nil }); err == nil {
			t.Errorf("filter %q: want an error, it is not within one stream", bad)
		}
	}
}

func testReplayError(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	publish(t, bus, at, "a", "b")
	enough := errors.New("enough")
	n := 0
	err := bus.Replay(t.Context(), at, 0, true, func(stream.Message) error { n++; return enough })
	if !errors.Is(err, enough) || n != 1 {
		t.Errorf("%v after %d messages", err, n)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := bus.Replay(ended, at, 0, false, func(stream.Message) error { return nil }); err == nil {
		t.Error("a replay that could not finish says that it did")
	}
}

func testReplayFollow(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	publish(t, bus, at, "a")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := make(chan string, 8)
	done := make(chan error, 1)
	go func() {
		done <- bus.Replay(ctx, at, 0, true, func(m stream.Message) error { got <- string(m.Data); return nil })
	}()
	if m := <-got; m != "a" {
		t.Errorf("first %q", m)
	}
	publish(t, bus, at, "b")
	publish(t, bus, at+"-other", "x")
	publish(t, bus, at, "c")
	if m := <-got + <-got; m != "bc" {
		t.Errorf("then %q", m)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("ended by its caller: %v", err)
	}
}

func testReplayQueue(t *testing.T, bus stream.Bus) {
	publish(t, bus, stream.CarefulNormal, token(t), token(t)+"-2")
	publish(t, bus, stream.CarefulUrgent, token(t)+"-3")
	if n := len(replayed(t, bus, "mention.careful.>", 0)); n != 3 {
		t.Errorf("%d wait, want 3", n)
	}
	if n := len(replayed(t, bus, stream.CarefulNormal, 0)); n != 2 {
		t.Errorf("%d wait behind, want 2", n)
	}
	if err := bus.Replay(t.Context(), "mention.careful.>", 0, true, func(stream.Message) error { return nil }); err == nil {
		t.Error("a work queue was followed: what it acknowledges meanwhile is never shown")
	}
	discard(t, bus, stream.ConsumeNormal, stream.ConsumeUrgent)
	if n := len(replayed(t, bus, "mention.careful.>", 0)); n != 0 {
		t.Errorf("%d wait after the work is done", n)
	}
}

// discard acknowledges what the consumers have waiting.
func discard(t *testing.T, bus stream.Bus, consumers ...string) {
	t.Helper()
	for _, c := range consumers {
		j := work(t, bus, c, stream.ConsumeOptions{Batch: 16}, func(context.Context, stream.Message) error { return nil })
		drained(t, bus, c)
		j.stop()
	}
}
