package stream_test

import (
	"testing"
	"testing/synctest"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

// On virtual time, a bus for each case: a goroutine left behind fails the bubble.
func TestMemoryContract(t *testing.T) {
	for _, c := range streamtest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				bus := stream.NewMemoryOf(streamtest.Table())
				t.Cleanup(func() { _ = bus.Close() })
				c.Test(t, bus)
			})
		})
	}
}
