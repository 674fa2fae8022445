// Package filelock makes an open file the lock of what it stands for: a data
// folder, an archive file, a file of vectors.
//
// It reads and writes nothing of the file. It promises that a lock goes with
// the open file, however its process ends, so that no lock is ever left behind.
//
// Limit: it asks the operating system, whose locks may not reach across
// machines on a network file system; where a system has none, Try fails with
// errors.ErrUnsupported.
package filelock

import "os"

// Try locks f for this holder alone and reports false, without waiting, where
// somebody else holds it. Closing f ends the lock.
func Try(f *os.File) (bool, error) { return try(f, true) }

// TryShared locks f beside others who share it and reports false, without
// waiting, where somebody holds it alone.
func TryShared(f *os.File) (bool, error) { return try(f, false) }
