package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Times of the upload loop. The first try after a failure is soon, for a
// restart of the server; an outage of hours costs six tries an hour.
const (
	shipEvery  = 30 * time.Second
	pullEvery  = 5 * time.Minute
	retryFirst = 10 * time.Second
	retryMost  = 10 * time.Minute
	shipWithin = 30 * time.Minute // one file: 256 MiB at 150 KB/s
)

// counts is what the uploads came to since the start.
type counts struct {
	uploaded, failed atomic.Int64
	problem          atomic.Pointer[string]
}

// Health is how the bucket is doing.
type Health struct {
	Uploaded, Failed int64  // files and tries, since the start
	Waiting          int    // full files still in the directory
	Bytes            int64  // of those
	Problem          string // of the last try; "" if it went well
}

// Run uploads what is full until ctx ends, and fetches the indexes of what
// others have uploaded. Without a bucket it returns at once.
func (a *Archive) Run(ctx context.Context) error {
	if a.opts.Bucket == nil {
		return nil
	}
	var pulled time.Time
	for wait := time.Duration(0); sleep(ctx, wait); {
		now := time.Now()
		err := a.rotate(now)
		err = errors.Join(err, a.Ship(ctx))
		if err == nil && now.Sub(pulled) >= pullEvery {
			if err = a.Pull(ctx, now.Add(-horizon)); err == nil {
				pulled = now
			}
		}
		wait = a.after(ctx, err, wait)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return ctx.Err() == nil
	}
}

// after notes how a turn went and gives the wait before the next.
func (a *Archive) after(ctx context.Context, err error, waited time.Duration) time.Duration {
	switch {
	case ctx.Err() != nil:
		return 0
	case err == nil:
		if old := a.count.problem.Swap(nil); old != nil {
			a.opts.Log.Info("archive: the bucket answers again", "bucket", a.opts.Bucket.Where())
		}
		return shipEvery
	}
	wait := retryFirst
	if a.count.problem.Load() != nil {
		wait = min(2*waited, retryMost)
	}
	text := err.Error()
	a.count.problem.Store(&text)
	h, _ := a.Health() // the count is for the log only
	a.opts.Log.Warn("archive: not uploaded, kept and tried again", "bucket", a.opts.Bucket.Where(),
		"files", h.Waiting, "bytes", h.Bytes, "next", wait, "error", err)
	return wait
}

// Health counts what waits. It reads the directory.
func (a *Archive) Health() (Health, error) {
	h := Health{Uploaded: a.count.uploaded.Load(), Failed: a.count.failed.Load()}
	if p := a.count.problem.Load(); p != nil {
		h.Problem = *p
	}
	if a.opts.Bucket == nil {
		return h, nil
	}
	files, err := a.inside()
	for _, path := range files {
		if info, err := os.Stat(path); err == nil {
			h.Waiting++
			h.Bytes += info.Size()
		}
	}
	return h, err
}

// Check reports whether the bucket, if there is one, answers.
func (a *Archive) Check(ctx context.Context) error {
	if a.opts.Bucket == nil {
		return nil
	}
	return a.opts.Bucket.Check(ctx)
}

// inside lists the files of the directory that have an index, oldest first.
func (a *Archive) inside() ([]string, error) {
	indexes, err := filepath.Glob(filepath.Join(a.dir, "*", "*.idx"))
	if err != nil {
		return nil, fmt.Errorf("archive: list: %w", err)
	}
	var files []string
	for _, idx := range indexes {
		warc := warcName(idx)
		if _, err := os.Stat(warc); err == nil {
			files = append(files, warc)
		}
	}
	slices.SortFunc(files, func(x, y string) int { return strings.Compare(filepath.Base(x), filepath.Base(y)) })
	return files, nil
}

// Ship uploads every file that nobody writes to any more, this process's or
// one's that ended before it could. It stops at the first that fails: what
// fails is the bucket. Without a bucket it does nothing.
func (a *Archive) Ship(ctx context.Context) error {
	if a.opts.Bucket == nil {
		return nil
	}
	files, err := a.inside()
	if err != nil {
		return err
	}
	for _, path := range files {
		if err := a.ship(ctx, path); err != nil {
			a.count.failed.Add(1)
			return err
		}
	}
	return a.sweep(time.Now())
}

// sweep drops files whose writer was killed before it made their index: no
// record is in them. A young one may be about to get its index.
func (a *Archive) sweep(now time.Time) error {
	files, err := filepath.Glob(filepath.Join(a.dir, "*", "*.warc.gz"))
	if err != nil {
		return fmt.Errorf("archive: list: %w", err)
	}
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil || now.Sub(info.ModTime()) < time.Minute {
			continue
		}
		if _, err := os.Stat(indexName(path)); err == nil {
			continue
		}
		f, err := claim(path)
		if f != nil {
			err = errors.Join(os.Remove(path), f.Close())
		}
		if err != nil {
			return fmt.Errorf("archive: sweep: %w", err)
		}
	}
	return nil
}

// ship uploads a file and then its index, which says that the file is there;
// then the file leaves the directory. The writer locks a file before it makes
// its index, so a file with an index and without a lock is finished.
func (a *Archive) ship(ctx context.Context, path string) error {
	f, err := claim(path)
	if err != nil {
		return fmt.Errorf("archive: upload: %w", err)
	}
	if f == nil {
		return nil
	}
	defer f.Close()
	some, err := a.trim(f, path)
	if err != nil {
		return fmt.Errorf("archive: upload: %w", err)
	}
	if !some {
		return errors.Join(os.Remove(path), os.Remove(indexName(path)))
	}
	ctx, cancel := context.WithTimeout(ctx, shipWithin)
	defer cancel()
	key, err := a.key(path)
	if err != nil {
		return err
	}
	if err := a.opts.Bucket.upload(ctx, key, path, "application/warc"); err != nil {
		return err
	}
	if err := a.opts.Bucket.upload(ctx, indexName(key), indexName(path), "text/tab-separated-values"); err != nil {
		return err
	}
	a.count.uploaded.Add(1)
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("archive: uploaded, but: %w", err)
	}
	return nil
}

func (a *Archive) key(path string) (string, error) {
	name, err := filepath.Rel(a.dir, path)
	if err != nil {
		return "", fmt.Errorf("archive: %w", err)
	}
	return filepath.ToSlash(name), nil
}

// trim cuts off what a crash has left half written: the end of the file behind
// the last record that the index knows, the end of the index behind its last
// whole line. It reports whether there is a record at all.
func (a *Archive) trim(warc *os.File, path string) (some bool, err error) {
	info, err := warc.Stat()
	if err != nil {
		return false, err
	}
	var end int64
	lines, err := scanIndex(a.dir, indexName(path), 0, func(e Entry) error {
		end = max(end, e.Offset+e.Length)
		return nil
	})
	if err != nil || end == 0 {
		return false, err
	}
	if end < info.Size() {
		err = warc.Truncate(end)
	}
	return true, errors.Join(err, os.Truncate(indexName(path), lines))
}
