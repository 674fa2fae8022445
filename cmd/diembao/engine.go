package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/embedded"
)

// indexFile is where a data folder keeps the embedded index.
func indexFile(data string) string { return filepath.Join(data, "index", "mentions.db") }

// openEngine opens the index of a configuration: Elasticsearch where an
// address is given, SQLite in the data folder otherwise.
func openEngine(ctx context.Context, c *configs.Config, log *slog.Logger) (indexer.Engine, error) {
	if c.Index.URL == "" {
		file := indexFile(c.Data)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
		return embedded.Open(ctx, file)
	}
	_ = log
	return nil, usage(errors.New("index.url: this build has no Elasticsearch engine"))
}
