package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/stream"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, bus stream.Bus) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(context.Background(), bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

func memory(t testing.TB) stream.Bus {
	bus := stream.NewMemory()
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}

func event(id, key, typ string) ledger.Event {
	return ledger.Event{
		ID: id, Entity: "alert", Key: key, Type: typ, By: "lan",
		At: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC), Data: json.RawMessage(`{"note":"điểm báo"}`),
	}
}

func TestAppend(t *testing.T) {
	l := open(t, memory(t))
	ctx := t.Context()
	first, err := l.Append(ctx, event("1", "a", "opened"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(ctx, event("2", "a", "acknowledged"), 0); !errors.Is(err, ledger.ErrConflict) {
		t.Errorf("expecting nothing where there is an event: %v", err)
	}
	second, err := l.Append(ctx, event("3", "a", "acknowledged"), first)
	if err != nil || second <= first {
		t.Errorf("second %d, %v", second, err)
	}
	if _, err := l.Append(ctx, event("4", "b", "opened"), 0); err != nil {
		t.Errorf("another key: %v", err)
	}
	if got := l.Last("alert", "a"); got != second {
		t.Errorf("last %d, want %d", got, second)
	}
	if got := l.Last("alert", "none"); got != 0 {
		t.Errorf("last of nothing %d", got)
	}
	history := l.History("alert", "a")
	if len(history) != 2 || history[0].Type != "opened" || history[1].Type != "acknowledged" {
		t.Errorf("history %+v", history)
	}
	if got := history[0]; !got.At.Equal(event("1", "a", "").At) || got.By != "lan" || string(got.Data) != `{"note":"điểm báo"}` {
		t.Errorf("stored %+v", got)
	}
}

func TestAppendAgain(t *testing.T) {
	l := open(t, memory(t))
	ctx := t.Context()
	e := event("1", "a", "opened")
	first, err := l.Append(ctx, e, 0)
	if err != nil {
		t.Fatal(err)
	}
	last, err := l.Append(ctx, event("2", "a", "closed"), first)
	if err != nil {
		t.Fatal(err)
	}
	for _, expect := range []uint64{0, first, last, 999} {
		if seq, err := l.Append(ctx, e, expect); err != nil || seq != first {
			t.Errorf("the first again, expecting %d: %d, %v; want %d", expect, seq, err, first)
		}
	}
	if n := len(l.History("alert", "a")); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
	stolen := event("1", "b", "opened")
	if seq, err := l.Append(ctx, stolen, 0); err == nil {
		t.Errorf("an ID of another event was accepted as %d", seq)
	}
}

// After the duplicate window the bus no longer knows the ID; the ledger does.
func TestAppendAgainMuchLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := memory(t)
		l := open(t, bus)
		e := event("1", "a", "opened")
		first, err := l.Append(t.Context(), e, 0)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(24 * time.Hour)
		other := open(t, bus)
		if seq, err := other.Append(t.Context(), e, first); err != nil || seq != first {
			t.Errorf("a day later: %d, %v; want %d", seq, err, first)
		}
		if n := len(other.History("alert", "a")); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestAppendRefuses(t *testing.T) {
	l := open(t, memory(t))
	tests := map[string]func(*ledger.Event){
		"no id":             func(e *ledger.Event) { e.ID = "" },
		"no type":           func(e *ledger.Event) { e.Type = "" },
		"nobody":            func(e *ledger.Event) { e.By = "" },
		"no time":           func(e *ledger.Event) { e.At = time.Time{} },
		"entity with a dot": func(e *ledger.Event) { e.Entity = "a.b" },
		"no entity":         func(e *ledger.Event) { e.Entity = "" },
		"key with a star":   func(e *ledger.Event) { e.Key = "*" },
		"key in capitals":   func(e *ledger.Event) { e.Key = "A" },
		"long key":          func(e *ledger.Event) { e.Key = strings.Repeat("a", 65) },
		"data that is none": func(e *ledger.Event) { e.Data = json.RawMessage("{") },
	}
	for name, spoil := range tests {
		e := event("1", "a", "opened")
		spoil(&e)
		if _, err := l.Append(t.Context(), e, 0); err == nil || errors.Is(err, ledger.ErrConflict) {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
	if n := len(l.Since(0)); n != 0 {
		t.Errorf("%d events stored", n)
	}
}

func TestView(t *testing.T) {
	l := open(t, memory(t))
	ctx := t.Context()
	types := func(before []string, e ledger.Event) ([]string, error) {
		if e.Type == "spoilt" {
			return nil, errors.New("cannot be read")
		}
		return append(slices.Clone(before), e.Type), nil
	}
	early := ledger.NewView(l, "alert", types)
	changed := early.Changed()
	add := func(id, key, typ string) uint64 {
		seq, err := l.Append(ctx, event(id, key, typ), l.Last("alert", key))
		if err != nil {
			t.Fatal(err)
		}
		return seq
	}
	add("1", "b", "opened")
	select {
	case <-changed:
	default:
		t.Error("the view did not tell that it changed")
	}
	add("2", "a", "opened")
	add("3", "b", "spoilt")
	last := add("4", "b", "closed")
	late := ledger.NewView(l, "alert", types)
	for name, v := range map[string]*ledger.View[[]string]{"early": early, "late": late} {
		state, seq, ok := v.Get("b")
		if !ok || seq != last || !slices.Equal(state, []string{"opened", "closed"}) {
			t.Errorf("%s view of b: %v, %d, %v", name, state, seq, ok)
		}
		if _, _, ok := v.Get("c"); ok {
			t.Errorf("%s view knows c", name)
		}
		if all := v.All(); len(all) != 2 || all[0].Key != "b" || all[1].Key != "a" {
			t.Errorf("%s view in order: %+v", name, all)
		}
	}
	if other := ledger.NewView(l, "digest", types).All(); len(other) != 0 {
		t.Errorf("a view of another entity: %+v", other)
	}
	if p := l.Problems(); len(p) != 2 || !strings.Contains(p[0].Error(), "sequence 3: spoilt of alert b") {
		t.Errorf("problems %v, want the spoilt event once a view", p)
	}
}

// Somebody who writes past this package must not stop the ledger.
func TestSpoiltMessages(t *testing.T) {
	bus := memory(t)
	put := func(subject, data string) {
		if _, err := bus.Publish(t.Context(), stream.Out{Subject: subject, Data: []byte(data)}); err != nil {
			t.Fatal(err)
		}
	}
	good, err := json.Marshal(event("1", "a", "opened"))
	if err != nil {
		t.Fatal(err)
	}
	put("ledger.alert.a", "{")
	put("ledger.alert.a", "{}")
	put("ledger.alert.b", string(good)) // it says that it is of a
	put("ledger.alert.a", string(good))
	put("ledger.alert.a", string(good)) // the same again, past the bus's window
	l := open(t, bus)
	if n := len(l.History("alert", "a")); n != 1 {
		t.Errorf("%d events, want the good one", n)
	}
	if n := len(l.Problems()); n != 4 {
		t.Errorf("problems: %v", l.Problems())
	}
	if _, err := l.Append(t.Context(), event("2", "c", "opened"), 0); err != nil {
		t.Errorf("append after all that: %v", err)
	}
}

func TestSince(t *testing.T) {
	l := open(t, memory(t))
	var seqs []uint64
	for i := range 5 {
		seq, err := l.Append(t.Context(), event(fmt.Sprint(i), fmt.Sprint("k", i), "opened"), 0)
		if err != nil {
			t.Fatal(err)
		}
		seqs = append(seqs, seq)
	}
	if all := l.Since(0); len(all) != 5 || all[0].Seq != seqs[0] {
		t.Errorf("all: %+v", all)
	}
	if some := l.Since(seqs[2]); len(some) != 2 || some[0].ID != "3" {
		t.Errorf("since the third: %+v", some)
	}
	if none := l.Since(seqs[4]); len(none) != 0 {
		t.Errorf("since the last: %+v", none)
	}
}

func TestClose(t *testing.T) {
	bus := memory(t)
	l, err := ledger.Open(t.Context(), bus)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if _, err := l.Append(t.Context(), event("1", "a", "opened"), 0); err == nil {
		t.Error("append to a closed ledger: want an error, no view would show it")
	}
}

func TestOpenEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	bus := memory(t)
	if _, err := bus.Publish(t.Context(), stream.Out{Subject: "ledger.alert.a", Data: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	if l, err := ledger.Open(ctx, bus); err == nil {
		_ = l.Close()
		t.Error("open without time: want an error")
	}
}
