package digest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
)

// reach is how many stories a part looks through before it chooses.
const reach = 300

// Compose makes the draft of the day of now.
func Compose(ctx context.Context, s query.Searcher, c Config, now time.Time) (*Digest, error) {
	c = c.WithDefaults()
	from, to, final := Period(now, c.Cutoff)
	d := &Digest{Day: now.In(viet.Zone()).Format("2006-01-02"), From: from, To: to, Final: final}
	b := &builder{ctx: ctx, search: s, config: c, about: query.Filter{From: from, To: to, Relevant: yes()}}
	b.overview(d)
	b.featured(d)
	b.part(d, "direction", query.Filter{Acts: []string{"official"}, Kinds: []string{"press", "portal"}})
	b.policies(d)
	b.part(d, "issues", query.Filter{Tones: []string{"neg"}, Kinds: []string{"press", "portal"}})
	b.part(d, "people", query.Filter{Acts: []string{"question", "request", "complaint"}, Kinds: []string{"social"}})
	b.falsehoods(d)
	b.part(d, "social", query.Filter{Kinds: []string{"social"}, Tones: []string{"neg", "pos"}})
	if final && now.After(to) {
		d.After = b.count(query.Filter{From: to, To: now, Relevant: yes()})
	}
	if b.err != nil {
		return nil, fmt.Errorf("digest: compose %s: %w", d.Day, b.err)
	}
	return d, nil
}

func yes() *bool { v := true; return &v }

// builder asks the index; after the first error it asks no more.
type builder struct {
	ctx    context.Context
	search query.Searcher
	config Config
	about  query.Filter
	err    error
}

func (b *builder) page(r query.Request) query.Page {
	if b.err != nil {
		return query.Page{}
	}
	var page query.Page
	page, b.err = b.search.Search(b.ctx, r)
	return page
}

func (b *builder) count(f query.Filter) int { return b.page(query.Request{Limit: 1, Filter: f}).Total }

func (b *builder) facets(f query.Filter, most int, fields ...string) map[string][]query.Facet {
	if b.err != nil {
		return nil
	}
	var out map[string][]query.Facet
	out, b.err = b.search.Facets(b.ctx, query.Request{Filter: f}, fields, most)
	return out
}

func tally(fs []query.Facet) map[string]int {
	out := map[string]int{}
	for _, f := range fs {
		out[f.Value] = f.Count
	}
	return out
}

func (b *builder) overview(d *Digest) {
	now := b.facets(b.about, 50, query.FieldKind, query.FieldTone, query.FieldOutlet)
	before := b.about
	before.From, before.To = before.From.AddDate(0, 0, -1), before.To.AddDate(0, 0, -1)
	was := b.facets(before, 50, query.FieldTone)
	d.Total = Overview{
		Mentions: b.count(b.about), Before: b.count(before), Kinds: tally(now[query.FieldKind]),
		Tones: tally(now[query.FieldTone]), Was: tally(was[query.FieldTone]), Outlets: []Count{},
		Stories: b.page(query.Request{Limit: 1, Fold: true, Filter: b.about}).Total,
	}
	for _, o := range now[query.FieldOutlet][:min(5, len(now[query.FieldOutlet]))] {
		d.Total.Outlets = append(d.Total.Outlets, Count{o.Value, o.Count})
	}
}

// narrowed joins the period with a part's own filter.
func (b *builder) narrowed(f query.Filter) query.Filter {
	f.From, f.To, f.Relevant = b.about.From, b.about.To, b.about.Relevant
	return f
}

// stories gives the stories of a filter, the most reprinted first, then the
// newest.
func (b *builder) stories(f query.Filter) ([]Item, int) {
	page := b.page(query.Request{Limit: reach, Fold: true, Filter: b.narrowed(f)})
	items := make([]Item, 0, len(page.Hits))
	for _, h := range page.Hits {
		items = append(items, newItem(h))
	}
	slices.SortStableFunc(items, func(x, y Item) int {
		return cmp.Or(cmp.Compare(y.Copies, x.Copies), y.At.Compare(x.At))
	})
	return items, page.Total
}

func (b *builder) part(d *Digest, key string, f query.Filter) {
	items, total := b.stories(f)
	b.add(d, key, total, Group{Items: items[:min(len(items), b.config.Items)]})
}

// add appends a part, also an empty one: that nothing was found is a finding.
func (b *builder) add(d *Digest, key string, total int, groups ...Group) {
	groups = slices.DeleteFunc(groups, func(g Group) bool { return len(g.Items) == 0 })
	if groups == nil {
		groups = []Group{}
	}
	d.Parts = append(d.Parts, Part{Key: key, Groups: groups, Total: total})
}

// featured are the press stories that spread furthest.
func (b *builder) featured(d *Digest) {
	items, total := b.stories(query.Filter{Kinds: []string{"press"}})
	b.add(d, "featured", total, Group{Items: items[:min(len(items), 6)]})
}

// policies groups the press by policy, the most mentioned first.
func (b *builder) policies(d *Digest) {
	kinds := []string{"press", "portal"}
	found := b.facets(b.narrowed(query.Filter{Kinds: kinds}), 10, query.FieldPolicy)
	var groups []Group
	total := 0
	for _, p := range found[query.FieldPolicy] {
		items, n := b.stories(query.Filter{Kinds: kinds, Policies: []string{p.Value}})
		groups = append(groups, Group{Policy: p.Value, Items: items[:min(len(items), 4)]})
		total += n
	}
	b.add(d, "policies", total, groups...)
}

// falsehoods are rumours, corrections and reprints whose figures differ.
func (b *builder) falsehoods(d *Digest) {
	rumours, total := b.stories(query.Filter{Acts: []string{"rumour"}})
	corrections := b.page(query.Request{Limit: 20, Text: `"cải chính"`, Filter: b.narrowed(query.Filter{Kinds: []string{"press", "portal"}})})
	changed := b.page(query.Request{Limit: reach, Filter: b.narrowed(query.Filter{Kinds: []string{"press", "portal"}})})
	seen := map[string]bool{}
	var items []Item
	take := func(i Item) {
		if !seen[string(i.ID)] {
			seen[string(i.ID)] = true
			items = append(items, i)
		}
	}
	for _, i := range rumours {
		take(i)
	}
	for _, h := range corrections.Hits {
		take(newItem(h))
	}
	for _, h := range changed.Hits {
		if h.Different {
			take(newItem(h))
		}
	}
	b.add(d, "false", max(total, len(items)), Group{Items: items[:min(len(items), b.config.Items)]})
}
