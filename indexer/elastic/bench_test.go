package elastic

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/estest"
	"github.com/diembao/diembao/indexer/indextest"
)

func open(b *testing.B, url string) *Engine {
	b.Helper()
	name := fmt.Sprintf("diembao-bench-%08x", rand.Uint32())
	e, err := Open(b.Context(), Options{URLs: []string{url}, Name: name})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		for _, path := range []string{"/" + name + "-mentions-v1.*", "/_index_template/" + name + "-mentions-v1"} {
			r, err := http.NewRequest(http.MethodDelete, url+path, nil)
			if err != nil {
				b.Fatal(err)
			}
			if resp, err := http.DefaultClient.Do(r); err == nil {
				resp.Body.Close()
			}
		}
		e.Close()
	})
	return e
}

// BenchmarkElasticsearch writes a newsroom's texts beside a bare bulk load of
// the same documents, encoded beforehand, in batches of the same size, with
// one refresh at the end; then it asks 50,000 of them.
func BenchmarkElasticsearch(b *testing.B) {
	url := estest.Start(b)
	b.Run("write/bare bulk", func(b *testing.B) {
		e := open(b, url)
		puts := encoded(b, e, b.N)
		b.ResetTimer()
		bareLoad(b, e, puts)
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
	})
	b.Run("write/engine", func(b *testing.B) {
		e := open(b, url)
		all := indextest.Corpus(b.N, 1)
		b.ResetTimer()
		indextest.Load(b, e, all)
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
	})
	b.Run("query", func(b *testing.B) {
		e := open(b, url)
		bareLoad(b, e, encoded(b, e, indextest.Large))
		indextest.BenchmarkQueries(b, e)
	})
}

// encoded makes the documents with their stories, as they stand in the end.
func encoded(b *testing.B, e *Engine, n int) []put {
	b.Helper()
	docs, errs := indexer.Documents(indextest.Corpus(n, 1))
	if errs != nil {
		b.Fatal(errs)
	}
	var copies []*indexer.Copy
	for _, d := range docs {
		copies = append(copies, d.Copy)
	}
	stands := indexer.Stories(copies)
	puts := make([]put, n)
	for i, d := range docs {
		p, err := e.putLive(d, stands[d.ID])
		if err != nil {
			b.Fatal(err)
		}
		puts[i] = p
	}
	return puts
}

func bareLoad(b *testing.B, e *Engine, puts []put) {
	b.Helper()
	targets, err := e.targets(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	const batch = 256
	for len(puts) > 0 {
		n := min(batch, len(puts))
		if refused, err := e.bulk(b.Context(), targets.live, puts[:n]); err != nil || len(refused) > 0 {
			b.Fatal(refused, err)
		}
		puts = puts[n:]
	}
	if err := e.do(b.Context(), esapi.IndicesRefreshRequest{Index: []string{targets.live}}, nil); err != nil {
		b.Fatal(err)
	}
}
