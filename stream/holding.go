package stream

import (
	"sync"
	"time"
)

// holding keeps the messages of a batch alive until each has its answer: as
// long as the process lives and works, or pauses, no AckWait runs out.
type holding struct {
	mu    sync.Mutex
	open  map[*delivery]struct{}
	timer *time.Timer
	every time.Duration
	ended bool
}

// hold starts to extend the batch three times an AckWait. stop must be called.
func (w *worker) hold(batch []*delivery) *holding {
	h := &holding{open: make(map[*delivery]struct{}, len(batch)), every: w.spec.AckWait / 3}
	for _, d := range batch {
		h.open[d] = struct{}{}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.timer = time.AfterFunc(h.every, h.extend)
	return h
}

func (h *holding) extend() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended {
		return
	}
	for d := range h.open {
		_ = d.extend() // not heard: the message is delivered again, which is allowed
	}
	h.timer.Reset(h.every)
}

// done gives the final answer for d. It is not reported when it fails: then
// the message is delivered again, and every handler's output is an upsert.
func (h *holding) done(d *delivery, answer func() error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.open, d)
	_ = answer()
}

func (h *holding) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
	h.timer.Stop()
}
