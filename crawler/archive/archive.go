// Package archive keeps the raw pages that mentions were read from, as WARC
// 1.1 with one gzip member a record, and finds them again by digest or by
// address. They lie in a directory, or, once a file is full, in an
// S3-compatible bucket.
//
// Layout: <dir>/<class>/<prefix>-<yyyymmddhhmmss>-<n>.warc.gz, beside it an
// .idx file with one tab-separated line a record: payload digest, hash of the
// address, offset, length, Unix second of the fetch, source, address. Several
// processes may share a directory if their prefixes differ: a file has one
// writer, which holds a lock on it, and nobody appends to a file of an earlier
// run. The bucket has the same names; there the directory keeps what is not
// uploaded yet, and the indexes of everything.
//
// Promises: what Put has returned can be read back by Get; a record cut short
// by a crash harms no other. A file leaves the directory only when the bucket
// has it and its index: a bucket that is away, or a kill in the middle of an
// upload, loses nothing. Files older than the retention of their class are
// deleted by Expire.
//
// Limit: Put does not wait for the disk; a power cut may lose the last pages,
// which then are evidence lost, not mentions lost. What another machine wrote
// is found once its file is in the bucket.
package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"
)

// Options bound the files. The zero value of a field is its default.
type Options struct {
	// Prefix names the writer in file names; default "pages".
	Prefix string
	// MaxBytes and MaxAge are when a new file is begun; default 256 MiB, and
	// 24 h in a directory or 1 h before a bucket.
	MaxBytes int64
	MaxAge   time.Duration
	// Retention is how long the files of a class are kept; a class that is not
	// named is kept for ever.
	Retention map[string]time.Duration
	// Operator is written into each file's warcinfo record.
	Operator string
	// Bucket takes the files that are full; nil leaves them in the directory.
	Bucket *Bucket
	// Log is told what goes wrong with the bucket; nil is silent.
	Log *slog.Logger
}

// Record is one page as it came from the web.
type Record struct {
	Class   string // folder and retention: "press", "portal", "social"
	Source  string // id of the source in the configuration
	URL     string
	Fetched time.Time
	Status  int
	Header  http.Header
	Body    []byte
}

// Entry is where a record lies.
type Entry struct {
	Digest  string // "sha256:…" of the body: mention.Origin.Page
	Address uint64 // AddressHash of URL
	File    string // below the directory
	Offset  int64
	Length  int64
	Fetched time.Time
	Source  string
	URL     string
}

// ErrNone says that the archive has no such record.
var ErrNone = errors.New("archive: no such record")

// Archive writes and finds records. It may be used by many goroutines.
type Archive struct {
	dir  string
	opts Options

	mu     sync.Mutex
	open   map[string]*file // by class
	serial int
	index  index

	count counts
}

// Open opens the archive in dir, which is made if need be.
func Open(dir string, o Options) (*Archive, error) {
	if o.Prefix == "" {
		o.Prefix = "pages"
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 256 << 20
	}
	if o.MaxAge == 0 {
		o.MaxAge = DefaultAge
		if o.Bucket != nil {
			o.MaxAge = DefaultBucketAge
		}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("archive: open: %w", err)
	}
	a := &Archive{dir: dir, opts: o, open: map[string]*file{}, index: newIndex(dir)}
	if err := a.index.refresh(); err != nil {
		return nil, err
	}
	return a, nil
}

// Digest names a body.
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// AddressHash is the key under which an address is remembered.
func AddressHash(url string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(url))
	return h.Sum64()
}

// Put stores a page and returns its digest. The same body of the same address
// is stored once a file.
func (a *Archive) Put(_ context.Context, r Record) (digest string, err error) {
	digest = Digest(r.Body)
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.file(r.Class, r.Fetched)
	if err != nil {
		return "", err
	}
	if f.has[digest+r.URL] {
		return digest, nil
	}
	e, err := f.append(r, digest)
	if err != nil {
		delete(a.open, r.Class)
		_ = f.close() // the write has failed already; its error is the one to tell
		return "", fmt.Errorf("archive: put %s: %w", r.URL, err)
	}
	f.has[digest+r.URL] = true
	a.index.add(e)
	return digest, nil
}

// file gives the file that a class is written to, a new one if need be.
func (a *Archive) file(class string, now time.Time) (*file, error) {
	f := a.open[class]
	if f != nil && !a.full(f, now) {
		return f, nil
	}
	if f != nil {
		delete(a.open, class)
		if err := f.close(); err != nil {
			return nil, fmt.Errorf("archive: rotate: %w", err)
		}
	}
	f, err := a.create(class, now)
	if err != nil {
		return nil, fmt.Errorf("archive: begin a file: %w", err)
	}
	a.open[class] = f
	return f, nil
}

func (a *Archive) full(f *file, now time.Time) bool {
	return f.size >= a.opts.MaxBytes || now.Sub(f.began) >= a.opts.MaxAge
}

// rotate ends the files that are full, so that a quiet class is uploaded too.
func (a *Archive) rotate(now time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var errs []error
	for class, f := range a.open {
		if a.full(f, now) {
			delete(a.open, class)
			errs = append(errs, f.close())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("archive: rotate: %w", err)
	}
	return nil
}

// Lag is how long after it was put on another machine a page may become known
// here, while the bucket answers; 0 without a bucket.
func (a *Archive) Lag() time.Duration {
	if a.opts.Bucket == nil {
		return 0
	}
	return a.opts.MaxAge + pullEvery
}

// Close ends the files.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	errs := make([]error, 0, len(a.open))
	for class, f := range a.open {
		errs = append(errs, f.close())
		delete(a.open, class)
	}
	return errors.Join(errs...)
}

// Sync waits until what was put is on disk.
func (a *Archive) Sync() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	errs := make([]error, 0, 2*len(a.open))
	for _, f := range a.open {
		errs = append(errs, f.warc.Sync(), f.idx.Sync())
	}
	return errors.Join(errs...)
}
