package stream

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// EmbeddedOptions tell where an embedded server keeps its data.
type EmbeddedOptions struct {
	Dir   string       // the data folder; made when missing, mode 0700
	Table Table        // empty: Topology
	Log   *slog.Logger // nil: nothing is logged
}

// Embedded starts a NATS server in this process, applies the topology to it
// and gives a bus over it. Every write is on disk (fsync) before it is
// acknowledged. The folder is locked: a second holder gets a *HeldError. Other
// processes of the same user reach the server with Join.
func Embedded(ctx context.Context, o EmbeddedOptions) (*JetStream, error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("stream: embedded: data folder: %w", err)
	}
	guard, err := lock(o.Dir)
	if err != nil {
		return nil, err
	}
	unlock := func() { _ = guard.Close() }
	token := rand.Text()
	complaints := &serverLog{log: logger(o.Log)}
	srv, err := startServer(o, token, complaints)
	if err != nil {
		unlock()
		return nil, err
	}
	stop := func() {
		srv.Shutdown()
		srv.WaitForShutdown()
	}
	nc, err := nats.Connect("", nats.InProcessServer(srv), nats.Token(token), nats.Name("diembao"), nats.MaxReconnects(-1))
	if err != nil {
		stop()
		unlock()
		return nil, fmt.Errorf("stream: embedded: connect: %w", err)
	}
	j, err := newJetStream(nc, o.Table, 1, o.Log)
	if err != nil {
		stop()
		unlock()
		return nil, err
	}
	j.mend = (&mender{dir: o.Dir, srv: srv, log: complaints}).mend
	file := filepath.Join(o.Dir, addressFile)
	j.closers = append([]func(){unlock, stop, func() { _ = os.Remove(file) }}, j.closers...)
	if _, err = Apply(ctx, j); err == nil {
		err = writeAddress(file, address{URL: srv.ClientURL(), Token: token, PID: os.Getpid()})
	}
	if err != nil {
		_ = j.Close()
		return nil, err
	}
	return j, nil
}

func startServer(o EmbeddedOptions, token string, log *serverLog) (*server.Server, error) {
	srv, err := server.NewServer(&server.Options{
		ServerName: "diembao", Host: "127.0.0.1", Port: server.RANDOM_PORT, Authorization: token,
		JetStream: true, StoreDir: o.Dir, SyncAlways: true,
		MaxPayload: maxPayload, NoSigs: true, DisableShortFirstPing: true,
	})
	if err != nil {
		return nil, fmt.Errorf("stream: embedded: %w", err)
	}
	srv.SetLoggerV2(log, false, false, false)
	srv.Start()
	if !srv.ReadyForConnections(30 * time.Second) {
		srv.Shutdown()
		return nil, fmt.Errorf("stream: embedded: the server in %s is not ready after 30 s", o.Dir)
	}
	return srv, nil
}

func logger(log *slog.Logger) *slog.Logger {
	if log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return log
}

// serverLog passes on what a server has to complain about; its chat goes to debug.
type serverLog struct {
	log   *slog.Logger
	erred atomic.Bool // since it was last asked
}

// Noticef implements server.Logger.
func (l *serverLog) Noticef(format string, v ...any) {
	l.log.Debug("stream: server: " + fmt.Sprintf(format, v...))
}

// Warnf implements server.Logger.
func (l *serverLog) Warnf(format string, v ...any) {
	l.log.Warn("stream: server: " + fmt.Sprintf(format, v...))
}

// Fatalf implements server.Logger.
func (l *serverLog) Fatalf(format string, v ...any) { l.Errorf(format, v...) }

// Errorf implements server.Logger.
func (l *serverLog) Errorf(format string, v ...any) {
	l.erred.Store(true)
	l.log.Error("stream: server: " + fmt.Sprintf(format, v...))
}

// Debugf implements server.Logger.
func (l *serverLog) Debugf(string, ...any) {}

// Tracef implements server.Logger.
func (l *serverLog) Tracef(string, ...any) {}

// address is how to reach the holder of a data folder.
type address struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

const addressFile = "holder.json"

// writeAddress replaces the file in one step; only its owner can read it.
func writeAddress(path string, a address) error {
	data, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("stream: embedded: address file: %w", err)
	}
	fresh := path + ".new"
	_ = os.Remove(fresh) // left by a process that died here, with who knows what mode
	if err := os.WriteFile(fresh, append(data, '\n'), 0o600); err != nil {
		return fmt.Errorf("stream: embedded: address file: %w", err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return fmt.Errorf("stream: embedded: address file: %w", err)
	}
	return nil
}
