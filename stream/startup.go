package stream

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"
)

// startup is how long after its start a worker writes down which messages it
// hands over, one record a batch: by the end of it the server has its own
// counts on disk. A worker that dies earlier leaves the record, and whoever
// comes next suspects those messages. Without it a message that kills its
// process at once would be delivered "for the first time" for ever.
const startup = 2 * time.Second

// starting is what a worker knows and leaves to be known in that time.
type starting struct {
	ends     time.Time
	key      string          // of our own record
	suspects map[uint64]bool // in somebody's hands when he was last heard of
	stale    []string        // the records that say so, until ours does
	written  bool
}

// begin reads what earlier workers left.
func (w *worker) begin(ctx context.Context) {
	prefix := w.spec.Name + ".start."
	w.start = starting{ends: time.Now().Add(startup), key: prefix + strings.ToLower(rand.Text()), suspects: make(map[uint64]bool)}
	keys, err := w.records.Keys(ctx)
	if err != nil {
		return // the bucket cannot be reached: no suspicion
	}
	for _, key := range keys {
		if !strings.HasPrefix(key, prefix) {
			continue
		}
		e, err := w.records.Get(ctx, key)
		var seqs []uint64
		if err != nil || json.Unmarshal(e.Value, &seqs) != nil {
			continue
		}
		w.start.stale = append(w.start.stale, key)
		for _, seq := range seqs {
			w.start.suspects[seq] = true
		}
	}
}

// declare writes down what is about to be handed over, and what was suspect
// before; when the time is over it takes the record away.
func (w *worker) declare(ctx context.Context, batch []*delivery) {
	if time.Now().After(w.start.ends) {
		w.started(ctx)
		return
	}
	var seqs []uint64
	for seq := range w.start.suspects {
		seqs = append(seqs, seq)
	}
	for _, d := range batch {
		if !w.start.suspects[d.Seq] {
			seqs = append(seqs, d.Seq)
		}
	}
	value, err := json.Marshal(seqs)
	if err != nil {
		return
	}
	if _, err := w.records.Put(ctx, w.start.key, value); err != nil {
		return
	}
	w.start.written = true
	for _, key := range w.start.stale {
		_ = w.records.Delete(ctx, key, 0)
	}
	w.start.stale = nil
}

// started ends the time of suspicion.
func (w *worker) started(ctx context.Context) {
	if !w.start.written {
		return
	}
	ctx, cancel := briefly(ctx)
	defer cancel()
	_ = w.records.Delete(ctx, w.start.key, 0)
	w.start.written, w.start.suspects = false, nil
}
