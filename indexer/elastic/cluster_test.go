package elastic_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/elastic"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// twoProcesses has two connections write into the same stories at once and
// wants every mention in its newest version and one story of each.
func twoProcesses(t *testing.T, url string) {
	const mentions, stories = 24, 3
	first := fresh(t, url)
	second := connect(t, elastic.Options{URLs: []string{url}, Name: first.Name()})
	var writing sync.WaitGroup
	for n, e := range []*elastic.Engine{first, second} {
		writing.Go(func() {
			for i := range mentions {
				if n == 1 {
					i = mentions - 1 - i // the other way round, so that they meet
				}
				m := indextest.Mention(fmt.Sprint(i), indextest.Copy(fmt.Sprint(i%stories), 1, ""),
					indextest.At(indextest.Day().Add(time.Duration(i)*time.Hour)), indextest.Revised(time.Duration(n)*time.Hour))
				for _, err := range e.Write(t.Context(), []*mention.Mention{m}) {
					t.Errorf("write: %v", err)
				}
			}
		})
	}
	writing.Wait()
	page, err := indextest.Pages(t, first, query.Request{Fold: true, Sort: query.ByOldest})
	if err != nil || page.Total != stories {
		t.Fatalf("%d stories, %v, want %d", page.Total, err, stories)
	}
	for i, h := range page.Hits {
		if h.Mention.ID != indextest.Mention(fmt.Sprint(i)).ID || h.Copies != mentions/stories-1 {
			t.Errorf("story %d begins with %s and has %d copies", i, h.Mention.Text.Title, h.Copies)
		}
		if newest := indextest.Mention("", indextest.Revised(time.Hour)).Revision; h.Mention.Revision != newest {
			t.Errorf("story %d stands at revision %d, want %d", i, h.Mention.Revision, newest)
		}
	}
}

// rebuildsElsewhere has one connection rebuild while the other writes.
func rebuildsElsewhere(t *testing.T, url string) {
	first := fresh(t, url)
	second := connect(t, elastic.Options{URLs: []string{url}, Name: first.Name()})
	err := first.Rebuild(t.Context(), func(write func([]*mention.Mention) error) error {
		for _, err := range second.Write(t.Context(), []*mention.Mention{indextest.Mention("lúc đó")}) {
			return err
		}
		return write([]*mention.Mention{indextest.Mention("một")})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []*elastic.Engine{first, second} {
		if page, err := e.Search(t.Context(), query.Request{}); err != nil || page.Total != 2 {
			t.Errorf("%d mentions, %v, want what was replayed and what was written meanwhile", page.Total, err)
		}
	}
}

// standIn answers as Elasticsearch would, with what answer says about a path;
// 0 is an empty success.
func standIn(t *testing.T, answer func(path string) (status int, body string)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		w.Header().Set("Content-Type", "application/json")
		status, body := answer(r.URL.Path)
		if status == 0 {
			status, body = http.StatusOK, "{}"
			if strings.HasSuffix(r.URL.Path, "/_alias") {
				body = `{"diembao-mentions-v1.000001":{"aliases":{"diembao-mentions-v1":{}}}}`
			}
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestOutageSpendsNoTry(t *testing.T) {
	for name, c := range map[string]struct {
		path   string
		status int
		body   string
	}{
		"down":            {"_mget", 503, `{"error":{"type":"unavailable_shards_exception","reason":"no"},"status":503}`},
		"too many":        {"_bulk", 429, `{"error":{"type":"es_rejected_execution_exception","reason":"queue"},"status":429}`},
		"full disk":       {"_bulk", 200, `{"errors":true,"items":[{"index":{"status":429,"error":{"type":"cluster_block_exception","reason":"flood"}}}]}`},
		"not allowed":     {"_mget", 403, `{"error":{"type":"security_exception","reason":"no"},"status":403}`},
		"index swapped":   {"_bulk", 200, `{"errors":true,"items":[{"index":{"status":404,"error":{"type":"index_not_found_exception","reason":"no"}}}]}`},
		"no JSON":         {"_mget", 502, "<html>bad gateway</html>"},
		"refresh refused": {"_refresh", 500, `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			url := standIn(t, func(path string) (int, string) {
				if strings.Contains(path, c.path) {
					return c.status, c.body
				}
				if strings.Contains(path, "_mget") {
					return 200, `{"docs":[]}`
				}
				if strings.Contains(path, "_bulk") {
					return 200, `{"errors":false,"items":[{"index":{"status":201}}]}`
				}
				return 0, ""
			})
			e := connect(t, elastic.Options{URLs: []string{url}})
			errs := e.Write(t.Context(), []*mention.Mention{indextest.Mention("a")})
			if len(errs) != 1 || !stream.IsUnavailable(errs[0]) {
				t.Errorf("got %v, want unavailable", errs)
			}
		})
	}
}

func TestRefusedForGoodIsPermanent(t *testing.T) {
	url := standIn(t, func(path string) (int, string) {
		switch {
		case strings.Contains(path, "_mget"):
			return 200, `{"docs":[]}`
		case strings.Contains(path, "_bulk"):
			return 200, `{"errors":true,"items":[{"index":{"status":400,"error":{"type":"document_parsing_exception","reason":"no"}}}]}`
		}
		return 0, ""
	})
	e := connect(t, elastic.Options{URLs: []string{url}})
	errs := e.Write(t.Context(), []*mention.Mention{indextest.Mention("a")})
	if len(errs) != 1 || !stream.IsPermanent(errs[0]) || !strings.Contains(errs[0].Error(), "document_parsing_exception") {
		t.Errorf("got %v, want permanent with the reason", errs)
	}
}

func TestConflictIsSuccess(t *testing.T) {
	url := standIn(t, func(path string) (int, string) {
		switch {
		case strings.Contains(path, "_mget"):
			return 200, `{"docs":[]}`
		case strings.Contains(path, "_bulk"):
			return 200, `{"errors":true,"items":[{"index":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"newer"}}}]}`
		}
		return 0, ""
	})
	e := connect(t, elastic.Options{URLs: []string{url}})
	if errs := e.Write(t.Context(), []*mention.Mention{indextest.Mention("a")}); errs != nil {
		t.Errorf("got %v, want success", errs)
	}
}

func TestPartialAnswersAreErrors(t *testing.T) {
	url := standIn(t, func(path string) (int, string) {
		if strings.Contains(path, "_search") {
			return 200, `{"timed_out":false,"_shards":{"total":2,"successful":1,"failed":1},"hits":{"total":{"value":1},"hits":[]}}`
		}
		return 0, ""
	})
	e := connect(t, elastic.Options{URLs: []string{url}})
	if page, err := e.Search(t.Context(), query.Request{}); err == nil {
		t.Errorf("half an answer passed for one: %+v", page)
	}
}

func TestNotElasticsearch(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	if _, err := elastic.Open(t.Context(), elastic.Options{URLs: []string{s.URL}}); err == nil {
		t.Error("a server that is no Elasticsearch was opened")
	}
	s.Close()
	_, err := elastic.Open(t.Context(), elastic.Options{URLs: []string{s.URL}})
	if err == nil || errors.Is(err, query.ErrNotFound) {
		t.Errorf("a closed port: %v", err)
	}
}
