package embedded

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
)

// Facets counts values.
func (e *Engine) Facets(ctx context.Context, r query.Request, fields []string, most int) (out map[string][]query.Facet, err error) {
	plan, err := indexer.NewPlan(r)
	if err != nil {
		return nil, err
	}
	numbers, err := fieldNumbers(fields)
	if err != nil {
		return nil, err
	}
	err = e.use(func(f *file) error {
		out, err = f.facets(ctx, plan, fields, numbers, most)
		return err
	})
	return out, wrap("facets", err)
}

func fieldNumbers(fields []string) ([]string, error) {
	out := make([]string, len(fields))
	for i, name := range fields {
		n := slices.Index(indexer.FacetFields(), name)
		if n < 0 {
			return nil, fmt.Errorf("embedded: facets: no field %q", name)
		}
		out[i] = fmt.Sprint(n)
	}
	return out, nil
}

func (f *file) facets(ctx context.Context, p *indexer.Plan, fields, numbers []string, most int) (map[string][]query.Facet, error) {
	out := make(map[string][]query.Facet, len(fields))
	if len(fields) == 0 {
		return out, nil
	}
	from := newSource(p)
	text := "WITH m AS MATERIALIZED (SELECT d.doc FROM " + from.sql + `) SELECT v.field, v.value, count(*) AS n
		FROM m JOIN value v ON v.doc = m.doc AND v.field IN (` + strings.Join(numbers, ", ") + `)
		GROUP BY v.field, v.value ORDER BY n DESC, v.value`
	rows, err := f.read.QueryContext(ctx, text, from.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := indexer.FacetFields()
	for rows.Next() {
		var field int
		var facet query.Facet
		if err := rows.Scan(&field, &facet.Value, &facet.Count); err != nil {
			return nil, err
		}
		if name := names[field]; len(out[name]) < most {
			out[name] = append(out[name], facet)
		}
	}
	return out, rows.Err()
}

// Histogram counts by hour or day.
func (e *Engine) Histogram(ctx context.Context, r query.Request, by query.Interval) (out []query.Bucket, err error) {
	plan, err := indexer.NewPlan(r)
	if err != nil {
		return nil, err
	}
	err = e.use(func(f *file) error {
		mentions, stories, err := f.bars(ctx, plan, by)
		if err == nil {
			out, err = plan.Bars(by, mentions, stories)
		}
		return err
	})
	return out, wrap("histogram", err)
}

// bars counts mentions, and stories in the bar of their first member that
// matches. Most mentions are a story of their own and are counted once.
func (f *file) bars(ctx context.Context, p *indexer.Plan, by query.Interval) (mentions, stories map[int64]int, err error) {
	from := newSource(p)
	bar := "(at + 25200000) / 3600000" // Bar
	if by == query.Day {
		bar = "(at + 25200000) / 86400000"
	}
	text := fmt.Sprintf(`WITH m AS MATERIALIZED (SELECT d.at, d.story, d.many FROM %s)
		SELECT %s AS bar, count(*), count(*) FILTER (WHERE NOT many) FROM m GROUP BY bar
		UNION ALL
		SELECT %s AS bar, 0, count(*) FROM (SELECT min(at) AS at FROM m WHERE many GROUP BY story) GROUP BY bar`,
		from.sql, bar, bar)
	rows, err := f.read.QueryContext(ctx, text, from.args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	mentions, stories = map[int64]int{}, map[int64]int{}
	for rows.Next() {
		var bar int64
		var count, story int
		if err := rows.Scan(&bar, &count, &story); err != nil {
			return nil, nil, err
		}
		if count > 0 {
			mentions[bar] += count
		}
		stories[bar] += story
	}
	return mentions, stories, rows.Err()
}
