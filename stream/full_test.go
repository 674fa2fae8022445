//go:build unix

package stream_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

// A disk that takes no more writes stops publishers without losing what they
// were told is stored, and when there is room again work goes on without a
// restart. The full disk is a limit on the size of files, in a process of its
// own.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	out, err := child(t, "fill", t.TempDir()).Output()
	if err != nil || strings.TrimSpace(string(out)) != "well" {
		t.Errorf("%s%v", out, err)
	}
}

func childFills(dir string) {
	if err := fill(dir); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("well")
	os.Exit(0)
}

func fill(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	bus := childBus(dir)
	defer func() { _ = bus.Close() }()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 600_000, Max: before.Max}); err != nil {
		return err
	}
	next := func(n int, most time.Duration) error {
		ctx, cancel := context.WithTimeout(context.Background(), most)
		defer cancel()
		_, err := bus.Publish(ctx, stream.Out{Subject: "mention.found.press.full", ID: fmt.Sprint(n), Data: make([]byte, 100_000)})
		return err
	}
	n := 0
	var err error
	for ; err == nil && n < 100; n++ {
		err = next(n, time.Second)
	}
	if !stream.IsUnavailable(err) || n < 4 {
		return fmt.Errorf("after %d messages: %w; want Unavailable", n, err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		return err
	}
	if err := next(n-1, 30*time.Second); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	return handled(bus, n)
}

// handled checks that exactly n messages are stored and can be worked on.
func handled(bus stream.Bus, n int) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	got := make(map[string]bool)
	err := bus.Consume(ctx, stream.ConsumeFound, func(_ context.Context, batch []stream.Message) []error {
		for _, m := range batch {
			got[m.ID] = true
		}
		if len(got) == n {
			cancel()
		}
		return nil
	}, stream.ConsumeOptions{})
	if err != nil {
		return err
	}
	if len(got) != n {
		return fmt.Errorf("%d messages, want the %d that were acknowledged", len(got), n)
	}
	s, err := stream.Stats(context.Background(), bus)
	if err == nil && s.Streams[0].Messages != uint64(n) {
		err = errors.New("a message is stored twice")
	}
	return err
}
