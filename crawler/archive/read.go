package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
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
	return a.Read(*found)
}

// Find gives the newest entry of an address by its hash, or ErrNone.
func (a *Archive) Find(address uint64) (Entry, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.index.find(address)
}

// Read reads the record of an entry.
func (a *Archive) Read(e Entry) (Record, error) {
	f, err := os.Open(filepath.Join(a.dir, e.File))
	if err != nil {
		return Record{}, fmt.Errorf("archive: read: %w", err)
	}
	defer f.Close()
	r, err := readRecord(io.NewSectionReader(f, e.Offset, e.Length))
	if err != nil {
		return Record{}, fmt.Errorf("archive: %s at %d: %w", e.File, e.Offset, err)
	}
	r.Class = filepath.Dir(e.File)
	if r.Body != nil && Digest(r.Body) != e.Digest {
		return Record{}, fmt.Errorf("archive: %s at %d: the body is not what was stored", e.File, e.Offset)
	}
	return r, nil
}

// Walk calls f for every record of a source ("" is every source) that was
// fetched from from to to, file by file in order of writing.
func (a *Archive) Walk(ctx context.Context, source string, from, to time.Time, f func(Entry, Record) error) error {
	return a.scan(ctx, func(e Entry) error {
		if source != "" && e.Source != source || e.Fetched.Before(from) || e.Fetched.After(to) {
			return nil
		}
		r, err := a.Read(e)
		if err != nil {
			return err
		}
		return f(e, r)
	})
}

// scan reads every index file, oldest name first.
func (a *Archive) scan(ctx context.Context, f func(Entry) error) error {
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
