package watch

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

var hanoi = time.FixedZone("+07", 7*3600)

// index is a Searcher over a list in memory.
type index struct {
	mu   sync.Mutex
	hits []query.Hit // in order of time
	down error
}

func (x *index) put(hits ...query.Hit) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.hits = append(x.hits, hits...)
	slices.SortStableFunc(x.hits, func(a, b query.Hit) int {
		return cmp.Or(a.Mention.When().Compare(b.Mention.When()), cmp.Compare(a.Mention.ID, b.Mention.ID))
	})
}

func (x *index) matching(f query.Filter) []query.Hit {
	var out []query.Hit
	for _, h := range x.hits {
		when := h.Mention.When()
		if !f.From.IsZero() && when.Before(f.From) || !f.To.IsZero() && !when.Before(f.To) {
			continue
		}
		if tone := h.Mention.Reading.Tone; len(f.Tones) > 0 && (!tone.Sure || !slices.Contains(f.Tones, tone.Value)) {
			continue
		}
		if len(f.Policies) == 0 || slices.ContainsFunc(h.Mention.Reading.Policies, func(p mention.PolicyHit) bool {
			return slices.Contains(f.Policies, p.ID)
		}) {
			out = append(out, h)
		}
	}
	return out
}

func (x *index) Search(_ context.Context, r query.Request) (query.Page, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.down != nil {
		return query.Page{}, x.down
	}
	hits := x.matching(r.Filter)
	if r.Sort != query.ByOldest {
		slices.Reverse(hits)
	}
	page := query.Page{Total: len(hits)}
	from, _ := strconv.Atoi(r.Cursor)
	to := min(from+r.Limit, len(hits))
	page.Hits = hits[from:to]
	if to < len(hits) {
		page.Next = strconv.Itoa(to)
	}
	return page, nil
}

func (x *index) Histogram(_ context.Context, r query.Request, by query.Interval) ([]query.Bucket, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.down != nil {
		return nil, x.down
	}
	if by != query.Hour {
		return nil, fmt.Errorf("interval %q", by)
	}
	var bars []query.Bucket
	for t := r.From; t.Before(r.To); t = t.Add(time.Hour) {
		bars = append(bars, query.Bucket{Start: t})
	}
	for _, h := range x.matching(r.Filter) {
		bars[int(h.Mention.When().Sub(r.From)/time.Hour)].Count++
	}
	return bars, nil
}

// sure is a label as a reader would give it who is right and knows it.
func sure(value string) mention.Label { return mention.Label{Value: value, Score: 0.95, Sure: true} }

// fortnight is the fixture press with its gold labels as readings.
func fortnight(t testing.TB) (*index, []newsroom.Item) {
	t.Helper()
	press, err := newsroom.New(newsroom.Options{Start: newsroom.DayZero()})
	if err != nil {
		t.Fatal(err)
	}
	x := &index{}
	groups := map[string]string{}
	for _, it := range press.Items() {
		groups[it.ID] = cmp.Or(groups[it.CopyOf], it.ID)
		x.put(hitOf(it, groups[it.ID]))
	}
	return x, press.Items()
}

func nameOf(id string) mention.ID { return mention.NewID(mention.Press, "", id) }

func hitOf(it newsroom.Item, group string) query.Hit {
	m := &mention.Mention{
		Schema: 1, ID: nameOf(it.ID), Revision: 1,
		Origin: mention.Origin{Kind: it.Kind, Outlet: it.Outlet, Channel: it.Channel, URL: it.ID},
		Text: mention.Text{
			Title: it.Title, Lead: it.Lead, Body: it.Body,
			Published: newsroom.DayZero().Add(time.Duration(it.At) * time.Minute),
		},
		Reading: &mention.Reading{Tone: sure(it.Gold.Tone)},
	}
	if it.Parent != "" {
		m.Origin.Parent = nameOf(it.Parent)
	}
	for _, target := range it.Gold.Targets {
		m.Reading.Policies = append(m.Reading.Policies, mention.PolicyHit{ID: target.Policy})
		m.Reading.Stances = append(m.Reading.Stances, mention.Stance{Policy: target.Policy, Label: sure(target.Stance)})
	}
	return query.Hit{Mention: m, Group: string(nameOf(group))}
}

// mislabel flips the tone and the stances of a share of the mentions.
func (x *index) mislabel(share float64, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	tones := []string{"pos", "neu", "neg"}
	stances := map[string]string{"pos": "favour", "neu": "none", "neg": "against"}
	for _, h := range x.hits {
		if random.Float64() >= share {
			continue
		}
		r := h.Mention.Reading
		was := slices.Index(tones, r.Tone.Value)
		tone := tones[(was+1+random.IntN(2))%3]
		r.Tone = sure(tone)
		for i := range r.Stances {
			r.Stances[i].Label = sure(stances[tone])
		}
	}
}

// registry is the policies of the fortnight and quiet ones up to the size of a
// unit's registry.
func registry(items []newsroom.Item) []string {
	seen := map[string]bool{}
	for _, it := range items {
		for _, target := range it.Gold.Targets {
			seen[target.Policy] = true
		}
	}
	for i := 0; len(seen) < 86; i++ {
		seen[fmt.Sprint("yen-", i)] = true
	}
	var ids []string
	for id := range seen {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// at is an hour of the fortnight; day 0 is a Monday.
func at(day int, clock string) time.Time {
	var hour, minute int
	if _, err := fmt.Sscanf(clock, "%d:%d", &hour, &minute); err != nil {
		panic(err)
	}
	return newsroom.DayZero().AddDate(0, 0, day).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// when writes a time the same way.
func when(t time.Time) string {
	d := t.Sub(newsroom.DayZero())
	return fmt.Sprintf("day %d %02d:%02d", int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60)
}

func (x *index) fail(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.down = err
}
