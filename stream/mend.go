package stream

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// mender brings an embedded server's storage back after a full disk: a stream
// that could not write once refuses everything from then on, room or no room,
// until it is opened anew. What was acknowledged is on the disk all along.
type mender struct {
	dir string
	srv *server.Server
	log *serverLog

	mu   sync.Mutex
	last time.Time
}

// room is how much must fit on the disk again before storage is opened anew.
const room = 1 << 20

// mend reopens the storage if the server has complained since the last time and
// the disk takes writes; at most once in 10 s.
func (m *mender) mend() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.log.erred.Load() || time.Since(m.last) < 10*time.Second {
		return
	}
	m.last = time.Now()
	if err := writable(m.dir); err != nil {
		m.log.log.Error("stream: the data folder takes no writes", "folder", m.dir, "error", err)
		return
	}
	m.log.erred.Store(false)
	if err := m.reopen(); err != nil {
		m.log.log.Error("stream: the storage cannot be opened anew", "folder", m.dir, "error", err)
		return
	}
	m.log.log.Warn("stream: the storage was opened anew after an error", "folder", m.dir)
}

func (m *mender) reopen() error {
	config := m.srv.JetStreamConfig()
	if config == nil {
		return errors.New("the server has no storage")
	}
	config.StoreDir = m.dir // what it gives is a folder deeper than what it takes
	if err := m.srv.ShutdownJetStream(); err != nil {
		return err
	}
	return m.srv.EnableJetStream(config)
}

// writable tries whether some room is left.
func writable(dir string) error {
	path := filepath.Join(dir, "room.tmp")
	defer func() { _ = os.Remove(path) }()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("stream: room: %w", err)
	}
	defer func() { _ = f.Close() }()
	if _, err := f.Write(make([]byte, room)); err != nil {
		return fmt.Errorf("stream: room: %w", err)
	}
	return f.Sync()
}
