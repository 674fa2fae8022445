package archive

import (
	"errors"
	"os"

	"github.com/diembao/diembao/stream/filelock"
)

// errBusy says that somebody else works on the file.
var errBusy = errors.New("another process works on the file")

// lock makes this open file the one that works on it: its writer, or who
// uploads or deletes it. The lock goes with the file, however its process
// ends.
func lock(f *os.File) error {
	mine, err := filelock.Try(f)
	if !mine && err == nil {
		return errBusy
	}
	return err
}

// claim opens a file that nobody works on; nil where somebody does, or where
// it is gone.
func claim(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		_ = f.Close() // was only looked at
		if errors.Is(err, errBusy) {
			return nil, nil
		}
		return nil, err
	}
	mine, err1 := f.Stat()
	there, err2 := os.Stat(path)
	if err1 != nil || err2 != nil || !os.SameFile(mine, there) {
		_ = f.Close()   // somebody has uploaded or deleted it between opening and locking
		return nil, nil //nolint:nilerr // gone, which is what nil says
	}
	return f, nil
}
