// Package sourcetest is the contract of the ways in which a source is heard:
// whatever the way, what is published arrives once, edits are revisions of the
// same mention, removals are flags, outages and restarts lose and double
// nothing, and citizens' data are masked before anything is stored.
//
// It runs a real crawler over a bus in memory, on virtual time, against a
// simulator that the caller provides; it reads and writes nothing else.
//
// Limit: it judges what reaches the bus, not how often a source was asked;
// politeness is judged by the tests of crawler/fetch.
package sourcetest

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Place is one source and the simulator behind it.
type Place struct {
	Config crawler.SourceConfig
	// Site answers the crawler's requests; nil for what is pushed.
	Site http.RoundTripper
	// Put publishes an item, Edit changes its text, Remove takes it down. Edit
	// and Remove may be nil where the platform has no such thing.
	Put    func(id, body string)
	Edit   func(id, body string)
	Remove func(id string)
	// Notice is how long a removal may stay unnoticed; 0 is six hours.
	Notice time.Duration
	// Break makes the source fail, and work again; nil where nothing is asked.
	Break func(broken bool)
	// Deliver brings to the crawler what a platform would push since the last
	// call; nil for what is polled alone.
	Deliver func(ctx context.Context, c *crawler.Crawler) error
	// Author is whom texts are by, "" for press.
	Author string
}

// Run holds a way of hearing to the contract. open is called once a test.
func Run(t *testing.T, open func(t *testing.T) *Place) {
	t.Helper()
	for name, test := range map[string]func(*run){
		"each item arrives once":        once,
		"what appears later is found":   later,
		"an edit is a revision":         edit,
		"a removal is a flag":           remove,
		"an outage loses nothing":       outage,
		"a restart doubles nothing":     restart,
		"personal data are not stored":  private,
		"an empty source is no failure": empty,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2026, 9, 14, 0, 0, 0, 0, time.UTC)))
				r := &run{t: t, p: open(t), bus: stream.NewMemory(), dir: dir}
				r.start()
				defer func() { r.stop() }()
				test(r)
			})
		})
	}
}

// run is one test under way.
type run struct {
	t    *testing.T
	p    *Place
	bus  *stream.Memory
	dir  string
	c    *crawler.Crawler
	a    *archive.Archive
	stop func()
}

func (r *run) start() {
	r.t.Helper()
	var err error
	if r.a, err = archive.Open(r.dir, archive.Options{}); err != nil {
		r.t.Fatal(err)
	}
	config := crawler.Config{Contact: "https://x.vn/bot", Sources: []crawler.SourceConfig{r.p.Config}, PushToken: "token"}
	r.c, err = crawler.New(r.t.Context(), crawler.Options{Config: config, Bus: r.bus, Archive: r.a, Transport: r.p.Site, AuthorKey: []byte("key")})
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(r.t.Context())
	done := make(chan error, 1)
	go func() { done <- r.c.Run(ctx) }()
	r.stop = func() {
		cancel()
		if err := <-done; err != nil {
			r.t.Error(err)
		}
		if err := r.a.Close(); err != nil {
			r.t.Error(err)
		}
	}
}

// pass lets time go by, with deliveries every minute.
func (r *run) pass(d time.Duration) {
	r.t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Minute) {
		if r.p.Deliver == nil {
			continue
		}
		if err := r.p.Deliver(r.t.Context(), r.c); err != nil {
			r.t.Fatal(err)
		}
	}
}

