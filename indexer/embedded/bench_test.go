package embedded_test

import (
	"path/filepath"
	"testing"

	"github.com/diembao/diembao/indexer/indextest"
)

// BenchmarkWrite writes a newsroom's texts in the worker's batches: tokens,
// facets, stories and one fsync a batch.
func BenchmarkWrite(b *testing.B) {
	all := indextest.Corpus(max(b.N, 256), 1)[:b.N]
	e := open(b, filepath.Join(b.TempDir(), "index.db"))
	b.ResetTimer()
	indextest.Load(b, e, all)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkQueries asks an index of 50,000 mentions.
func BenchmarkQueries(b *testing.B) {
	path := filepath.Join(b.TempDir(), "index.db")
	e := open(b, path)
	indextest.Load(b, e, indextest.Corpus(indextest.Large, 1))
	indextest.BenchmarkQueries(b, e)
}
