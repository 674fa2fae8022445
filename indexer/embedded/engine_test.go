package embedded_test

import (
	"path/filepath"
	"testing"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/memory"
)

func open(t testing.TB, path string) *embedded.Engine {
	t.Helper()
	e, err := embedded.Open(t.Context(), path)
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

func TestContract(t *testing.T) {
	indextest.Run(t, func(t *testing.T) indexer.Engine { return open(t, filepath.Join(t.TempDir(), "index.db")) })
}

func TestAnswersAsTheModel(t *testing.T) {
	indextest.Same(t, memory.New(), open(t, embedded.Memory))
}
