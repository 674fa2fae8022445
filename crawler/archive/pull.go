package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Pull brings the directory's indexes in line with the bucket's: those that
// others uploaded since the given time are fetched, those whose file has
// expired are dropped. Without a bucket it does nothing.
func (a *Archive) Pull(ctx context.Context, since time.Time) error {
	if a.opts.Bucket == nil {
		return nil
	}
	// Listed before the bucket is: what is uploaded meanwhile is not dropped.
	gone, err := a.uploaded()
	if err != nil {
		return err
	}
	var wanted []object
	err = a.opts.Bucket.list(ctx, "", func(o object) error {
		path := filepath.Join(a.dir, filepath.FromSlash(o.key))
		if !strings.HasSuffix(o.key, ".idx") || !a.inDir(path) {
			return nil
		}
		delete(gone, path)
		if _, err := os.Stat(path); err != nil && !o.time.Before(since) {
			wanted = append(wanted, o)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for path := range gone {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("archive: pull: %w", err)
		}
	}
	for _, o := range wanted {
		if err := a.fetchIndex(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// inDir refuses names that would lead out of the directory, or deeper than a
// class: the bucket may be shared.
func (a *Archive) inDir(path string) bool {
	return filepath.Dir(filepath.Dir(path)) == filepath.Clean(a.dir) && filepath.IsLocal(filepath.Base(path))
}

// uploaded is the set of indexes whose file has left the directory.
func (a *Archive) uploaded() (map[string]bool, error) {
	indexes, err := filepath.Glob(filepath.Join(a.dir, "*", "*.idx"))
	if err != nil {
		return nil, fmt.Errorf("archive: list: %w", err)
	}
	out := map[string]bool{}
	for _, idx := range indexes {
		if _, err := os.Stat(warcName(idx)); errors.Is(err, os.ErrNotExist) {
			out[idx] = true
		}
	}
	return out, nil
}

// fetchIndex puts an index of the bucket into the directory, whole or not at
// all, with the time of its upload.
func (a *Archive) fetchIndex(ctx context.Context, o object) error {
	in, err := a.opts.Bucket.section(ctx, o.key, 0, 0)
	if errors.Is(err, ErrNone) {
		return nil // expired meanwhile
	}
	if err != nil {
		return err
	}
	defer in.Close()
	path := filepath.Join(a.dir, filepath.FromSlash(o.key))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("archive: pull: %w", err)
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".pull-*")
	if err != nil {
		return fmt.Errorf("archive: pull: %w", err)
	}
	defer os.Remove(part.Name()) //nolint:errcheck // renamed, if all went well
	_, err = io.Copy(part, in)
	err = errors.Join(err, part.Close())
	if err == nil {
		err = errors.Join(os.Chtimes(part.Name(), o.time, o.time), os.Rename(part.Name(), path))
	}
	if err != nil {
		return fmt.Errorf("archive: pull %s: %w", o.key, err)
	}
	return nil
}
