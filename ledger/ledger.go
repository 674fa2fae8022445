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
	"fmt"
	"time"

	"github.com/diembao/diembao/stream"
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

// Stored is an event with its place in the ledger.
type Stored struct {
	Event

	Seq uint64 `json:"seq"`
}

const prefix = "ledger."

// subject is where the events of one entity's key are kept; its last sequence
// is what optimistic concurrency compares.
func subject(entity, key string) string { return prefix + entity + "." + key }

// check refuses an event that could not be told apart, placed or explained.
func (e Event) check() error {
	switch {
	case !stream.Token(e.Entity):
		return fmt.Errorf("ledger: event: entity %q: want [a-z0-9-]{1,64}", e.Entity)
	case !stream.Token(e.Key):
		return fmt.Errorf("ledger: event of %s: key %q: want [a-z0-9-]{1,64}", e.Entity, e.Key)
	case e.ID == "":
		return fmt.Errorf("ledger: event of %s %s: no id", e.Entity, e.Key)
	case e.Type == "":
		return fmt.Errorf("ledger: event %s: no type", e.ID)
	case e.By == "":
		return fmt.Errorf("ledger: event %s: nobody did it", e.ID)
	case e.At.IsZero():
		return fmt.Errorf("ledger: event %s: no time", e.ID)
	}
	return nil
}

func decode(m stream.Message) (Stored, error) {
	var e Event
	if err := json.Unmarshal(m.Data, &e); err != nil {
		return Stored{}, fmt.Errorf("ledger: sequence %d on %s: %w", m.Seq, m.Subject, err)
	}
	if err := e.check(); err != nil {
		return Stored{}, fmt.Errorf("ledger: sequence %d on %s: %w", m.Seq, m.Subject, err)
	}
	if subject(e.Entity, e.Key) != m.Subject {
		return Stored{}, fmt.Errorf("ledger: sequence %d on %s: holds an event of %s %s", m.Seq, m.Subject, e.Entity, e.Key)
	}
	return Stored{Event: e, Seq: m.Seq}, nil
}
