package body

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
)

const name = "bodies/1"

// Step writes Reading.Bodies.
type Step struct {
	bodies []Body
	index  map[string]int
	set    *phrase.Set
	uses   [][]use
}

// use is a name, or an exclusion, of one body.
type use struct {
	body  int
	not   bool
	exact string // a single word, as it must be written
}

// NewStep compiles a registry.
func NewStep(r Registry) *Step {
	s := &Step{bodies: r.Bodies, index: map[string]int{}}
	var b phrase.Builder
	add := func(text string, u use) {
		id, ok := b.Add(text)
		if !ok {
			return
		}
		if len(viet.Tokens(text)) == 1 {
			u.exact = text
		}
		for int(id) >= len(s.uses) {
			s.uses = append(s.uses, nil)
		}
		s.uses[id] = append(s.uses[id], u)
	}
	own := map[string]bool{}
	for i, body := range r.Bodies {
		s.index[body.ID], own[viet.Key(body.Name)] = i, true
	}
	for i, body := range r.Bodies {
		for _, n := range append([]string{body.Name}, body.Press...) {
			add(n, use{body: i})
		}
		for _, f := range body.Former {
			if f.ID == "" && !own[viet.Key(f.Name)] {
				add(f.Name, use{body: i})
			}
		}
		for _, n := range body.Not {
			add(n, use{body: i, not: true})
		}
	}
	s.set = b.Build()
	return s
}

// Name is the name and version that the step signs with.
func (s *Step) Name() string { return name }

// Read finds the bodies named, one entry a body, in order of their first
// mention. ID is the body as the text names it, Now the name of the body that
// answers for it today. It never fails.
func (s *Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Bodies = []mention.Body{}
	at := map[int]int{}
	day := document.Day(m.When())
	for _, field := range mention.Fields() {
		text, _ := m.Text.Field(field)
		for _, h := range s.find(text, day) {
			span := mention.Span{Field: field, Start: h.start, End: h.end}
			if k, met := at[h.body]; met {
				r.Bodies[k].Spans = append(r.Bodies[k].Spans, span)
				continue
			}
			at[h.body] = len(r.Bodies)
			r.Bodies = append(r.Bodies, mention.Body{ID: s.bodies[h.body].ID, Now: s.now(h.body).Name,
				Written: text[h.start:h.end], Spans: []mention.Span{span}, By: name})
		}
	}
	return nil
}

type hit struct{ body, start, end int }

// find gives the bodies that one field names, in order, the longest of
// overlapping names.
func (s *Step) find(text, day string) []hit {
	var hits, masks []hit
	s.set.Search(text, func(tokens []phrase.Token, matches []phrase.Match) { hits, masks = s.named(text, tokens, matches) })
	hits = slices.DeleteFunc(hits, func(h hit) bool {
		return slices.ContainsFunc(masks, func(m hit) bool { return m.body == h.body && m.start < h.end && h.start < m.end })
	})
	return s.longest(hits, day)
}

// named gives the names met and the exclusions.
func (s *Step) named(text string, tokens []phrase.Token, matches []phrase.Match) (hits, masks []hit) {
	for _, m := range matches {
		start, end := tokens[m.First].Start, tokens[m.Last].End
		for _, u := range s.uses[m.Phrase] {
			h := hit{u.body, start, end}
			switch {
			case u.exact != "" && text[start:end] != u.exact:
			case u.not:
				masks = append(masks, h)
			default:
				hits = append(hits, h)
			}
		}
	}
	return hits, masks
}

// longest keeps one body for every stretch of text.
func (s *Step) longest(hits []hit, day string) []hit {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start),
			-cmp.Compare(s.fits(a.body, day), s.fits(b.body, day)), cmp.Compare(a.body, b.body))
	})
	var kept []hit
	var taken phrase.Taken
	for _, h := range hits {
		if _, _, met := taken.Meets(h.start, h.end); !met {
			taken.Take(h.start, h.end)
			kept = append(kept, h)
		}
	}
	slices.SortFunc(kept, func(a, b hit) int { return cmp.Compare(a.start, b.start) })
	return kept
}

// fits ranks a body by the day: 2 it existed, 1 it has ended, 0 not yet.
func (s *Step) fits(i int, day string) int {
	b := s.bodies[i]
	switch {
	case day == "" && b.Until == "", day != "" && b.Since <= day && (b.Until == "" || day <= b.Until):
		return 2
	case b.Until != "" && strings.Compare(day, b.Until) > 0, day == "":
		return 1
	}
	return 0
}

// now follows the successors to the body that answers today.
func (s *Step) now(i int) *Body {
	for range len(s.bodies) {
		b := &s.bodies[i]
		if b.Until == "" && b.Kind != "former" || len(b.Successors) == 0 {
			return b
		}
		next, ok := s.index[b.Successors[0].ID]
		if !ok {
			return b
		}
		i = next
	}
	return &s.bodies[i]
}
