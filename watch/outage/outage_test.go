package outage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
)

// press is a crawler's record of some sources: each is visited every interval,
// has something new every gap, and fails while broken says so.
type press struct {
	bus     stream.Bus
	health  stream.Bucket
	count   int
	every   time.Duration
	gap     time.Duration
	broken  func(i int, at time.Duration) bool
	quiet   func(i int, at time.Duration) bool // answers, but has nothing new
	stopped func(at time.Duration) bool        // nobody visits

	began time.Time
	all   []mention.SourceHealth
}

func newPress(t *testing.T, count int) *press {
	t.Helper()
	never := func(int, time.Duration) bool { return false }
	p := &press{bus: stream.NewMemory(), count: count, every: 5 * time.Minute, gap: time.Hour, broken: never, quiet: never,
		stopped: func(time.Duration) bool { return false }, began: time.Now()}
	b, err := p.bus.Bucket(t.Context(), stream.BucketHealth)
	if err != nil {
		t.Fatal(err)
	}
	p.health = b
	for i := range count {
		p.all = append(p.all, mention.SourceHealth{Source: fmt.Sprintf("bao-%d", i), Outlet: "bao", OutletName: fmt.Sprintf("Báo %d", i),
			Kind: mention.Press, Via: "feed", State: mention.SourceGood, Since: p.began, LastNew: p.began, LastHeard: p.began, LastTry: p.began,
			UsualGap: int64(p.gap / time.Second)})
	}
	return p
}

// run visits for so long, and gives what was announced, with when.
func (p *press) run(t *testing.T, long time.Duration, channels ...string) (news []watch.Outage, at []time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for _, owner := range []string{"a", "b"} { // two processes, one lease
		a, err := New(ctx, Options{Bus: p.bus, Channels: append([]string{"nguoi-giu-nguon"}, channels...), Owner: owner,
			Listed: func(id string) bool { return id != "bao-99" }})
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() { _ = a.Run(ctx) })
	}
	for end := time.Now().Add(long); time.Now().Before(end); time.Sleep(20 * time.Second) {
		p.visits(t)
	}
	cancel()
	wg.Wait()
	err := p.bus.Replay(t.Context(), "notice.nguoi-giu-nguon", 1, false, func(raw stream.Message) error {
		var m watch.Message
		if err := json.Unmarshal(raw.Data, &m); err != nil {
			return err
		}
		news, at = append(news, *m.Outage), append(at, raw.Time.Sub(p.began))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.bus.Close(); err != nil {
		t.Error(err)
	}
	return news, at
}

// visits makes the visits that are due. Sources are due one after another.
func (p *press) visits(t *testing.T) {
	t.Helper()
	now := time.Now()
	since := now.Sub(p.began)
	if p.stopped(since) {
		return
	}
	for i := range p.all {
		h := &p.all[i]
		if h.Next.IsZero() {
			h.Next = p.began.Add(time.Duration(i) * p.every / time.Duration(p.count))
		}
		if now.Before(h.Next) {
			continue
		}
		h.LastTry, h.Next = now, now.Add(p.every)
		p.outcome(i, h, since, now)
		data, err := json.Marshal(h)
		if err == nil {
			_, err = p.health.Put(t.Context(), h.Source, data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (p *press) outcome(i int, h *mention.SourceHealth, since time.Duration, now time.Time) {
	state := mention.SourceGood
	if p.broken(i, since) {
		h.Failures++
	} else {
		h.Failures, h.LastHeard = 0, now
		if !p.quiet(i, since) && now.Sub(h.LastNew) >= p.gap {
			h.LastNew = now
		}
	}
	switch {
	case h.Failures >= 2:
		state, h.LastError = mention.SourceFailing, "fetch: http://x.vn/: 503"
	case !now.Before(h.Overdue()):
		state = mention.SourceSilent
	}
	if state != h.State {
		h.State, h.Since = state, now
	}
}

// told is a short form of what was announced.
func short(news []watch.Outage, at []time.Duration) string {
	var out []string
	for i, o := range news {
		var parts []string
		if o.Whole {
			parts = append(parts, map[bool]string{false: "whole", true: "ended"}[o.Ended])
		}
		for _, s := range o.Down {
			parts = append(parts, "-"+s.ID+":"+string(s.State))
		}
		for _, s := range o.Up {
			parts = append(parts, "+"+s.ID)
		}
		out = append(out, fmt.Sprintf("%s %s", at[i].Round(time.Minute), strings.Join(parts, " ")))
	}
	return strings.Join(out, "; ")
}

// between is true in a span of hours.
func between(from, to float64) func(time.Duration) bool {
	return func(at time.Duration) bool { return at.Hours() >= from && at.Hours() < to }
}

func TestAllWellIsNoNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := short(newPress(t, 10).run(t, 48*time.Hour)); got != "" {
			t.Errorf("announced %s", got)
		}
	})
}

// A silent source is announced within twice its usual gap, once, and again when
// it is well.
func TestSilentSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 10)
		silent := between(5, 29)
		p.quiet = func(i int, at time.Duration) bool { return i == 3 && silent(at) }
		news, at := p.run(t, 48*time.Hour)
		if len(news) != 2 || len(news[0].Down) != 1 || news[0].Down[0].ID != "bao-3" || len(news[1].Up) != 1 {
			t.Fatalf("announced %s", short(news, at))
		}
		newest := news[0].Down[0].Newest.Sub(p.began)
		if late := at[0] - newest; late > 2*p.gap+time.Minute {
			t.Errorf("announced %s after the newest item, want twice the gap of %s", late, p.gap)
		}
		if at[1] < 29*time.Hour || at[1] > 30*time.Hour {
			t.Errorf("the end is announced at %s", at[1])
		}
	})
}

