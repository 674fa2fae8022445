package memory_test

import (
	"testing"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/memory"
)

func TestContract(t *testing.T) {
	indextest.Run(t, func(*testing.T) indexer.Engine { return memory.New() })
}
