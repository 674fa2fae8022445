package policy

import (
	"cmp"
	"context"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/viet"
)

const name = "policies/2"

// undatedScore is what a score is multiplied by where the day of the text is
// unknown and the date gate cannot be asked.
const undatedScore = 0.9

// Step writes Reading.Policies.
type Step struct{ matcher *Matcher }

// threadScore is what a score is multiplied by where not the text but the one
// above it names the policy: see TestThread for where it comes from.
const threadScore = 0.8

// NewStep compiles the registry into a step.
func NewStep(r Registry) *Step { return &Step{NewMatcher(r)} }

// Name is the name and version that the step signs with.
func (s *Step) Name() string { return name }

// Read finds the policies that the mention names, the most surely named
// first; where a text names none it has those of its thread, marked so. It
// uses what the language and the documents step wrote. It never fails.
func (s *Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Policies = s.matcher.Find(m, r)
	if len(r.Policies) == 0 && m.Origin.Thread != "" {
		r.Policies = s.matcher.thread(m)
	}
	return nil
}

// thread gives what is most surely named in the beginning of the text that m
// is written under: what that one names in passing, its comments seldom mean.
func (m *Matcher) thread(men *mention.Mention) []mention.PolicyHit {
	above := mention.Mention{Origin: men.Origin, Text: mention.Text{Title: men.Origin.Thread, Published: men.Text.Published}}
	out := m.Find(&above, &mention.Reading{})
	for len(out) > 0 && out[len(out)-1].Score < out[0].Score {
		out = out[:len(out)-1]
	}
	for i := range out {
		out[i].From = mention.FromThread
		out[i].Score *= threadScore
		for k := range out[i].Hits {
			out[i].Hits[k].Field = mention.FromThread
		}
	}
	return out
}

// Find gives the policies named in m, the most surely named first.
func (m *Matcher) Find(men *mention.Mention, r *mention.Reading) []mention.PolicyHit {
	memory, _ := m.scratch.Get().(*scratch)
	if memory == nil {
		memory = &scratch{}
	}
	defer m.scratch.Put(memory)
	s := searcher{Matcher: m, scratch: memory, day: document.Day(men.When()), bare: r.Language.Value == viet.VietnameseBare}
	var all []hit
	for f, field := range mention.Fields() {
		text, _ := men.Text.Field(field)
		if text == "" {
			continue
		}
		hits := s.field(f, text)
		for _, h := range s.documents(&men.Text, r.Documents, f, field) {
			if !s.masked(h) {
				hits = append(hits, h)
			}
		}
		s.hits = hits
		all = append(all, s.settle(longest(hits))...)
	}
	return s.report(&men.Text, all)
}

// report groups hits by policy.
func (s *searcher) report(text *mention.Text, hits []hit) []mention.PolicyHit {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.policy, b.policy), cmp.Compare(a.field, b.field), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	out := []mention.PolicyHit{}
	miss := 1.0
	for i, h := range hits {
		if i == 0 || h.policy != hits[i-1].policy {
			out = append(out, mention.PolicyHit{ID: s.policies[h.policy].ID, By: name})
			miss = 1
		}
		p := &out[len(out)-1]
		span := mention.Span{Field: mention.Fields()[h.field], Start: h.start, End: h.end}
		p.Hits = append(p.Hits, mention.Hit{Span: span, Written: text.Cut(span), Rule: h.rule})
		miss *= 1 - h.score
		p.Score = min(1-miss, 0.99)
		if s.day == "" {
			p.Score *= undatedScore
		}
	}
	slices.SortStableFunc(out, func(a, b mention.PolicyHit) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), -cmp.Compare(len(a.Hits), len(b.Hits)), cmp.Compare(a.ID, b.ID))
	})
	return out
}
