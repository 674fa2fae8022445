package sourcetest

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"
)

// unpack reads a file of gzip members.
func unpack(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
