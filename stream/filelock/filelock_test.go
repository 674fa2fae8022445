package filelock_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/diembao/diembao/stream/filelock"
)

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	open := func() *os.File {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	want := func(what string, try func(*os.File) (bool, error), f *os.File, want bool) {
		t.Helper()
		if got, err := try(f); got != want || err != nil {
			t.Errorf("%s: %v, %v; want %v", what, got, err, want)
		}
	}
	a, b, c := open(), open(), open()
	want("the first", filelock.Try, a, true)
	want("a second", filelock.Try, b, false)
	want("one who would share", filelock.TryShared, b, false)
	if _, err := a.WriteString("1234"); err != nil {
		t.Errorf("the holder writes: %v", err)
	}
	if data := make([]byte, 4); true {
		if n, err := b.ReadAt(data, 0); n != 4 || string(data) != "1234" {
			t.Errorf("others read %q, %v", data[:n], err)
		}
	}
	a.Close()
	want("shared, once the holder has closed", filelock.TryShared, b, true)
	want("shared by another", filelock.TryShared, c, true)
	want("alone beside those", filelock.Try, open(), false)
	if got, err := filelock.Try(a); got || err == nil {
		t.Errorf("a closed file was locked: %v, %v", got, err)
	}
}
