package stream_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

// line is a network line to a server that can be cut and slowed down.
type line struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
}

func newLine(t *testing.T, to string) *line {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	l := &line{t, toxiproxy.NewProxy(server, "line", "127.0.0.1:0", to)}
	l.up()
	t.Cleanup(l.proxy.Stop)
	return l
}

func (l *line) up() {
	if err := l.proxy.Start(); err != nil {
		l.t.Error(err)
	}
}

func (l *line) toxic(spec string) (name string) {
	toxic, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(spec))
	if err != nil {
		l.t.Error(err)
		return ""
	}
	return toxic.Name
}

func (l *line) heal(name string) {
	if err := l.proxy.Toxics.RemoveToxic(context.Background(), name); err != nil {
		l.t.Error(err)
	}
}

// trouble cuts the line, lets it swallow answers, and slows it down.
func (l *line) trouble() {
	for range 2 {
		time.Sleep(150 * time.Millisecond)
		l.proxy.Stop()
		time.Sleep(200 * time.Millisecond)
		l.up()
		time.Sleep(300 * time.Millisecond)
		lost := l.toxic(`{"type":"timeout","stream":"downstream","attributes":{"timeout":300}}`)
		time.Sleep(400 * time.Millisecond)
		l.heal(lost)
		slow := l.toxic(`{"type":"latency","stream":"upstream","attributes":{"latency":15,"jitter":10}}`)
		time.Sleep(400 * time.Millisecond)
		l.heal(slow)
	}
}

// Through cuts and lost answers: every message is stored once, handled, and
// seen by a follower once and in order; nothing dies.
func TestRemoteThroughTrouble(t *testing.T) {
	t.Parallel()
	const writers, each = 3, 120
	srv := single(t)
	l := newLine(t, strings.TrimPrefix(srv.ClientURL(), "nats://"))
	direct := remote(t, stream.RemoteOptions{URL: srv.ClientURL(), Token: token, Table: streamtest.Table()})
	bus := remote(t, stream.RemoteOptions{URL: "nats://" + l.proxy.Listen, Token: token, Table: streamtest.Table()})

	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	var stage sync.WaitGroup
	var mu sync.Mutex
	handled := make(map[string]bool)
	var followed []string
	stage.Go(func() {
		err := bus.Consume(ctx, stream.ConsumeFound, func(_ context.Context, batch []stream.Message) []error {
			mu.Lock()
			defer mu.Unlock()
			for _, m := range batch {
				handled[m.ID] = true
			}
			return nil
		}, stream.ConsumeOptions{Batch: 8})
		if err != nil {
			t.Errorf("consume: %v", err)
		}
	})
	stage.Go(func() {
		err := bus.Replay(ctx, "mention.found.>", 0, true, func(m stream.Message) error {
			mu.Lock()
			defer mu.Unlock()
			followed = append(followed, m.ID)
			return nil
		})
		if err != nil {
			t.Errorf("follow: %v", err)
		}
	})
	var publishers sync.WaitGroup
	publishers.Go(l.trouble)
	for w := range writers {
		publishers.Go(func() { publishThrough(ctx, t, bus, w, each) })
	}
	publishers.Go(func() { countThrough(ctx, t, bus, each) })
	publishers.Wait()

	eventually(t, "everything is handled and followed", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(handled) == writers*each && len(followed) == writers*each
	})
	cancel()
	stage.Wait()
	var stored []string
	_ = direct.Replay(t.Context(), "mention.found.>", 0, false, func(m stream.Message) error { stored = append(stored, m.ID); return nil })
	if !slices.Equal(stored, followed) {
		t.Errorf("%d stored, %d followed, or in another order", len(stored), len(followed))
	}
	if n := count(t, direct, "ledger.>"); n != each/4 {
		t.Errorf("counted to %d, want %d", n, each/4)
	}
	if n := count(t, direct, "dead.>"); n != 0 {
		t.Errorf("%d dead letters", n)
	}
}

func publishThrough(ctx context.Context, t *testing.T, bus stream.Bus, w, each int) {
	for i := range each {
		id := fmt.Sprint(w, "-", i)
		if _, err := bus.Publish(ctx, stream.Out{Subject: "mention.found.press.trouble", ID: id, Data: make([]byte, 2000)}); err != nil {
			t.Errorf("publish %s: %v", id, err)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// countThrough writes a chain in which each message expects the one before: a
// retry must never look like somebody else's write.
func countThrough(ctx context.Context, t *testing.T, bus stream.Bus, each int) {
	last := uint64(0)
	for i := range each / 4 {
		seq, err := bus.Publish(ctx, stream.Out{Subject: "ledger.test.chain", ID: fmt.Sprint("chain-", i), Expect: &last})
		if err != nil {
			t.Errorf("link %d: %v", i, err)
			return
		}
		last = seq
		time.Sleep(40 * time.Millisecond)
	}
}

// A publisher with no server waits as long as its context lets it, and says
// that the fault is not the message's.
func TestPublishWithoutServer(t *testing.T) {
	t.Parallel()
	srv := single(t)
	l := newLine(t, strings.TrimPrefix(srv.ClientURL(), "nats://"))
	bus := remote(t, stream.RemoteOptions{URL: "nats://" + l.proxy.Listen, Token: token, Table: streamtest.Table()})
	l.proxy.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := bus.Publish(ctx, stream.Out{Subject: "ledger.test.a", ID: "1"})
	if !stream.IsUnavailable(err) {
		t.Errorf("got %v, want Unavailable", err)
	}
	l.up()
	put(t, bus, "ledger.test.a", "1")
	if n := count(t, bus, "ledger.>"); n != 1 {
		t.Errorf("stored %d times, want once", n)
	}
}

// A bus cannot be had where there is no server, and can once there is one.
func TestRemoteWaits(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	url := fmt.Sprint("nats://127.0.0.1:", port)
	if _, err := stream.Remote(t.Context(), stream.RemoteOptions{URL: url, Token: token}); err == nil {
		t.Fatal("connected to nobody")
	}
	got := make(chan error, 1)
	go func() {
		bus, err := stream.Remote(t.Context(), stream.RemoteOptions{URL: url, Token: token, Wait: 20 * time.Second})
		if err == nil {
			err = bus.Close()
		}
		got <- err
	}()
	time.Sleep(200 * time.Millisecond)
	start(t, serverOn(port))
	if err := <-got; err != nil {
		t.Errorf("the server came, the bus did not: %v", err)
	}
	if _, err := stream.Remote(t.Context(), stream.RemoteOptions{URL: url, Token: "wrong", Wait: time.Minute}); err == nil {
		t.Error("let in with a wrong token")
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Errorf("not within 30 s: %s", what)
}
