package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
)

// collector is a crawler with what it keeps beside the log.
type collector struct {
	*crawler.Crawler
	archive *archive.Archive
	log     *slog.Logger
}

// newCollector makes the crawler of a configuration on o.Bus, with its archive
// and the key for authors. It must be closed.
func newCollector(ctx context.Context, c *configs.Config, o crawler.Options) (*collector, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	key, own, err := authorKey(c)
	if err != nil {
		return nil, err
	}
	if own && c.NATS.URL != "" {
		o.Log.Warn("author key: made in this data folder; crawlers on other machines need the same one: set crawler.author_key_file", "data", c.Data)
	}
	keep, err := openArchive(c, o.Log)
	if err != nil {
		return nil, err
	}
	o.Config, o.Archive, o.AuthorKey, o.ID = c.Crawler, keep, key, owner()
	made, err := crawler.New(ctx, o)
	if err != nil {
		return nil, errors.Join(usage(err), keep.Close())
	}
	return &collector{made, keep, o.Log}, nil
}

// lastUpload is how long a process that ends may still upload. What it cannot
// is uploaded by the next one in this data folder.
const lastUpload = 15 * time.Second

// close ends the archive's files and uploads them, if there is a bucket.
func (c *collector) close() error {
	if err := c.archive.Close(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastUpload)
	defer cancel()
	if err := c.archive.Ship(ctx); err != nil {
		c.log.Warn("archive: not uploaded, kept for the next start", "error", err)
	}
	return nil
}

// openArchive opens the archive that a configuration describes.
func openArchive(c *configs.Config, log *slog.Logger) (*archive.Archive, error) {
	a := c.Crawler.Archive
	o := archive.Options{Prefix: owner(), Retention: a.Retention, MaxAge: a.Rotate, Operator: c.Unit, Log: log}
	if a.Bucket != nil {
		keys, err := bucketKeys(*a.Bucket)
		if err != nil {
			return nil, usage(err)
		}
		if o.Bucket, err = archive.NewBucket(*a.Bucket, keys); err != nil {
			return nil, usage(err)
		}
	}
	return archive.Open(filepath.Join(c.Data, "archive"), o)
}

// bucketKeys are the account of the file, or else of the environment.
func bucketKeys(c archive.BucketConfig) (archive.Keys, error) {
	k := archive.Keys{Access: cmp.Or(c.AccessKey, os.Getenv("AWS_ACCESS_KEY_ID")), Secret: os.Getenv("AWS_SECRET_ACCESS_KEY")}
	if c.SecretKeyFile != "" {
		var err error
		if k.Secret, err = secret(c.SecretKeyFile); err != nil {
			return k, err
		}
	}
	if k.Access == "" || k.Secret == "" {
		return k, errors.New("archive: bucket: no account: set access_key and secret_key_file, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
	}
	return k, nil
}

// authorKeyVariable is where the environment may hold the key for authors.
const authorKeyVariable = "DIEMBAO_AUTHOR_KEY"

// authorKey is the unit's secret under which citizens' names are hashed: that
// of the configured file or of the environment, so that several machines hash
// alike; otherwise one that is made once and kept in the data folder, readable
// by its owner only; own says so. The crawler derives each year's key from it.
func authorKey(c *configs.Config) (key []byte, own bool, err error) {
	text, err := secret(c.Crawler.AuthorKeyFile)
	if err != nil {
		return nil, false, usage(fmt.Errorf("author key: %w", err))
	}
	if c.Crawler.AuthorKeyFile == "" {
		if text = strings.TrimSpace(os.Getenv(authorKeyVariable)); text == "" {
			key, err = ownAuthorKey(c.Data)
			return key, true, err
		}
	}
	if len(text) < crawler.LeastAuthorKey {
		return nil, false, usage(fmt.Errorf("author key: %d characters: want at least %d, such as `openssl rand -base64 32` prints", len(text), crawler.LeastAuthorKey))
	}
	return []byte(text), false, nil
}

func ownAuthorKey(data string) ([]byte, error) {
	file := filepath.Join(data, "author.key")
	key, err := os.ReadFile(file) //nolint:gosec // in the data folder
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, fmt.Errorf("author key: %w", err)
	}
	key = []byte(rand.Text() + rand.Text())
	return key, os.WriteFile(file, key, 0o600)
}
