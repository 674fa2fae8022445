package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var day = time.Date(2026, 9, 14, 7, 30, 0, 0, time.UTC)

func record(url, body string) Record {
	return Record{Class: "press", Source: "dvhn-rss", URL: url, Fetched: day, Status: 200,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Content-Encoding": {"gzip"}}, Body: []byte(body)}
}

func open(t *testing.T, dir string, o Options) *Archive {
	t.Helper()
	a, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func put(t *testing.T, a *Archive, r Record) string {
	t.Helper()
	digest, err := a.Put(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func TestPutGetFind(t *testing.T) {
	a := open(t, t.TempDir(), Options{})
	digest := put(t, a, record("http://a.vn/1", "<p>Xin chào</p>"))
	put(t, a, record("http://a.vn/2", "khác"))
	got, err := a.Get(t.Context(), digest)
	if err != nil || string(got.Body) != "<p>Xin chào</p>" || got.URL != "http://a.vn/1" || got.Source != "dvhn-rss" || !got.Fetched.Equal(day) {
		t.Fatalf("%+v, %v", got, err)
	}
	if got.Header.Get("Content-Type") != "text/html; charset=utf-8" || got.Header.Get("Content-Encoding") != "" {
		t.Errorf("header %v", got.Header)
	}
	e, err := a.Find(AddressHash("http://a.vn/2"))
	if err != nil || e.URL != "http://a.vn/2" {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := a.Find(1); !errors.Is(err, ErrNone) {
		t.Errorf("unknown address: %v", err)
	}
	if _, err := a.Get(t.Context(), "sha256:00"); !errors.Is(err, ErrNone) {
		t.Errorf("unknown digest: %v", err)
	}
}

// Whatever the body and the headers are, what is put comes back.
func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		a, err := Open(dir, Options{MaxBytes: 2000})
		if err != nil {
			rt.Fatal(err)
		}
		defer a.Close()
		r := record("http://a.vn/"+rapid.StringMatching(`[a-z0-9/?=&%]{0,30}`).Draw(rt, "path"), "")
		r.Body = rapid.SliceOf(rapid.Byte()).Draw(rt, "body")
		r.Header.Set("X-Odd", rapid.String().Draw(rt, "header"))
		digest, err := a.Put(context.Background(), r)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := a.Get(context.Background(), digest)
		if err != nil || !bytes.Equal(got.Body, r.Body) {
			rt.Fatalf("%q, %v", got.Body, err)
		}
	})
}

func TestSecondProcessIsSeen(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir, Options{Prefix: "a"}), open(t, dir, Options{Prefix: "b"})
	for i := range 5 {
		put(t, b, record(fmt.Sprint("http://b.vn/", i), fmt.Sprint("trang ", i)))
	}
	if e, err := a.Find(AddressHash("http://b.vn/3")); err != nil || e.URL != "http://b.vn/3" {
		t.Errorf("%+v, %v", e, err)
	}
	put(t, b, record("http://b.vn/6", "trang 6"))
	if e, err := a.Find(AddressHash("http://b.vn/6")); err != nil || e.URL != "http://b.vn/6" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestReopenFindsAndNeverAppends(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	digest := put(t, a, record("http://a.vn/1", "một"))
	a.Close()
	b := open(t, dir, Options{})
	put(t, b, record("http://a.vn/2", "hai"))
	if _, err := b.Get(t.Context(), digest); err != nil {
		t.Error(err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "press", "*.warc.gz")); len(files) != 2 {
		t.Errorf("%d files, want 2", len(files))
	}
}

func TestRotation(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{MaxBytes: 1500, MaxAge: time.Hour})
	for i := range 6 {
		put(t, a, record(fmt.Sprint("http://a.vn/", i), strings.Repeat(fmt.Sprint(i), 50)))
	}
	late := record("http://a.vn/late", "muộn")
	late.Fetched = day.Add(2 * time.Hour)
	put(t, a, late)
	files, _ := filepath.Glob(filepath.Join(dir, "press", "*.warc.gz"))
	if len(files) < 3 {
		t.Errorf("%d files, want at least 3", len(files))
	}
	n := 0
	if err := a.Walk(t.Context(), "dvhn-rss", day, day.Add(time.Hour), func(Entry, Record) error { n++; return nil }); err != nil || n != 6 {
		t.Errorf("walked %d, %v", n, err)
	}
}

// A crash in the middle of a record must not harm the others.
func TestTornRecord(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	digest := put(t, a, record("http://a.vn/1", "một"))
	a.Close()
	files, _ := filepath.Glob(filepath.Join(dir, "press", "*"))
	for _, path := range files {
		f, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		f.WriteString("sha256:torn\tff\t1")
		f.Close()
	}
	b := open(t, dir, Options{})
	if _, err := b.Get(t.Context(), digest); err != nil {
		t.Error(err)
	}
}

func TestExpire(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{Retention: map[string]time.Duration{"social": 24 * time.Hour}})
	social := record("http://s.vn/1", "bài")
	social.Class = "social"
	digest := put(t, a, social)
	kept := put(t, a, record("http://a.vn/1", "một"))
	if n, err := a.Expire(t.Context(), time.Now().Add(48*time.Hour)); err != nil || n != 0 {
		t.Errorf("deleted %d files that are being written, %v", n, err)
	}
	a.Close()
	if n, err := a.Expire(t.Context(), time.Now().Add(48*time.Hour)); err != nil || n != 1 {
		t.Errorf("deleted %d, %v", n, err)
	}
	if _, err := a.Get(t.Context(), digest); !errors.Is(err, ErrNone) {
		t.Errorf("expired record: %v", err)
	}
	if _, err := a.Get(t.Context(), kept); err != nil {
		t.Error(err)
	}
}

