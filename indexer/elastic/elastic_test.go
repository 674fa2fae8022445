package elastic_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/elastic"
	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/indexer/estest"
	"github.com/diembao/diembao/indexer/indextest"
)

// open connects to an index that nobody else has.
func open(t testing.TB, url, name string) *elastic.Engine {
	t.Helper()
	e, err := elastic.Open(t.Context(), elastic.Options{URLs: []string{url}, Name: name})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func suite(t *testing.T, url string) {
	n := 0
	fresh := func(t *testing.T) *elastic.Engine {
		n++
		return open(t, url, fmt.Sprintf("test%d-%s", n, strings.ToLower(strings.NewReplacer("/", "-", "_", "-").Replace(t.Name()[:8]))))
	}
	t.Run("contract", func(t *testing.T) {
		indextest.Run(t, func(t *testing.T) indexer.Engine { return fresh(t) })
	})
	t.Run("answers as the embedded engine", func(t *testing.T) {
		e, err := embedded.Open(t.Context(), embedded.Memory)
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		indextest.Same(t, e, fresh(t))
	})
}

func TestElasticsearch8(t *testing.T) { suite(t, estest.Start(t)) }

func TestElasticsearch9(t *testing.T) { suite(t, estest.StartVersion(t, estest.Nine)) }
