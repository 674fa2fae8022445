package streamtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/diembao/diembao/stream"
)

func deadLetters() []Case {
	return []Case{
		{"a redriven message comes again under a new id", testRedrive},
		{"redriving twice sends once", testRedriveTwice},
		{"a redriven message can die again", testRedriveDies},
		{"there is no letter where there is none", testNoLetter},
		{"what must not be kept is forgotten", testForget},
	}
}

// bury makes dead letters of the IDs.
func bury(t *testing.T, bus stream.Bus, at string, ids ...string) []stream.Letter {
	t.Helper()
	publish(t, bus, at, ids...)
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 8}, func(context.Context, stream.Message) error {
		return stream.Permanent(errors.New("unreadable"))
	})
	drained(t, bus, stream.ConsumeFound)
	j.stop()
	dead := letters(t, bus, at)
	if len(dead) != len(ids) {
		t.Fatalf("%d dead letters, want %d", len(dead), len(ids))
	}
	return dead
}

func testRedrive(t *testing.T, bus stream.Bus) {
	at := subject(t)
	before, err := stream.Dead(bus).Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dead := bury(t, bus, at, "a", "b", "c")
	if dead[0].ID != at+"/c" || dead[2].ID != at+"/a" || dead[0].Data != nil {
		t.Errorf("list %+v: want the newest first, without data", dead)
	}
	if some, err := stream.Dead(bus).List(t.Context(), "", 2); err != nil || len(some) != 2 || some[0].ID != at+"/c" {
		t.Errorf("the newest two: %+v, %v", some, err)
	}
	n, err := stream.Dead(bus).Redrive(t.Context(), dead[0].Seq, dead[1].Seq)
	if n != 2 || err != nil {
		t.Fatalf("redrive: %d, %v", n, err)
	}
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, ok)
	drained(t, bus, stream.ConsumeFound)
	if len(j.times("c")) != 1 || len(j.times("b")) != 1 || j.count() != 2 {
		t.Errorf("came again: %v", data(j.messages()))
	}
	for _, m := range j.messages() {
		if m.ID == at+"/c" || m.Subject != at || m.Deliveries != 1 {
			t.Errorf("came again as %+v", m)
		}
	}
	if left := letters(t, bus, at); len(left) != 1 || left[0].ID != at+"/a" {
		t.Errorf("left: %+v", left)
	}
	after, err := stream.Dead(bus).Counts(t.Context())
	if err != nil || after[stream.ConsumeFound] != before[stream.ConsumeFound]+1 {
		t.Errorf("counts %v, before %v, %v", after, before, err)
	}
	if l, err := stream.Dead(bus).Show(t.Context(), dead[0].Seq); err != nil || string(l.Data) != "c" {
		t.Errorf("a redriven letter can still be looked at: %+v, %v", l, err)
	}
}

func testRedriveTwice(t *testing.T, bus stream.Bus) {
	dead := bury(t, bus, subject(t), "a")
	for range 2 {
		if _, err := stream.Dead(bus).Redrive(t.Context(), dead[0].Seq); err != nil {
			t.Fatal(err)
		}
	}
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, ok)
	drained(t, bus, stream.ConsumeFound)
	if j.count() != 1 {
		t.Errorf("sent %d times, want once", j.count())
	}
}

func testRedriveDies(t *testing.T, bus stream.Bus) {
	at := subject(t)
	dead := bury(t, bus, at, "a")
	if _, err := stream.Dead(bus).Redrive(t.Context(), dead[0].Seq); err != nil {
		t.Fatal(err)
	}
	work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, func(context.Context, stream.Message) error {
		return stream.Permanent(errors.New("still unreadable"))
	})
	drained(t, bus, stream.ConsumeFound)
	again := letters(t, bus, at)
	if len(again) != 1 || again[0].Seq == dead[0].Seq || again[0].Error != "still unreadable" {
		t.Errorf("letters %+v: want the new one alone", again)
	}
}

func testNoLetter(t *testing.T, bus stream.Bus) {
	if _, err := stream.Dead(bus).Show(t.Context(), 1<<40); !errors.Is(err, stream.ErrNoLetter) {
		t.Errorf("show: %v", err)
	}
	if n, err := stream.Dead(bus).Redrive(t.Context(), 1<<40); n != 0 || !errors.Is(err, stream.ErrNoLetter) {
		t.Errorf("redrive: %d, %v", n, err)
	}
	if _, err := stream.Dead(bus).List(t.Context(), "a.>", 0); err == nil {
		t.Error("list of a.>: want an error")
	}
}

// A message that must not be kept is neither in its letter nor in its stream;
// its neighbours are.
func testForget(t *testing.T, bus stream.Bus) {
	at := subject(t)
	seqs := publish(t, bus, at, "open", "secret", "more")
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 8}, func(_ context.Context, m stream.Message) error {
		if string(m.Data) == "secret" {
			return fmt.Errorf("a step: %w", stream.Forget(errors.New("marked")))
		}
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	j.stop()
	if got := replayed(t, bus, at, 0); !slices.Equal(got, []string{"open", "more"}) {
		t.Errorf("the stream holds %q", got)
	}
	dead := letters(t, bus, at)
	if len(dead) != 1 {
		t.Fatalf("%d dead letters, want 1", len(dead))
	}
	l, err := stream.Dead(bus).Show(t.Context(), dead[0].Seq)
	if err != nil || l.Data != nil || l.Headers != nil || !l.Forgotten || l.ID != at+"/secret" || l.Sequence != seqs[1] ||
		l.Error != "a step: marked" || l.When.IsZero() {
		t.Errorf("letter %+v, %v", l, err)
	}
	if n, err := stream.Dead(bus).Redrive(t.Context(), l.Seq); n != 0 || !errors.Is(err, stream.ErrForgotten) {
		t.Errorf("redriven: %d, %v", n, err)
	}
}
