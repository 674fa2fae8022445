package indexer_test

import (
	"testing"

	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/indexer/memory"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/fingerprint"
)

// excerpts are posts of a few sentences that the gold calls copies of long
// articles: they share at most a twentieth of the shingles, and a fingerprint
// is not made to find them.
func excerpts() map[string]bool {
	return map[string]bool{"S1-fb-0408-1": true, "S9-fb-0409-1": true, "S7-fb-0608-1": true, "S9-fb-0711-1": true}
}

// TestStoriesOfTheFixturePress groups the whole fortnight and compares with
// its gold.
func TestStoriesOfTheFixturePress(t *testing.T) {
	press, err := newsroom.New(newsroom.Options{})
	if err != nil {
		t.Fatal(err)
	}
	items := press.Items()
	root, names := map[string]string{}, map[mention.ID]string{}
	var batch []*mention.Mention
	for _, it := range items {
		m := read(t, it)
		names[m.ID] = it.ID
		batch = append(batch, m)
	}
	for _, it := range items {
		root[it.ID] = it.ID
		for at, ok := it, true; ok && at.CopyOf != "" && !excerpts()[at.ID]; {
			root[it.ID] = at.CopyOf
			at, ok = press.Item(at.CopyOf)
		}
	}
	e := memory.New()
	for _, err := range e.Write(t.Context(), batch) {
		t.Fatal(err)
	}
	page, err := e.Search(t.Context(), query.Request{Limit: 1000, Sort: query.ByOldest})
	if err != nil || page.Total != len(items) {
		t.Fatalf("%d of %d items, %v", page.Total, len(items), err)
	}
	first := map[string]string{} // gold root → group it was given
	copies, different := 0, 0
	for _, h := range page.Hits {
		name := names[h.Mention.ID]
		if group, seen := first[root[name]]; seen && group != h.Group {
			t.Errorf("%s stands in %s's story, not with the copies of %s", name, names[mention.ID(h.Group)], root[name])
		}
		first[root[name]] = h.Group
		if got := root[names[mention.ID(h.Group)]]; got != root[name] {
			t.Errorf("%s stands in %s's story, is a copy of %s", name, names[mention.ID(h.Group)], root[name])
		}
		if string(h.Mention.ID) != h.Group {
			copies++
		}
		if h.Different {
			different++
		}
	}
	t.Logf("%d items, %d copies, %d with other figures", len(items), copies, different)
	if copies < 30 || different == 0 {
		t.Errorf("%d copies, %d with other figures: want some of both", copies, different)
	}
}

func read(t testing.TB, it newsroom.Item) *mention.Mention {
	t.Helper()
	m := &mention.Mention{
		Schema: mention.Schema, ID: mention.NewID(it.Kind, it.Outlet, it.ID), Revision: it.Published.Unix(),
		Origin:  mention.Origin{Kind: it.Kind, Outlet: it.Outlet, Channel: it.Channel, Found: it.Published, Fetched: it.Published},
		Text:    mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body, Published: it.Published},
		Reading: &mention.Reading{Revision: 2},
	}
	if err := fingerprint.NewStep().Read(t.Context(), m, m.Reading); err != nil {
		t.Fatal(err)
	}
	return m
}
