package crawler_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/stream"
)

// cut is the network and the bus of a process until it is killed: from then on
// nothing it does reaches anybody.
type cut struct {
	stream.Bus
	next   http.RoundTripper
	killed atomic.Bool
}

var errKilled = errors.New("killed")

func (c *cut) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.killed.Load() {
		return nil, errKilled
	}
	return c.next.RoundTrip(r)
}

func (c *cut) Publish(ctx context.Context, m stream.Out) (uint64, error) {
	if c.killed.Load() {
		return 0, errKilled
	}
	return c.Bus.Publish(ctx, m)
}

func (c *cut) Bucket(ctx context.Context, name string) (stream.Bucket, error) {
	b, err := c.Bus.Bucket(ctx, name)
	return &cutBucket{b, c}, err
}

type cutBucket struct {
	stream.Bucket
	c *cut
}

func (b *cutBucket) Put(ctx context.Context, key string, value []byte) (uint64, error) {
	if b.c.killed.Load() {
		return 0, errKilled
	}
	return b.Bucket.Put(ctx, key, value)
}

func (b *cutBucket) Create(ctx context.Context, key string, value []byte) (uint64, error) {
	if b.c.killed.Load() {
		return 0, errKilled
	}
	return b.Bucket.Create(ctx, key, value)
}

func (b *cutBucket) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	if b.c.killed.Load() {
		return 0, errKilled
	}
	return b.Bucket.Update(ctx, key, value, revision)
}

func (b *cutBucket) Delete(ctx context.Context, key string, revision uint64) error {
	if b.c.killed.Load() {
		return errKilled
	}
	return b.Bucket.Delete(ctx, key, revision)
}

// Two processes crawl the press for four days. One is killed in the middle of
// its work on day 1 and one more joins on day 2. Everything arrives once, each
// host keeps one pace, and at most one page in a hundred is fetched twice.
func TestProcessesShareHostsAndReplaceTheKilled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		run := func(id string) *cut {
			k := &cut{Bus: l.bus, next: l.press.Transport()}
			c, err := crawler.New(ctx, crawler.Options{Config: sources.Config(pace), Bus: k, Archive: l.archive, ID: id,
				AuthorKey: []byte("key"), Transport: k})
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() { c.Run(ctx) })
			return k
		}
		time.Sleep(20 * time.Hour) // a backlog, so that there is work to be killed in
		run("one")
		second := run("two")
		time.Sleep(47 * time.Second)
		second.killed.Store(true)
		time.Sleep(24 * time.Hour)
		run("three")
		time.Sleep(52 * time.Hour)
		stop()
		wg.Wait()

		now, pages, twice := time.Now(), 0, 0
		got := l.mentions()
		for _, it := range l.press.Items() {
			if l.press.URL(it) == "" || it.Published.After(now.Add(-2*time.Hour)) {
				continue
			}
			pages++
			if n := len(got[l.press.Mention(it.ID)]); n == 0 {
				t.Errorf("%s was lost", it.ID)
			} else if n > 1 {
				twice++
			}
		}
		if twice*100 > pages {
			t.Errorf("%d of %d pages were fetched and published twice", twice, pages)
		}
		l.wantPace()
	})
}

// Silence of the killed must not last: 30 s after the kill somebody visits its
// hosts.
func TestKilledCrawlerIsReplacedWithin30Seconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t, true)
		time.Sleep(4 * 24 * time.Hour)
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		config := sources.Config(pace)
		for i := range config.Sources {
			if config.Sources[i].Via.Polled() {
				config.Sources[i].Every = time.Minute
			}
		}
		run := func(id string) *cut {
			k := &cut{Bus: l.bus, next: l.press.Transport()}
			c, err := crawler.New(ctx, crawler.Options{Config: config, Bus: k, Archive: l.archive, ID: id, Transport: k})
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() { c.Run(ctx) })
			return k
		}
		run("one")
		second := run("two")
		time.Sleep(10 * time.Minute)
		second.killed.Store(true)
		time.Sleep(30 * time.Second)
		before := l.press.Stats()
		time.Sleep(61 * time.Second)
		for host, s := range l.press.Stats() {
			if s.Requests == before[host].Requests {
				t.Errorf("%s is not visited by anybody", host)
			}
		}
		stop()
		wg.Wait()
	})
}
