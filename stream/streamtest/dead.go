package streamtest

import (
	"context"
	"errors"
	"testing"

	"github.com/diembao/diembao/stream"
)

func deadLetters() []Case {
	return []Case{
		{"a redriven message comes again under a new id", testRedrive},
		{"redriving twice sends once", testRedriveTwice},
		{"a redriven message can die again", testRedriveDies},
		{"there is no letter where there is none", testNoLetter},
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
