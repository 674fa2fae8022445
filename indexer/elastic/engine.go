// Package elastic is the index in an Elasticsearch 8 or 9 cluster, for several
// units or more mentions than one file holds. It provides an indexer.Engine.
//
// It reads and writes one index a schema version, behind an alias: mentions,
// their older texts, and the names of those that were forgotten. Versions are
// external, so a mention never goes back, whoever writes. Any number of
// processes may write at once, their clocks within five minutes of each other:
// stories are settled by reading back what was written until nothing differs. It uses what every distribution has: no
// scripts, no reindex, no life-cycle management, no analysis but whitespace,
// since tokens are cut in Go.
//
// Limit: Fold names one mention a story of several in the request that asks
// for the page, so it grows with the number of stories that match.
package elastic

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/diembao/diembao/indexer"
)

//go:embed template.json
var template []byte

// Options say where the cluster is and how the index is laid out.
type Options struct {
	URLs           []string
	User, Password string
	APIKey         string
	CA             []byte // certificates in PEM; nil: the system's
	Name           string // prefix of everything; "" is "diembao"
	Shards         int    // 0 is 1; a shard of 20 to 40 GB is a good size
	Replicas       int
	Transport      http.RoundTripper // nil: the usual one
}

// Engine is a connection to the cluster.
type Engine struct {
	options Options
	client  *elasticsearch.Client
	writer  string     // names this connection among those that write
	write   sync.Mutex // writes of this process go one after the other
}

var _ indexer.Engine = (*Engine)(nil)

// Open connects, puts the template and makes the index where there is none.
// Two processes may do so at once.
func Open(ctx context.Context, o Options) (*Engine, error) {
	if o.Name == "" {
		o.Name = "diembao"
	}
	o.Shards = max(o.Shards, 1)
	client, err := elasticsearch.NewClient(elasticsearch.Config{
		Addresses: o.URLs, Username: o.User, Password: o.Password, APIKey: o.APIKey, CACert: o.CA, Transport: o.Transport,
		MaxRetries: 2, RetryOnStatus: []int{502, 503, 504},
		RetryBackoff: func(attempt int) time.Duration { return time.Duration(attempt) * 200 * time.Millisecond },
	})
	if err != nil {
		return nil, fmt.Errorf("elastic: open: %w", err)
	}
	e := &Engine{options: o, client: client, writer: rand.Text()}
	if err := e.prepare(ctx); err != nil {
		return nil, fmt.Errorf("elastic: open: %w", err)
	}
	return e, nil
}

// Name is the prefix of the indices.
func (e *Engine) Name() string { return e.options.Name }

// prepare makes what must be there. The template forbids that an index comes
// into being by being written to: after a rebuild a late write fails and is
// repeated instead of starting an index of its own.
func (e *Engine) prepare(ctx context.Context) error {
	text, err := e.template()
	if err != nil {
		return err
	}
	if err := e.do(ctx, esapi.IndicesPutIndexTemplateRequest{Name: e.pattern(""), Body: strings.NewReader(text)}, nil); err != nil {
		return err
	}
	targets, err := e.targets(ctx)
	if err != nil || targets.live != "" {
		return err
	}
	return e.create(ctx, e.pattern("000001"), e.alias())
}

func (e *Engine) template() (string, error) {
	var t map[string]any
	if err := json.Unmarshal(template, &t); err != nil {
		return "", fmt.Errorf("template: %w", err)
	}
	t["index_patterns"] = []string{e.pattern("*")}
	text, err := json.Marshal(t)
	return string(text), err
}

// alias is the name by which the index is asked; next that by which writers
// know of one that is being filled.
func (e *Engine) alias() string {
	return fmt.Sprintf("%s-mentions-v%d", e.options.Name, indexer.SchemaVersion)
}

func (e *Engine) next() string { return e.alias() + "-next" }

// pattern names the indices behind the alias: "diembao-mentions-v1.000001".
func (e *Engine) pattern(suffix string) string {
	if suffix == "" {
		return e.alias()
	}
	return e.alias() + "." + suffix
}

// create makes an index with an alias; that another process has just done so
// is no error.
func (e *Engine) create(ctx context.Context, name, alias string) error {
	body := fmt.Sprintf(`{"settings":{"number_of_shards":%d,"number_of_replicas":%d},"aliases":{%q:{}}}`,
		e.options.Shards, e.options.Replicas, alias)
	err := e.do(ctx, esapi.IndicesCreateRequest{Index: name, Body: strings.NewReader(body)}, nil)
	var status *statusError
	if errors.As(err, &status) && status.Type == "resource_already_exists_exception" {
		return nil
	}
	return err
}

// targets are the indices that a write goes to.
type targets struct{ live, next string }

func (t targets) all() []string {
	if t.next == "" {
		return []string{t.live}
	}
	return []string{t.live, t.next}
}

// targets asks which index is which. Writers ask before every batch, so that
// none misses a rebuild that another process has begun.
func (e *Engine) targets(ctx context.Context) (t targets, err error) {
	var answer map[string]struct {
		Aliases map[string]struct{} `json:"aliases"`
	}
	if err := e.do(ctx, esapi.IndicesGetAliasRequest{Index: []string{e.pattern("*")}}, &answer); err != nil {
		return t, err
	}
	for index, about := range answer {
		if _, is := about.Aliases[e.alias()]; is {
			t.live = index
		}
		if _, is := about.Aliases[e.next()]; is {
			t.next = index
		}
	}
	return t, nil
}

// Ready reports whether the index answers.
func (e *Engine) Ready(ctx context.Context) error {
	var health struct {
		Status string `json:"status"`
	}
	if err := e.do(ctx, esapi.ClusterHealthRequest{Index: []string{e.alias()}, Timeout: time.Second}, &health); err != nil {
		return fmt.Errorf("elastic: ready: %w", err)
	}
	if health.Status == "red" {
		return errors.New("elastic: ready: shards of the index are missing")
	}
	return nil
}

// Close ends the connections that are kept open.
func (e *Engine) Close() error {
	e.write.Lock()
	defer e.write.Unlock()
	return e.client.Close(context.Background())
}
