package indextest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Open gives an empty engine that is closed when the test ends.
type Open func(t *testing.T) indexer.Engine

// Run holds an engine to the contract.
func Run(t *testing.T, open Open) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *index)
	}{
		{"an empty index answers", testEmpty},
		{"writing twice is writing once", testIdempotent},
		{"the newest version stays, in any order", testVersions},
		{"a bad record is refused and the rest is written", testBadRecord},
		{"older texts are kept", testRevisions},
		{"words find accents", testAccents},
		{"exact accents rank first", testRelevance},
		{"the query language", testLanguage},
		{"a wrong request says what is wrong", testWrongRequests},
		{"filters", testFilters},
		{"facets", testFacets},
		{"histogram in Vietnamese time", testHistogram},
		{"histogram counts stories once", testHistogramStories},
		{"pages are stable while writes go on", testPaging},
		{"cursors of every order", testOrders},
		{"copies fold into stories", testStories},
		{"stories do not depend on the order of arrival", testStoryOrder},
		{"a new revision may leave its story", testLeavingStory},
		{"comments do not group", testComments},
		{"masked text can be neither found nor seen", testMasked},
		{"removed mentions are kept and marked", testRemoved},
		{"purge", testPurge},
		{"forget is for ever", testForget},
		{"rebuild swaps in what was replayed", testRebuild},
		{"a failed rebuild changes nothing", testFailedRebuild},
		{"writers and readers at once", testConcurrency},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, &index{t: t, Engine: open(t)}) })
	}
}

// index is an engine that a test talks to.
type index struct {
	t *testing.T
	indexer.Engine
}

func (x *index) write(batch ...*mention.Mention) {
	x.t.Helper()
	for i, err := range x.Write(x.t.Context(), batch) {
		if err != nil {
			x.t.Fatalf("write %s: %v", batch[i].Text.Title, err)
		}
	}
}

// search gives all pages of a request.
func (x *index) search(r query.Request) query.Page {
	x.t.Helper()
	all, err := Pages(x.t, x.Engine, r)
	if err != nil {
		x.t.Fatalf("search %+v: %v", r, err)
	}
	return all
}

// Pages walks through all pages of a request and gives their hits as one.
func Pages(t testing.TB, s query.Searcher, r query.Request) (all query.Page, err error) {
	for n := 0; ; n++ {
		page, err := s.Search(t.Context(), r)
		if err != nil {
			return all, err
		}
		if n == 0 {
			all.Total = page.Total
		}
		all.Hits = append(all.Hits, page.Hits...)
		if page.Next == "" {
			return all, nil
		}
		if n > 1000 {
			return all, fmt.Errorf("no end after %d pages", n)
		}
		r.Cursor = page.Next
	}
}

// titles of what is found, in the order of the answer.
func titles(p query.Page) []string {
	out := make([]string, len(p.Hits))
	for i, h := range p.Hits {
		out[i] = h.Mention.Text.Title
	}
	return out
}

// finds fails unless the request finds these titles, in this order.
func (x *index) finds(r query.Request, want ...string) {
	x.t.Helper()
	page := x.search(r)
	got := titles(page)
	if !slices.Equal(got, want) {
		x.t.Errorf("%s: found %q, want %q", describe(r), got, want)
	}
	if page.Total != len(want) {
		x.t.Errorf("%s: total %d, want %d", describe(r), page.Total, len(want))
	}
}

// findsSet is finds whatever the order.
func (x *index) findsSet(r query.Request, want ...string) {
	x.t.Helper()
	got := titles(x.search(r))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		x.t.Errorf("%s: found %q, want %q", describe(r), got, want)
	}
}

func describe(r query.Request) string {
	if r.Text != "" {
		return r.Text
	}
	return fmt.Sprintf("%+v", r.Filter)
}

func (x *index) get(id mention.ID) query.Hit {
	x.t.Helper()
	h, err := x.Get(x.t.Context(), id)
	if err != nil {
		x.t.Fatalf("get %s: %v", id, err)
	}
	return h
}

func (x *index) same(what string, got, want any) {
	x.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		x.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
