package archive

import (
	"errors"
	"os"
	"syscall"
)

// lock makes this open file the one that works on it: its writer, or who
// uploads or deletes it. The lock goes with the file, however its process
// ends.
func lock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
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
		if errors.Is(err, syscall.EWOULDBLOCK) {
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
