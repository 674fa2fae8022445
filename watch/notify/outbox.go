package notify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
)

// OutboxName is the outbox's channel.
const OutboxName = "outbox"

const (
	outboxPrefix = "outbox."
	outboxMost   = 100 // messages kept; the demo's desk shows them on one page
)

// Outbox keeps messages for the desk to show instead of sending them.
type Outbox struct {
	bucket stream.Bucket
	link   string
}

// NewOutbox keeps the newest 100 messages in a bucket.
func NewOutbox(bucket stream.Bucket, link string) *Outbox { return &Outbox{bucket: bucket, link: link} }

// Sent is one message of the outbox.
type Sent struct {
	ID      string    `json:"id"`
	Alert   string    `json:"alert"`
	Message Letter    `json:"message"`
	At      time.Time `json:"at"`
	key     string
}

// Name is "outbox".
func (o *Outbox) Name() string { return OutboxName }

// Send keeps the message; keeping it twice keeps it once.
func (o *Outbox) Send(ctx context.Context, m watch.Message) error {
	l, err := Write(m, o.link)
	if err != nil {
		return stream.Permanent(err)
	}
	data, err := json.Marshal(Sent{ID: m.ID, Alert: m.Alert.ID, Message: l, At: time.Now()})
	if err != nil {
		return stream.Permanent(err)
	}
	sum := sha256.Sum256([]byte(m.ID))
	_, err = o.bucket.Create(ctx, outboxPrefix+hex.EncodeToString(sum[:12]), data)
	if err != nil && !errors.Is(err, stream.ErrConflict) {
		return fmt.Errorf("outbox: keep: %w", err)
	}
	return o.trim(ctx)
}

// List gives what is kept, newest first.
func (o *Outbox) List(ctx context.Context) ([]Sent, error) {
	keys, err := o.bucket.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("outbox: list: %w", err)
	}
	var all []Sent
	for _, key := range keys {
		if !strings.HasPrefix(key, outboxPrefix) {
			continue
		}
		kept, err := o.bucket.Get(ctx, key)
		if errors.Is(err, stream.ErrNoKey) {
			continue // trimmed meanwhile
		}
		if err != nil {
			return nil, fmt.Errorf("outbox: list: %w", err)
		}
		sent := Sent{key: key}
		if err := json.Unmarshal(kept.Value, &sent); err != nil {
			return nil, fmt.Errorf("outbox: read %s: %w", key, err)
		}
		all = append(all, sent)
	}
	slices.SortFunc(all, func(a, b Sent) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.key, b.key)) })
	return all, nil
}

func (o *Outbox) trim(ctx context.Context) error {
	all, err := o.List(ctx)
	if err != nil || len(all) <= outboxMost {
		return err
	}
	for _, old := range all[outboxMost:] {
		if err := o.bucket.Delete(ctx, old.key, 0); err != nil && !errors.Is(err, stream.ErrNoKey) {
			return fmt.Errorf("outbox: trim: %w", err)
		}
	}
	return nil
}
