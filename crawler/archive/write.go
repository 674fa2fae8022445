package archive

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// file is a WARC file being written, with its index.
type file struct {
	name  string // below the directory
	warc  *os.File
	idx   *os.File
	size  int64
	began time.Time
	has   map[string]bool
}

func indexName(warc string) string { return strings.TrimSuffix(warc, ".warc.gz") + ".idx" }

func warcName(idx string) string { return strings.TrimSuffix(idx, ".idx") + ".warc.gz" }

func (a *Archive) create(class string, now time.Time) (*file, error) {
	if class == "" || class != filepath.Base(class) || strings.HasPrefix(class, ".") {
		return nil, fmt.Errorf("class %q: want a plain word", class)
	}
	if err := os.MkdirAll(filepath.Join(a.dir, class), 0o750); err != nil {
		return nil, err
	}
	for {
		a.serial++
		name := filepath.Join(class, fmt.Sprintf("%s-%s-%d.warc.gz", a.opts.Prefix, now.UTC().Format("20060102150405"), a.serial))
		path := filepath.Join(a.dir, name)
		warc, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := lock(warc); err != nil { // before the index is there: see ship
			warc.Close()
			return nil, err
		}
		idx, err := os.OpenFile(indexName(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
		if err != nil {
			warc.Close()
			return nil, err
		}
		f := &file{name: name, warc: warc, idx: idx, began: now, has: map[string]bool{}}
		return f, f.info(a.opts.Operator, now)
	}
}

func (f *file) close() error {
	errSync, errWarc, errIdx := f.warc.Sync(), f.warc.Close(), f.idx.Close()
	if errSync != nil {
		return errSync
	}
	if errWarc != nil {
		return errWarc
	}
	return errIdx
}

// info writes the warcinfo record that says what the file is.
func (f *file) info(operator string, now time.Time) error {
	block := "software: diembao\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
	if operator != "" {
		block += "operator: " + strings.Join(strings.Fields(operator), " ") + "\r\n"
	}
	_, err := f.record([]string{
		"WARC-Type: warcinfo",
		"WARC-Date: " + now.UTC().Format(time.RFC3339),
		"WARC-Record-ID: " + recordID(f.name, now),
		"WARC-Filename: " + filepath.Base(f.name),
		"Content-Type: application/warc-fields",
	}, []byte(block))
	return err
}

// append writes a response record and its index line.
func (f *file) append(r Record, digest string) (Entry, error) {
	block := httpBlock(r)
	url := strings.NewReplacer("\r", "", "\n", "", "\t", "%09", " ", "%20").Replace(r.URL)
	e := Entry{Digest: digest, Address: AddressHash(r.URL), File: f.name, Offset: f.size,
		Fetched: r.Fetched.UTC().Truncate(time.Second), Source: r.Source, URL: url}
	n, err := f.record([]string{
		"WARC-Type: response",
		"WARC-Target-URI: " + url,
		"WARC-Date: " + r.Fetched.UTC().Format(time.RFC3339),
		"WARC-Record-ID: " + recordID(url+digest, r.Fetched),
		"WARC-Payload-Digest: " + digest,
		"WARC-Block-Digest: " + Digest(block),
		"X-Diembao-Source: " + strings.Join(strings.Fields(r.Source), " "),
		"Content-Type: application/http; msgtype=response",
	}, block)
	if err != nil {
		return Entry{}, err
	}
	e.Length = n
	_, err = f.idx.WriteString(e.line())
	return e, err
}

// record writes one record as one gzip member.
func (f *file) record(header []string, block []byte) (int64, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprintf(z, "WARC/1.1\r\n%s\r\nContent-Length: %d\r\n\r\n", strings.Join(header, "\r\n"), len(block))
	_, errBlock := z.Write(block)
	_, errEnd := z.Write([]byte("\r\n\r\n"))
	if err := errors.Join(errBlock, errEnd, z.Close()); err != nil {
		return 0, err
	}
	n, err := f.warc.Write(b.Bytes())
	f.size += int64(n)
	return int64(n), err
}

// httpBlock is the answer as HTTP. The body is kept decompressed, so the
// headers that describe its transfer are kept under another name.
func httpBlock(r Record) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", r.Status, http.StatusText(r.Status))
	names := make([]string, 0, len(r.Header))
	for name := range r.Header {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, value := range r.Header[name] {
			out := name
			switch http.CanonicalHeaderKey(name) {
			case "Content-Encoding", "Transfer-Encoding", "Content-Length":
				out = "X-Crawler-" + name
			}
			fmt.Fprintf(&b, "%s: %s\r\n", out, oneLine(value))
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(r.Body))
	b.Write(r.Body)
	return b.Bytes()
}

// recordID is a UUID (version 8: own scheme) made of what the record is.
func recordID(what string, when time.Time) string {
	sum := sha256.Sum256([]byte(what + when.UTC().Format(time.RFC3339Nano)))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return "<urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:] + ">"
}

// oneLine turns control characters into spaces: a header is one line.
func oneLine(value string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, value)
}