// One source that fails among others is announced soon: the others are heard.
func TestFailingSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 10)
		down := between(5, 100)
		p.broken = func(i int, at time.Duration) bool { return i == 3 && down(at) }
		news, at := p.run(t, 48*time.Hour)
		if len(news) != 1 || news[0].Down[0].State != mention.SourceFailing || news[0].Of != 10 || news[0].Down[0].Error == "" {
			t.Fatalf("announced %s", short(news, at))
		}
		if at[0] > 5*time.Hour+15*time.Minute {
			t.Errorf("announced at %s", at[0])
		}
	})
}

// Coming and going is one outage.
func TestFlappingSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 10)
		p.broken = func(i int, at time.Duration) bool {
			return i == 3 && at > 5*time.Hour && at < 20*time.Hour && at.Minutes() != 0 && int(at.Minutes())%40 < 25
		}
		news, at := p.run(t, 30*time.Hour)
		if len(news) != 2 || len(news[0].Down) != 1 || len(news[1].Up) != 1 {
			t.Errorf("announced %s", short(news, at))
		}
	})
}

// When the network is away for six hours there is one message, and one when it
// is back.
func TestNetworkDown(t *testing.T) {
	for _, count := range []int{3, 10, 60} {
		synctest.Test(t, func(t *testing.T) {
			p := newPress(t, count)
			down := between(5, 11)
			p.broken = func(_ int, at time.Duration) bool { return down(at) }
			news, at := p.run(t, 24*time.Hour)
			if len(news) != 2 || !news[0].Whole || news[0].Ended || !news[1].Ended || len(news[0].Down)+len(news[1].Down)+len(news[1].Up) != 0 {
				t.Fatalf("%d sources: announced %s", count, short(news, at))
			}
			if at[0] > 5*time.Hour+20*time.Minute || at[1] > 11*time.Hour+20*time.Minute {
				t.Errorf("%d sources: announced %s", count, short(news, at))
			}
			if heard := news[0].Heard.Sub(p.began); heard > 5*time.Hour || heard < 4*time.Hour+50*time.Minute {
				t.Errorf("heard last at %s", heard)
			}
		})
	}
}

// What stays broken after the network is back is told, and so is what was told
// before.
func TestNetworkBackButNotAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 20)
		down, one, other := between(5, 11), between(2, 14), between(5, 100)
		p.broken = func(i int, at time.Duration) bool { return down(at) || i == 1 && one(at) || i == 2 && other(at) }
		news, at := p.run(t, 24*time.Hour)
		got := short(news, at)
		for _, want := range []string{"-bao-1:failing", "whole", "ended", "-bao-2:failing", "+bao-1"} {
			if strings.Count(got, want) != 1 {
				t.Errorf("%q %d times in %s", want, strings.Count(got, want), got)
			}
		}
		if len(news) > 5 {
			t.Errorf("%d messages: %s", len(news), got)
		}
	})
}

