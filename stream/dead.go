package stream

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Letter is a dead letter: a message that no try could mend, kept for people.
type Letter struct {
	Seq      uint64              `json:"seq,omitempty"` // in the dead letters, not of the message
	ID       string              `json:"id"`
	Subject  string              `json:"subject"`
	Consumer string              `json:"consumer"`
	Sequence uint64              `json:"sequence"` // of the message in its stream
	When     time.Time           `json:"when"`
	Tries    int                 `json:"tries"`
	Error    string              `json:"error"`
	Headers  map[string][]string `json:"headers,omitempty"`
	Data     []byte              `json:"data,omitempty"` // as published, byte for byte (base64 in JSON)
	// Forgotten says that the message must not be kept: there is no Data, and
	// nothing to redrive.
	Forgotten bool `json:"forgotten,omitempty"`
}

// mark is a record beside the letters: this one has been sent on its way again.
type mark struct {
	Redriven uint64    `json:"redriven"`
	As       string    `json:"as"`
	When     time.Time `json:"when"`
}

// ErrNoLetter says that there is no dead letter of that sequence.
var ErrNoLetter = errors.New("stream: no such dead letter")

// ErrForgotten says that the message of a dead letter was not kept.
var ErrForgotten = errors.New("stream: the message was not allowed to be kept")

const deadPrefix = "dead."

// Longest error text a letter carries, so that a letter never outgrows what a
// server takes.
const maxCause = 8 << 10

func newLetter(consumer string, d *delivery, cause error) Letter {
	text := cause.Error()
	if len(text) > maxCause {
		text = text[:maxCause]
	}
	l := Letter{
		ID: d.ID, Subject: d.Subject, Consumer: consumer, Sequence: d.Seq, When: time.Now().UTC(),
		Tries: d.tries(), Error: text, Headers: d.headers, Data: d.Data,
	}
	if mustForget(cause) {
		l.Headers, l.Data, l.Forgotten = nil, nil, true
	}
	return l
}

// publishLetter stores the letter once, however often a worker dies on the way.
func publishLetter(ctx context.Context, bus Bus, l Letter) (uint64, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return 0, fmt.Errorf("stream: dead letter: %w", err)
	}
	id := l.Consumer + "." + strconv.FormatUint(l.Sequence, 10)
	return bus.Publish(ctx, Out{Subject: deadPrefix + l.Consumer, ID: id, Data: data})
}

// DeadLetters lists, shows and redrives the dead letters of a bus.
type DeadLetters struct{ bus Bus }

// Dead gives the dead letters of bus.
func Dead(bus Bus) DeadLetters { return DeadLetters{bus} }

// List gives the letters of consumer ("" for all) that nobody has redriven,
// newest first, at most limit (0: all), without their Data: Show has it.
func (d DeadLetters) List(ctx context.Context, consumer string, limit int) ([]Letter, error) {
	open, err := d.open(ctx, consumer)
	if err != nil {
		return nil, err
	}
	list := make([]Letter, 0, len(open))
	for _, l := range open {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b Letter) int { return cmp.Compare(b.Seq, a.Seq) })
	if limit > 0 && len(list) > limit {
		list = list[:limit]
	}
	return list, nil
}

// Counts tells how many letters each consumer has that nobody has redriven.
func (d DeadLetters) Counts(ctx context.Context) (map[string]int, error) {
	open, err := d.open(ctx, "")
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int)
	for _, l := range open {
		counts[l.Consumer]++
	}
	return counts, nil
}

// Show gives one letter whole, redriven or not; ErrNoLetter where there is none.
func (d DeadLetters) Show(ctx context.Context, seq uint64) (Letter, error) {
	var found Letter
	err := d.bus.Replay(ctx, deadPrefix+">", seq, false, func(m Message) error {
		if m.Seq == seq {
			found, _ = letterOf(m)
		}
		return errEnough
	})
	if err != nil && !errors.Is(err, errEnough) {
		return Letter{}, err
	}
	if found.Subject == "" {
		return Letter{}, fmt.Errorf("%w: sequence %d", ErrNoLetter, seq)
	}
	return found, nil
}

// Redrive publishes the messages of the letters again, each under a new
// message ID (the old one may still be remembered as a duplicate), and tells
// how many it sent. Every consumer of the subject sees the message, not only
// the one that buried it. Redriving a letter twice within the duplicate window
// sends it once.
func (d DeadLetters) Redrive(ctx context.Context, seqs ...uint64) (int, error) {
	for i, seq := range seqs {
		l, err := d.Show(ctx, seq)
		if err != nil {
			return i, err
		}
		if l.Forgotten {
			return i, fmt.Errorf("%w: dead letter %d", ErrForgotten, seq)
		}
		if err := d.redrive(ctx, l); err != nil {
			return i, fmt.Errorf("stream: redrive dead letter %d: %w", seq, err)
		}
	}
	return len(seqs), nil
}

func (d DeadLetters) redrive(ctx context.Context, l Letter) error {
	again := fmt.Sprintf("%s.again.%d", l.ID, l.Seq)
	if _, err := d.bus.Publish(ctx, Out{Subject: l.Subject, ID: again, Data: l.Data}); err != nil {
		return err
	}
	data, err := json.Marshal(mark{Redriven: l.Seq, As: again, When: time.Now().UTC()})
	if err != nil {
		return err
	}
	_, err = d.bus.Publish(ctx, Out{Subject: deadPrefix + l.Consumer, ID: fmt.Sprintf("redriven.%d", l.Seq), Data: data})
	return err
}

// open folds letters and marks into what is still open.
func (d DeadLetters) open(ctx context.Context, consumer string) (map[uint64]Letter, error) {
	filter := deadPrefix + ">"
	if consumer != "" {
		if !Token(consumer) {
			return nil, fmt.Errorf("stream: dead letters: consumer %q: want [a-z0-9-]{1,64}", consumer)
		}
		filter = deadPrefix + consumer
	}
	open := make(map[uint64]Letter)
	err := d.bus.Replay(ctx, filter, 0, false, func(m Message) error {
		if l, ok := letterOf(m); ok {
			l.Data = nil
			open[m.Seq] = l
			return nil
		}
		var k mark
		if json.Unmarshal(m.Data, &k) == nil {
			delete(open, k.Redriven)
		}
		return nil
	})
	return open, err
}

var errEnough = errors.New("enough")

func letterOf(m Message) (Letter, bool) {
	var l Letter
	if err := json.Unmarshal(m.Data, &l); err != nil || l.Subject == "" {
		return Letter{}, false
	}
	l.Seq = m.Seq
	return l, true
}
