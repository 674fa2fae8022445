package stream_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

// One server of three dies while all are busy: nothing that was acknowledged
// is lost, nothing is stored twice, work goes on.
func TestClusterLosesAServer(t *testing.T) {
	if testing.Short() {
		t.Skip("cluster: three servers and R3 streams: not run with -short")
	}
	t.Parallel()
	const writers, each = 3, 60
	nodes := cluster(t)
	urls := nodes[0].ClientURL() + "," + nodes[1].ClientURL() + "," + nodes[2].ClientURL()
	bus := remote(t, stream.RemoteOptions{URL: urls, Token: token, Replicas: 3, Table: streamtest.Table()})
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	var mu sync.Mutex
	handled := make(map[string]int)
	var work sync.WaitGroup
	work.Go(func() {
		err := bus.Consume(ctx, stream.ConsumeFound, func(_ context.Context, batch []stream.Message) []error {
			mu.Lock()
			defer mu.Unlock()
			for _, m := range batch {
				handled[m.ID]++
			}
			return nil
		}, stream.ConsumeOptions{Batch: 8})
		if err != nil {
			t.Errorf("consume: %v", err)
		}
	})
	var publishers sync.WaitGroup
	for w := range writers {
		publishers.Go(func() { publishThrough(ctx, t, bus, w, each) })
	}
	time.Sleep(200 * time.Millisecond)
	leader(t, nodes).Shutdown()
	publishers.Wait()
	eventually(t, "everything is handled", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(handled) == writers*each
	})
	cancel()
	work.Wait()
	stored := make(map[string]int)
	err := bus.Replay(t.Context(), "mention.found.>", 0, false, func(m stream.Message) error { stored[m.ID]++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	for w := range writers {
		for i := range each {
			if id := fmt.Sprint(w, "-", i); stored[id] != 1 {
				t.Errorf("message %s is stored %d times", id, stored[id])
			}
		}
	}
}

// leader is the server that leads the stream of found mentions.
func leader(t *testing.T, nodes []*server.Server) *server.Server {
	t.Helper()
	for _, n := range nodes {
		if n.JetStreamIsStreamLeader(server.DEFAULT_GLOBAL_ACCOUNT, "FOUND") {
			return n
		}
	}
	t.Fatal("nobody leads FOUND")
	return nil
}
