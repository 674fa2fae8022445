package indexer_test

import (
	"slices"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/memory"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

func TestExpireGoesByKindAndVietnameseDays(t *testing.T) {
	e := memory.New()
	social := func(name string, at time.Time) *mention.Mention {
		return indextest.Mention(name, indextest.Outlet(mention.Social, "mxh"), indextest.At(at))
	}
	midnight := indextest.Day().AddDate(0, 0, -30)
	for _, err := range e.Write(t.Context(), []*mention.Mention{
		social("old", midnight.Add(-time.Second)), social("kept", midnight),
		indextest.Mention("press", indextest.At(midnight.AddDate(-3, 0, 0))),
	}) {
		t.Fatal(err)
	}
	keep := []indexer.Keep{{Kind: "press"}, {Kind: "social", Days: 30}, {Kind: "portal", Days: 365}}
	n, err := indexer.Expire(t.Context(), e, keep, indextest.Day().Add(23*time.Hour).UTC())
	if err != nil || n != 1 {
		t.Fatalf("expired %d, %v, want 1", n, err)
	}
	page, err := e.Search(t.Context(), query.Request{})
	if err != nil || page.Total != 2 {
		t.Errorf("%d mentions left, %v, want 2", page.Total, err)
	}
}

// What Expire removes, a rebuild does not bring back.
func TestKeptLeavesOutWhatExpires(t *testing.T) {
	midnight := indextest.Day().AddDate(0, 0, -30)
	all := []*mention.Mention{
		indextest.Mention("old", indextest.Outlet(mention.Social, "mxh"), indextest.At(midnight.Add(-time.Second))),
		indextest.Mention("kept", indextest.Outlet(mention.Social, "mxh"), indextest.At(midnight)),
		indextest.Mention("press", indextest.At(midnight.AddDate(-3, 0, 0))),
		indextest.Mention("ever", indextest.Outlet(mention.Portal, "cong"), indextest.At(midnight.AddDate(-9, 0, 0))),
	}
	keep := []indexer.Keep{{Kind: "social", Days: 30}, {Kind: "portal"}}
	feed := func(write func([]*mention.Mention) error) error { return write(all) }
	var got []*mention.Mention
	err := indexer.Kept(feed, keep, indextest.Day())(func(batch []*mention.Mention) error {
		got = append(got, batch...)
		return nil
	})
	if err != nil || !slices.Equal(got, all[1:]) {
		t.Errorf("%d of %d mentions, %v", len(got), len(all), err)
	}
	e := memory.New()
	for _, err := range e.Write(t.Context(), all) {
		t.Fatal(err)
	}
	if n, err := indexer.Expire(t.Context(), e, keep, indextest.Day()); err != nil || n != 1 {
		t.Errorf("expired %d, %v", n, err)
	}
}

func TestKeepValidates(t *testing.T) {
	var got []string
	report := func(path, _ string) { got = append(got, path) }
	indexer.Keep{Kind: "blog", Days: -1}.Validate(report)
	indexer.Keep{Kind: "press", Days: 0}.Validate(report)
	if !slices.Equal(got, []string{"kind", "days"}) {
		t.Errorf("reported %q", got)
	}
}
