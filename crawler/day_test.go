package crawler_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/crawler/push"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// pace is what the test's crawler keeps between two requests of a host.
const pace = 2 * time.Second

// line is a crawler beside the fixture press, on virtual time.
type line struct {
	t       *testing.T
	press   *newsroom.Press
	bus     *stream.Memory
	archive *archive.Archive
}

// begin opens the press so that day 0 begins now.
func begin(t *testing.T, calm bool) *line {
	t.Helper()
	time.Sleep(time.Until(newsroom.DayZero())) // a bubble begins in the year 2000
	l := &line{t: t, bus: stream.NewMemory()}
	press, err := newsroom.New(newsroom.Options{Calm: calm})
	if err != nil {
		t.Fatal(err)
	}
	l.press = press
	a, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	l.archive = a
	return l
}

func (l *line) crawler(id string) *crawler.Crawler {
	l.t.Helper()
	config := sources.Config(pace)
	config.PushToken = "token"
	c, err := crawler.New(l.t.Context(), crawler.Options{Config: config, Bus: l.bus, Archive: l.archive, ID: id,
		AuthorKey: []byte("key"), Transport: l.press.Transport()})
	if err != nil {
		l.t.Fatal(err)
	}
	return c
}

// mentions reads what was published so far, newest revision last.
func (l *line) mentions() map[mention.ID][]*mention.Mention {
	l.t.Helper()
	out := map[mention.ID][]*mention.Mention{}
	err := l.bus.Replay(l.t.Context(), "mention.found.>", 0, false, func(m stream.Message) error {
		got, err := mention.Decode(m.Data)
		if err != nil {
			return err
		}
		out[got.ID] = append(out[got.ID], got)
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return out
}

// feed pushes the social channels into a crawler.
func (l *line) feed(ctx context.Context, c *crawler.Crawler) {
	sources.Feed(ctx, l.press, time.Now, time.Minute, func(rows []push.Row) error {
		var raw []json.RawMessage
		for _, r := range rows {
			data, err := json.Marshal(r)
			if err != nil {
				return err
			}
			raw = append(raw, data)
		}
		if a := c.Doors().Take(ctx, raw, "push", time.Now()); a.Rejected > 0 {
			l.t.Errorf("rejected: %+v", a.Items)
			return errors.New("rejected")
		}
		return nil
	})
}

// The key test: a fortnight with every fault, in which every item arrives
// once, in its newest revision, and no host sees more than its pace.
func TestFortnightWithFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, false)
		c := l.crawler("one")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- c.Run(ctx) }()
		go l.feed(ctx, c)
		time.Sleep(15 * 24 * time.Hour)
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		l.wantEverythingOnce(time.Now())
		l.wantPace()
		l.wantCorrection()
	})
}

func (l *line) wantEverythingOnce(now time.Time) {
	l.t.Helper()
	got := l.mentions()
	edited, removed := l.press.Edited(), l.press.Removed()
	for _, it := range l.press.Items() {
		revisions := got[l.press.Mention(it.ID)]
		want := 1
		if slices.Contains(edited, it.ID) || slices.Contains(removed, it.ID) {
			want = 2
		}
		if len(revisions) != want {
			l.t.Errorf("%s: %d revisions, want %d", it.ID, len(revisions), want)
		}
		if len(revisions) == 0 {
			continue
		}
		last := revisions[len(revisions)-1]
		l.wantLike(it, last, now)
		delete(got, last.ID)
	}
	for id, m := range got {
		l.t.Errorf("%s is no item of the press: %s %s", id, m[0].Origin.URL, m[0].Text.Title)
	}
}

func (l *line) wantLike(it newsroom.Item, m *mention.Mention, now time.Time) {
	l.t.Helper()
	current, removed := l.press.Current(it.ID, now)
	if m.Origin.Removed != removed {
		l.t.Errorf("%s: removed %v, want %v", it.ID, m.Origin.Removed, removed)
	}
	if m.Text.Published.Sub(it.Published).Abs() >= time.Minute {
		l.t.Errorf("%s: published %s from %s, want %s", it.ID, m.Text.Published, m.Text.PublishedFrom, it.Published)
	}
	if it.Channel.Citizen() {
		if m.Origin.AuthorHash == "" || m.Text.Author != "" {
			l.t.Errorf("%s: the author is not a hash", it.ID)
		}
		return
	}
	body, _ := current.Paragraphs()
	for name, pair := range map[string][2]string{"title": {m.Text.Title, it.Title}, "body": {m.Text.Body, strings.Join(body, "\n")}} {
		if squash(pair[0]) != squash(pair[1]) {
			l.t.Errorf("%s: %s\n got %.300q\nwant %.300q", it.ID, name, pair[0], pair[1])
		}
	}
}

func squash(s string) string { return strings.Join(strings.Fields(s), " ") }

func (l *line) wantPace() {
	l.t.Helper()
	for host, s := range l.press.Stats() {
		if s.MinGap < pace-10*time.Millisecond {
			l.t.Errorf("%s saw two requests within %s", host, s.MinGap)
		}
		if s.Refused > 0 {
			l.t.Errorf("%s was asked %d times for what it forbids", host, s.Refused)
		}
	}
}

func (l *line) wantCorrection() {
	l.t.Helper()
	got := l.mentions()[l.press.Mention("S1-tn24-0610-2")]
	if len(got) == 0 || got[0].Origin.Corrects != l.press.Mention("S1-tn24-0408-1") {
		l.t.Error("the published correction is not linked to what it corrects")
	}
}
