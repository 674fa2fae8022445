package phrase_test

import (
	"testing"

	"github.com/diembao/diembao/processor/phrase"
	"pgregory.net/rapid"
)

// TestTable compares with a Go map.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.Uint64Range(1, 1<<40), rapid.Int32Range(1, 9)).Draw(t, "entries")
		table := phrase.NewTable(len(want))
		for k, v := range want {
			table.Put(k, v)
		}
		for k := range want {
			for _, key := range []uint64{k, k + 1, k << 1, k ^ 1<<63} {
				if key != 0 && table.Get(key) != want[key] {
					t.Fatalf("%d: %d, want %d", key, table.Get(key), want[key])
				}
			}
		}
	})
}
