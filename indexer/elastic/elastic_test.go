package elastic_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/elastic"
	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/indexer/estest"
	"github.com/diembao/diembao/indexer/indextest"
)

// fresh connects to an index that nobody else has, and that is removed at the
// end: the server may be one that goes on.
func fresh(t testing.TB, url string) *elastic.Engine {
	t.Helper()
	name := fmt.Sprintf("diembao-test-%08x", rand.Uint32())
	t.Cleanup(func() {
		for _, path := range []string{"/" + name + "-mentions-v1.*", "/_index_template/" + name + "-mentions-v1"} {
			send(t, http.MethodDelete, url+path)
		}
	})
	return connect(t, elastic.Options{URLs: []string{url}, Name: name})
}

func connect(t testing.TB, o elastic.Options) *elastic.Engine {
	t.Helper()
	e, err := elastic.Open(t.Context(), o)
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

func send(t testing.TB, method, url string) {
	t.Helper()
	r, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	resp.Body.Close()
}

func suite(t *testing.T, url string) {
	t.Run("contract", func(t *testing.T) {
		indextest.Run(t, func(t *testing.T) indexer.Engine { return fresh(t, url) })
	})
	t.Run("two processes write into one story", func(t *testing.T) { twoProcesses(t, url) })
	t.Run("a rebuild in another process", func(t *testing.T) { rebuildsElsewhere(t, url) })
	t.Run("answers as the embedded engine", func(t *testing.T) {
		e, err := embedded.Open(t.Context(), embedded.Memory)
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		indextest.Same(t, e, fresh(t, url))
	})
}

func TestElasticsearch8(t *testing.T) { suite(t, estest.Start(t)) }

func TestElasticsearch9(t *testing.T) { suite(t, estest.StartVersion(t, estest.Nine)) }
