package stream_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/diembao/diembao/stream"
)

// The benchmarks run ours beside bare nats.go on the same kind of server (in
// process, sync always, 4 KiB messages with an ID), in one run:
//
//	go test -run - -bench . ./stream
const benchData = 4 << 10

// bare is a server as Embedded starts it, with nats.go alone on top.
func bare(b *testing.B) jetstream.JetStream {
	b.Helper()
	srv := start(b, server.Options{ServerName: "bare", SyncAlways: true})
	nc, err := nats.Connect("", nats.InProcessServer(srv), nats.Token(token))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := js.CreateStream(b.Context(), jetstream.StreamConfig{Name: "FOUND", Subjects: []string{"mention.found.>"}, Duplicates: 10 * time.Minute}); err != nil {
		b.Fatal(err)
	}
	return js
}

const benchSubject = "mention.found.press.bench"

func benchOuts(round, n int) []stream.Out {
	outs := make([]stream.Out, n)
	for i := range outs {
		outs[i] = stream.Out{Subject: benchSubject, ID: fmt.Sprint(round, "-", i), Data: make([]byte, benchData)}
	}
	return outs
}

func rate(b *testing.B, messages int) {
	b.ReportMetric(float64(messages)/b.Elapsed().Seconds(), "msg/s")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkPublish(b *testing.B) {
	b.Run("one by one/nats.go", func(b *testing.B) {
		js, data, n := bare(b), make([]byte, benchData), 0
		for b.Loop() {
			n++
			if _, err := js.Publish(b.Context(), benchSubject, data, jetstream.WithMsgID(fmt.Sprint(n))); err != nil {
				b.Fatal(err)
			}
		}
		rate(b, n)
	})
	b.Run("one by one/embedded", func(b *testing.B) { publishOne(b, embedded(b, b.TempDir(), stream.Topology())) })
	b.Run("one by one/memory", func(b *testing.B) { publishOne(b, stream.NewMemory()) })
	b.Run("eight at once/embedded", func(b *testing.B) { publishEight(b, embedded(b, b.TempDir(), stream.Topology())) })
	b.Run("windowed/nats.go", publishWindowBare)
	b.Run("windowed/embedded", func(b *testing.B) { publishBatches(b, embedded(b, b.TempDir(), stream.Topology())) })
	b.Run("windowed/memory", func(b *testing.B) { publishBatches(b, stream.NewMemory()) })
}

func publishOne(b *testing.B, bus stream.Bus) {
	data, n := make([]byte, benchData), 0
	for b.Loop() {
		n++
		if _, err := bus.Publish(b.Context(), stream.Out{Subject: benchSubject, ID: fmt.Sprint(n), Data: data}); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, n)
}

func publishEight(b *testing.B, bus stream.Bus) {
	data := make([]byte, benchData)
	var n atomic.Int64
	b.SetParallelism(4) // times two processors
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := bus.Publish(b.Context(), stream.Out{Subject: benchSubject, ID: fmt.Sprint(n.Add(1)), Data: data}); err != nil {
				b.Error(err)
			}
		}
	})
	rate(b, int(n.Load()))
}

func publishWindowBare(b *testing.B) {
	js, round := bare(b), 0
	for b.Loop() {
		round++
		futures := make([]jetstream.PubAckFuture, 256)
		for i, o := range benchOuts(round, len(futures)) {
			var err error
			if futures[i], err = js.PublishAsync(o.Subject, o.Data, jetstream.WithMsgID(o.ID)); err != nil {
				b.Fatal(err)
			}
		}
		for _, f := range futures {
			select {
			case <-f.Ok():
			case err := <-f.Err():
				b.Fatal(err)
			}
		}
	}
	rate(b, 256*round)
}

func publishBatches(b *testing.B, bus stream.Bus) {
	round := 0
	for b.Loop() {
		round++
		if errs := stream.PublishAll(b.Context(), bus, benchOuts(round, 256)); errs != nil {
			b.Fatal(errs)
		}
	}
	rate(b, 256*round)
}

// One op is a stored message handed over and acknowledged.
func BenchmarkConsume(b *testing.B) {
	b.Run("nats.go", consumeBare)
	b.Run("embedded", func(b *testing.B) { consumeOurs(b, embedded(b, b.TempDir(), stream.Topology())) })
	b.Run("memory", func(b *testing.B) { consumeOurs(b, stream.NewMemory()) })
}

const benchBatch = 256

func consumeBare(b *testing.B) {
	js := bare(b)
	for start := 0; start < b.N; start += benchBatch {
		for i, o := range benchOuts(start, min(benchBatch, b.N-start)) {
			if _, err := js.PublishAsync(o.Subject, o.Data); err != nil {
				b.Fatal(i, err)
			}
		}
		<-js.PublishAsyncComplete()
	}
	c, err := js.CreateConsumer(b.Context(), "FOUND", jetstream.ConsumerConfig{Durable: "processor", AckPolicy: jetstream.AckExplicitPolicy, MaxAckPending: benchBatch})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for n := 0; n < b.N; {
		batch, err := c.Fetch(benchBatch, jetstream.FetchMaxWait(100*time.Millisecond))
		if err != nil {
			b.Fatal(err)
		}
		for m := range batch.Messages() {
			if err := m.Ack(); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	rate(b, b.N)
}

func consumeOurs(b *testing.B, bus stream.Bus) {
	for start := 0; start < b.N; start += benchBatch {
		if errs := stream.PublishAll(b.Context(), bus, benchOuts(start, min(benchBatch, b.N-start))); errs != nil {
			b.Fatal(errs)
		}
	}
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	b.ResetTimer()
	n := 0
	err := bus.Consume(ctx, stream.ConsumeFound, func(_ context.Context, batch []stream.Message) []error {
		if n += len(batch); n >= b.N {
			cancel()
		}
		return nil
	}, stream.ConsumeOptions{Batch: benchBatch})
	if err != nil {
		b.Fatal(err)
	}
	rate(b, b.N)
}
