package elastic

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
)

// shardSize is how many values every shard reports, so that counts are exact:
// more than there are outlets, policies or places.
const shardSize = 20000

// buckets is the answer of most aggregations.
type buckets struct {
	Buckets []struct {
		Key   any `json:"key"`
		Count int `json:"doc_count"`
	} `json:"buckets"`
}

// Facets counts values.
func (e *Engine) Facets(ctx context.Context, r query.Request, fields []string, most int) (map[string][]query.Facet, error) {
	plan, err := indexer.NewPlan(r)
	if err != nil {
		return nil, err
	}
	aggs := object{}
	for _, field := range fields {
		if !slices.Contains(indexer.FacetFields(), field) {
			return nil, fmt.Errorf("elastic: facets: no field %q", field)
		}
		aggs[field] = object{"terms": object{
			"field": field, "size": max(most, 1), "shard_size": max(most, shardSize),
			"order": []object{{"_count": "desc"}, {"_key": "asc"}},
		}}
	}
	out := make(map[string][]query.Facet, len(fields))
	if len(fields) == 0 {
		return out, nil
	}
	found, err := e.search(ctx, e.alias(), object{
		"size": 0, "track_total_hits": false, "query": object{"bool": object{"filter": filters(plan)}}, "aggs": aggs,
	})
	if err != nil {
		return nil, wrap("facets", err)
	}
	for _, field := range fields {
		var answer buckets
		if err := json.Unmarshal(found.Aggregations[field], &answer); err != nil {
			return nil, wrap("facets", err)
		}
		for _, b := range answer.Buckets[:min(len(answer.Buckets), most)] {
			out[field] = append(out[field], query.Facet{Value: fmt.Sprint(b.Key), Count: b.Count})
		}
	}
	return out, nil
}

// Histogram counts by hour or day. Both counts come from one view of the
// index.
func (e *Engine) Histogram(ctx context.Context, r query.Request, by query.Interval) (out []query.Bucket, err error) {
	plan, err := indexer.NewPlan(r)
	if err != nil {
		return nil, err
	}
	if err := plan.CheckBars(by); err != nil {
		return nil, err
	}
	mentions, counted := map[int64]int{}, map[int64]int{}
	err = e.pointInTime(ctx, func(search func(object) (*found, error)) error {
		filter := filters(plan)
		if err := bars(filter, search, by, mentions, counted); err != nil {
			return err
		}
		return firsts(filter, search, by, counted)
	})
	if err == nil {
		out, err = plan.Bars(by, mentions, counted)
	}
	return out, wrap("histogram", err)
}

// bars counts mentions, and those that are a story of their own.
func bars(filter []object, search func(object) (*found, error), by query.Interval, mentions, alone map[int64]int) error {
	histogram := object{"date_histogram": object{
		"field": "at", "calendar_interval": string(by), "time_zone": "+07:00", "min_doc_count": 1,
	}}
	found, err := search(object{
		"size": 0, "track_total_hits": false, "query": object{"bool": object{"filter": filter}},
		"aggs": object{
			"all":   histogram,
			"alone": object{"filter": object{"term": object{"many": false}}, "aggs": object{"all": histogram}},
		},
	})
	if err != nil {
		return err
	}
	var all histogramAnswer
	var single struct {
		All histogramAnswer `json:"all"`
	}
	if err := json.Unmarshal(found.Aggregations["all"], &all); err != nil {
		return err
	}
	if err := json.Unmarshal(found.Aggregations["alone"], &single); err != nil {
		return err
	}
	all.into(mentions, by)
	single.All.into(alone, by)
	return nil
}

type histogramAnswer struct {
	Buckets []struct {
		Start int64 `json:"key"`
		Count int   `json:"doc_count"`
	} `json:"buckets"`
}

func (h histogramAnswer) into(counts map[int64]int, by query.Interval) {
	for _, b := range h.Buckets {
		counts[indexer.Bar(b.Start, by)] += b.Count
	}
}

// firsts counts every story of several members in the bar of the first that
// matches.
func firsts(filter []object, search func(object) (*found, error), by query.Interval, counted map[int64]int) error {
	inner := object{"first": object{"min": object{"field": "at"}}}
	return stories(filter, search, inner, func(raw json.RawMessage) error {
		var bucket struct {
			First struct {
				Value float64 `json:"value"`
			} `json:"first"`
		}
		if err := json.Unmarshal(raw, &bucket); err != nil {
			return err
		}
		counted[indexer.Bar(int64(bucket.First.Value), by)]++
		return nil
	})
}
