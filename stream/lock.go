package stream

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/diembao/diembao/stream/filelock"
)

// HeldError says that another process holds the data folder.
type HeldError struct {
	Dir string
	PID int // 0 when it has not written it yet
}

// Error implements error.
func (e *HeldError) Error() string {
	return fmt.Sprintf("stream: data folder %s is held by process %d: only one may hold it; stop that one, or join it", e.Dir, e.PID)
}

const lockFile = "holder.lock"

// lock makes this process the holder of dir. The lock goes with the process,
// however it ends; the file stays and means nothing by itself.
func lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("stream: lock data folder: %w", err)
	}
	if mine, err := filelock.Try(f); !mine {
		defer func() { _ = f.Close() }()
		if err == nil {
			return nil, &HeldError{Dir: dir, PID: holder(f)}
		}
		return nil, fmt.Errorf("stream: lock data folder %s: %w", dir, err)
	}
	if err := writePID(f); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("stream: lock data folder %s: %w", dir, err)
	}
	return f, nil
}

func writePID(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func holder(f *os.File) int {
	buf := make([]byte, 32)
	n, _ := f.ReadAt(buf, 0)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(buf[:n])))
	return pid
}

// held reports whether a living process holds dir.
func held(dir string) (bool, error) {
	f, err := os.Open(filepath.Join(dir, lockFile))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("stream: data folder: %w", err)
	}
	defer func() { _ = f.Close() }()
	free, err := filelock.TryShared(f)
	return !free && err == nil, err
}
