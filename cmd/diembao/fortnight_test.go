package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/crawler/push"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/memory"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// fortnight is the whole line on virtual time: the fixture press, crawler,
// processor, index and watch, over the log in memory.
type fortnight struct {
	t     *testing.T
	press *newsroom.Press
	bus   stream.Bus
	index indexer.Engine
	book  *watch.Book
}

// at gives a moment of the fortnight: day 0 is a Monday.
func at(day, hour int) time.Time {
	return newsroom.DayZero().AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
}

// sleepUntil lets the bubble's time pass.
func sleepUntil(t time.Time) { time.Sleep(time.Until(t)) }

// start builds the line; everything ends with the test's context.
func startFortnight(ctx context.Context, t *testing.T) *fortnight {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	press, err := newsroom.New(newsroom.Options{})
	must(err)
	bus := stream.NewMemory()
	f := &fortnight{t: t, press: press, bus: bus, index: memory.New()}
	config := sources.Config(time.Second)
	keep, err := archive.Open(t.TempDir(), archive.Options{Prefix: "one"})
	must(err)
	made, err := crawler.New(ctx, crawler.Options{Config: config, Bus: bus, Archive: keep, Transport: press.Transport(), AuthorKey: []byte("a key of the test")})
	must(err)
	r, err := loadReaders(configs.RegistryFiles{}, processor.Config{Careful: processor.CarefulOff}, "", slog.New(slog.DiscardHandler))
	must(err)
	worker := processor.NewWorker(processor.Config{Careful: processor.CarefulOff}, r.options(bus))
	l, err := ledger.Open(ctx, bus)
	must(err)
	f.book = watch.NewBook(l)
	registry, err := configs.LoadRegistry(configs.RegistryFiles{}, "")
	must(err)
	o := watch.Options{Bus: bus, Book: f.book, Searcher: f.index, Zone: viet.Zone(), Owner: "one", Every: 15 * time.Minute,
		Rules: []watch.RuleConfig{watch.RuleConfig{ID: "bat-loi"}.WithDefaults()}}
	for _, p := range registry.Policies.Policies {
		o.Policies = append(o.Policies, p.ID)
	}
	for _, run := range []func(context.Context) error{
		made.Run, worker.Run, indexer.NewWorker(indexer.Options{Bus: bus, Writer: f.index}).Run, watch.New(o).Run,
		func(ctx context.Context) error {
			sources.Feed(ctx, press, time.Now, time.Minute, func(rows []push.Row) error { return pushRows(ctx, made, rows) })
			return nil
		},
	} {
		go func() {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}()
	}
	t.Cleanup(func() { l.Close(); bus.Close(); f.index.Close(); keep.Close() })
	return f
}

// alarms are the alerts of a policy that were noticed between two moments.
func (f *fortnight) alarms(from, to time.Time, policies ...string) (out []watch.Alert) {
	for _, a := range f.book.List() {
		if !a.Noticed.Before(from) && a.Noticed.Before(to) && (len(policies) == 0 || slices.Contains(policies, a.Policy)) {
			out = append(out, a)
		}
	}
	return out
}

func (f *fortnight) wantAlarm(what string, from, to time.Time, policies ...string) {
	f.t.Helper()
	if len(f.alarms(from, to, policies...)) == 0 {
		f.t.Errorf("%s: no alarm between %s and %s about %v; alerts: %s", what, say(from), say(to), policies, f.all())
	}
}

func (f *fortnight) wantQuiet(what string, from, to time.Time, policies ...string) {
	f.t.Helper()
	for _, a := range f.alarms(from, to, policies...) {
		f.t.Errorf("%s: an alarm about %s at %s: %d stories, %.2f expected", what, a.Policy, say(a.Noticed), a.Stories, a.Expected)
	}
}

func (f *fortnight) all() (out string) {
	for _, a := range f.book.List() {
		out += fmt.Sprintf("\n  %s %s %s: %d stories, %.2f expected", say(a.Noticed), a.Policy, a.Level, a.Stories, a.Expected)
	}
	return out
}

// say writes a moment as day and hour of the fortnight.
func say(t time.Time) string {
	since := t.Sub(newsroom.DayZero())
	return fmt.Sprintf("day %d %02d:%02d", since/(24*time.Hour), since%(24*time.Hour)/time.Hour, since%time.Hour/time.Minute)
}

// The whole fixture fortnight runs through the whole line in seconds of real
// time. The land-price crisis (S1) alarms, the burst of routine good news (S7)
// does not, and every item arrives once, in its newest text.
func TestFortnight(t *testing.T) {
	if testing.Short() {
		t.Skip("the fortnight: runs without -short only")
	}
	synctest.Test(t, func(t *testing.T) {
		sleepUntil(at(0, 0))
		ctx, stop := context.WithCancel(context.Background())
		f := startFortnight(ctx, t)
		sleepUntil(at(14, 6))
		f.wantAlarm("S1, the land-price crisis", at(3, 14), at(4, 18), "bang-gia-dat")
		f.wantQuiet("S7, the burst of routine good news", at(6, 0), at(7, 0), "cai-cach-hanh-chinh")
		f.wantAlarm("S8, one investigative piece and what it sets off", at(10, 0), at(13, 0), "pccc-chung-cu-mini")
		f.wantNoDead()
		f.wantEveryItemOnce()
		stop()
		synctest.Wait()
	})
}

// wantNoDead fails over every message that a stage gave up.
func (f *fortnight) wantNoDead() {
	f.t.Helper()
	letters, err := stream.Dead(f.bus).List(f.t.Context(), "", 0)
	if err != nil {
		f.t.Error(err)
	}
	for _, l := range letters {
		f.t.Errorf("dead: %s: %s", l.Subject, l.Error)
	}
}

// wantEveryItemOnce looks for every item of the corpus in the index.
func (f *fortnight) wantEveryItemOnce() {
	f.t.Helper()
	missing := 0
	for _, it := range f.press.Published(at(14, 0)) {
		hit, err := f.index.Get(f.t.Context(), f.press.Mention(it.ID))
		if err != nil {
			missing++
			f.t.Logf("%s (%s): %v", it.ID, it.Outlet, err)
			continue
		}
		if now, removed := f.press.Current(it.ID, at(14, 0)); hit.Mention.Origin.Removed != removed || now.Title != "" && hit.Mention.Text.Title != viet.Clean(now.Title) && hit.Mention.Origin.Kind != mention.Social {
			f.t.Errorf("%s: index has %q (removed %v), the press %q (removed %v)", it.ID, hit.Mention.Text.Title, hit.Mention.Origin.Removed, now.Title, removed)
		}
	}
	if missing > 0 {
		f.t.Errorf("%d items never reached the index", missing)
	}
	all, err := f.index.Search(f.t.Context(), query.Request{Limit: 1})
	if want := len(f.press.Published(at(14, 0))); err != nil || all.Total != want {
		f.t.Errorf("the index holds %d mentions, want %d: %v", all.Total, want, err)
	}
}