// A crawler that has stopped is one message, not one a source.
func TestCrawlerStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 30)
		p.stopped = between(5, 20)
		news, at := p.run(t, 24*time.Hour)
		if len(news) != 2 || !news[0].Whole || !news[1].Ended || at[0] > 5*time.Hour+20*time.Minute {
			t.Errorf("announced %s", short(news, at))
		}
	})
}

// When the crawler is back and has visited a few sources, the others are not
// failing: their turn comes.
func TestTheOthersTurnComes(t *testing.T) {
	now := time.Date(2026, 9, 14, 20, 0, 0, 0, time.UTC)
	var all []mention.SourceHealth
	for i := range 30 {
		h := mention.SourceHealth{Source: fmt.Sprint("bao-", i), State: mention.SourceGood, LastHeard: now.Add(-15 * time.Hour),
			LastTry: now.Add(-15 * time.Hour), LastNew: now.Add(-15 * time.Hour), UsualGap: 3600, Next: now.Add(-14 * time.Hour)}
		if i < few {
			h.LastHeard, h.LastTry, h.LastNew, h.Next = now, now, now, now.Add(time.Hour)
		}
		all = append(all, h)
	}
	before := told{Whole: &whole{Heard: now.Add(-15 * time.Hour), Began: now.Add(-14 * time.Hour)}}
	after, news := before.judge(newMoment(all, now.AddDate(0, 0, -1), now))
	if news == nil || !news.Ended || len(news.Down) > 0 || after.Whole != nil {
		t.Fatalf("%+v, %+v", after, news)
	}
	if _, news := after.judge(newMoment(all, now.AddDate(0, 0, -1), now.Add(time.Minute))); news != nil {
		t.Errorf("a minute later: %+v", news)
	}
	_, news = after.judge(newMoment(all[few:], now.AddDate(0, 0, -1), now.Add(time.Hour)))
	if news == nil || len(news.Down) == 0 && !news.Whole {
		t.Errorf("whom nobody visits for an hour is not told: %+v", news)
	}
}

// A machine that was off at night is no news in the morning, if all is well
// then.
func TestStartInTheMorning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 30)
		p.visits(t)
		time.Sleep(10 * time.Hour)
		if got := short(p.run(t, 12*time.Hour)); got != "" {
			t.Errorf("announced %s", got)
		}
	})
}

// What comes by itself is announced too; what has left the list is not.
func TestPushedAndUnlisted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 5)
		for _, id := range []string{"day-len", "bao-99"} {
			h := mention.SourceHealth{Source: id, Via: "push", State: mention.SourceGood, LastNew: p.began, LastHeard: p.began, UsualGap: 3600}
			data, err := json.Marshal(h)
			if err == nil {
				_, err = p.health.Put(t.Context(), id, data)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		news, at := p.run(t, 24*time.Hour)
		if got := short(news, at); got != "2h0m0s -day-len:silent" {
			t.Errorf("announced %s", got)
		}
	})
}

// A list with one source has nobody to compare it with.
func TestOnlySource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPress(t, 1)
		down := between(5, 9)
		p.broken = func(_ int, at time.Duration) bool { return down(at) }
		news, at := p.run(t, 24*time.Hour)
		if len(news) != 2 || len(news[0].Down) != 1 || len(news[1].Up) != 1 || at[0] > 5*time.Hour+20*time.Minute {
			t.Errorf("announced %s", short(news, at))
		}
	})
}

// What was told and could not be written down is told again under the same id,
// which the log takes once.
func TestIDIsOfWhatIsTold(t *testing.T) {
	o := watch.Outage{Of: 3, Down: []watch.Ill{{ID: "a", State: mention.SourceSilent, Since: time.Unix(1, 0)}}}
	same := o
	same.Of = 4
	other := o
	other.Down = []watch.Ill{{ID: "a", State: mention.SourceSilent, Since: time.Unix(2, 0)}}
	up := watch.Outage{Up: o.Down}
	if id(o) != id(same) || id(o) == id(other) || id(o) == id(up) {
		t.Error("ids do not follow what is told")
	}
}
