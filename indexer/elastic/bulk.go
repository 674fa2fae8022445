package elastic

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/elastic/go-elasticsearch/v8/esutil"
)

// Bulk writes go in requests of about so many bytes, so many at a time.
const (
	bulkBytes   = 4 << 20
	bulkWorkers = 2
)

// bulk writes and answers by document what was refused. A version conflict is
// no refusal: something newer is there already. err is the cluster's failure.
func (e *Engine) bulk(ctx context.Context, index string, puts []put) (refused map[string]error, err error) {
	if len(puts) == 0 {
		return nil, nil
	}
	var mu sync.Mutex
	var failures []error
	refused = map[string]error{}
	indexer, err := esutil.NewBulkIndexer(esutil.BulkIndexerConfig{
		Client: e.client, Index: index, NumWorkers: bulkWorkers, FlushBytes: bulkBytes,
		FilterPath: []string{"errors", "items.*.status", "items.*.error.type", "items.*.error.reason"},
	})
	if err != nil {
		return nil, err
	}
	failed := func(_ context.Context, item esutil.BulkIndexerItem, answer esutil.BulkIndexerResponseItem, err error) {
		mu.Lock()
		defer mu.Unlock()
		status := &statusError{Status: answer.Status, Type: answer.Error.Type, Reason: answer.Error.Reason}
		switch {
		case err != nil:
			failures = append(failures, err)
		case answer.Status == http.StatusConflict, answer.Status == http.StatusNotFound && item.Action == "delete" && answer.Error.Type == "":
		case status.fault():
			refused[item.DocumentID] = status
		default:
			failures = append(failures, status)
		}
	}
	for _, p := range puts {
		item := esutil.BulkIndexerItem{
			Action: p.action, DocumentID: p.id, Version: &p.version, VersionType: "external_gte", OnFailure: failed,
		}
		if p.body != nil {
			item.Body = bytes.NewReader(p.body)
		}
		if err := indexer.Add(ctx, item); err != nil {
			failures = append(failures, err)
			break
		}
	}
	if err := indexer.Close(ctx); err != nil {
		failures = append(failures, err)
	}
	if len(failures) > 0 {
		return nil, fmt.Errorf("bulk: %d failures: %w", len(failures), errors.Join(failures[:min(3, len(failures))]...))
	}
	return refused, nil
}

// refresh makes what was written visible to searches.
func (e *Engine) refresh(ctx context.Context, index string) error {
	return e.do(ctx, esapi.IndicesRefreshRequest{Index: []string{index}}, nil)
}

// fetch gets documents by name as they are now, whether searches see them yet
// or not; what is not there is left out.
func (e *Engine) fetch(ctx context.Context, index string, ids []string, fields ...string) (map[string]*stored, error) {
	out := make(map[string]*stored, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	body, err := encode(object{"ids": ids})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Docs []hit `json:"docs"`
	}
	if err := e.do(ctx, esapi.MgetRequest{Index: index, Body: body, Source: fields}, &answer); err != nil {
		return nil, err
	}
	for i := range answer.Docs {
		if answer.Docs[i].Found {
			out[answer.Docs[i].ID] = &answer.Docs[i].Source
		}
	}
	return out, nil
}
