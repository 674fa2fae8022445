package embedded

import (
	"fmt"
	"strings"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/viet"
)

// source is the FROM and WHERE of a plan: a table d of the documents that
// match, with its arguments.
type source struct {
	sql  string
	args []any
}

// maxDayTags bounds the days that are named one by one.
const maxDayTags = 45

// newSource translates a plan. What full text can answer goes into one MATCH,
// the rest into conditions on the row.
func newSource(p *indexer.Plan) source {
	var must, not []string
	s := source{}
	conds := []string{}
	for _, part := range p.Where {
		if m, ok := match(part); ok {
			must = append(must, m)
		} else if none, is := part.(indexer.None); is && matches(none.Expr) {
			m, _ := match(none.Expr)
			not = append(not, m)
		} else {
			conds = append(conds, s.cond(part))
		}
	}
	conds = append(conds, s.cond(p.Between))
	conditions, args := strings.Join(conds, " AND "), s.args
	if len(must) == 0 {
		for _, m := range not {
			conditions += " AND " + notMatch
			args = append(args, m)
		}
		return source{"doc d WHERE " + conditions, args}
	}
	if days := dayTags(p.Between); days != "" {
		must = append(must, days)
	}
	text := strings.Join(must, " AND ")
	if len(not) > 0 {
		text = "(" + text + ") NOT (" + strings.Join(not, " OR ") + ")"
	}
	return source{
		"fts CROSS JOIN doc d ON d.doc = fts.rowid WHERE fts MATCH ? AND " + conditions,
		append([]any{text}, args...),
	}
}

const (
	isMatch  = "d.doc IN (SELECT rowid FROM fts WHERE fts MATCH ?)"
	notMatch = "d.doc NOT IN (SELECT rowid FROM fts WHERE fts MATCH ?)"
)

// cond writes a condition on d and collects its arguments in order.
func (s *source) cond(e indexer.Expr) string {
	if m, ok := match(e); ok {
		s.args = append(s.args, m)
		return isMatch
	}
	switch e := e.(type) {
	case indexer.All:
		return s.list(e, " AND ", "1")
	case indexer.Any:
		return s.list(e, " OR ", "0")
	case indexer.None:
		return "NOT " + s.cond(e.Expr)
	case indexer.Between:
		s.args = append(s.args, e.From, e.To)
		return "(d.at >= ? AND d.at < ?)"
	case indexer.InGroup:
		s.args = append(s.args, string(e))
		return "d.story = (SELECT doc FROM doc WHERE id = ?)"
	}
	return "0"
}

func (s *source) list(parts []indexer.Expr, between, empty string) string {
	if len(parts) == 0 {
		return empty
	}
	conds := make([]string, len(parts))
	for i, part := range parts {
		conds[i] = s.cond(part)
	}
	return "(" + strings.Join(conds, between) + ")"
}

func matches(e indexer.Expr) bool { _, ok := match(e); return ok }

// match writes a condition in FTS5's own language, where that is possible.
// Quoting is safe: tokens hold letters and digits only, tags no quotation
// marks.
func match(e indexer.Expr) (string, bool) {
	switch e := e.(type) {
	case indexer.Words:
		return anywhere(e), true
	case indexer.Tagged:
		return `tags : "` + string(e) + `"`, true
	case indexer.All:
		return matchList(e, " AND ")
	case indexer.Any:
		return matchList(e, " OR ")
	}
	return "", false
}

func matchList(parts []indexer.Expr, between string) (string, bool) {
	if len(parts) == 0 {
		return "", false
	}
	out := make([]string, len(parts))
	for i, part := range parts {
		m, ok := match(part)
		if !ok {
			return "", false
		}
		out[i] = m
	}
	return "(" + strings.Join(out, between) + ")", true
}

func anywhere(w indexer.Words) string {
	if w.Marked() {
		return fmt.Sprintf(`{title_key text_key} : ("%s" OR "%s")`, w.Keys, w.Folds)
	}
	return fmt.Sprintf(`{title_fold text_fold} : "%s"`, w.Folds)
}

func inTitle(w indexer.Words) string {
	if w.Marked() {
		return fmt.Sprintf(`title_key : ("%s" OR "%s")`, w.Keys, w.Folds)
	}
	return fmt.Sprintf(`title_fold : "%s"`, w.Folds)
}

func asTyped(w indexer.Words) string {
	return fmt.Sprintf(`{title_key text_key} : "%s"`, w.Keys)
}

// score writes the relevance of d.
func (s *source) score(terms []indexer.Words) (sql string, args []any) {
	if len(terms) == 0 {
		return "0", nil
	}
	sums := make([]string, 0, 2*len(terms))
	for _, w := range terms {
		sums = append(sums, fmt.Sprintf("%d * (%s)", indexer.WeightExact, isMatch),
			fmt.Sprintf("%d * (%s)", indexer.WeightTitle, isMatch))
		args = append(args, asTyped(w), inTitle(w))
	}
	return strings.Join(sums, " + "), args
}

// dayTags names the days of a short range; "" for a long or open one.
func dayTags(b indexer.Between) string {
	if b.To-b.From > maxDayTags*24*60*60*1000 || b.To <= b.From {
		return ""
	}
	day := time.UnixMilli(b.From).In(viet.Zone())
	last := dayTag(b.To - 1)
	out := []string{}
	for {
		tag := dayTag(day.UnixMilli())
		out = append(out, `"`+tag+`"`)
		if tag >= last {
			return "tags : (" + strings.Join(out, " OR ") + ")"
		}
		day = day.AddDate(0, 0, 1)
	}
}
