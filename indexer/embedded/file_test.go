package embedded_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

func TestReopenKeepsEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chỉ mục #1?.db") // signs that addresses give a meaning
	e, err := embedded.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	indextest.Load(t, e, indextest.Corpus(300, 3))
	want := answers(t, e)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
		t.Errorf("a clean close leaves %v behind", left)
	}
	if got := answers(t, open(t, path)); !slices.Equal(got, want) {
		t.Error("the reopened index answers otherwise")
	}
}

func answers(t *testing.T, e *embedded.Engine) (out []string) {
	t.Helper()
	page, err := indextest.Pages(t, e, query.Request{Fold: true, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range page.Hits {
		out = append(out, string(h.Mention.ID)+h.Group)
	}
	return out
}

// TestCrashKeepsWhatWasAnswered copies the files of an open index, as a
// crash would leave them, and opens the copy.
func TestCrashKeepsWhatWasAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	e := open(t, path)
	indextest.Load(t, e, indextest.Corpus(100, 4))
	after := filepath.Join(t.TempDir(), "index.db")
	for _, side := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + side)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(after+side, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := answers(t, open(t, after)); !slices.Equal(got, answers(t, e)) {
		t.Error("the index after a crash answers otherwise")
	}
}

func TestOtherSchemaIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := embedded.Open(t.Context(), path); !errors.Is(err, embedded.ErrSchema) {
		t.Errorf("got %v, want ErrSchema", err)
	}
}

func TestNoIndexFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := embedded.Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want an error that names the file", err)
	}
	if _, err := embedded.Open(t.Context(), filepath.Join(path, "below", "a-file.db")); err == nil {
		t.Error("a path below a file was opened")
	}
}

func TestAfterClose(t *testing.T) {
	before := temporary(t)
	e, err := embedded.Open(t.Context(), embedded.Memory)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := e.Search(t.Context(), query.Request{}); !errors.Is(err, embedded.ErrClosed) {
		t.Errorf("search: got %v, want ErrClosed", err)
	}
	if errs := e.Write(t.Context(), []*mention.Mention{indextest.Mention("a")}); len(errs) != 1 || !stream.IsUnavailable(errs[0]) {
		t.Errorf("write: got %v, want unavailable", errs)
	}
	if err := e.Rebuild(t.Context(), func(func([]*mention.Mention) error) error { return nil }); !errors.Is(err, embedded.ErrClosed) {
		t.Errorf("rebuild: got %v, want ErrClosed", err)
	}
	if after := temporary(t); len(after) > len(before) {
		t.Errorf("the private file is still there: %v", after)
	}
}

func temporary(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(os.TempDir(), "diembao-index-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNoGoroutineStays(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	e, err := embedded.Open(t.Context(), embedded.Memory)
	if err != nil {
		t.Fatal(err)
	}
	indextest.Load(t, e, indextest.Corpus(10, 1))
	answers(t, e)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}
