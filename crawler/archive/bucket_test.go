package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// server is an S3-compatible server with faults.
type server struct {
	*httptest.Server
	away  atomic.Bool // answers 503
	torn  atomic.Bool // takes half of an upload and hangs up
	reads atomic.Int64
}

const bucketName = "kho-trang-goc"

func serve(t *testing.T) *server {
	t.Helper()
	s3 := s3mem.New()
	if err := s3.CreateBucket(bucketName); err != nil {
		t.Fatal(err)
	}
	handler := gofakes3.New(s3, gofakes3.WithLogger(gofakes3.DiscardLog()), gofakes3.WithTimeSkewLimit(0)).Server()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.away.Load():
			http.Error(w, "", http.StatusServiceUnavailable)
		case s.torn.Load() && r.Method == http.MethodPut:
			_, _ = io.CopyN(io.Discard, r.Body, r.ContentLength/2)
			panic(http.ErrAbortHandler)
		default:
			if r.Header.Get("Range") != "" {
				s.reads.Add(1)
			}
			handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) bucket(t *testing.T) *Bucket {
	t.Helper()
	b, err := NewBucket(BucketConfig{Endpoint: s.URL, Name: bucketName, Prefix: "don-vi"}, Keys{"khoa", "bi-mat"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func keys(t *testing.T, b *Bucket) (out []string) {
	t.Helper()
	if err := b.list(t.Context(), "", func(o object) error { out = append(out, o.key); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func local(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*", "*.warc.gz"))
	return files
}

func ship(t *testing.T, a *Archive) {
	t.Helper()
	if err := a.Ship(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// What is full goes to the bucket, and is read from there by a range.
func TestBucketTakesWhatIsFull(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	b := s.bucket(t)
	if err := b.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir, Options{Bucket: b, MaxBytes: 1200})
	digests := map[string]string{}
	for i := range 12 {
		url := fmt.Sprint("http://a.vn/", i)
		digests[url] = put(t, a, record(url, strings.Repeat(fmt.Sprint("trang ", i, " "), 40)))
	}
	ship(t, a)
	if left := local(dir); len(left) != 1 {
		t.Errorf("%d files are left in the directory, want the one being written", len(left))
	}
	if n := len(keys(t, b)); n < 4 || n%2 != 0 {
		t.Errorf("%d objects", n)
	}
	for url, digest := range digests {
		got, err := a.Get(t.Context(), digest)
		if err != nil || got.URL != url || Digest(got.Body) != digest || got.Class != "press" {
			t.Errorf("%s: %+v, %v", url, got, err)
		}
		e, err := a.Find(AddressHash(url))
		if err != nil || e.URL != url {
			t.Errorf("find %s: %+v, %v", url, e, err)
		}
	}
	if s.reads.Load() == 0 {
		t.Error("nothing was read by range")
	}
	if h, err := a.Health(); err != nil || h.Waiting != 1 || h.Uploaded == 0 || h.Problem != "" {
		t.Errorf("%+v, %v", h, err)
	}
}

// Another machine finds what this one has uploaded, and nothing of what it has
// not.
func TestBucketOfTwoMachines(t *testing.T) {
	s := serve(t)
	a := open(t, t.TempDir(), Options{Prefix: "a", Bucket: s.bucket(t)})
	other := t.TempDir()
	b := open(t, other, Options{Prefix: "b", Bucket: s.bucket(t)})
	digest := put(t, a, record("http://a.vn/1", "một"))
	if _, err := b.Get(t.Context(), digest); !errors.Is(err, ErrNone) {
		t.Errorf("before the upload: %v", err)
	}
	a.Close()
	ship(t, a)
	if err := b.Pull(t.Context(), time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if e, err := b.Find(AddressHash("http://a.vn/1")); err != nil || e.Source != "dvhn-rss" {
		t.Errorf("%+v, %v", e, err)
	}
	n := 0
	err := b.Walk(t.Context(), "", day.Add(-time.Hour), day.Add(time.Hour), func(e Entry, r Record) error {
		n++
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("walked %d, %v", n, err)
	}
}

// While the bucket is away everything is kept, counted and found; then it is
// uploaded.
func TestBucketAway(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	var log bytes.Buffer
	a := open(t, dir, Options{Bucket: s.bucket(t), MaxBytes: 1, Log: slog.New(slog.NewTextHandler(&log, nil))})
	s.away.Store(true)
	var digests []string
	for i := range 5 {
		digests = append(digests, put(t, a, record(fmt.Sprint("http://a.vn/", i), fmt.Sprint("trang ", i))))
	}
	err := a.Ship(t.Context())
	if err == nil {
		t.Fatal("uploaded to a bucket that is away")
	}
	wait := a.after(t.Context(), err, 0)
	for range 10 {
		wait = a.after(t.Context(), err, wait)
	}
	if wait != retryMost {
		t.Errorf("waits %s, want %s at most", wait, retryMost)
	}
	h, err := a.Health()
	if err != nil || h.Waiting != 5 || h.Bytes == 0 || h.Failed != 1 || h.Problem == "" {
		t.Errorf("%+v, %v", h, err)
	}
	if !strings.Contains(log.String(), "files=5") {
		t.Errorf("log: %s", log.String())
	}
	for _, f := range local(dir) {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
	s.away.Store(false)
	ship(t, a)
	a.after(t.Context(), nil, wait)
	for _, digest := range digests {
		if _, err := a.Get(t.Context(), digest); err != nil {
			t.Error(err)
		}
	}
	if h, _ := a.Health(); h.Problem != "" || !strings.Contains(log.String(), "answers again") {
		t.Errorf("%+v; log: %s", h, log.String())
	}
}

// A process that is killed in the middle of an upload, after half a record:
// its successor uploads what it left, whole.
func TestKilledInTheMiddleOfAnUpload(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	b := s.bucket(t)
	a := open(t, dir, Options{Prefix: "a", Bucket: b})
	digest := put(t, a, record("http://a.vn/1", strings.Repeat("một ", 3000)))
	f := a.open["press"]
	_, _ = f.warc.Write([]byte{0x1f, 0x8b, 8, 0, 0}) // half a record
	_, _ = f.idx.WriteString("sha256:to")
	f.warc.Close() // as the kill does; nothing is synced
	f.idx.Close()
	s.torn.Store(true)
	if err := a.Ship(t.Context()); err == nil {
		t.Fatal("half an upload was taken for a whole one")
	}
	s.torn.Store(false)
	if n := len(keys(t, b)); n != 0 {
		t.Errorf("%d objects after half an upload", n)
	}
	next := open(t, dir, Options{Prefix: "b", Bucket: b})
	ship(t, next)
	if len(local(dir)) != 0 {
		t.Error("the file is still in the directory")
	}
	got, err := next.Get(t.Context(), digest)
	if err != nil || got.URL != "http://a.vn/1" {
		t.Errorf("%+v, %v", got, err)
	}
	readWhole(t, b)
}

// readWhole downloads every file and reads it strictly.
func readWhole(t *testing.T, b *Bucket) {
	t.Helper()
	for _, key := range keys(t, b) {
		if !strings.HasSuffix(key, ".warc.gz") {
			continue
		}
		in, err := b.section(t.Context(), key, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "x.warc.gz")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if types := strict(t, path); types[0] != "warcinfo" || len(types) < 2 {
			t.Errorf("%s: records %v", key, types)
		}
	}
}

// Two processes in one directory upload at once: each file once, none fails.
func TestTwoUploadAtOnce(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	a := open(t, dir, Options{Prefix: "a", Bucket: s.bucket(t), MaxBytes: 1})
	b := open(t, dir, Options{Prefix: "b", Bucket: s.bucket(t)})
	for i := range 30 {
		put(t, a, record(fmt.Sprint("http://a.vn/", i), fmt.Sprint("trang ", i)))
	}
	a.Close()
	done := make(chan error)
	for _, x := range []*Archive{a, b} {
		go func() { done <- x.Ship(t.Context()) }()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Error(err)
	}
	if n := a.count.uploaded.Load() + b.count.uploaded.Load(); n != 30 || len(keys(t, s.bucket(t))) != 60 || len(local(dir)) != 0 {
		t.Errorf("%d uploads, %d objects, %d files left", n, len(keys(t, s.bucket(t))), len(local(dir)))
	}
}

// A file begun and never written to is no object.
func TestEmptyFileIsDropped(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	b := s.bucket(t)
	a := open(t, dir, Options{Bucket: b})
	f, err := a.create("press", day)
	if err != nil {
		t.Fatal(err)
	}
	f.close()
	ship(t, a)
	if n := len(keys(t, b)); n != 0 || len(local(dir)) != 0 {
		t.Errorf("%d objects, %d files", n, len(local(dir)))
	}
}

// Retention works on the bucket, and the indexes that other machines hold go
// too.
func TestExpireBucket(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	b := s.bucket(t)
	o := Options{Prefix: "a", Bucket: b, Retention: map[string]time.Duration{"social": 48 * time.Hour}}
	a := open(t, dir, o)
	social := record("http://s.vn/1", "bài")
	social.Class = "social"
	digest := put(t, a, social)
	kept := put(t, a, record("http://a.vn/1", "một"))
	a.Close()
	ship(t, a)
	elsewhere := t.TempDir()
	o.Prefix = "b"
	other := open(t, elsewhere, o)
	if err := other.Pull(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if n, err := a.Expire(t.Context(), time.Now()); err != nil || n != 0 {
		t.Errorf("deleted %d young files, %v", n, err)
	}
	if n, err := a.Expire(t.Context(), time.Now().Add(72*time.Hour)); err != nil || n != 1 {
		t.Errorf("deleted %d, %v", n, err)
	}
	if n := len(keys(t, b)); n != 2 {
		t.Errorf("%d objects, want the press file and its index", n)
	}
	for _, x := range []*Archive{a, other} {
		if _, err := x.Get(t.Context(), digest); !errors.Is(err, ErrNone) {
			t.Errorf("expired record: %v", err)
		}
		if _, err := x.Get(t.Context(), kept); err != nil {
			t.Error(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(elsewhere, "social", "*")); len(left) != 0 {
		t.Errorf("the other machine still has %v", left)
	}
	if a.Place() != other.Place() {
		t.Error("two machines with one bucket must share one lease")
	}
}

// The loop uploads quiet classes after a while, and ends with its context.
func TestRunUploads(t *testing.T) {
	s, dir := serve(t), t.TempDir()
	a := open(t, dir, Options{Bucket: s.bucket(t), MaxAge: time.Minute})
	put(t, a, record("http://a.vn/1", "một")) // fetched long ago, by its own time
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- a.Run(ctx) }()
	for deadline := time.Now().Add(20 * time.Second); len(local(dir)) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not uploaded")
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestWithoutABucketFilesStay(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	put(t, a, record("http://a.vn/1", "một"))
	a.Close()
	ship(t, a)
	if err := errors.Join(a.Run(t.Context()), a.Pull(t.Context(), time.Time{}), a.Check(t.Context())); err != nil {
		t.Error(err)
	}
	if h, err := a.Health(); err != nil || h != (Health{}) || len(local(dir)) != 1 {
		t.Errorf("%+v, %v, %v", h, err, local(dir))
	}
}

func TestNamesOfTheBucketStayInTheDirectory(t *testing.T) {
	a := open(t, t.TempDir(), Options{})
	for _, key := range []string{"../x.idx", "x.idx", "a/b/x.idx", "/etc/x.idx"} {
		if path := filepath.Join(a.dir, filepath.FromSlash(key)); a.inDir(path) && key != "/etc/x.idx" {
			t.Errorf("%s would be written to %s", key, path)
		}
	}
}

func TestConfig(t *testing.T) {
	good := BucketConfig{Endpoint: "https://s3.example:9000", Name: "diembao"}
	for name, c := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"good":       {func(*Config) {}, ""},
		"endpoint":   {func(c *Config) { c.Bucket.Endpoint = "s3.example" }, "bucket.endpoint"},
		"path":       {func(c *Config) { c.Bucket.Endpoint += "/kho" }, "bucket.endpoint"},
		"name":       {func(c *Config) { c.Bucket.Name = "Kho_Lưu" }, "bucket.name"},
		"prefix":     {func(c *Config) { c.Bucket.Prefix = "/a" }, "bucket.prefix"},
		"half a key": {func(c *Config) { c.Bucket.AccessKey = "a" }, "bucket.secret_key_file"},
		"rotate":     {func(c *Config) { c.Rotate = time.Second }, "rotate"},
		"kind":       {func(c *Config) { c.Retention = map[string]time.Duration{"báo": 48 * time.Hour} }, "retention.báo"},
		"short":      {func(c *Config) { c.Retention = map[string]time.Duration{"press": time.Hour} }, "retention.press"},
	} {
		b := good
		config := Config{Bucket: &b}
		c.change(&config)
		var got []string
		config.Validate(func(path, _ string) { got = append(got, path) })
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestBucketThatIsNotThere(t *testing.T) {
	s := serve(t)
	b, err := NewBucket(BucketConfig{Endpoint: s.URL, Name: "khac"}, Keys{"khoa", "bi-mat"})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "no such bucket") {
		t.Errorf("%v", err)
	}
	if _, err := s.bucket(t).section(t.Context(), "press/x.warc.gz", 0, 10); !errors.Is(err, ErrNone) {
		t.Errorf("missing object: %v", err)
	}
}
