package indextest

import (
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

func testFacets(t *testing.T, x *index) {
	policies := func(ids ...string) Option {
		return Read(func(r *mention.Reading) {
			for _, id := range ids {
				r.Policies = append(r.Policies, mention.PolicyHit{ID: id}, mention.PolicyHit{ID: id})
			}
		})
	}
	tone := func(l mention.Label) Option { return Read(func(r *mention.Reading) { r.Tone = l }) }
	x.write(
		Mention("1", policies("b", "a"), tone(Sure("neg"))), Mention("2", policies("b"), tone(Unsure("pos"))),
		Mention("3", policies("c"), tone(Sure("neg"))), Mention("4", Outlet(mention.Social, "mxh")),
		Mention("5", Text("khác", ""), policies("d")),
	)
	got, err := x.Facets(t.Context(), query.Request{Text: "-khác", Limit: 1},
		[]string{query.FieldPolicy, query.FieldTone, query.FieldKind, query.FieldPlace}, 2)
	if err != nil {
		t.Fatal(err)
	}
	x.same("policies, the most frequent first, ties by value", got[query.FieldPolicy], []query.Facet{{Value: "b", Count: 2}, {Value: "a", Count: 1}})
	x.same("tones", got[query.FieldTone], []query.Facet{{Value: "neg", Count: 2}, {Value: "unsure", Count: 1}})
	x.same("kinds", got[query.FieldKind], []query.Facet{{Value: "press", Count: 3}, {Value: "social", Count: 1}})
	x.same("places", len(got[query.FieldPlace]), 0)
}

func testHistogram(t *testing.T, x *index) {
	second, half := time.Second, 30*time.Minute
	x.write(
		Mention("1", At(Day().Add(-second))),      // 23:59:59 of the day before
		Mention("2", At(Day())),                   // midnight
		Mention("3", At(Day().Add(half).UTC())),   // whatever zone it is given in
		Mention("4", At(Day().AddDate(0, 0, 1))),  // the next midnight
		Mention("5", At(Day().Add(25*time.Hour))), // 01:00
		Mention("6", At(time.Time{}), func(m *mention.Mention) { m.Origin.Found = Day().Add(2*time.Hour - second) }),
	)
	days, err := x.Histogram(t.Context(), query.Request{}, query.Day)
	if err != nil {
		t.Fatal(err)
	}
	x.same("days", days, []query.Bucket{
		{Start: Day().AddDate(0, 0, -1), Count: 1, Stories: 1}, {Start: Day(), Count: 3, Stories: 3},
		{Start: Day().AddDate(0, 0, 1), Count: 2, Stories: 2},
	})
	bounded := query.Request{Filter: query.Filter{From: Day().Add(-90 * time.Minute), To: Day().Add(2 * time.Hour)}}
	hours, err := x.Histogram(t.Context(), bounded, query.Hour)
	if err != nil {
		t.Fatal(err)
	}
	x.same("hours", hours, []query.Bucket{
		{Start: Day().Add(-2 * time.Hour)}, {Start: Day().Add(-1 * time.Hour), Count: 1, Stories: 1},
		{Start: Day(), Count: 2, Stories: 2}, {Start: Day().Add(time.Hour), Count: 1, Stories: 1},
	})
	if zone, shift := hours[0].Start.Zone(); zone != viet.Zone().String() || shift != 7*60*60 {
		t.Errorf("bars start in %s (%d s), want Vietnamese time", zone, shift)
	}
	none := query.Request{Text: "không-có", Filter: query.Filter{From: Day(), To: Day().AddDate(0, 0, 2)}}
	empty, err := x.Histogram(t.Context(), none, query.Day)
	if err != nil {
		t.Fatal(err)
	}
	x.same("bounded and empty", empty, []query.Bucket{{Start: Day()}, {Start: Day().AddDate(0, 0, 1)}})
}

func testHistogramStories(t *testing.T, x *index) {
	x.write(
		Mention("1", Copy("s", 1, ""), At(Day().Add(30*time.Minute))),
		Mention("2", Copy("s", 1, ""), Outlet(mention.Press, "vnm"), At(Day().Add(40*time.Minute))),
		Mention("3", Copy("s", 1, ""), Outlet(mention.Press, "vnm"), At(Day().Add(90*time.Minute))),
		Mention("4", At(Day().Add(95*time.Minute))),
	)
	for _, c := range []struct {
		r    query.Request
		want [][2]int
	}{
		{query.Request{}, [][2]int{{2, 1}, {2, 1}}},
		// The first member that matches counts, not the first of all.
		{query.Request{Filter: query.Filter{Outlets: []string{"vnm"}}}, [][2]int{{1, 1}, {1, 0}}},
		{query.Request{Filter: query.Filter{From: Day().Add(time.Hour)}}, [][2]int{{2, 2}}},
	} {
		bars, err := x.Histogram(t.Context(), c.r, query.Hour)
		if err != nil {
			t.Fatal(err)
		}
		got := make([][2]int, 0, len(bars))
		for _, b := range bars {
			got = append(got, [2]int{b.Count, b.Stories})
		}
		x.same(describe(c.r), got, c.want)
	}
}
