package extract

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/diembao/diembao/viet"
)

// decode unpacks and brings to UTF-8.
func decode(data []byte, contentType string) (string, error) {
	data, err := gunzip(data)
	if err != nil {
		return "", err
	}
	if len(data) > MaxBytes {
		return "", ErrTooLarge
	}
	if isBinary(data) {
		return "", ErrNotPage
	}
	text, _, _ := viet.Decode(data, declaredCharset(data, contentType))
	return text, nil
}

func gunzip(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, ErrNotPage
	}
	out, _ := io.ReadAll(io.LimitReader(z, MaxBytes+1))
	return out, nil
}

// isBinary recognises pictures, archives and documents by their first bytes.
func isBinary(data []byte) bool {
	kind := http.DetectContentType(data)
	for _, prefix := range []string{"image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/x-"} {
		if strings.HasPrefix(kind, prefix) {
			return true
		}
	}
	return false
}

// declaredCharset is the charset of the header, else of the page's own meta.
func declaredCharset(data []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	head := bytes.ToLower(data[:min(len(data), 4096)])
	_, after, ok := bytes.Cut(head, []byte("charset="))
	if !ok {
		return ""
	}
	after = bytes.TrimLeft(after, `"' `)
	end := bytes.IndexAny(after, "\"' />;\r\n\t")
	if end < 1 || end > 30 {
		return ""
	}
	return string(after[:end])
}
