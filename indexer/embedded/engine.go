// Package embedded is the index inside the process: SQLite with FTS5 in one
// file, for one unit's desk up to about 300,000 mentions. It provides an
// indexer.Engine.
//
// It reads and writes its file and the two that SQLite keeps beside it. One
// writer works at a time, readers see the last whole batch. Promises: a batch
// that Write returned for is on the disk (one fsync a batch, since the stream
// behind it is told that the batch is durable); totals, facets and histograms
// are exact.
//
// Limit: the file belongs to one process; facets over several hundred
// thousand hits take longer than a person waits, and Elasticsearch does better
// from there.
package embedded

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	_ "modernc.org/sqlite" // the driver

	"github.com/diembao/diembao/indexer"
)

//go:embed schema.sql
var schema string

// Memory as a path keeps the index in a private file that goes away with
// Close.
const Memory = ":memory:"

// ErrSchema says that the file holds an index of another version, which must
// be rebuilt.
var ErrSchema = errors.New("embedded: the index file is of another schema version")

// Engine is an open index.
type Engine struct {
	path    string
	private string // folder to remove at the end, "" where there is none

	swap  sync.RWMutex // held for reading by whoever uses file
	file  *file
	write sync.Mutex // one writer at a time
	next  *file      // being filled by Rebuild; guarded by write
}

var _ indexer.Engine = (*Engine)(nil)

// Open opens or makes the index at path.
func Open(ctx context.Context, path string) (*Engine, error) {
	e := &Engine{path: path}
	if path == Memory {
		dir, err := os.MkdirTemp("", "diembao-index-")
		if err != nil {
			return nil, fmt.Errorf("embedded: open: %w", err)
		}
		e.private, e.path = dir, filepath.Join(dir, "index.db")
	}
	f, err := openFile(ctx, e.path, e.private == "")
	if err != nil {
		return nil, errors.Join(err, e.removePrivate())
	}
	e.file = f
	return e, nil
}

// Close waits for what is under way and closes the file.
func (e *Engine) Close() error {
	e.write.Lock()
	defer e.write.Unlock()
	e.swap.Lock()
	defer e.swap.Unlock()
	if e.file == nil {
		return nil
	}
	err := e.file.close()
	e.file = nil
	return errors.Join(err, e.removePrivate())
}

func (e *Engine) removePrivate() error {
	if e.private == "" {
		return nil
	}
	return os.RemoveAll(e.private)
}

// ErrClosed says that the engine was closed.
var ErrClosed = errors.New("embedded: closed")

// use gives the file to f; Close and the swap of a rebuild wait for f.
func (e *Engine) use(f func(*file) error) error {
	e.swap.RLock()
	defer e.swap.RUnlock()
	if e.file == nil {
		return ErrClosed
	}
	return f(e.file)
}

// Ready reports whether the file answers.
func (e *Engine) Ready(ctx context.Context) error {
	return e.use(func(f *file) error {
		var one int
		if err := f.read.QueryRowContext(ctx, "SELECT 1 FROM sqlite_master LIMIT 1").Scan(&one); err != nil {
			return fmt.Errorf("embedded: ready: %w", err)
		}
		return nil
	})
}

// checkpointPages is how long the log grows before it is worked into the file:
// 64 MB, since a full batch touches some thousand pages of the bands, and many
// of them again in the next.
const checkpointPages = 16_000

// file is one SQLite file: a connection that writes and some that read.
type file struct {
	read   *sql.DB
	writer *sql.DB
	put    *puts
}

func openFile(ctx context.Context, path string, durable bool) (*file, error) {
	sync := "FULL"
	if !durable {
		sync = "OFF"
	}
	f := &file{}
	var err error
	if f.writer, err = sql.Open("sqlite", dsn(path, "journal_mode(WAL)", "synchronous("+sync+")",
		"cache_size(-65536)", "wal_autocheckpoint("+strconv.Itoa(checkpointPages)+")")); err != nil {
		return nil, fmt.Errorf("embedded: open %s: %w", path, err)
	}
	f.writer.SetMaxOpenConns(1)
	if err := f.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("embedded: open %s: %w", path, err), f.close())
	}
	if f.read, err = sql.Open("sqlite", dsn(path, "query_only(1)", "cache_size(-32768)", "temp_store(MEMORY)")); err != nil {
		return nil, errors.Join(fmt.Errorf("embedded: open %s: %w", path, err), f.close())
	}
	f.read.SetMaxOpenConns(4)
	return f, nil
}

func dsn(path string, pragmas ...string) string {
	values := url.Values{"_pragma": append([]string{"busy_timeout(10000)"}, pragmas...)}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + values.Encode()
}

// prepare makes the tables where the file is new and refuses another version.
func (f *file) prepare(ctx context.Context) error {
	var version int
	if err := f.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch version {
	case indexer.SchemaVersion:
	case 0:
		script := fmt.Sprintf("BEGIN; %s; PRAGMA user_version = %d; COMMIT", schema, indexer.SchemaVersion)
		if _, err := f.writer.ExecContext(ctx, script); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%w: %d, want %d", ErrSchema, version, indexer.SchemaVersion)
	}
	put, err := newPuts(ctx, f.writer)
	f.put = put
	return err
}

func (f *file) close() error {
	var errs []error
	if f.read != nil {
		errs = append(errs, f.read.Close())
	}
	if f.put != nil {
		errs = append(errs, f.put.close())
	}
	return errors.Join(append(errs, f.writer.Close())...)
}