// arrived lists what was published, by mention, in order.
func (r *run) arrived() map[mention.ID][]*mention.Mention {
	r.t.Helper()
	out := map[mention.ID][]*mention.Mention{}
	err := r.bus.Replay(r.t.Context(), "mention.found.>", 0, false, func(m stream.Message) error {
		got, err := mention.Decode(m.Data)
		if err != nil {
			return err
		}
		out[got.ID] = append(out[got.ID], got)
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

// want checks that exactly n mentions arrived, each in so many revisions.
func (r *run) want(n, revisions int) map[mention.ID][]*mention.Mention {
	r.t.Helper()
	got := r.arrived()
	if len(got) != n {
		r.t.Fatalf("%d mentions arrived, want %d", len(got), n)
	}
	for id, list := range got {
		if len(list) != revisions {
			r.t.Errorf("%s arrived in %d revisions, want %d", id, len(list), revisions)
		}
		if o := list[0].Origin; o.Source != r.p.Config.ID || o.Outlet != r.p.Config.Outlet || o.Kind != r.p.Config.Kind || o.Via == "" {
			r.t.Errorf("origin %+v", o)
		}
	}
	return got
}

// Body makes a text long enough to be an article, with a mark of its own.
func Body(mark string) string {
	return strings.Repeat("Ủy ban nhân dân tỉnh đã tổ chức hội nghị lấy ý kiến nhân dân về dự thảo "+mark+", với sự tham gia của đông đảo bà con. ", 4)
}

func once(r *run) {
	for _, id := range []string{"a1", "a2", "a3"} {
		r.p.Put(id, Body(id))
	}
	r.pass(3 * time.Hour)
	for _, list := range r.want(3, 1) {
		if !strings.Contains(list[0].Text.Body, "hội nghị lấy ý kiến") {
			r.t.Errorf("text %q", list[0].Text.Body)
		}
	}
}

func later(r *run) {
	r.p.Put("a1", Body("a1"))
	r.pass(2 * time.Hour)
	r.p.Put("a2", Body("a2"))
	r.pass(90 * time.Minute)
	r.want(2, 1)
}

func edit(r *run) {
	if r.p.Edit == nil {
		r.t.Skip("the platform has no edits")
	}
	r.p.Put("a1", Body("a1"))
	r.pass(20 * time.Minute)
	r.p.Edit("a1", Body("bản sửa"))
	r.pass(4 * time.Hour)
	for _, list := range r.want(1, 2) {
		if len(list) == 2 && (list[1].Revision <= list[0].Revision || !strings.Contains(list[1].Text.Body, "bản sửa") || !list[1].Origin.Found.Equal(list[0].Origin.Found)) {
			r.t.Errorf("second revision %+v", list[1])
		}
		if len(list) == 2 && (list[0].Origin.Change != nil || list[1].Origin.Change == nil || !strings.Contains(strings.Join(list[1].Origin.Change.Added, " "), "bản sửa")) {
			r.t.Errorf("the second revision does not say what it changed: %+v", list[1].Origin.Change)
		}
	}
}

func remove(r *run) {
	if r.p.Remove == nil {
		r.t.Skip("the platform does not tell of removals")
	}
	r.p.Put("a1", Body("a1"))
	r.pass(20 * time.Minute)
	r.p.Remove("a1")
	r.pass(max(r.p.Notice, 6*time.Hour))
	for _, list := range r.want(1, 2) {
		if len(list) == 2 && (!list[1].Origin.Removed || list[1].Text.Body != list[0].Text.Body) {
			r.t.Errorf("removed, but %+v: the text must be kept as evidence", list[1])
		}
	}
}

func outage(r *run) {
	if r.p.Break == nil {
		r.t.Skip("nothing is asked of the platform")
	}
	r.p.Put("a1", Body("a1"))
	r.pass(time.Hour)
	r.p.Break(true)
	r.p.Put("a2", Body("a2"))
	r.pass(5 * time.Hour)
	r.health(mention.SourceFailing)
	r.p.Break(false)
	r.pass(3 * time.Hour)
	r.want(2, 1)
	r.health(mention.SourceGood)
}

func (r *run) health(want mention.SourceState) {
	r.t.Helper()
	b, err := r.bus.Bucket(r.t.Context(), stream.BucketHealth)
	if err != nil {
		r.t.Fatal(err)
	}
	list, err := crawler.Health(r.t.Context(), b)
	if err != nil || len(list) != 1 || list[0].State != want {
		r.t.Errorf("health %+v, %v: want %s", list, err, want)
	}
	if want == mention.SourceFailing && len(list) == 1 && list[0].Problem == "" {
		r.t.Error("nobody is told in words what is wrong")
	}
}

func restart(r *run) {
	r.p.Put("a1", Body("a1"))
	r.p.Put("a2", Body("a2"))
	r.pass(time.Hour)
	r.stop()
	r.start()
	r.p.Put("a3", Body("a3"))
	r.pass(2 * time.Hour)
	r.want(3, 1)
}

func private(r *run) {
	if r.p.Author == "" {
		r.t.Skip("press is masked by the processor")
	}
	secret := []string{"0912345678", "038090001234", r.p.Author}
	r.p.Put("a1", "Tôi là công dân, số điện thoại 0912345678, căn cước 038090001234, xin hỏi "+Body("a1"))
	r.pass(time.Hour)
	r.want(1, 1)
	var stored bytes.Buffer
	err := r.bus.Replay(r.t.Context(), "mention.found.>", 0, false, func(m stream.Message) error { stored.Write(m.Data); return nil })
	if err != nil {
		r.t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(r.dir, "*", "*.warc.gz"))
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			r.t.Fatal(err)
		}
		stored.Write(unpack(r.t, raw))
	}
	if len(files) == 0 || !strings.Contains(stored.String(), "author_hash") {
		r.t.Error("nothing was archived, or authors are not told apart")
	}
	for _, s := range secret {
		if strings.Contains(stored.String(), s) {
			r.t.Errorf("%q was stored", s)
		}
	}
}

func empty(r *run) {
	r.pass(3 * time.Hour)
	r.want(0, 0)
	if r.p.Break != nil {
		r.health(mention.SourceNew)
	}
}
