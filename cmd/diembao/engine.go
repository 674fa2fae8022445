package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/elastic"
	"github.com/diembao/diembao/indexer/embedded"
)

// indexFile is where a data folder keeps the embedded index.
func indexFile(data string) string { return filepath.Join(data, "index", "mentions.db") }

// openEngine opens the index of a configuration: Elasticsearch where an
// address is given, SQLite in the data folder otherwise.
func openEngine(ctx context.Context, c *configs.Config) (indexer.Engine, error) {
	if c.Index.URL == "" {
		file := indexFile(c.Data)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
		return embedded.Open(ctx, file)
	}
	password, err := secret(c.Index.PasswordFile)
	if err != nil {
		return nil, usage(err)
	}
	key, err := secret(c.Index.APIKeyFile)
	if err != nil {
		return nil, usage(err)
	}
	return elastic.Open(ctx, elastic.Options{URLs: []string{c.Index.URL}, User: c.Index.User, Password: password,
		APIKey: key, Name: c.Index.Name, Shards: c.Index.Shards, Replicas: c.Index.Replicas})
}
