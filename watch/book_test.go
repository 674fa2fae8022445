package watch

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/watch/clock"
)

// opening records one alert and gives its id.
func (h *house) opening(policy string) string {
	f := finding{Policy: policy, Level: Notice, Evidence: Evidence{From: time.Now().Add(-time.Hour), To: time.Now(), Judged: time.Now(), Stories: 4, Mentions: 4}}
	if _, err := h.book.record(h.t.Context(), h.rule.WithDefaults(), f, time.Now()); err != nil {
		h.t.Fatal(err)
	}
	last, _ := h.book.last(h.rule.ID, policy)
	return last.ID
}

// take does a step with the version as it is.
func (h *house) take(step, id, by string) error {
	a, err := h.book.Get(id)
	if err != nil {
		return err
	}
	ctx := h.t.Context()
	switch step {
	case "acknowledge":
		_, err = h.book.Acknowledge(ctx, id, by, "", a.Version)
	case "determine":
		_, err = h.book.Determine(ctx, id, by, "", time.Now(), a.Version)
	case "close":
		_, err = h.book.Close(ctx, id, by, "", a.Version)
	case "reopen":
		_, err = h.book.Reopen(ctx, id, by, "", a.Version)
	}
	return err
}

func TestLifeOfAnAlert(t *testing.T) {
	for _, c := range []struct {
		steps   string // the last is the one looked at
		want    State
		allowed bool
	}{
		{"acknowledge", Acknowledged, true},
		{"close", Closed, true},
		{"determine", Acknowledged, true},
		{"acknowledge determine", Acknowledged, true},
		{"acknowledge close", Closed, true},
		{"close reopen", Open, true},
		{"close reopen acknowledge", Acknowledged, true},
		{"reopen", Open, false},
		{"acknowledge acknowledge", Acknowledged, false},
		{"acknowledge reopen", Acknowledged, false},
		{"close close", Closed, false},
		{"close acknowledge", Closed, false},
		{"close determine", Closed, false},
		{"determine determine", Acknowledged, false},
	} {
		t.Run(c.steps, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t)
				id := h.opening("p-1")
				steps := strings.Fields(c.steps)
				var err error
				for i, step := range steps {
					time.Sleep(time.Minute)
					if err = h.take(step, id, "lan"); err != nil && i < len(steps)-1 {
						t.Fatal(err)
					}
				}
				if refused := (*NotAllowed)(nil); c.allowed != (err == nil) || !c.allowed && !errors.As(err, &refused) {
					t.Errorf("error %v", err)
				}
				if a, _ := h.book.Get(id); a.State != c.want {
					t.Errorf("state %s, want %s", a.State, c.want)
				}
			})
		})
	}
}

func TestWhoSawAnOlderStateCannotDecide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		id := h.opening("p-1")
		if _, err := h.book.Acknowledge(t.Context(), id, "lan", "tôi nhận", 1); err != nil {
			t.Fatal(err)
		}
		if _, err := h.book.Close(t.Context(), id, "minh", "", 1); !errors.Is(err, ErrConflict) {
			t.Errorf("closed on what was no longer so: %v", err)
		}
		if _, err := h.book.Acknowledge(t.Context(), "bat-loi--x-1", "minh", "", 1); !errors.Is(err, ErrNotFound) {
			t.Errorf("an alert that is not: %v", err)
		}
		a, _ := h.book.Get(id)
		if a.By != "lan" || a.Note != "tôi nhận" || len(a.History) != 2 || a.History[1].Type != ChangeAcknowledged {
			t.Errorf("alert %+v", a)
		}
	})
}

func TestGrowthAndDeliveriesDoNotDisturbADecision(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		id := h.opening("p-1")
		grown := finding{Policy: "p-1", Level: Notice, Evidence: Evidence{From: time.Now().Add(-time.Hour), To: time.Now(), Judged: time.Now(), Stories: 6, Mentions: 9}}
		if change, err := h.book.record(t.Context(), h.rule, grown, time.Now()); err != nil || change != ChangeGrown {
			t.Fatalf("change %q, %v", change, err)
		}
		if err := h.book.Deliver(t.Context(), id, "soc", "m1", time.Now()); err != nil {
			t.Fatal(err)
		}
		if a, err := h.book.Acknowledge(t.Context(), id, "lan", "", 1); err != nil || a.Stories != 6 {
			t.Errorf("%d stories, %v", a.Stories, err)
		}
		louder := grown
		louder.Level = Crisis
		if change, _ := h.book.record(t.Context(), h.rule, louder, time.Now()); change != ChangeRaised {
			t.Errorf("change %q", change)
		}
		if _, err := h.book.Close(t.Context(), id, "lan", "", 2); !errors.Is(err, ErrConflict) {
			t.Errorf("closed a crisis that was a notice when looked at: %v", err)
		}
	})
}

func TestTwoPeopleCannotBothTakeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		id := h.opening("p-1")
		var all sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			all.Go(func() { _, errs[i] = h.book.Acknowledge(t.Context(), id, string(rune('a'+i)), "", 1) })
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if refused := (*NotAllowed)(nil); !errors.Is(err, ErrConflict) && !errors.As(err, &refused) {
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d people have taken it", won)
		}
	})
}

func TestTheBookSurvivesARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		id, other := h.opening("p-1"), h.opening("p-2")
		_ = h.take("determine", id, "lan")
		_ = h.take("close", id, "lan")
		again, err := ledger.Open(t.Context(), h.bus)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = again.Close() }()
		list := NewBook(again).List()
		if len(list) != 2 || list[0].ID != other || list[1].State != Closed || list[1].Determined.IsZero() || list[1].closed.IsZero() {
			t.Errorf("list %s", diary(list))
		}
	})
}

func TestDeterminationStartsTheLegalClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 20, 8, 0, 0, 0, hanoi)))
		h := newHouse(t)
		id := h.opening("p-1")
		binding := func() (running []clock.Clock) {
			a, _ := h.book.Get(id)
			for _, c := range a.Clocks(clock.Vietnam(), hanoi) {
				if c.Running() && c.Binding() {
					running = append(running, c)
				}
			}
			return running
		}
		_ = h.take("acknowledge", id, "lan")
		if got := binding(); len(got) != 0 {
			t.Errorf("taking it started %v", got)
		}
		time.Sleep(2 * time.Hour)
		_ = h.take("determine", id, "lan")
		if got := binding(); len(got) != 1 || !got[0].Due.Equal(time.Date(2026, 11, 21, 10, 0, 0, 0, hanoi)) {
			t.Errorf("clocks %v, want one until 10:00 the next day", got)
		}
	})
}

func TestALoudEventIsKeptWhole(t *testing.T) {
	for _, raw := range []string{`{`, `{}`} {
		if _, err := foldAlert(Alert{}, ledger.Event{Key: "k", Type: ChangeOpened, Data: []byte(raw)}); err == nil {
			t.Errorf("%s opened an alert", raw)
		}
	}
	if _, err := foldAlert(Alert{}, ledger.Event{Key: "k", Type: "sung"}); err == nil {
		t.Error("an unknown step was taken")
	}
}
