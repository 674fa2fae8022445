package watch

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/diembao/diembao/indexer/query"
)

// Searcher is the part of the index that the watch asks.
type Searcher interface {
	Search(ctx context.Context, r query.Request) (query.Page, error)
	Histogram(ctx context.Context, r query.Request, by query.Interval) ([]query.Bucket, error)
}

// reader fills a tally from the index.
type reader struct {
	searcher Searcher
	rule     RuleConfig
	policies []string
	zone     *time.Location
}

// read makes a tally of everything in [from, to), both on the hour.
func (r reader) read(ctx context.Context, from, to time.Time) (*tally, error) {
	t := newTally(from, r.policies)
	if err := r.cover(ctx, t, to); err != nil {
		return nil, err
	}
	return t, r.refresh(ctx, t, from, to)
}

// refresh reads the hours in [from, to) again: what names a watched policy,
// and unfavourable comments that name none.
func (r reader) refresh(ctx context.Context, t *tally, from, to time.Time) error {
	hours := map[int64][]sighting{}
	add := func(hit query.Hit) {
		s := r.rule.see(hit)
		hours[hourOf(s.when)] = append(hours[hourOf(s.when)], s)
	}
	err := r.each(ctx, query.Filter{From: from, To: to, Policies: r.policies}, func(hit query.Hit) {
		if rd := hit.Mention.Reading; rd == nil || len(rd.Named()) > 0 {
			add(hit) // what only its thread names is a remark, or says nothing
		}
	})
	if err == nil {
		err = r.each(ctx, query.Filter{From: from, To: to, Tones: []string{"neg"}}, func(hit query.Hit) {
			if remark(hit) {
				add(hit)
			}
		})
	}
	if err != nil {
		return fmt.Errorf("watch: read %s – %s: %w", from.Format(time.RFC3339), to.Format(time.RFC3339), err)
	}
	for hour := hourOf(from); hour < hourOf(to); hour++ {
		t.replace(hour, hours[hour])
	}
	return nil
}

// each calls f for every hit of a filter.
func (r reader) each(ctx context.Context, f query.Filter, do func(query.Hit)) error {
	ask := query.Request{Filter: f, Sort: query.ByOldest, Limit: 1000}
	for {
		page, err := r.searcher.Search(ctx, ask)
		if err != nil {
			return err
		}
		for _, hit := range page.Hits {
			do(hit)
		}
		if ask.Cursor = page.Next; page.Next == "" {
			return nil
		}
	}
}

// cover tells, up to to, in which hours the index heard the press. A day with
// less than a tenth of a usual day's mentions was not covered: the program was
// down, or only stray old texts were imported. Neither teaches anything.
func (r reader) cover(ctx context.Context, t *tally, to time.Time) error {
	bars, err := r.searcher.Histogram(ctx, query.Request{Filter: query.Filter{From: t.start, To: to}}, query.Hour)
	if err != nil {
		return fmt.Errorf("watch: read coverage: %w", err)
	}
	if covered := coverage(bars, t.start, to, r.zone); !slices.Equal(covered, t.covered) {
		t.covered, t.derived = covered, nil
	}
	return nil
}

func coverage(bars []query.Bucket, start, to time.Time, zone *time.Location) []float64 {
	days, first := map[string]int{}, to
	for _, b := range bars {
		if b.Count > 0 {
			days[b.Start.In(zone).Format(time.DateOnly)] += b.Count
			if b.Start.Before(first) {
				first = b.Start
			}
		}
	}
	enough := usualDay(days) / 10
	covered := make([]float64, int(to.Sub(start)/time.Hour))
	for i := range covered {
		hour := start.Add(time.Duration(i) * time.Hour)
		if days[hour.In(zone).Format(time.DateOnly)] > enough && !hour.Before(first) {
			covered[i] = 1
		}
	}
	return covered
}

// usualDay is the median of the days with any mention.
func usualDay(days map[string]int) int {
	counts := make([]int, 0, len(days))
	for _, n := range days {
		counts = append(counts, n)
	}
	if len(counts) == 0 {
		return 0
	}
	slices.Sort(counts)
	return counts[len(counts)/2]
}
