package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

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
	err = e.use(func(f *file) error {
		page, err = f.search(ctx, plan)
		return err
	})
	return page, wrap("search", err)
}

func wrap(doing string, err error) error {
	if err == nil || errors.Is(err, query.ErrNotFound) || errors.Is(err, indexer.ErrBars) || errors.Is(err, ErrClosed) {
		return err
	}
	return fmt.Errorf("embedded: %s: %w", doing, err)
}

// search runs total and page in one read transaction, so that they agree.
func (f *file) search(ctx context.Context, p *indexer.Plan) (page query.Page, err error) {
	tx, err := f.read.BeginTx(ctx, nil)
	if err != nil {
		return page, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	from := newSource(p)
	if err := tx.QueryRowContext(ctx, countSQL(p, from), from.args...).Scan(&page.Total); err != nil {
		return page, err
	}
	text, args := pageSQL(p, from)
	if page.Hits, err = hits(ctx, tx, text, args); err != nil {
		return page, err
	}
	if len(page.Hits) > p.Limit {
		page.Hits = page.Hits[:p.Limit]
		page.Next = p.Next(page.Hits[p.Limit-1])
	}
	for i := range page.Hits {
		page.Hits[i].Highlights = p.Highlights(&page.Hits[i].Mention.Text)
	}
	return page, nil
}

func countSQL(p *indexer.Plan, from source) string {
	if !p.Fold {
		return "SELECT count(*) FROM " + from.sql
	}
	return "SELECT count(*) FILTER (WHERE NOT d.many) + count(DISTINCT d.story) FILTER (WHERE d.many) FROM " + from.sql
}

// pageSQL asks for one hit more than the page holds, to know whether there is
// a next one.
func pageSQL(p *indexer.Plan, from source) (string, []any) {
	score, args := "0", []any(nil)
	if p.Sort == query.ByRelevance {
		score, args = from.score(p.Terms)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "WITH m AS (SELECT d.doc, d.id, d.at, d.story, d.many, d.different, %s AS score FROM %s)", score, from.sql)
	args = append(args, from.args...)
	table := "m"
	if p.Fold {
		b.WriteString(`, folded AS (SELECT * FROM m WHERE NOT many UNION ALL
			SELECT doc, id, at, story, many, different, score FROM
			(SELECT *, row_number() OVER (PARTITION BY story ORDER BY at, id) AS n FROM m WHERE many) WHERE n = 1)`)
		table = "folded"
	}
	after, more := afterSQL(p.After)
	order := map[query.Sort]string{
		query.ByTime:      "at DESC, id",
		query.ByOldest:    "at, id",
		query.ByRelevance: "score DESC, at DESC, id",
	}[p.Sort]
	fmt.Fprintf(&b, `, page AS MATERIALIZED (SELECT * FROM %s AS x WHERE %s ORDER BY %s LIMIT ?) SELECT %s FROM page AS d JOIN record r ON r.doc = d.doc ORDER BY %s`,
		table, after, order, hitColumns, order)
	return b.String(), append(append(args, more...), p.Limit+1)
}

// afterSQL keeps what comes after a position.
func afterSQL(at *query.Position) (string, []any) {
	if at == nil {
		return "1", nil
	}
	id := string(at.ID)
	switch at.Sort {
	case query.ByOldest:
		return "(at, id) > (?, ?)", []any{at.When, id}
	case query.ByRelevance:
		return "(score < ? OR score = ? AND (at < ? OR at = ? AND id > ?))",
			[]any{at.Score, at.Score, at.When, at.When, id}
	}
	return "at <= ? AND (at < ? OR id > ?)", []any{at.When, at.When, id}
}

const hitColumns = `r.json, d.score, d.different,
	(SELECT s.id FROM doc s WHERE s.doc = d.story),
	(SELECT count(*) - 1 FROM doc s WHERE s.story = d.story)`

type querier interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

func hits(ctx context.Context, db querier, text string, args []any) ([]query.Hit, error) {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells what went wrong
	var out []query.Hit
	for rows.Next() {
		var h query.Hit
		var record []byte
		if err := rows.Scan(&record, &h.Score, &h.Different, &h.Group, &h.Copies); err != nil {
			return nil, err
		}
		if h.Mention, err = mention.Decode(record); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Get gives one mention.
func (e *Engine) Get(ctx context.Context, id mention.ID) (hit query.Hit, err error) {
	err = e.use(func(f *file) error {
		found, err := hits(ctx, f.read, "SELECT "+hitColumns+
			" FROM (SELECT *, 0 AS score FROM doc WHERE id = ?) AS d JOIN record r ON r.doc = d.doc", []any{id})
		if err == nil && len(found) == 0 {
			return query.ErrNotFound
		}
		if err == nil {
			hit = found[0]
		}
		return err
	})
	return hit, wrap("get", err)
}

// Revisions lists the older texts.
func (e *Engine) Revisions(ctx context.Context, id mention.ID) (out []*mention.Mention, err error) {
	err = e.use(func(f *file) error {
		rows, err := f.read.QueryContext(ctx, "SELECT json FROM revision WHERE id = ? ORDER BY revision", id)
		if err != nil {
			return err
		}
		defer rows.Close() //nolint:errcheck // rows.Err tells what went wrong
		for rows.Next() {
			var record []byte
			if err := rows.Scan(&record); err != nil {
				return err
			}
			m, err := mention.Decode(record)
			if err != nil {
				return err
			}
			out = append(out, m)
		}
		return rows.Err()
	})
	return out, wrap("revisions", err)
}
