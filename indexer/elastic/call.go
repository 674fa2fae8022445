package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// object is a piece of a request's body.
type object = map[string]any

// request is any request of the client.
type request interface {
	Do(ctx context.Context, transport esapi.Transport) (*esapi.Response, error)
}

// statusError is an answer that is no success.
type statusError struct {
	Status int
	Type   string // Elasticsearch's name of the error, "" where it gives none
	Reason string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("%d %s: %s", e.Status, e.Type, e.Reason)
}

// fault reports whether the request itself is refused for good, and not the
// moment or the cluster.
func (e *statusError) fault() bool {
	return e.Status >= 400 && e.Status < 500 && e.Status != http.StatusTooManyRequests && e.Status != http.StatusNotFound &&
		e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden && e.Status != http.StatusRequestTimeout
}

// do sends a request and reads its answer into into, which may be nil.
func (e *Engine) do(ctx context.Context, r request, into any) error {
	resp, err := r.Do(ctx, e.client)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.IsError() {
		return readError(resp)
	}
	if into == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

func readError(resp *esapi.Response) error {
	out := &statusError{Status: resp.StatusCode}
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return errors.Join(out, err)
	}
	var body struct {
		Error struct {
			Type   string `json:"type"`
			Reason string `json:"reason"`
			Causes []struct {
				Reason string `json:"reason"`
			} `json:"root_cause"`
		} `json:"error"`
	}
	if json.Unmarshal(text, &body) != nil {
		out.Reason = string(text)
		return out
	}
	out.Type, out.Reason = body.Error.Type, body.Error.Reason
	if len(body.Error.Causes) > 0 && body.Error.Causes[0].Reason != out.Reason {
		out.Reason += ": " + body.Error.Causes[0].Reason
	}
	return out
}

func encode(body any) (*strings.Reader, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return strings.NewReader(string(text)), nil
}

// found is the answer to a search.
type found struct {
	TimedOut bool `json:"timed_out"`
	Shards   struct {
		Failed int `json:"failed"`
	} `json:"_shards"`
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []hit `json:"hits"`
	} `json:"hits"`
	Aggregations map[string]json.RawMessage `json:"aggregations"`
}

// hit is one document of an answer.
type hit struct {
	ID     string  `json:"_id"`
	Found  bool    `json:"found"` // of a get
	Score  float64 `json:"_score"`
	Source stored  `json:"_source"`
	Sort   []any   `json:"sort"`
}

var errPartial = errors.New("some shards did not answer")

// search asks an index, or the point in time that the body names when index
// is "". An answer that is not whole is an error: counts must be exact.
func (e *Engine) search(ctx context.Context, index string, body object) (*found, error) {
	text, err := encode(body)
	if err != nil {
		return nil, err
	}
	partial := false
	r := esapi.SearchRequest{Body: text, AllowPartialSearchResults: &partial}
	if index != "" {
		r.Index = []string{index}
	}
	var out found
	if err := e.do(ctx, r, &out); err != nil {
		return nil, err
	}
	if out.TimedOut || out.Shards.Failed > 0 {
		return nil, errPartial
	}
	return &out, nil
}

// keepAlive is how long a point in time outlives the last request that used
// it.
const keepAlive = "1m"

// pointInTime gives ask a view of the index that does not change between the
// requests that make up one answer.
func (e *Engine) pointInTime(ctx context.Context, ask func(search func(object) (*found, error)) error) error {
	var point struct {
		ID string `json:"id"`
	}
	if err := e.do(ctx, esapi.OpenPointInTimeRequest{Index: []string{e.alias()}, KeepAlive: keepAlive}, &point); err != nil {
		return err
	}
	err := ask(func(body object) (*found, error) {
		body["pit"] = object{"id": point.ID, "keep_alive": keepAlive}
		return e.search(ctx, "", body)
	})
	text, bad := encode(object{"id": point.ID})
	if bad == nil {
		// Not closing it costs the cluster a minute of memory, not us the answer.
		_ = e.do(context.WithoutCancel(ctx), esapi.ClosePointInTimeRequest{Body: text}, nil)
	}
	return err
}
