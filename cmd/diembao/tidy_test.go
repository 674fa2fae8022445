package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// An app whose configuration names periods tidies up: a night that was missed
// by more than a day is made good at the start.
func TestRetentionRuns(t *testing.T) {
	var log bytes.Buffer
	c := demoConfig(t.TempDir(), "127.0.0.1:0")
	c.Crawler = sources.Config(time.Second)
	for i := range c.Crawler.Sources {
		c.Crawler.Sources[i].Off = true
	}
	c.Crawler.Archive.Retention = map[string]time.Duration{"press": 48 * time.Hour}
	c.Index.Keep = []indexer.Keep{{Kind: "press", Days: 30}}
	old := oldPage(t, c.Data)
	a, err := newApp(t.Context(), appOptions{Config: c, Only: stages(), Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range a.engine.Write(t.Context(), []*mention.Mention{oldMention()}) {
		t.Error(err)
	}
	state, err := a.bus.Bucket(t.Context(), stream.BucketState)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range []string{"index", "archive." + a.archive.Place()} {
		if _, err := state.Put(t.Context(), "daily."+task, []byte("2026-01-01T00:00:00Z")); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := func() bool { return tidied(t, state, "index") && tidied(t, state, "archive."+a.archive.Place()) }
	for deadline := time.Now().Add(30 * time.Second); !done() && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	if err := a.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the old pages are still there")
	}
	for _, want := range []string{"removed_files=1", "removed_mentions=1"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("no %s in the log", want)
		}
	}
}

func tidied(t *testing.T, state stream.Bucket, task string) bool {
	t.Helper()
	e, err := state.Get(t.Context(), "daily."+task)
	return err == nil && !strings.HasPrefix(string(e.Value), "2026-01-01")
}

// oldPage leaves a file of an earlier run in the archive.
func oldPage(t *testing.T, data string) string {
	t.Helper()
	dir := filepath.Join(data, "archive")
	keep, err := archive.Open(dir, archive.Options{Prefix: "earlier"})
	if err != nil {
		t.Fatal(err)
	}
	r := archive.Record{Class: "press", Source: "a", URL: "http://a.vn/1", Fetched: time.Now(), Status: 200, Body: []byte("một")}
	if _, err := keep.Put(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	if err := keep.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "press", "*.warc.gz"))
	past := time.Now().Add(-72 * time.Hour)
	if err := os.Chtimes(files[0], past, past); err != nil {
		t.Fatal(err)
	}
	return files[0]
}

func oldMention() *mention.Mention {
	at := time.Now().AddDate(0, -3, 0).UTC().Truncate(time.Second)
	return &mention.Mention{
		Schema: mention.Schema, ID: mention.NewID(mention.Press, "a", "http://a.vn/1"), Revision: at.Unix(),
		Origin: mention.Origin{Kind: mention.Press, Outlet: "a", Source: "a", Channel: mention.Article, Via: "feed", URL: "http://a.vn/1", Fetched: at, Found: at},
		Text:   mention.Text{Title: "Bảng giá đất", Body: "Bảng giá đất mới.", Published: at},
	}
}
