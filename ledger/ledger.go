// Package ledger keeps what people and rules decided: alerts, cases, digests,
// approvals, corrections, saved searches, accounts, audit. Events are only
// appended, with optimistic concurrency, to one JetStream stream; state is
// their fold.
//
// Promises: an event that Append returned for is durable and is never changed;
// appending the same event twice stores it once; two people who decide on the
// same state cannot both win.
//
// Limit: every event is folded in memory at start; the ledger is for
// decisions, not for mentions.
package ledger

import (
	"encoding/json"
	"errors"
	"time"
)

// Event is one decision.
type Event struct {
	ID     string          `json:"id"`     // unique for ever; makes a retried append harmless
	Entity string          `json:"entity"` // "alert", "digest", "account": a slug
	Key    string          `json:"key"`    // which one: a slug
	Type   string          `json:"type"`   // "opened", "acknowledged": what happened
	At     time.Time       `json:"at"`
	By     string          `json:"by"` // account, or "rule:<id>"
	Data   json.RawMessage `json:"data,omitempty"`
}

// ErrConflict says that the entity has changed since the caller looked at it.
var ErrConflict = errors.New("ledger: conflict: somebody else decided first")

// The ledger's shape, implemented beside this file:
//
//	func Open(ctx context.Context, bus stream.Bus) (*Ledger, error)
//	func (l *Ledger) Append(ctx context.Context, e Event, expect uint64) (uint64, error)
//	func (l *Ledger) History(entity, key string) []Event
//	func (l *Ledger) Close() error
//
//	// View folds the events of one entity, kept current as events arrive;
//	// after Append returns, every view of this process shows the event.
//	func NewView[T any](l *Ledger, entity string, fold func(T, Event) (T, error)) *View[T]
//	func (v *View[T]) Get(key string) (state T, seq uint64, ok bool)
//	func (v *View[T]) All() []Item[T]   // in order of first event; Item{Key, State, Seq}
//	func (v *View[T]) Changed() <-chan struct{} // closed at the next change
