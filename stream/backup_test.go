package stream_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

func TestBackupRestore(t *testing.T) {
	t.Parallel()
	memory := func() stream.Bus { return stream.NewMemory() }
	server := func() stream.Bus { return embedded(t, t.TempDir(), streamtest.Table()) }
	for name, pair := range map[string][2]func() stream.Bus{
		"memory to memory": {memory, memory}, "memory to server": {memory, server},
		"server to memory": {server, memory}, "server to server": {server, server},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := pair[0](), pair[1]()
			defer func() { _ = errors.Join(from.Close(), to.Close()) }()
			backupRestore(t, from, to)
		})
	}
}

func backupRestore(t *testing.T, from, to stream.Bus) {
	var all []stream.Out
	for i := range 700 {
		all = append(all, message(fmt.Sprint("ledger.alert.k", i%5), fmt.Sprint("e", i)), message("mention.tagged.press.a", fmt.Sprint("m", i)))
	}
	if errs := stream.PublishAll(t.Context(), from, all); errs != nil {
		t.Fatal(errors.Join(errs...))
	}
	put(t, from, "mention.found.press.a", "not backed up")
	var file bytes.Buffer
	n, err := stream.Backup(t.Context(), from, []string{"LEDGER", "TAGGED"}, &file)
	if err != nil || n != 1400 {
		t.Fatalf("backup: %d, %v", n, err)
	}
	n, err = stream.Restore(t.Context(), to, bytes.NewReader(file.Bytes()))
	if err != nil || n != 1400 {
		t.Fatalf("restore: %d, %v", n, err)
	}
	for _, filter := range []string{"ledger.>", "mention.tagged.>", "ledger.alert.k3"} {
		if a, b := told(t, from, filter), told(t, to, filter); !slices.Equal(a, b) {
			t.Errorf("%s: %d messages there, %d here, or another order", filter, len(a), len(b))
		}
	}
	if n := count(t, to, "mention.found.>"); n != 0 {
		t.Errorf("%d messages restored that were not backed up", n)
	}
	if _, err := stream.Restore(t.Context(), to, bytes.NewReader(file.Bytes())); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("restoring over what is there: %v", err)
	}
}

// told gives everything of a filter but the times.
func told(t *testing.T, bus stream.Bus, filter string) (all []string) {
	t.Helper()
	err := bus.Replay(t.Context(), filter, 0, false, func(m stream.Message) error {
		all = append(all, m.Subject+" "+m.ID+" "+string(m.Data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRestoreRefuses(t *testing.T) {
	bus := stream.NewMemory()
	for i := range 20 {
		put(t, bus, "ledger.alert.a", fmt.Sprint(i))
	}
	var file bytes.Buffer
	if _, err := stream.Backup(t.Context(), bus, []string{"LEDGER"}, &file); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(unzip(t, file.Bytes()), "\n")
	if len(lines) != 23 { // head, 20 messages, end, nothing
		t.Fatalf("%d lines", len(lines))
	}
	tests := map[string][]byte{
		"nothing":           {},
		"no gzip":           []byte("hello"),
		"a cut file":        file.Bytes()[:file.Len()-40],
		"no end":            zip(t, strings.Join(lines[:21], "")),
		"a message missing": zip(t, strings.Join(append(slices.Clone(lines[:5]), lines[6:]...), "")),
		"another format":    zip(t, strings.Replace(strings.Join(lines, ""), "streams 1", "streams 9", 1)),
		"a foreign subject": zip(t, strings.Replace(strings.Join(lines, ""), "ledger.alert.a", "system.shutdown", 1)),
		"broken JSON":       zip(t, lines[0]+"{\n"),
	}
	for name, data := range tests {
		if n, err := stream.Restore(t.Context(), stream.NewMemory(), bytes.NewReader(data)); err == nil {
			t.Errorf("%s: restored %d messages without a word", name, n)
		}
	}
	if _, err := stream.Backup(t.Context(), bus, []string{"NOTHING"}, io.Discard); err == nil {
		t.Error("backup of a stream that is not there: want an error")
	}
}

func unzip(t *testing.T, data []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func zip(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
