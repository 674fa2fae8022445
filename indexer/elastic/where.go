package elastic

import (
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
)

// filters translates what a plan must match, in filter context.
func filters(p *indexer.Plan) []object {
	out := []object{{"term": object{"state": live}}}
	if b := condition(p.Between); b != nil {
		out = append(out, b)
	}
	for _, part := range p.Where {
		out = append(out, where(part))
	}
	return out
}

// where translates one condition.
func where(e indexer.Expr) object {
	switch e := e.(type) {
	case indexer.All:
		return object{"bool": object{"filter": list(e)}}
	case indexer.Any:
		return anyOf(e)
	case indexer.None:
		return object{"bool": object{"must_not": []object{where(e.Expr)}}}
	case indexer.Words:
		return words(e, "title", "text")
	case indexer.Tagged:
		return object{"term": object{"tags": string(e)}}
	case indexer.InGroup:
		return object{"term": object{"story": string(e)}}
	case indexer.Between:
		if b := condition(e); b != nil {
			return b
		}
		return object{"match_all": object{}}
	}
	return object{"match_none": object{}}
}

func list(parts []indexer.Expr) []object {
	out := make([]object, len(parts))
	for i, part := range parts {
		out[i] = where(part)
	}
	return out
}

// anyOf joins alternatives; those of one field become one terms query, since
// a bool holds only so many clauses.
func anyOf(parts []indexer.Expr) object {
	if len(parts) == 0 {
		return object{"match_none": object{}}
	}
	var tags, stories []string
	var rest []indexer.Expr
	for _, part := range parts {
		switch part := part.(type) {
		case indexer.Tagged:
			tags = append(tags, string(part))
		case indexer.InGroup:
			stories = append(stories, string(part))
		default:
			rest = append(rest, part)
		}
	}
	should := list(rest)
	if len(tags) > 0 {
		should = append(should, object{"terms": object{"tags": tags}})
	}
	if len(stories) > 0 {
		should = append(should, object{"terms": object{"story": stories}})
	}
	return object{"bool": object{"should": should, "minimum_should_match": 1}}
}

// condition is the range of times, nil where it is open on both sides.
func condition(b indexer.Between) object {
	span := object{}
	if b.Starts() {
		span["gte"] = b.From
	}
	if b.Ends() {
		span["lt"] = b.To
	}
	if len(span) == 0 {
		return nil
	}
	return object{"range": object{"at": span}}
}

// words finds words next to one another in one of the texts.
func words(w indexer.Words, texts ...string) object {
	var should []object
	phrase := func(field, words string) {
		should = append(should, object{"match_phrase": object{field: words}})
	}
	for _, text := range texts {
		if w.Marked() {
			phrase(text+"_key", w.Keys)
			phrase(text+"_key", w.Folds)
		} else {
			phrase(text+"_fold", w.Folds)
		}
	}
	return object{"bool": object{"should": should, "minimum_should_match": 1}}
}

// scored adds relevance to a query: whole numbers, so that the sum is exact
// and the same as in every engine.
func scored(p *indexer.Plan, filter []object) object {
	query := object{"filter": filter}
	var should []object
	add := func(what object, weight int) {
		should = append(should, object{"constant_score": object{"filter": what, "boost": weight}})
	}
	for _, w := range p.Terms {
		add(object{"bool": object{"should": []object{
			{"match_phrase": object{"title_key": w.Keys}}, {"match_phrase": object{"text_key": w.Keys}},
		}, "minimum_should_match": 1}}, indexer.WeightExact)
		add(words(w, "title"), indexer.WeightTitle)
	}
	if len(should) > 0 {
		query["should"], query["minimum_should_match"] = should, 0
	}
	return object{"bool": query}
}

// order gives the sort of a plan and where a page goes on.
func order(p *indexer.Plan) (sort []object, after []any) {
	switch p.Sort {
	case query.ByOldest:
		sort = []object{{"at": "asc"}, {"id": "asc"}}
	case query.ByRelevance:
		sort = []object{{"_score": "desc"}, {"at": "desc"}, {"id": "asc"}}
	default:
		sort = []object{{"at": "desc"}, {"id": "asc"}}
	}
	if p.After == nil {
		return sort, nil
	}
	if p.Sort == query.ByRelevance {
		after = append(after, p.After.Score)
	}
	return sort, append(after, p.After.When, string(p.After.ID))
}
