package watch

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/diembao/diembao/ledger"
)

// entity is the ledger's name for alerts.
const entity = "alert"

// entry is what an event on an alert carries beside who and when.
type entry struct {
	// Alert is the whole alert of an opened, raised or grown event, so that the
	// evidence of every step is kept.
	Alert *Alert `json:"alert,omitempty"`
	Note  string `json:"note,omitempty"`
	// Channel and Message say where a delivered event went.
	Channel string `json:"channel,omitempty"`
	Message string `json:"message,omitempty"`
	// Determined is when the effect was determined, if not when it was written.
	Determined time.Time `json:"determined,omitzero"`
}

// foldAlert applies one event.
func foldAlert(a Alert, e ledger.Event) (Alert, error) {
	var data entry
	if len(e.Data) > 0 {
		if err := json.Unmarshal(e.Data, &data); err != nil {
			return a, fmt.Errorf("watch: alert %s: event %s: %w", e.Key, e.ID, err)
		}
	}
	change := Change{At: e.At, By: e.By, Type: e.Type, Level: a.Level, Note: data.Note}
	switch e.Type {
	case ChangeOpened, ChangeRaised, ChangeGrown:
		if data.Alert == nil {
			return a, fmt.Errorf("watch: alert %s: event %s carries no alert", e.Key, e.ID)
		}
		return a.become(*data.Alert, change), nil
	case ChangeDelivered:
		change.Note = data.Channel + " " + data.Message
		updated := a.Updated
		a = a.log(change)
		a.Updated = updated
		return a, nil
	}
	a.By, a.Note = e.By, data.Note
	switch e.Type {
	case ChangeAcknowledged:
		a.State = Acknowledged
	case ChangeDetermined:
		a.State, a.Determined = Acknowledged, e.At
		if !data.Determined.IsZero() {
			a.Determined = data.Determined
		}
	case ChangeClosed:
		a.State, a.closed = Closed, e.At
	case ChangeReopened:
		a.State = Open
	default:
		return a, fmt.Errorf("watch: alert %s: event %s: unknown type %q", e.Key, e.ID, e.Type)
	}
	return a.log(change), nil
}

// become takes over what a rule saw; what people decided stays.
func (a Alert) become(seen Alert, c Change) Alert {
	c.Level = seen.Level
	if c.Type == ChangeOpened {
		seen.History, seen.Version = nil, 0
		return seen.log(c)
	}
	a.Level, a.Evidence, a.Since, a.Until = seen.Level, seen.Evidence, seen.Since, seen.Until
	return a.log(c)
}
