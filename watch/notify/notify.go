// Package notify tells people of alerts and of sources: by signed webhook, by e-mail, or in
// an outbox that the desk shows.
//
// It reads notice.<channel> and writes a "delivered" change to the ledger. It
// promises that a message whose delivery is in the ledger is not sent again,
// that it is acknowledged only after the ledger has it, and that whatever came
// from the web is escaped.
//
// Limit: a crash between sending and writing down sends once more; webhooks
// then see the same Diembao-Id and mail the same Message-ID.
package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
)

// Channel is one way to tell people. Webhook, Mail and Outbox satisfy it; all
// are held to channeltest.
type Channel interface {
	// Name is the token of the channel's subject.
	Name() string
	// Send returns nil once the other side has taken the message. An error
	// marked stream.Permanent will not be mended by trying again.
	Send(ctx context.Context, m watch.Message) error
}

// Options are what a notifier works with.
type Options struct {
	Bus      stream.Bus
	Book     *watch.Book
	Channels []Channel
	Log      *slog.Logger
}

// Notifier sends what the watch announces.
type Notifier struct {
	options  Options
	channels map[string]Channel
}

// New makes a notifier. Nothing runs before Run.
func New(o Options) *Notifier {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	n := &Notifier{options: o, channels: map[string]Channel{}}
	for _, c := range o.Channels {
		n.channels[c.Name()] = c
	}
	return n
}

// Run sends until ctx ends, and returns nil then.
func (n *Notifier) Run(ctx context.Context) error {
	return n.options.Bus.Consume(ctx, stream.ConsumeNotices, n.handle, stream.ConsumeOptions{Batch: 1})
}

func (n *Notifier) handle(ctx context.Context, batch []stream.Message) []error {
	errs := make([]error, len(batch))
	for i, m := range batch {
		errs[i] = n.deliver(ctx, m)
	}
	return errs
}

// patience bounds one delivery; below the consumer's AckWait of a minute.
const patience = 30 * time.Second

func (n *Notifier) deliver(ctx context.Context, raw stream.Message) error {
	var m watch.Message
	if err := json.Unmarshal(raw.Data, &m); err != nil {
		return stream.Permanent(fmt.Errorf("notify: read %s: %w", raw.ID, err))
	}
	name := strings.TrimPrefix(raw.Subject, watch.NoticeSubject(""))
	channel, ok := n.channels[name]
	if !ok {
		return stream.Permanent(fmt.Errorf("notify: %s: no channel is called %q", m.ID, name))
	}
	if m.Outage == nil && n.options.Book.Delivered(m.Alert.ID, name, m.ID) {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := channel.Send(limited, m); err != nil {
		n.options.Log.Warn("notify: not delivered", "channel", name, "message", m.ID, "tries", raw.Deliveries, "err", err)
		return fmt.Errorf("notify: %s by %s: %w", m.ID, name, err)
	}
	if m.Outage != nil {
		return nil // belongs to no alert
	}
	err := n.options.Book.Deliver(ctx, m.Alert.ID, name, m.ID, time.Now())
	if errors.Is(err, watch.ErrNotFound) {
		return nil // a trial message belongs to no alert
	}
	return err
}
