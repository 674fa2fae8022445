package memory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// matching gives the documents that a plan matches, first published first.
func (e *Engine) matching(p *indexer.Plan) []*indexer.Document {
	var out []*indexer.Document
	for _, d := range e.docs {
		if p.Match(d, string(e.standing(d.ID).Group)) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, oldest)
	return out
}

func oldest(a, b *indexer.Document) int {
	return cmp.Or(cmp.Compare(a.When, b.When), cmp.Compare(a.ID, b.ID))
}

func newest(a, b *indexer.Document) int {
	return cmp.Or(cmp.Compare(b.When, a.When), cmp.Compare(a.ID, b.ID))
}

// folded keeps the first document of every story.
func (e *Engine) folded(docs []*indexer.Document) []*indexer.Document {
	seen := map[mention.ID]bool{}
	var out []*indexer.Document
	for _, d := range docs {
		if group := e.standing(d.ID).Group; !seen[group] {
			seen[group] = true
			out = append(out, d)
		}
	}
	return out
}

// Search implements query.Searcher.
func (e *Engine) Search(_ context.Context, r query.Request) (page query.Page, err error) {
	p, err := indexer.NewPlan(r)
	if err != nil {
		return page, err
	}
	e.look(func() {
		docs := e.matching(p)
		if p.Fold {
			docs = e.folded(docs)
		}
		page.Total = len(docs)
		order := order(p)
		slices.SortFunc(docs, order)
		if p.After != nil {
			docs = slices.DeleteFunc(docs, func(d *indexer.Document) bool { return !after(p, d) })
		}
		for _, d := range docs[:min(len(docs), p.Limit)] {
			page.Hits = append(page.Hits, e.hit(d, p))
		}
		if len(docs) > p.Limit {
			page.Next = p.Next(page.Hits[p.Limit-1])
		}
	})
	return page, nil
}

func order(p *indexer.Plan) func(a, b *indexer.Document) int {
	switch p.Sort {
	case query.ByOldest:
		return oldest
	case query.ByRelevance:
		return func(a, b *indexer.Document) int {
			return cmp.Or(cmp.Compare(p.Score(b), p.Score(a)), newest(a, b))
		}
	}
	return newest
}

// after reports whether d comes after the plan's position.
func after(p *indexer.Plan, d *indexer.Document) bool {
	at := &indexer.Document{ID: p.After.ID, When: p.After.When}
	switch p.Sort {
	case query.ByOldest:
		return oldest(d, at) > 0
	case query.ByRelevance:
		return cmp.Or(cmp.Compare(p.After.Score, p.Score(d)), newest(d, at)) > 0
	}
	return newest(d, at) > 0
}

func (e *Engine) hit(d *indexer.Document, p *indexer.Plan) query.Hit {
	s := e.standing(d.ID)
	h := query.Hit{Mention: record(d), Group: string(s.Group), Different: s.Different}
	for id := range e.docs {
		if id != d.ID && e.standing(id).Group == s.Group {
			h.Copies++
		}
	}
	if p != nil {
		h.Highlights = p.Highlights(&h.Mention.Text)
		if p.Sort == query.ByRelevance {
			h.Score = p.Score(d)
		}
	}
	return h
}

// record gives the mention of a document, which NewDocument has encoded.
func record(d *indexer.Document) *mention.Mention {
	m, err := mention.Decode(d.Record)
	if err != nil {
		panic(fmt.Sprintf("memory: a document that cannot be read: %v", err))
	}
	return m
}

// Get implements query.Searcher.
func (e *Engine) Get(_ context.Context, id mention.ID) (h query.Hit, err error) {
	e.look(func() {
		if d := e.docs[id]; d != nil {
			h = e.hit(d, nil)
			return
		}
		err = query.ErrNotFound
	})
	return h, err
}

// Revisions implements query.Searcher.
func (e *Engine) Revisions(_ context.Context, id mention.ID) (out []*mention.Mention, _ error) {
	e.look(func() {
		for _, revision := range slices.Sorted(maps.Keys(e.older[id])) {
			out = append(out, record(e.older[id][revision]))
		}
	})
	return out, nil
}

// Facets implements query.Searcher.
func (e *Engine) Facets(_ context.Context, r query.Request, fields []string, most int) (map[string][]query.Facet, error) {
	p, err := indexer.NewPlan(r)
	if err != nil {
		return nil, err
	}
	out := map[string][]query.Facet{}
	for _, field := range fields {
		if !slices.Contains(indexer.FacetFields(), field) {
			return nil, fmt.Errorf("memory: facets: no field %q", field)
		}
		e.look(func() {
			counts := map[string]int{}
			for _, d := range e.matching(p) {
				for _, v := range d.Values[field] {
					counts[v]++
				}
			}
			if top := indexer.Top(counts, most); len(top) > 0 {
				out[field] = top
			}
		})
	}
	return out, nil
}

// Histogram implements query.Searcher.
func (e *Engine) Histogram(_ context.Context, r query.Request, by query.Interval) (out []query.Bucket, err error) {
	p, err := indexer.NewPlan(r)
	if err != nil {
		return nil, err
	}
	e.look(func() {
		mentions, stories := map[int64]int{}, map[int64]int{}
		docs := e.matching(p)
		for _, d := range docs {
			mentions[indexer.Bar(d.When, by)]++
		}
		for _, d := range e.folded(docs) {
			stories[indexer.Bar(d.When, by)]++
		}
		out, err = p.Bars(by, mentions, stories)
	})
	return out, err
}

// Purge implements indexer.Purger.
func (e *Engine) Purge(_ context.Context, f query.Filter) (n int, err error) {
	p, err := indexer.NewPurge(f)
	if err != nil {
		return 0, err
	}
	e.look(func() {
		for _, d := range e.matching(p) {
			n++
			e.drop(d.ID)
		}
	})
	return n, nil
}

// Forget implements indexer.Purger.
func (e *Engine) Forget(_ context.Context, ids ...mention.ID) (n int, _ error) {
	e.look(func() {
		for _, id := range ids {
			if e.docs[id] != nil {
				n++
			}
			e.drop(id)
			e.gone[id] = true
			if e.next != nil {
				e.next.drop(id)
				e.next.gone[id] = true
			}
		}
	})
	return n, nil
}

func (e *Engine) drop(id mention.ID) {
	delete(e.docs, id)
	delete(e.older, id)
	e.stands = nil
}
