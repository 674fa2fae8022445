package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Search answers one page.
func (e *Engine) Search(ctx context.Context, r query.Request) (page query.Page, err error) {
	plan, err := indexer.NewPlan(r)
	if err != nil {
		return page, err
	}
	if !plan.Fold {
		page, err = e.page(ctx, plan, filters(plan), func(body object) (*found, error) { return e.search(ctx, e.alias(), body) })
		return page, wrap("search", err)
	}
	err = e.pointInTime(ctx, func(search func(object) (*found, error)) error {
		filter, err := folded(filters(plan), search)
		if err == nil {
			page, err = e.page(ctx, plan, filter, search)
		}
		return err
	})
	return page, wrap("search", err)
}

func wrap(doing string, err error) error {
	if err == nil || errors.Is(err, query.ErrNotFound) || errors.Is(err, indexer.ErrBars) {
		return err
	}
	return fmt.Errorf("elastic: %s: %w", doing, err)
}

// page asks for one hit more than the page holds, to know whether there is a
// next one.
func (e *Engine) page(ctx context.Context, p *indexer.Plan, filter []object, search func(object) (*found, error)) (page query.Page, err error) {
	body := object{
		"size": p.Limit + 1, "track_total_hits": true, "_source": hitFields(),
		"query": object{"bool": object{"filter": filter}},
	}
	if p.Sort == query.ByRelevance {
		body["query"] = scored(p, filter)
	}
	var after []any
	if body["sort"], after = order(p); after != nil {
		body["search_after"] = after
	}
	found, err := search(body)
	if err != nil {
		return page, err
	}
	page.Total = found.Hits.Total.Value
	hits := found.Hits.Hits
	more := len(hits) > p.Limit
	if page.Hits, err = e.hits(ctx, p, hits[:min(len(hits), p.Limit)]); err == nil && more {
		page.Next = p.Next(page.Hits[p.Limit-1])
	}
	return page, err
}

func hitFields() []string { return []string{"id", "story", "many", "different", "record"} }

// hits reads records and adds what is known beside them.
func (e *Engine) hits(ctx context.Context, p *indexer.Plan, in []hit) ([]query.Hit, error) {
	sizes, err := e.sizes(ctx, in)
	if err != nil {
		return nil, err
	}
	out := make([]query.Hit, len(in))
	for i, h := range in {
		m, err := mention.Decode([]byte(h.Source.Record))
		if err != nil {
			return nil, err
		}
		out[i] = query.Hit{
			Mention: m, Group: string(h.Source.Story), Different: h.Source.Different, Score: h.Score,
			Copies: max(sizes[h.Source.Story]-1, 0),
		}
		if p != nil {
			out[i].Highlights = p.Highlights(&m.Text)
		}
	}
	return out, nil
}

// sizes counts the members of the stories of hits.
func (e *Engine) sizes(ctx context.Context, in []hit) (map[mention.ID]int, error) {
	var stories []mention.ID
	for _, h := range in {
		if h.Source.Many {
			stories = append(stories, h.Source.Story)
		}
	}
	if len(stories) == 0 {
		return nil, nil
	}
	found, err := e.search(ctx, e.alias(), object{
		"size": 0, "track_total_hits": false,
		"query": object{"bool": object{"filter": []object{
			{"term": object{"state": live}}, {"terms": object{"story": stories}},
		}}},
		// A map of the few that match, not a table of all stories there are.
		"aggs": object{"sizes": object{"terms": object{
			"field": "story", "size": len(stories), "shard_size": len(stories), "execution_hint": "map",
		}}},
	})
	if err != nil {
		return nil, err
	}
	var answer buckets
	if err := json.Unmarshal(found.Aggregations["sizes"], &answer); err != nil {
		return nil, err
	}
	out := map[mention.ID]int{}
	for _, b := range answer.Buckets {
		out[mention.ID(fmt.Sprint(b.Key))] = b.Count
	}
	return out, nil
}

// folded narrows a filter to one mention a story: those that stand alone, and
// of the others the first that matches.
func folded(filter []object, search func(object) (*found, error)) ([]object, error) {
	var first []string
	inner := object{"first": object{"top_hits": object{
		"size": 1, "_source": false, "sort": []object{{"at": "asc"}, {"id": "asc"}},
	}}}
	err := stories(filter, search, inner, func(raw json.RawMessage) error {
		var bucket struct {
			First struct {
				Hits struct {
					Hits []hit `json:"hits"`
				} `json:"hits"`
			} `json:"first"`
		}
		if err := json.Unmarshal(raw, &bucket); err != nil {
			return err
		}
		for _, h := range bucket.First.Hits.Hits {
			first = append(first, h.ID)
		}
		return nil
	})
	if err != nil || len(first) == 0 {
		return append(filter, object{"term": object{"many": false}}), err
	}
	return append(filter, object{"bool": object{"minimum_should_match": 1, "should": []object{
		{"term": object{"many": false}}, {"ids": object{"values": first}},
	}}}), nil
}

// stories gives f a bucket for each story of several members that match.
func stories(filter []object, search func(object) (*found, error), inner object, f func(json.RawMessage) error) error {
	const page = 1000
	many := append(filter[:len(filter):len(filter)], object{"term": object{"many": true}})
	composite := object{"size": page, "sources": []object{{"story": object{"terms": object{"field": "story"}}}}}
	for {
		found, err := search(object{
			"size": 0, "track_total_hits": false, "query": object{"bool": object{"filter": many}},
			"aggs": object{"stories": object{"composite": composite, "aggs": inner}},
		})
		if err != nil {
			return err
		}
		var answer struct {
			After   object            `json:"after_key"`
			Buckets []json.RawMessage `json:"buckets"`
		}
		if err := json.Unmarshal(found.Aggregations["stories"], &answer); err != nil {
			return err
		}
		for _, bucket := range answer.Buckets {
			if err := f(bucket); err != nil {
				return err
			}
		}
		if len(answer.Buckets) < page {
			return nil
		}
		composite["after"] = answer.After
	}
}

// Get gives one mention.
func (e *Engine) Get(ctx context.Context, id mention.ID) (query.Hit, error) {
	var one hit
	err := e.do(ctx, esapi.GetRequest{Index: e.alias(), DocumentID: string(id), Source: append(hitFields(), "state")}, &one)
	var status *statusError
	if errors.As(err, &status) && status.Status == http.StatusNotFound && status.Type == "" ||
		err == nil && one.Source.State != live {
		return query.Hit{}, query.ErrNotFound
	}
	if err != nil {
		return query.Hit{}, wrap("get", err)
	}
	hits, err := e.hits(ctx, nil, []hit{one})
	if err != nil {
		return query.Hit{}, wrap("get", err)
	}
	return hits[0], nil
}

// Revisions lists the older texts.
func (e *Engine) Revisions(ctx context.Context, id mention.ID) (out []*mention.Mention, err error) {
	filter := []object{{"term": object{"state": older}}, {"term": object{"id": string(id)}}}
	var bad error
	err = e.scan(ctx, e.alias(), filter, []string{"record"}, func(s *stored) {
		m, err := mention.Decode([]byte(s.Record))
		bad = errors.Join(bad, err)
		out = append(out, m)
	})
	if err = errors.Join(err, bad); err != nil {
		return nil, wrap("revisions", err)
	}
	return out, nil
}
