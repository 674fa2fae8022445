package stream_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/stream"
)

func TestSmoke(t *testing.T) {
	emb, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, bus := range []stream.Bus{stream.NewMemory(), emb} {
		for i := range 10 {
			if _, err := bus.Publish(t.Context(), stream.Out{Subject: "mention.found.press.a", ID: fmt.Sprint(i), Data: []byte("x")}); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		n := 0
		err := bus.Consume(ctx, stream.ConsumeFound, func(ctx context.Context, b []stream.Message) []error {
			if n += len(b); n == 10 {
				cancel()
			}
			return nil
		}, stream.ConsumeOptions{Batch: 4})
		if err != nil || n != 10 {
			t.Fatal(n, err)
		}
		l, err := ledger.Open(t.Context(), bus)
		if err != nil {
			t.Fatal(err)
		}
		e := ledger.Event{ID: "1", Entity: "alert", Key: "k", Type: "opened", By: "me", At: time.Now()}
		t.Log(l.Append(t.Context(), e, 0))
		t.Log(l.Append(t.Context(), e, 0))
		e.ID = "2"
		t.Log(l.Append(t.Context(), e, 0))
		st, err := stream.Stats(t.Context(), bus)
		t.Logf("%+v %v", st, err)
		t.Log(l.Close(), bus.Close())
	}
}
