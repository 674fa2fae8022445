package extract

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// decode unpacks and brings to UTF-8. sound says that the bytes were UTF-8
// from first to last; whether the text in them was decoded wrongly before is
// then still open, see misread.
func decode(data []byte, contentType string) (text string, sound bool, err error) {
	data, err = gunzip(data)
	switch {
	case err != nil:
		return "", false, err
	case len(data) > MaxBytes:
		return "", false, ErrTooLarge
	case isBinary(data):
		return "", false, ErrNotPage
	case utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 && bytes.IndexByte(data, 0x1b) < 0:
		return strings.TrimPrefix(string(data), "\ufeff"), true, nil
	}
	text, _, _ = viet.Decode(data, declaredCharset(data, contentType))
	return text, false, nil
}

// maxJudged is how much visible text is read for signs of a wrong decoding.
const maxJudged = 16 << 10

// misread reports whether the page's visible text is that of a legacy font or
// doubly encoded. Only then is the whole page decoded with repair, which costs
// more than the parsing.
func (t *tree) misread() bool {
	var b strings.Builder
	for i := range t.blocks {
		if b.Len() > maxJudged {
			break
		}
		if readsSound(t.blocks[i].text) {
			continue
		}
		b.WriteString(t.blocks[i].text)
		b.WriteByte('\n')
	}
	_, _, mended := viet.Repair(b.String())
	return mended
}

// readsSound is a cheap test that sound text passes, and no text that was
// decoded wrongly: all ASCII, or letters that Vietnamese alone has (ạ … ỹ, which
// no single byte ever stands for) and none of the signs that legacy fonts use as
// letters.
func readsSound(text string) bool {
	ascii, vietnamese := true, false
	for i := 0; i+1 < len(text); i++ {
		switch c, next := text[i], text[i+1]; {
		case c < utf8.RuneSelf:
			continue
		case c == 0xE1 && (next == 0xBA || next == 0xBB):
			vietnamese = true
		case c == 0xC2 && next != 0xA0 && next != 0xAB && next != 0xBB && next != 0xB0:
			return false
		}
		ascii = false
	}
	return ascii && (text == "" || text[len(text)-1] < utf8.RuneSelf) || vietnamese
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
