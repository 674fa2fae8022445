package archive

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// The variables by which this test tells its child where to write.
const (
	childDir      = "ARCHIVE_TEST_DIR"
	childEndpoint = "ARCHIVE_TEST_ENDPOINT"
)

// TestChild is the process that is killed: it puts pages, says so, and uploads.
func TestChild(t *testing.T) {
	dir := os.Getenv(childDir)
	if dir == "" {
		return // only the process that TestKill starts has work here
	}
	b, err := NewBucket(BucketConfig{Endpoint: os.Getenv(childEndpoint), Name: bucketName}, Keys{"khoa", "bi-mat"})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir, Options{Prefix: fmt.Sprint("child-", os.Getpid()), MaxBytes: 4000, Bucket: b})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for t.Context().Err() == nil {
			_ = a.Ship(t.Context())
			time.Sleep(time.Millisecond)
		}
	}()
	for i := range 2000 {
		url := fmt.Sprintf("http://a.vn/%d/%d", os.Getpid(), i)
		digest, err := a.Put(t.Context(), record(url, strings.Repeat(url+" ", 20)))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("put", digest)
	}
	select {} // until the kill
}

// Processes are killed at every stage of their uploads. Whatever a Put had
// returned for is found afterwards, and every file in the bucket is whole.
func TestKill(t *testing.T) {
	s3 := s3mem.New()
	if err := s3.CreateBucket(bucketName); err != nil {
		t.Fatal(err)
	}
	handler := gofakes3.New(s3, gofakes3.WithLogger(gofakes3.DiscardLog())).Server()
	var mu sync.Mutex
	kill, requests, at := func() {}, 0, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		requests++
		now := requests == at
		mu.Unlock()
		if now {
			kill() // in the middle of this request
		}
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	dir := t.TempDir()
	var digests []string
	for stage := 1; stage <= 8; stage++ {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
		child.Env = append(os.Environ(), childDir+"="+dir, childEndpoint+"="+server.URL)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		mu.Lock() // until it runs: its first request may be faster than Start
		requests, at, kill = 0, stage, func() { _ = child.Process.Kill() }
		err = child.Start()
		mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if digest, ok := strings.CutPrefix(lines.Text(), "put "); ok && len(digest) == len(Digest(nil)) {
				digests = append(digests, digest)
			}
		}
		_ = child.Wait() // killed
	}
	b, err := NewBucket(BucketConfig{Endpoint: server.URL, Name: bucketName}, Keys{"khoa", "bi-mat"})
	if err != nil {
		t.Fatal(err)
	}
	a := open(t, dir, Options{Prefix: "successor", Bucket: b})
	for _, f := range local(dir) { // what is young may be about to get its index
		if err := os.Chtimes(f, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	ship(t, a)
	if left := local(dir); len(left) > 0 {
		for _, f := range left {
			info, _ := os.Stat(f)
			_, err := os.Stat(indexName(f))
			t.Errorf("%s of %d bytes is left in the directory; index: %v", f, info.Size(), err)
		}
	}
	known := map[string]bool{}
	if err := a.scan(t.Context(), func(e Entry) error { known[e.Digest] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, digest := range digests {
		if !known[digest] {
			t.Errorf("%s was put and is lost", digest)
		}
	}
	for _, digest := range digests[max(0, len(digests)-3):] {
		if _, err := a.Get(t.Context(), digest); err != nil {
			t.Error(err)
		}
	}
	if len(digests) == 0 { // how many depends on how fast the machine is
		t.Error("no page was put: nothing was tried")
	}
	t.Logf("%d pages, %d objects", len(digests), len(keys(t, b)))
	readWhole(t, b)
}
