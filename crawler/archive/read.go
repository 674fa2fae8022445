package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// maxRecord bounds what is unpacked of one record: the crawler's own cap on a
// body, and room for headers.
const maxRecord = 64 << 20

// Get gives the newest record of a digest, or ErrNone.
func (a *Archive) Get(ctx context.Context, digest string) (Record, error) {
	var found *Entry
	err := a.scan(ctx, func(e Entry) error {
		if e.Digest == digest && (found == nil || e.Fetched.After(found.Fetched)) {
			found = &e
		}
		return nil
	})
	if err != nil {
		return Record{}, err
	}
	if found == nil {
		return Record{}, fmt.Errorf("%w: %s", ErrNone, digest)
	}
	return a.Read(ctx, *found)
}

// Find gives the newest entry of an address by its hash, or ErrNone.
func (a *Archive) Find(address uint64) (Entry, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.index.find(address)
}

// Read reads the record of an entry: from the directory, or, of a file that
// has left it, that part of the bucket's object. ErrNone says that the file is
// in neither.
func (a *Archive) Read(ctx context.Context, e Entry) (Record, error) {
	in, err := a.section(ctx, e)
	if err != nil {
		return Record{}, err
	}
	defer in.Close()
	r, err := readRecord(in)
	if err != nil {
		return Record{}, fmt.Errorf("archive: %s at %d: %w", e.File, e.Offset, err)
	}
	r.Class = filepath.Dir(e.File)
	if r.Body != nil && Digest(r.Body) != e.Digest {
		return Record{}, fmt.Errorf("archive: %s at %d: the body is not what was stored", e.File, e.Offset)
	}
	return r, nil
}

// section is the part of a file that an entry names.
func (a *Archive) section(ctx context.Context, e Entry) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(a.dir, e.File))
	switch {
	case err == nil:
		return struct {
			io.Reader
			io.Closer
		}{io.NewSectionReader(f, e.Offset, e.Length), f}, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("archive: read: %w", err)
	case a.opts.Bucket == nil:
		return nil, fmt.Errorf("%w: %s is not in the directory", ErrNone, e.File)
	}
	return a.opts.Bucket.section(ctx, filepath.ToSlash(e.File), e.Offset, e.Length)
}

// Walk calls f for every record of a source ("" is every source) that was
// fetched from from to to, file by file in order of writing.
func (a *Archive) Walk(ctx context.Context, source string, from, to time.Time, f func(Entry, Record) error) error {
	return a.Entries(ctx, source, from, to, func(e Entry) error {
		r, err := a.Read(ctx, e)
		if errors.Is(err, ErrNone) {
			return nil // expired meanwhile
		}
		if err != nil {
			return err
		}
		return f(e, r)
	})
}

// Entries is Walk without reading the records.
func (a *Archive) Entries(ctx context.Context, source string, from, to time.Time, f func(Entry) error) error {
	return a.scan(ctx, func(e Entry) error {
		if source != "" && e.Source != source || e.Fetched.Before(from) || e.Fetched.After(to) {
			return nil
		}
		return f(e)
	})
}

// scan reads every index file, the bucket's too, oldest name first.
func (a *Archive) scan(ctx context.Context, f func(Entry) error) error {
	if err := a.Pull(ctx, time.Time{}); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(a.dir, "*", "*.idx"))
	if err != nil {
		return fmt.Errorf("archive: list: %w", err)
	}
	sort.Slice(files, func(i, j int) bool { return filepath.Base(files[i]) < filepath.Base(files[j]) })
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := scanIndex(a.dir, path, 0, f); err != nil {
			return err
		}
	}
	return nil
}

// readRecord reads one response record, which fills r exactly.
func readRecord(r io.Reader) (Record, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return Record{}, err
	}
	data, err := io.ReadAll(io.LimitReader(zip, maxRecord))
	if err != nil {
		return Record{}, err
	}
	text := textproto.NewReader(bufio.NewReader(bytes.NewReader(data)))
	if line, err := text.ReadLine(); err != nil || line != "WARC/1.1" {
		return Record{}, fmt.Errorf("not a WARC 1.1 record: %q", line)
	}
	header, err := text.ReadMIMEHeader()
	if err != nil {
		return Record{}, err
	}
	resp, err := http.ReadResponse(text.R, nil)
	if err != nil {
		return Record{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return Record{}, err
	}
	when, err := time.Parse(time.RFC3339, header.Get("Warc-Date"))
	return Record{Source: header.Get("X-Diembao-Source"), URL: header.Get("Warc-Target-Uri"), Fetched: when,
		Status: resp.StatusCode, Header: resp.Header, Body: body}, err
}
