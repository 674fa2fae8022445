package stream

import (
	"container/heap"
	"context"
	"time"
)

// memConsumer is the state of one consumer: where it stands in its stream, and
// the messages given out that have no answer yet.
type memConsumer struct {
	bus         *Memory
	spec        Consumer
	stream      *memStream
	next        uint64 // first sequence never given out
	pending     map[uint64]*memPending
	due         memDue
	redelivered uint64
	freed       chan struct{} // closed when something is due earlier or room is made
}

// memPending is a message given out: due again when its AckWait ends or, after
// a retry, when its delay does.
type memPending struct {
	seq        uint64
	deliveries int
	due        time.Time
	index      int
}

func newMemConsumer(bus *Memory, spec Consumer, s *memStream) *memConsumer {
	return &memConsumer{bus: bus, spec: spec, stream: s, next: 1, pending: make(map[uint64]*memPending), freed: make(chan struct{})}
}

// pull implements puller.
func (c *memConsumer) pull(ctx context.Context, most int, fill time.Duration) ([]*delivery, error) {
	got, err := c.wait(ctx, most, time.Time{})
	if len(got) == 0 || len(got) == most {
		return got, err
	}
	for until := time.Now().Add(fill); len(got) < most; {
		more, _ := c.wait(ctx, most-len(got), until) // what is wrong shows at the next pull
		if len(more) == 0 {
			break
		}
		got = append(got, more...)
	}
	return got, nil
}

// forget implements puller.
func (c *memConsumer) forget(_ context.Context, seq uint64) error {
	c.bus.mu.Lock()
	defer c.bus.mu.Unlock()
	c.stream.remove(seq)
	return nil
}

// wait gives what is there as soon as something is, or nothing at until.
func (c *memConsumer) wait(ctx context.Context, most int, until time.Time) ([]*delivery, error) {
	for ctx.Err() == nil {
		c.bus.mu.Lock()
		now := time.Now()
		got := c.take(most, now)
		changed, freed, wake := c.stream.changed, c.freed, until
		if len(c.due) > 0 && (wake.IsZero() || c.due[0].due.Before(wake)) {
			wake = c.due[0].due
		}
		c.bus.mu.Unlock()
		if len(got) > 0 {
			return got, nil
		}
		if !until.IsZero() && !now.Before(until) {
			return nil, nil
		}
		if err := c.idle(ctx, changed, freed, wake, now); err != nil {
			return nil, err
		}
	}
	return nil, ctx.Err()
}

func (c *memConsumer) idle(ctx context.Context, changed, freed <-chan struct{}, wake, now time.Time) error {
	var alarm <-chan time.Time
	if !wake.IsZero() {
		timer := time.NewTimer(wake.Sub(now))
		defer timer.Stop()
		alarm = timer.C
	}
	select {
	case <-ctx.Done():
	case <-c.bus.closed:
		return Permanent(ErrClosed)
	case <-changed:
	case <-freed:
	case <-alarm:
	}
	return nil
}

// take hands out what is due again, then what is new.
func (c *memConsumer) take(most int, now time.Time) []*delivery {
	c.stream.expire(now)
	var got []*delivery
	for len(got) < most && len(c.due) > 0 && !now.Before(c.due[0].due) {
		p := c.due[0]
		if c.stream.at(p.seq) == nil { // too old by now
			c.drop(p)
			continue
		}
		c.redelivered++
		got = append(got, c.give(p, now))
	}
	for c.next = max(c.next, c.stream.base); len(got) < most && len(c.pending) < c.spec.MaxPending && c.next <= c.stream.last; c.next++ {
		if m := c.stream.at(c.next); m != nil && matches(c.spec.Filter, m.Subject) {
			p := &memPending{seq: c.next}
			c.pending[p.seq] = p
			heap.Push(&c.due, p)
			got = append(got, c.give(p, now))
		}
	}
	return got
}

func (c *memConsumer) give(p *memPending, now time.Time) *delivery {
	p.deliveries++
	c.move(p, now.Add(c.spec.AckWait))
	m := c.stream.at(p.seq).Message
	m.Deliveries = p.deliveries
	return &delivery{Message: m, answerer: &memAnswer{c, p, p.deliveries}}
}

func (c *memConsumer) move(p *memPending, due time.Time) {
	p.due = due
	heap.Fix(&c.due, p.index)
}

func (c *memConsumer) drop(p *memPending) {
	heap.Remove(&c.due, p.index)
	delete(c.pending, p.seq)
	c.wake()
}

func (c *memConsumer) wake() {
	close(c.freed)
	c.freed = make(chan struct{})
}

// waiting counts what has never been given out.
func (c *memConsumer) waiting() (n uint64) {
	for seq := max(c.next, c.stream.base); seq <= c.stream.last; seq++ {
		if m := c.stream.at(seq); m != nil && matches(c.spec.Filter, m.Subject) {
			n++
		}
	}
	return n
}

// memAnswer answers one delivery; an answer to an earlier delivery of a
// message that is out again is not heard.
type memAnswer struct {
	c        *memConsumer
	p        *memPending
	delivery int
}

func (a *memAnswer) current() bool {
	return a.c.pending[a.p.seq] == a.p && a.p.deliveries == a.delivery
}

func (a *memAnswer) ack() error {
	a.c.bus.mu.Lock()
	defer a.c.bus.mu.Unlock()
	if a.c.pending[a.p.seq] != a.p {
		return nil
	}
	a.c.drop(a.p)
	if a.c.stream.spec.WorkQueue {
		a.c.stream.remove(a.p.seq)
	}
	return nil
}

func (a *memAnswer) kill(string) error { return a.ack() }

func (a *memAnswer) retry(after time.Duration) error {
	return a.postpone(after, true)
}

func (a *memAnswer) extend() error { return a.postpone(a.c.spec.AckWait, false) }

func (a *memAnswer) postpone(d time.Duration, wake bool) error {
	a.c.bus.mu.Lock()
	defer a.c.bus.mu.Unlock()
	if a.current() {
		a.c.move(a.p, time.Now().Add(d))
		if wake {
			a.c.wake()
		}
	}
	return nil
}

// memDue is a heap of pending messages, the earliest due first, then in order.
type memDue []*memPending

func (h memDue) Len() int { return len(h) }

func (h memDue) Less(i, j int) bool {
	if h[i].due.Equal(h[j].due) {
		return h[i].seq < h[j].seq
	}
	return h[i].due.Before(h[j].due)
}

func (h memDue) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push implements heap.Interface.
func (h *memDue) Push(x any) {
	p := x.(*memPending)
	p.index = len(*h)
	*h = append(*h, p)
}

// Pop implements heap.Interface.
func (h *memDue) Pop() any {
	old := *h
	p := old[len(old)-1]
	*h = old[:len(old)-1]
	return p
}
