package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/archive"
)

// The key for authors: the file's, else the environment's, else one of the
// data folder's own, made once.
func TestAuthorKey(t *testing.T) {
	t.Setenv(authorKeyVariable, "")
	c := &configs.Config{Data: filepath.Join(t.TempDir(), "data")}
	first, own, err := authorKey(c)
	if err != nil || !own || len(first) < crawler.LeastAuthorKey {
		t.Fatalf("%q, own %v, %v", first, own, err)
	}
	if again, _, err := authorKey(c); err != nil || string(again) != string(first) {
		t.Errorf("the second start has another key: %v", err)
	}
	if info, err := os.Stat(filepath.Join(c.Data, "author.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	t.Setenv(authorKeyVariable, "mot-khoa-cua-moi-truong")
	if key, own, err := authorKey(c); err != nil || own || string(key) != "mot-khoa-cua-moi-truong" {
		t.Errorf("environment: %q, own %v, %v", key, own, err)
	}
	c.Crawler.AuthorKeyFile = file(t, "author.key", "mot-khoa-chung-cho-moi-may\n")
	if key, own, err := authorKey(c); err != nil || own || string(key) != "mot-khoa-chung-cho-moi-may" {
		t.Errorf("file: %q, own %v, %v", key, own, err)
	}
	for name, text := range map[string]string{"empty": "", "short": "khoa"} {
		c.Crawler.AuthorKeyFile = file(t, name, text)
		if _, _, err := authorKey(c); err == nil || !strings.Contains(err.Error(), "at least 16") {
			t.Errorf("%s file: %v", name, err)
		}
	}
	c.Crawler.AuthorKeyFile = filepath.Join(c.Data, "not-there")
	if _, _, err := authorKey(c); err == nil {
		t.Error("a file that is not there was passed over")
	}
}

func TestBucketKeys(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	if _, err := bucketKeys(archive.BucketConfig{}); err == nil {
		t.Error("no account was taken for one")
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "a")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "b")
	if k, err := bucketKeys(archive.BucketConfig{}); err != nil || k != (archive.Keys{Access: "a", Secret: "b"}) {
		t.Errorf("environment: %v, %v", k, err)
	}
	c := archive.BucketConfig{AccessKey: "c", SecretKeyFile: file(t, "key", "d\n")}
	if k, err := bucketKeys(c); err != nil || k != (archive.Keys{Access: "c", Secret: "d"}) {
		t.Errorf("file: %v, %v", k, err)
	}
}

// An import with a bucket: when the command ends, the bucket has the texts.
func TestImportIntoTheBucket(t *testing.T) {
	s3 := s3mem.New()
	if err := s3.CreateBucket("kho"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(s3, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	defer server.Close()
	data := emptyLog(t)
	config := file(t, "diembao.yaml", `unit: Sở
data: `+data+`
crawler:
  contact: https://so.example
  author_key_file: `+file(t, "author.key", "mot-khoa-chung-cho-moi-may")+`
  archive:
    bucket: {endpoint: "`+server.URL+`", name: kho, access_key: khoa, secret_key_file: "`+file(t, "secret", "bi-mat")+`"}
  sources:
    - {id: giay, outlet: giay, name: Báo giấy, kind: press, via: import}
`)
	if _, complaints, code := run(t, "", "check", "config", config); code != 0 {
		t.Fatal(complaints)
	}
	rows := file(t, "rows.jsonl", `{"id":"1","title":"Bảng giá đất","body":"Bảng giá đất mới.","published":"2026-09-14T07:30:00+07:00"}`+"\n")
	if out, complaints, code := run(t, "", "import", rows, "--source", "giay", "--config", config); code != 0 {
		t.Fatal(out, complaints)
	}
	if files, _ := filepath.Glob(filepath.Join(data, "archive", "*", "*.warc.gz")); len(files) != 0 {
		t.Errorf("left in the directory: %v", files)
	}
	list, err := s3.ListBucket("kho", nil, gofakes3.ListBucketPage{})
	if err != nil || len(list.Contents) != 2 {
		t.Errorf("%d objects, %v", len(list.Contents), err)
	}
	out, complaints, _ := run(t, "", "doctor", "--config", config)
	if !strings.Contains(out, "archive                ok") {
		t.Errorf("doctor: %s %s", out, complaints)
	}
	server.Close()
	if out, _, code := run(t, "", "doctor", "--config", config); code == 0 || !strings.Contains(out, "archive: bucket") {
		t.Errorf("doctor with the bucket away: %s", out)
	}
}
