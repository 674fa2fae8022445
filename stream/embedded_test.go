package stream_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

func TestFolderHasOneHolder(t *testing.T) {
	dir := t.TempDir()
	first := embedded(t, dir, streamtest.Table())
	_, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: dir})
	var held *stream.HeldError
	if !errors.As(err, &held) || held.PID != os.Getpid() || held.Dir != dir {
		t.Fatalf("a second holder: %v", err)
	}
	if !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("the error names no process: %v", err)
	}
	put(t, first, "ledger.test.a", "1")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := embedded(t, dir, streamtest.Table())
	if n := count(t, second, "ledger.>"); n != 1 {
		t.Errorf("the next holder finds %d messages, want 1", n)
	}
}

func TestJoin(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if _, err := stream.Join(t.Context(), dir); !errors.Is(err, stream.ErrNotHeld) {
		t.Errorf("joining nobody: %v", err)
	}
	holder := embedded(t, dir, stream.Topology())
	guest, err := stream.Join(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	put(t, guest, "ledger.test.a", "1")
	if n := count(t, holder, "ledger.>"); n != 1 {
		t.Errorf("the holder sees %d messages of its guest, want 1", n)
	}
	if diff, err := stream.Compare(t.Context(), guest); err != nil || len(diff) != 0 {
		t.Errorf("the guest finds differences: %v, %v", diff, err)
	}
	if err := guest.Close(); err != nil {
		t.Fatal(err)
	}
	local, err := stream.Local(t.Context(), stream.EmbeddedOptions{Dir: dir})
	if err != nil {
		t.Fatalf("local beside a holder: %v", err)
	}
	if err := errors.Join(local.Close(), holder.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Join(t.Context(), dir); !errors.Is(err, stream.ErrNotHeld) {
		t.Errorf("joining one who has gone: %v", err)
	}
	local, err = stream.Local(t.Context(), stream.EmbeddedOptions{Dir: dir})
	if err != nil {
		t.Fatalf("local without a holder: %v", err)
	}
	if n := count(t, local, "ledger.>"); n != 1 {
		t.Errorf("local finds %d messages, want 1", n)
	}
	if err := local.Close(); err != nil {
		t.Fatal(err)
	}
}

// The file that lets others in is for the owner alone, and there is no way in
// without it.
func TestAddressFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "holder.json")
	if err := os.WriteFile(file+".new", []byte("left behind"), 0o666); err != nil {
		t.Fatal(err)
	}
	bus := embedded(t, dir, streamtest.Table())
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v; want 0600", info.Mode(), err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, url, _ := strings.Cut(string(data), `"url":"`)
	url, _, _ = strings.Cut(url, `"`)
	if !strings.HasPrefix(url, "nats://127.0.0.1:") {
		t.Errorf("it listens at %q, want loopback", url)
	}
	for name, opts := range map[string][]nats.Option{"none": nil, "a wrong one": {nats.Token("guess")}} {
		if nc, err := nats.Connect(url, opts...); err == nil {
			nc.Close()
			t.Errorf("token %s: let in", name)
		}
	}
	if err := bus.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file outlives its server: %v", err)
	}
}

func TestEmbeddedBadFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: file}); err == nil {
		t.Error("a file for a folder: want an error")
	}
}

func TestClosedBus(t *testing.T) {
	for name, bus := range map[string]stream.Bus{"memory": stream.NewMemory(), "embedded": embedded(t, t.TempDir(), streamtest.Table())} {
		if err := errors.Join(bus.Close(), bus.Close()); err != nil {
			t.Errorf("%s: close twice: %v", name, err)
		}
		if _, err := bus.Publish(t.Context(), stream.Out{Subject: "ledger.test.a", ID: "1"}); !errors.Is(err, stream.ErrClosed) {
			t.Errorf("%s: publish after close: %v", name, err)
		}
	}
}

func message(subject, id string) stream.Out {
	return stream.Out{Subject: subject, ID: id, Data: []byte(id)}
}

func put(t testing.TB, bus stream.Bus, subject, id string) {
	t.Helper()
	if _, err := bus.Publish(t.Context(), message(subject, id)); err != nil {
		t.Fatal(err)
	}
}

func count(t testing.TB, bus stream.Bus, filter string) (n int) {
	t.Helper()
	if err := bus.Replay(t.Context(), filter, 0, false, func(stream.Message) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
