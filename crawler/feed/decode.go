package feed

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"

	"github.com/diembao/diembao/viet"
)

// decode brings the document to UTF-8. The whole document is tested for valid
// UTF-8 first: a label that says otherwise is wrong more often than not.
func decode(data []byte, contentType string) (string, error) {
	data, err := gunzip(data)
	if err != nil {
		return "", err
	}
	if len(data) > MaxBytes {
		return "", ErrTooLarge
	}
	declared := declaredCharset(data)
	if _, params, err := mime.ParseMediaType(contentType); err == nil && declared == "" {
		declared = params["charset"]
	}
	text, _, _ := viet.Decode(data, declared)
	return text, nil
}

// gunzip unpacks a document that is gzip by its first bytes, up to one byte
// over the bound; a stream that ends early gives what could be read.
func gunzip(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, ErrNotFeed
	}
	out, _ := io.ReadAll(io.LimitReader(z, MaxBytes+1))
	return out, nil
}

func declaredCharset(data []byte) string {
	head := data[:min(len(data), 200)]
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		return ""
	}
	_, after, ok := bytes.Cut(head, []byte("encoding="))
	if !ok || len(after) < 3 {
		return ""
	}
	end := bytes.IndexByte(after[1:], after[0])
	if end < 0 {
		return ""
	}
	return string(after[1 : 1+end])
}
