package crawler

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"github.com/diembao/diembao/crawler/frontier"
)

// Run visits the sources until ctx ends, and returns when the last visit has
// ended and the leases are given back.
func (c *Crawler) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	defer c.fetch.Close()
	visits, stop := context.WithCancel(ctx)
	defer stop()
	leases, release := context.WithCancel(context.WithoutCancel(ctx))
	defer release()
	wg.Go(func() { c.holder.Run(leases, c.warn) })
	wg.Go(func() { c.watchRhythm(visits) })
	s := &schedule{c: c, hosts: map[string]bool{}}
	for _, src := range c.sources {
		if src.look != nil {
			heap.Push(&s.queue, src)
		}
	}
	s.run(visits)
	return nil
}

func (c *Crawler) warn(err error) { c.log.Warn("crawler", "error", err) }

// Poke has a source visited now, as WebSub asks for. With very many at once
// some wait for their usual time.
func (c *Crawler) Poke(id string) {
	if s := c.sources[id]; s != nil && s.look != nil {
		select {
		case c.events <- s:
		default:
		}
	}
}

// schedule is the loop that starts visits: one at a time a host, and no more
// at once than the configuration allows.
type schedule struct {
	c       *Crawler
	queue   queue
	hosts   map[string]bool // hosts being visited
	running int
	wg      sync.WaitGroup
	done    chan *source
}

func (s *schedule) run(ctx context.Context) {
	s.done = make(chan *source)
	for {
		wait := s.start(ctx)
		timer := time.NewTimer(wait)
		select {
		case src := <-s.done:
			s.ended(src)
		case src := <-s.c.events:
			s.poke(src)
		case <-s.c.holder.Changed():
			s.wake()
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			s.drain()
			return
		}
		timer.Stop()
	}
}

// drain waits for the visits under way.
func (s *schedule) drain() {
	for s.running > 0 {
		s.ended(<-s.done)
	}
	s.wg.Wait()
}

// start begins what is due and returns how long nothing else will be.
func (s *schedule) start(ctx context.Context) time.Duration {
	now := time.Now()
	var busy []*source
	for len(s.queue) > 0 && !s.queue[0].due.After(now) && s.running < s.c.opts.Config.Parallel {
		src := heap.Pop(&s.queue).(*source)
		if s.hosts[src.host] {
			busy = append(busy, src)
			continue
		}
		if !s.visit(ctx, src) {
			src.due = now.Add(frontier.Renew)
			heap.Push(&s.queue, src)
		}
	}
	// A host that is being visited frees its other sources when it is done;
	// until then they wait a second at a time.
	for _, src := range busy {
		src.due = now.Add(time.Second)
		heap.Push(&s.queue, src)
	}
	if len(s.queue) == 0 || s.running >= s.c.opts.Config.Parallel {
		return time.Hour
	}
	return max(s.queue[0].due.Sub(now), 0)
}

// visit begins a visit, if the host is ours.
func (s *schedule) visit(ctx context.Context, src *source) bool {
	since, valid, leave, ok := s.c.holder.Enter(src.host)
	if !ok {
		return false
	}
	s.hosts[src.host], src.running = true, true
	s.running++
	s.wg.Go(func() {
		defer leave()
		next := s.c.visit(ctx, src, since, valid)
		src.due = next
		s.done <- src
	})
	return true
}

func (s *schedule) ended(src *source) {
	s.running--
	delete(s.hosts, src.host)
	src.running = false
	if src.poked {
		src.poked, src.due = false, time.Now()
	}
	heap.Push(&s.queue, src)
}

func (s *schedule) poke(src *source) {
	if src.running {
		src.poked = true
		return
	}
	src.due = time.Now()
	heap.Init(&s.queue)
}

// wake looks at once at what waits for a lease.
func (s *schedule) wake() {
	now := time.Now()
	for _, src := range s.queue {
		if src.due.Sub(now) <= frontier.Renew {
			src.due = now
		}
	}
	heap.Init(&s.queue)
}

// queue orders sources by when they are due.
type queue []*source

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].due.Before(q[j].due) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(*source)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