func TestClassMustBeAPlainWord(t *testing.T) {
	a := open(t, t.TempDir(), Options{})
	for _, class := range []string{"", "../x", "a/b", ".."} {
		r := record("http://a.vn/", "x")
		r.Class = class
		if _, err := a.Put(t.Context(), r); err == nil {
			t.Errorf("class %q was accepted", class)
		}
	}
}

// strict reads a file the way the standard says, knowing nothing of the writer.
func strict(t *testing.T, path string) (types []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	zip, err := gzip.NewReader(in)
	for ; err == nil; err = zip.Reset(in) {
		zip.Multistream(false)
		data, err := io.ReadAll(zip)
		if err != nil {
			t.Fatal(err)
		}
		head, block, ok := bytes.Cut(data, []byte("\r\n\r\n"))
		lines := strings.Split(string(head), "\r\n")
		if !ok || lines[0] != "WARC/1.1" {
			t.Fatalf("no WARC 1.1 header: %q", head)
		}
		field := map[string]string{}
		for _, line := range lines[1:] {
			name, value, ok := strings.Cut(line, ": ")
			if !ok {
				t.Fatalf("header line %q", line)
			}
			field[name] = value
		}
		for _, name := range []string{"WARC-Type", "WARC-Date", "WARC-Record-ID", "Content-Type"} {
			if field[name] == "" {
				t.Errorf("no %s", name)
			}
		}
		n, err := strconv.Atoi(field["Content-Length"])
		if err != nil || len(block) != n+4 || string(block[n:]) != "\r\n\r\n" {
			t.Fatalf("Content-Length %q, block of %d", field["Content-Length"], len(block))
		}
		if d := field["WARC-Block-Digest"]; d != "" && d != Digest(block[:n]) {
			t.Errorf("block digest %s is wrong", d)
		}
		if d := field["WARC-Payload-Digest"]; d != "" {
			_, payload, _ := bytes.Cut(block[:n], []byte("\r\n\r\n"))
			if d != Digest(payload) {
				t.Errorf("payload digest %s is wrong", d)
			}
		}
		types = append(types, field["WARC-Type"])
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return types
}

func TestStandardForm(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{Operator: "Đơn vị"})
	put(t, a, record("http://a.vn/1", "một"))
	put(t, a, record("http://a.vn/2", "hai"))
	a.Close()
	files, _ := filepath.Glob(filepath.Join(dir, "press", "*.warc.gz"))
	if got := strings.Join(strict(t, files[0]), " "); got != "warcinfo response response" {
		t.Errorf("records: %s", got)
	}
}

// warcio runs the standard's own tool, or skips the test where it is missing.
func warcio(t *testing.T, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("warcio")
	if err != nil {
		if os.Getenv("REQUIRE_DEPS") == "1" {
			t.Fatal("warcio: not installed; `pip install warcio`")
		}
		t.Skip("warcio: not installed, the archive was read by this package's own strict reader only; `pip install warcio`")
	}
	out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("warcio %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A standard tool finds no fault, and finds a record by the reference that the
// index gives.
func TestWarcioReadsTheArchive(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{Operator: "Đơn vị"})
	bodies := map[string]string{}
	for i := range 5 {
		url := fmt.Sprint("http://a.vn/bài-", i, "?x=a b")
		bodies[url] = fmt.Sprintf("<p>Bài số %d</p>\r\n\r\n", i)
		put(t, a, record(url, bodies[url]))
	}
	odd := record("http://a.vn/không-có-gì", "")
	odd.Header = nil
	put(t, a, odd)
	a.Close()
	warcio(t, "check", local(dir)[0])
	for url, body := range bodies {
		e, err := a.Find(AddressHash(url))
		if err != nil {
			t.Fatal(err)
		}
		if got := warcio(t, "extract", "--payload", filepath.Join(dir, e.File), strconv.FormatInt(e.Offset, 10)); got != body {
			t.Errorf("%s: warcio extracts %q, want %q", url, got, body)
		}
	}
}

// What a crash cut short is whole again in the bucket.
func TestWarcioReadsWhatWasTrimmed(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	put(t, a, record("http://a.vn/1", "một"))
	a.Close()
	path := local(dir)[0]
	f, err := os.OpenFile(path, os.O_APPEND|os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0}); err != nil {
		t.Fatal(err)
	}
	if some, err := a.trim(f, path); err != nil || !some {
		t.Fatalf("%v, %v", some, err)
	}
	warcio(t, "check", path)
}
