package streamtest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

func failing() []Case {
	return []Case{
		{"a failed message comes again after a growing while", testRetryGrows},
		{"after its tries a message is dead", testRetryEnds},
		{"a permanent error is dead at once", testPermanent},
		{"failures in a batch are its messages' own", testBatchFailure},
		{"a panic costs its message a try and nobody else", testPanic},
		{"too few answers are a failure", testWrongAnswers},
	}
}

var errWeather = errors.New("bad weather")

func testRetryGrows(t *testing.T, bus stream.Bus) {
	publish(t, bus, subject(t), "a")
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, func(_ context.Context, m stream.Message) error {
		if m.Deliveries < tries {
			return errWeather
		}
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	when := j.times("a")
	if len(when) != tries {
		t.Fatalf("%d deliveries, want %d", len(when), tries)
	}
	first, second := when[1].Sub(when[0]), when[2].Sub(when[1])
	// 40 ms and 120 ms, a quarter more or less.
	if first < 25e6 || second < 85e6 {
		t.Errorf("again after %v and %v: want at least 30 ms and 90 ms", first, second)
	}
	for i, m := range j.messages() {
		if m.Deliveries != i+1 {
			t.Errorf("delivery %d says %d", i+1, m.Deliveries)
		}
	}
}

func testRetryEnds(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, "a", "b")
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{}, func(_ context.Context, m stream.Message) error {
		if string(m.Data) == "a" {
			return errWeather
		}
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	if n := len(j.times("a")); n != tries {
		t.Errorf("%d tries, want %d", n, tries)
	}
	dead := letters(t, bus, at)
	if len(dead) != 1 || dead[0].Tries != tries || dead[0].Error != errWeather.Error() || dead[0].ID != at+"/a" {
		t.Errorf("dead letters %+v", dead)
	}
}

func testPermanent(t *testing.T, bus stream.Bus) {
	at := subject(t)
	seqs := publish(t, bus, at, "a", "b")
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 2}, func(_ context.Context, m stream.Message) error {
		if string(m.Data) == "a" {
			return stream.Permanent(errors.New("no title"))
		}
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	if len(j.times("a")) != 1 || len(j.times("b")) != 1 {
		t.Errorf("deliveries: %d and %d, want one each", len(j.times("a")), len(j.times("b")))
	}
	dead := letters(t, bus, at)
	if len(dead) != 1 {
		t.Fatalf("%d dead letters, want 1", len(dead))
	}
	l, err := stream.Dead(bus).Show(t.Context(), dead[0].Seq)
	if err != nil {
		t.Fatal(err)
	}
	if l.ID != at+"/a" || l.Subject != at || l.Consumer != stream.ConsumeFound || l.Sequence != seqs[0] ||
		l.Tries != 1 || l.Error != "no title" || string(l.Data) != "a" || l.When.IsZero() {
		t.Errorf("letter %+v", l)
	}
}

func testBatchFailure(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, numbers(6)...)
	j := work(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 6}, func(_ context.Context, m stream.Message) error {
		switch string(m.Data) {
		case "1":
			return stream.Permanent(errors.New("permanent"))
		case "2":
			return errWeather
		case "3":
			if m.Deliveries == 1 {
				return errWeather
			}
		}
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	for id, want := range map[string]int{"0": 1, "1": 1, "2": tries, "3": 2, "4": 1, "5": 1} {
		if got := len(j.times(id)); got != want {
			t.Errorf("message %s: %d deliveries, want %d", id, got, want)
		}
	}
	if n := len(letters(t, bus, at)); n != 2 {
		t.Errorf("%d dead letters, want 2", n)
	}
}

func testPanic(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, numbers(5)...)
	var done []string
	j := &job{}
	j.run(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 5}, func(_ context.Context, batch []stream.Message) []error {
		j.note(batch)
		for _, m := range batch {
			if string(m.Data) == "2" {
				panic("two")
			}
		}
		done = append(done, data(batch)...)
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	j.stop()
	slices.Sort(done)
	if !slices.Equal(done, []string{"0", "1", "3", "4"}) {
		t.Errorf("done: %v", done)
	}
	dead := letters(t, bus, at)
	if len(dead) != 1 || dead[0].ID != at+"/2" || dead[0].Tries != tries || !strings.Contains(dead[0].Error, "panicked: two") {
		t.Errorf("dead letters %+v", dead)
	}
}

func testWrongAnswers(t *testing.T, bus stream.Bus) {
	at := subject(t)
	publish(t, bus, at, "a", "b")
	j := &job{}
	j.run(t, bus, stream.ConsumeFound, stream.ConsumeOptions{Batch: 2, Wait: time.Second}, func(_ context.Context, batch []stream.Message) []error {
		j.note(batch)
		if len(batch) > 1 {
			return []error{nil}
		}
		return nil
	})
	drained(t, bus, stream.ConsumeFound)
	if n := len(letters(t, bus, at)); n != 0 {
		t.Errorf("%d dead letters: alone each message passes", n)
	}
	if len(j.times("a")) < 2 || len(j.times("b")) < 2 {
		t.Error("a message without an answer was taken for done")
	}
}
