package watch

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// house is a watch with everything around it, in virtual time.
type house struct {
	t     *testing.T
	bus   *stream.Memory
	book  *Book
	index *index
	rule  RuleConfig
	ids   []string
	every time.Duration // between looks; 0: the default
}

func newHouse(t *testing.T) *house {
	bus := stream.NewMemory()
	l, err := ledger.Open(t.Context(), bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	h := &house{t: t, bus: bus, book: NewBook(l), index: &index{}, rule: RuleConfig{ID: "bat-loi", Channels: []string{"outbox"}}}
	for i := range 20 {
		h.ids = append(h.ids, fmt.Sprint("p-", i))
	}
	return h
}

// start runs a watch until the returned function stops it.
func (h *house) start(owner string) (*Watch, context.CancelFunc) {
	w := New(Options{Bus: h.bus, Book: h.book, Searcher: h.index, Rules: []RuleConfig{h.rule}, Policies: h.ids, Owner: owner, Zone: hanoi, Every: h.every})
	ctx, stop := context.WithCancel(h.t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := w.Run(ctx); err != nil {
			h.t.Error(err)
		}
	}()
	end := func() { stop(); <-done }
	h.t.Cleanup(end)
	return w, end
}

var serial int

// publish puts n unfavourable texts about a policy into the index, each its
// own post in its own outlet, a minute apart from when on.
func (h *house) publish(policy string, n int, when time.Time) {
	for i := range n {
		serial++
		m := &mention.Mention{
			ID: nameOf(fmt.Sprint(serial)), Origin: mention.Origin{Kind: mention.Social, Outlet: fmt.Sprint("trang-", i%5), Channel: mention.Post},
			Text: mention.Text{Title: fmt.Sprint("Bài ", serial), Published: when.Add(time.Duration(i) * time.Minute)},
			Reading: &mention.Reading{Tone: sure("neg"), Policies: []mention.PolicyHit{{ID: policy}},
				Stances: []mention.Stance{{Policy: policy, Label: sure("against")}}},
		}
		h.index.put(query.Hit{Mention: m})
	}
}

// quiet fills the weeks before now with the steady murmur of other policies.
func (h *house) quiet(weeks int) {
	now := time.Now().Truncate(time.Hour)
	for day := range weeks * 7 {
		for hour := 8; hour < 20; hour += 3 {
			h.publish(h.ids[(day+hour)%5+5], 1, now.AddDate(0, 0, -day-1).Add(time.Duration(hour)*time.Hour))
		}
	}
}

func (h *house) notices() (ids []string) {
	err := h.bus.Replay(h.t.Context(), "notice.>", 0, false, func(m stream.Message) error {
		ids = append(ids, m.ID)
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return ids
}

func TestABurstIsSeenWhileItsHourStillRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		w, _ := h.start("a")
		time.Sleep(61 * time.Minute)
		if got := h.book.List(); len(got) > 0 {
			t.Fatalf("alarm in quiet weeks: %s", diary(got))
		}
		h.publish("p-1", 8, time.Now().Add(-8*time.Minute))
		time.Sleep(time.Minute)
		got := h.book.List()
		if len(got) != 1 || got[0].Policy != "p-1" || got[0].Stories != 8 {
			t.Fatalf("want one alert on p-1 within a minute, got %s", diary(got))
		}
		if p := w.Progress(); !p.Leading || p.Opened != 1 || p.Problem != "" {
			t.Errorf("progress %+v", p)
		}
		if ids := h.notices(); len(ids) != 1 || ids[0] != "outbox:bat-loi--p-1-1:1:"+string(got[0].Level) {
			t.Errorf("notices %q", ids)
		}
	})
}

func TestTwoWatchesGiveOneAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		a, _ := h.start("a")
		b, _ := h.start("b")
		h.publish("p-1", 8, time.Now().Add(-30*time.Minute))
		time.Sleep(5 * time.Minute)
		if a.Progress().Leading == b.Progress().Leading {
			t.Errorf("leading: a %v, b %v; want one", a.Progress().Leading, b.Progress().Leading)
		}
		if got := h.book.List(); len(got) != 1 || len(h.notices()) != 1 {
			t.Errorf("%d notices, alerts %s", len(h.notices()), diary(got))
		}
	})
}

func TestTheSecondTakesOverWhenTheFirstEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		_, end := h.start("a")
		time.Sleep(time.Minute)
		b, _ := h.start("b")
		time.Sleep(time.Minute)
		end()
		time.Sleep(25 * time.Second)
		if !b.Progress().Leading {
			t.Error("nobody judges any more")
		}
		h.publish("p-2", 8, time.Now().Add(-20*time.Minute))
		time.Sleep(time.Minute)
		if got := h.book.List(); len(got) != 1 {
			t.Errorf("alerts: %s", diary(got))
		}
	})
}

// Even without the lease, judging twice opens once.
func TestRecordingTwiceOpensOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		f := finding{Policy: "p-1", Level: Notice, Evidence: Evidence{From: at(1, "08:00"), To: at(1, "09:00"), Judged: at(1, "09:00"), Stories: 4}}
		other := f
		other.Evidence.From = at(1, "03:00") // the other watch sees it by six hours
		errs := make(chan error, 2)
		for _, f := range []finding{f, other} {
			go func() {
				_, err := h.book.record(t.Context(), h.rule, f, at(1, "09:00"))
				errs <- err
			}()
		}
		if err := errors.Join(<-errs, <-errs); err != nil {
			t.Fatal(err)
		}
		if got := h.book.List(); len(got) != 1 || got[0].ID != "bat-loi--p-1-1" {
			t.Errorf("alerts %s", diary(got))
		}
	})
}

func TestAGapIsCaughtUpInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		_, end := h.start("a")
		time.Sleep(time.Hour)
		end()
		down := time.Now()
		time.Sleep(30 * time.Hour)
		h.publish("p-3", 8, down.Add(10*time.Hour))
		h.publish("p-4", 8, down.Add(4*time.Hour))
		_, _ = h.start("a")
		time.Sleep(2 * time.Minute)
		var order []string
		for _, item := range h.book.view.All() {
			order = append(order, item.State.Policy)
		}
		if fmt.Sprint(order) != "[p-4 p-3]" {
			t.Errorf("opened %v, want p-4 and then p-3", order)
		}
		if a := h.book.List()[0]; a.Noticed.After(down.Add(11*time.Hour)) || !a.Opened.After(down.Add(29*time.Hour)) {
			t.Errorf("noticed %v, opened %v", a.Noticed, a.Opened)
		}
	})
}

func TestLateArrivalsAreJudged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		_, _ = h.start("a")
		time.Sleep(10 * time.Hour)
		h.publish("p-1", 8, time.Now().Add(-9*time.Hour)) // the feed was down
		time.Sleep(time.Minute)
		if got := h.book.List(); len(got) != 1 {
			t.Errorf("alerts %s", diary(got))
		}
	})
}

func TestAnOpenAlertTakesLaterWindowsIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		_, _ = h.start("a")
		for range 6 {
			h.publish("p-1", 6, time.Now().Add(-6*time.Minute))
			time.Sleep(time.Hour)
		}
		got := h.book.List()
		if len(got) != 1 || got[0].Level != Crisis || got[0].Stories < 30 {
			t.Fatalf("want one crisis, got %s", diary(got))
		}
		if n := len(h.notices()); n < 2 || n > 3 {
			t.Errorf("%d notices %q; want one a level", n, h.notices())
		}
	})
}

func TestAClosedAlertRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		_, _ = h.start("a")
		h.publish("p-1", 6, time.Now().Add(-6*time.Minute))
		time.Sleep(time.Minute)
		a := h.book.List()[0]
		if _, err := h.book.Close(t.Context(), a.ID, "lan", "đã trả lời", a.Version); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		if got := h.book.List(); len(got) != 1 {
			t.Fatalf("what was closed opened again: %s", diary(got))
		}
		time.Sleep(20 * time.Hour)
		h.publish("p-1", 9, time.Now().Add(-9*time.Minute))
		time.Sleep(time.Minute)
		if got := h.book.List(); len(got) != 2 || got[0].ID != "bat-loi--p-1-2" || got[0].State != Open {
			t.Errorf("a new burst a day later: %s", diary(got))
		}
	})
}

func TestAnIndexThatIsDownLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.quiet(4)
		w, _ := h.start("a")
		time.Sleep(time.Minute)
		h.index.fail(errors.New("index: no route"))
		h.publish("p-1", 8, time.Now().Add(-8*time.Minute))
		time.Sleep(3 * time.Hour)
		if p := w.Progress(); p.Failed == 0 || p.Problem == "" {
			t.Errorf("progress says nothing: %+v", p)
		}
		h.index.fail(nil)
		time.Sleep(time.Minute)
		if got := h.book.List(); len(got) != 1 || w.Progress().Problem != "" {
			t.Errorf("after the outage: %s, problem %q", diary(got), w.Progress().Problem)
		}
	})
}

// The whole fortnight live: items arrive at their times, the watch runs.
func TestTheFortnightLive(t *testing.T) {
	if testing.Short() {
		t.Skip("two weeks of virtual time")
	}
	synctest.Test(t, func(t *testing.T) {
		whole, items := fortnight(t)
		h := newHouse(t)
		h.ids, h.every = registry(items), 5*time.Minute
		shift := time.Now().Truncate(24 * time.Hour).Add(17 * time.Hour).Sub(newsroom.DayZero())
		time.Sleep(time.Until(newsroom.DayZero().Add(shift)))
		_, _ = h.start("a")
		for _, hit := range whole.hits {
			hit.Mention.Text.Published = hit.Mention.Text.Published.Add(shift)
			time.Sleep(time.Until(hit.Mention.When().Add(2 * time.Minute)))
			h.index.put(hit)
		}
		time.Sleep(time.Hour)
		var got []Alert
		for _, a := range h.book.List() {
			for i := range a.History {
				a.History[i].At = a.History[i].At.Add(-shift)
			}
			got = append(got, a)
		}
		t.Logf("\n%s", diary(got))
		wantBetween(t, got, "bang-gia-dat", Notice, at(4, "08:12"), at(4, "10:00"))
		wantNone(t, got, "cai-cach-hanh-chinh")
		wantBetween(t, got, "pccc-chung-cu-mini", Notice, at(10, "08:00"), at(10, "21:00"))
	})
}
