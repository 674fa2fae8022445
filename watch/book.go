package watch

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/ledger"
)

// ErrNotFound says that there is no such alert.
var ErrNotFound = errors.New("watch: no such alert")

// ErrConflict says that the alert has changed since the caller looked at it:
// it became louder, or somebody else decided.
var ErrConflict = errors.New("watch: the alert has changed meanwhile")

// NotAllowed says that an alert in this state cannot take this step.
type NotAllowed struct {
	State State
	Step  string // type of Change
}

func (e *NotAllowed) Error() string {
	return fmt.Sprintf("watch: an alert that is %s cannot be %s", e.State, e.Step)
}

// Book is the alerts in the ledger: what rules opened and people decided.
type Book struct {
	ledger *ledger.Ledger
	view   *ledger.View[Alert]
}

// NewBook reads the alerts of the ledger and keeps them current.
func NewBook(l *ledger.Ledger) *Book {
	return &Book{ledger: l, view: ledger.NewView(l, entity, foldAlert)}
}

// Get gives one alert with its history, or ErrNotFound.
func (b *Book) Get(id string) (Alert, error) {
	a, _, ok := b.view.Get(id)
	if !ok {
		return Alert{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	a.History = slices.Clone(a.History)
	return a, nil
}

// List gives the alerts, those not closed first, then the newest by when they
// were noticed.
func (b *Book) List() []Alert {
	items := b.view.All()
	all := make([]Alert, 0, len(items))
	for _, item := range items {
		a := item.State
		a.History = slices.Clone(a.History)
		all = append(all, a)
	}
	slices.SortStableFunc(all, func(x, y Alert) int {
		if closed := (x.State == Closed) != (y.State == Closed); closed {
			if x.State == Closed {
				return 1
			}
			return -1
		}
		return cmp.Or(y.Noticed.Compare(x.Noticed), cmp.Compare(x.ID, y.ID))
	})
	return all
}

// Changed is closed when any alert changes.
func (b *Book) Changed() <-chan struct{} { return b.view.Changed() }

// Acknowledge says that by has taken the alert. version is that of the alert
// by was looking at; the errors are ErrNotFound, ErrConflict and NotAllowed.
func (b *Book) Acknowledge(ctx context.Context, id, by, note string, version uint64) (Alert, error) {
	return b.decide(ctx, decision{id: id, step: ChangeAcknowledged, by: by, entry: entry{Note: note}, version: version, from: []State{Open}})
}

// Determine says that by determined, at when, that the matter affects or may
// affect public opinion: the legal clock runs from then. It takes the alert
// too, if nobody has.
func (b *Book) Determine(ctx context.Context, id, by, note string, when time.Time, version uint64) (Alert, error) {
	a, err := b.Get(id)
	if err == nil && !a.Determined.IsZero() {
		return a, &NotAllowed{a.State, ChangeDetermined} // the first determination counts
	}
	return b.decide(ctx, decision{
		id: id, step: ChangeDetermined, by: by, entry: entry{Note: note, Determined: when},
		version: version, from: []State{Open, Acknowledged},
	})
}

// Close ends the alert with what came of it.
func (b *Book) Close(ctx context.Context, id, by, note string, version uint64) (Alert, error) {
	return b.decide(ctx, decision{id: id, step: ChangeClosed, by: by, entry: entry{Note: note}, version: version, from: []State{Open, Acknowledged}})
}

// Reopen takes a closed alert up again.
func (b *Book) Reopen(ctx context.Context, id, by, note string, version uint64) (Alert, error) {
	return b.decide(ctx, decision{id: id, step: ChangeReopened, by: by, entry: entry{Note: note}, version: version, from: []State{Closed}})
}

type decision struct {
	id, step, by string
	entry        entry
	version      uint64
	from         []State
}

// tries is how often an append is repeated when growth or a delivery, which
// decide nothing, came in between.
const tries = 8

func (b *Book) decide(ctx context.Context, d decision) (Alert, error) {
	for range tries {
		a, seq, ok := b.view.Get(d.id)
		switch {
		case !ok:
			return Alert{}, fmt.Errorf("%w: %q", ErrNotFound, d.id)
		case a.Version != d.version:
			return a, fmt.Errorf("%w: %s is at version %d, not %d", ErrConflict, d.id, a.Version, d.version)
		case !slices.Contains(d.from, a.State):
			return a, &NotAllowed{a.State, d.step}
		}
		id := fmt.Sprintf("alert:%s:%s:%d:%s", d.id, d.step, d.version, d.by)
		err := b.append(ctx, id, d.id, d.step, d.by, time.Now(), d.entry, seq)
		if err == nil {
			return b.Get(d.id)
		}
		if !errors.Is(err, ledger.ErrConflict) {
			return a, err
		}
	}
	return Alert{}, fmt.Errorf("%w: %s", ErrConflict, d.id)
}

func (b *Book) append(ctx context.Context, id, key, step, by string, at time.Time, data entry, expect uint64) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("watch: write %s: %w", id, err)
	}
	_, err = b.ledger.Append(ctx, ledger.Event{
		ID: id, Entity: entity, Key: key, Type: step, At: at, By: by, Data: raw,
	}, expect)
	return err
}

// Delivered reports whether a message has been delivered to a channel.
func (b *Book) Delivered(alert, channel, message string) bool {
	a, _, _ := b.view.Get(alert)
	return slices.ContainsFunc(a.History, func(c Change) bool {
		return c.Type == ChangeDelivered && c.Note == channel+" "+message
	})
}

// Deliver writes down that a message was delivered to a channel. Writing it
// twice writes it once.
func (b *Book) Deliver(ctx context.Context, alert, channel, message string, now time.Time) error {
	id := strings.Join([]string{"alert", alert, ChangeDelivered, channel, message}, ":")
	for range tries {
		_, seq, ok := b.view.Get(alert)
		if !ok {
			return fmt.Errorf("%w: %q", ErrNotFound, alert)
		}
		err := b.append(ctx, id, alert, ChangeDelivered, "notify:"+channel, now, entry{Channel: channel, Message: message}, seq)
		if !errors.Is(err, ledger.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("%w: %s", ErrConflict, alert)
}
