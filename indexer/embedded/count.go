package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
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
	for _, name := range fields {
		if !slices.Contains(indexer.FacetFields(), name) {
			return nil, fmt.Errorf("embedded: facets: no field %q", name)
		}
	}
	err = e.use(func(f *file) error {
		out, err = f.facets(ctx, plan, fields, most)
		return err
	})
	return out, wrap("facets", err)
}

func (f *file) facets(ctx context.Context, p *indexer.Plan, fields []string, most int) (map[string][]query.Facet, error) {
	from := newSource(p)
	counts := map[string]map[string]int{}
	var several []string
	for _, name := range fields {
		counts[name] = map[string]int{}
		if !single(name) {
			several = append(several, strconv.Itoa(slices.Index(indexer.FacetFields(), name)))
		}
	}
	if len(several) < len(counts) {
		if err := f.countLabels(ctx, from, counts); err != nil {
			return nil, err
		}
	}
	if len(several) > 0 {
		if err := f.countValues(ctx, from, several, counts); err != nil {
			return nil, err
		}
	}
	out := make(map[string][]query.Facet, len(fields))
	for _, name := range fields {
		if facets := indexer.Top(counts[name], most); len(facets) > 0 {
			out[name] = facets
		}
	}
	return out, nil
}

// countLabels counts the fields with one value a mention.
func (f *file) countLabels(ctx context.Context, from source, counts map[string]map[string]int) error {
	return f.each(ctx, `SELECT l.json, m.n FROM (SELECT d.labels, count(*) AS n FROM `+from.sql+` GROUP BY d.labels) m
		JOIN labels l ON l.labels = m.labels`, from.args, func(rows *sql.Rows) error {
		var text []byte
		var n int
		if err := rows.Scan(&text, &n); err != nil {
			return err
		}
		var values map[string]string
		if err := json.Unmarshal(text, &values); err != nil {
			return err
		}
		for name, v := range values {
			if counts[name] != nil {
				counts[name][v] += n
			}
		}
		return nil
	})
}

// countValues counts the fields, given by number, that may have several.
func (f *file) countValues(ctx context.Context, from source, fields []string, counts map[string]map[string]int) error {
	text := "WITH m AS MATERIALIZED (SELECT d.doc FROM " + from.sql + `) SELECT v.field, v.value, count(*)
		FROM m CROSS JOIN value v ON v.doc = m.doc AND v.field IN (` + strings.Join(fields, ", ") + `) GROUP BY v.field, v.value`
	names := indexer.FacetFields()
	return f.each(ctx, text, from.args, func(rows *sql.Rows) error {
		var field, n int
		var value string
		err := rows.Scan(&field, &value, &n)
		counts[names[field]][value] = n
		return err
	})
}

// each gives scan every row of an answer.
func (f *file) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := f.read.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells what went wrong
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
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
	mentions, stories = map[int64]int{}, map[int64]int{}
	err = f.each(ctx, text, from.args, func(rows *sql.Rows) error {
		var bar int64
		var count, story int
		err := rows.Scan(&bar, &count, &story)
		if count > 0 {
			mentions[bar] += count
		}
		stories[bar] += story
		return err
	})
	return mentions, stories, err
}
