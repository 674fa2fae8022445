package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// maxInput bounds one file after decompression, in bytes.
const maxInput = 256 << 20

// readInput gives the bytes of a file ("-" is standard input), decompressed
// where they are gzip, and the file's name without .gz.
func readInput(name string, stdin io.Reader) (data []byte, plainName string, err error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name) //nolint:gosec // the user names the file
		if err != nil {
			return nil, name, fmt.Errorf("read: %w", err)
		}
		defer f.Close()
		in = f
	}
	data, err = io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		return nil, name, fmt.Errorf("read %s: %w", name, err)
	}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		if data, err = gunzip(data); err != nil {
			return nil, name, fmt.Errorf("read %s: %w", name, err)
		}
	}
	if len(data) > maxInput {
		return nil, name, fmt.Errorf("read %s: larger than %d MiB", name, maxInput>>20)
	}
	if filepath.Ext(name) == ".gz" {
		name = name[:len(name)-len(".gz")]
	}
	return data, name, nil
}

func gunzip(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxInput+1))
}
