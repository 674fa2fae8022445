package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Place names what Expire works on, the same for all processes that share it:
// a token of the bucket, or of this machine's directory.
func (a *Archive) Place() string {
	place := ""
	if a.opts.Bucket != nil {
		place = a.opts.Bucket.Where()
	} else {
		host, _ := os.Hostname() // without a name, the directory's must do
		dir, err := filepath.Abs(a.dir)
		if err != nil {
			dir = a.dir
		}
		place = host + ":" + dir
	}
	sum := sha256.Sum256([]byte(place))
	return hex.EncodeToString(sum[:8])
}

// Expire deletes the files whose newest record is older than the retention of
// their class, in the directory and in the bucket, and returns how many.
func (a *Archive) Expire(ctx context.Context, now time.Time) (deleted int, err error) {
	for class, keep := range a.opts.Retention {
		n, err := a.expireLocal(class, now.Add(-keep))
		deleted += n
		if err == nil && a.opts.Bucket != nil {
			n, err = a.expireBucket(ctx, class, now.Add(-keep))
			deleted += n
		}
		if err != nil {
			return deleted, fmt.Errorf("archive: expire %s: %w", class, err)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.index = newIndex(a.dir)
	return deleted, a.index.refresh()
}

func (a *Archive) expireLocal(class string, before time.Time) (deleted int, err error) {
	files, err := filepath.Glob(filepath.Join(a.dir, class, "*.warc.gz"))
	if err != nil {
		return 0, err
	}
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil || info.ModTime().After(before) {
			continue
		}
		f, err := claim(path)
		if err != nil {
			return deleted, err
		}
		if f == nil {
			continue // being written, or gone
		}
		err = errors.Join(removeFile(indexName(path)), removeFile(path), f.Close())
		if err != nil {
			return deleted, err
		}
		deleted++
	}
	return deleted, nil
}

// removeFile deletes a file, which another process may have done already.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// expireBucket deletes the index first: what is then left over of a crash is
// found again by its own name.
func (a *Archive) expireBucket(ctx context.Context, class string, before time.Time) (deleted int, err error) {
	var old []string
	err = a.opts.Bucket.list(ctx, class+"/", func(o object) error {
		if strings.HasSuffix(o.key, ".warc.gz") && o.time.Before(before) {
			old = append(old, o.key)
		}
		return nil
	})
	for _, key := range old {
		err := errors.Join(a.opts.Bucket.remove(ctx, indexName(key)), a.opts.Bucket.remove(ctx, key),
			removeFile(filepath.Join(a.dir, filepath.FromSlash(indexName(key)))))
		if err != nil {
			return deleted, err
		}
		deleted++
	}
	return deleted, err
}
