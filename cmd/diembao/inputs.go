package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
)

// maxInput bounds one file after decompression, in bytes.
const maxInput = 256 << 20

// readInput gives the bytes of a file ("-" is standard input), decompressed
// where they are gzip; it reads no more than most bytes, and fails where there
// are more.
func readInput(name string, stdin io.Reader, most int) ([]byte, error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name) //nolint:gosec // the user names the file
		if err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		defer f.Close()
		in = f
	}
	data, err := unpacked(in, most)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > most {
		return nil, fmt.Errorf("read %s: larger than %d MiB", name, most>>20)
	}
	return data, nil
}

func unpacked(in io.Reader, most int) ([]byte, error) {
	buffered := bufio.NewReader(in)
	in = buffered
	if start, _ := buffered.Peek(2); bytes.Equal(start, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, err
		}
		in = z
	}
	return io.ReadAll(io.LimitReader(in, int64(most)+1))
}
