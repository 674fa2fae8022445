package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats.go"
)

// RemoteOptions tell how to reach a NATS server or cluster.
type RemoteOptions struct {
	URL      string        // nats://host:4222, several separated by commas; tls:// for TLS
	Token    string        // or
	Creds    string        // a credentials file
	CA       string        // a file of certificates to trust, besides the system's
	Name     string        // shown in the server's list of connections; empty: diembao
	Replicas int           // of every stream and bucket; 0 is 1, a cluster of three wants 3
	Wait     time.Duration // how long to wait for the first connection; 0: one attempt
	Table    Table         // empty: Topology
	Log      *slog.Logger  // nil: nothing is logged
}

// Remote connects to a server. It creates nothing: Apply does.
func Remote(ctx context.Context, o RemoteOptions) (*JetStream, error) {
	log := logger(o.Log)
	nc, err := dial(ctx, o, log)
	if err != nil {
		return nil, fmt.Errorf("stream: connect to %s: %w", o.URL, err)
	}
	return newJetStream(nc, o.Table, o.Replicas, log)
}

// dial connects, again and again until o.Wait is over.
func dial(ctx context.Context, o RemoteOptions, log *slog.Logger) (*nats.Conn, error) {
	until := time.Now().Add(o.Wait)
	for failed := 0; ; failed++ {
		nc, err := nats.Connect(o.URL, o.nats(log)...)
		if err == nil {
			return nc, nil
		}
		pause := jitter(grow(100*time.Millisecond, 2*time.Second, 2, failed))
		if errors.Is(err, nats.ErrAuthorization) || time.Now().Add(pause).After(until) {
			return nil, err
		}
		log.Warn("stream: no connection yet", "url", o.URL, "error", err)
		if !sleep(ctx, pause) {
			return nil, ctx.Err()
		}
	}
}

func (o RemoteOptions) nats(log *slog.Logger) []nats.Option {
	name := o.Name
	if name == "" {
		name = "diembao"
	}
	opts := []nats.Option{
		nats.Name(name), nats.Timeout(5 * time.Second),
		// An outage ends when it ends: never give up, and find a dead
		// connection within half a minute.
		nats.MaxReconnects(-1), nats.ReconnectWait(250 * time.Millisecond), nats.ReconnectJitter(250*time.Millisecond, time.Second),
		nats.PingInterval(10 * time.Second), nats.MaxPingsOutstanding(2), nats.IgnoreAuthErrorAbort(),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("stream: the connection is lost", "error", err)
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) { log.Info("stream: connected again", "server", nc.ConnectedServerName()) }),
	}
	if o.Token != "" {
		opts = append(opts, nats.Token(o.Token))
	}
	if o.Creds != "" {
		opts = append(opts, nats.UserCredentials(o.Creds))
	}
	if o.CA != "" {
		opts = append(opts, nats.RootCAs(o.CA))
	}
	return opts
}

// ErrNotHeld says that no process holds the data folder, so that there is
// nothing to join: it can be opened with Embedded.
var ErrNotHeld = errors.New("stream: no process holds the data folder")

// Join connects to the process that holds dir, for commands beside a running
// serve. It creates nothing.
func Join(ctx context.Context, dir string) (*JetStream, error) {
	if running, err := held(dir); err != nil {
		return nil, err
	} else if !running {
		return nil, fmt.Errorf("%w: %s", ErrNotHeld, dir)
	}
	data, err := os.ReadFile(filepath.Join(dir, addressFile))
	if err != nil {
		return nil, fmt.Errorf("stream: join: the holder of %s does not listen (yet): %w", dir, err)
	}
	var a address
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, fmt.Errorf("stream: join: %s: %w", filepath.Join(dir, addressFile), err)
	}
	j, err := Remote(ctx, RemoteOptions{URL: a.URL, Token: a.Token, Name: "diembao command"})
	if err != nil {
		return nil, fmt.Errorf("stream: join process %d: %w", a.PID, err)
	}
	return j, nil
}

// Local joins the holder of dir or, when there is none, holds dir itself.
func Local(ctx context.Context, o EmbeddedOptions) (*JetStream, error) {
	j, err := Join(ctx, o.Dir)
	if errors.Is(err, ErrNotHeld) {
		return Embedded(ctx, o)
	}
	return j, err
}
