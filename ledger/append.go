package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/diembao/diembao/stream"
)

// Append stores e when the last event of its entity and key is the one with
// sequence expect (0: when there is none yet), and returns the sequence of e
// once it is durable and every view of this process shows it.
//
//   - ErrConflict: another event came first. The views of this process show it
//     by then, so the caller can look again and decide anew.
//   - An event whose ID is already stored under its entity and key is not
//     stored again, whatever expect says: its sequence is returned.
//   - Any other error leaves open whether e is stored; appending the same e
//     again finds out.
func (l *Ledger) Append(ctx context.Context, e Event, expect uint64) (uint64, error) {
	if err := e.check(); err != nil {
		return 0, err
	}
	if seq, known := l.find(e); known {
		return seq, nil
	}
	data, err := json.Marshal(e)
	if err != nil {
		return 0, fmt.Errorf("ledger: append %s: %w", e.ID, err)
	}
	seq, err := l.bus.Publish(ctx, stream.Out{Subject: subject(e.Entity, e.Key), ID: e.ID, Data: data, Expect: &expect})
	if errors.Is(err, stream.ErrConflict) {
		return l.conflict(ctx, e, expect)
	}
	if err != nil {
		return 0, fmt.Errorf("ledger: append %s: %w", e.ID, err)
	}
	if err := l.await(ctx, seq); err != nil {
		return 0, fmt.Errorf("ledger: append %s: stored as %d, not seen: %w", e.ID, seq, err)
	}
	if own, known := l.find(e); !known || own != seq {
		return 0, fmt.Errorf("ledger: append %s: its ID belongs to another event, %d", e.ID, seq)
	}
	return seq, nil
}

// conflict waits until this process has seen what came first, and answers with
// our own event if it was that.
func (l *Ledger) conflict(ctx context.Context, e Event, expect uint64) (uint64, error) {
	last := expect
	err := l.bus.Replay(ctx, subject(e.Entity, e.Key), expect+1, false, func(m stream.Message) error {
		last = m.Seq
		return nil
	})
	if err == nil && last > expect {
		err = l.await(ctx, last)
	}
	if err != nil {
		return 0, fmt.Errorf("ledger: append %s: look at what came first: %w", e.ID, err)
	}
	if seq, known := l.find(e); known {
		return seq, nil
	}
	return 0, fmt.Errorf("%w: %s %s", ErrConflict, e.Entity, e.Key)
}

// find looks for an event of the same entity, key and ID.
func (l *Ledger) find(e Event) (uint64, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	at, known := l.ids[e.ID]
	if !known || at.entity != e.Entity || at.key != e.Key {
		return 0, false
	}
	return at.seq, true
}
