package dateline

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// said is a candidate as a page gives it.
func said(t *testing.T, from, value string) Candidate {
	t.Helper()
	s, ok := Value(value, fetched)
	if !ok {
		t.Fatalf("%q is no time", value)
	}
	return Candidate{Stamp: s, From: from}
}

func TestPlacesInOrder(t *testing.T) {
	places := []string{FromRule, FromJSONLD, FromMeta, FromDateline, FromFeed, FromAddress}
	var c []Candidate
	for i, from := range slices.Backward(places) {
		c = append(c, Candidate{Stamp: Stamp{Time: fetched.AddDate(0, 0, -10*i-1), Confidence: 0.5}, From: from})
		if best, ok := Choose(c, fetched); !ok || best.From != from || !best.Time.Equal(c[len(c)-1].Time) {
			t.Errorf("%s beside worse places: %+v %v", from, best, ok)
		}
	}
}

func TestAgreementAndConflict(t *testing.T) {
	const jsonld = "2023-09-19T15:22:00+07:00"
	base := said(t, FromJSONLD, jsonld).Confidence
	for name, c := range map[string]struct {
		other Candidate
		want  float64
	}{
		"the same day halves the doubt":         {said(t, FromMeta, "2023-09-19T08:00:00+07:00"), base + (1-base)/2},
		"the same day in another zone":          {said(t, FromMeta, "2023-09-18T20:00:00Z"), base + (1-base)/2},
		"another day takes trust":               {said(t, FromMeta, "2023-09-25T15:22:00+07:00"), base * conflictFactor},
		"the next day is no conflict":           {said(t, FromMeta, "2023-09-20T08:00:00+07:00"), base},
		"an address of another day says little": {said(t, FromAddress, "2020-01-01"), base},
		"the same place twice is one witness":   {said(t, FromJSONLD, jsonld), base},
	} {
		best, ok := Choose([]Candidate{said(t, FromJSONLD, jsonld), c.other}, fetched)
		if !ok || best.From != FromJSONLD || math.Abs(best.Confidence-c.want) > 1e-9 {
			t.Errorf("%s: %+v, want %.3f", name, best, c.want)
		}
	}
	relative := Candidate{Stamp: Stamp{Time: fetched.Add(-time.Hour), Confidence: sureRelative, Relative: true}, From: FromDateline}
	if best, _ := Choose([]Candidate{said(t, FromJSONLD, jsonld), relative}, fetched); best.Confidence != base {
		t.Errorf("a relative time took trust: %+v", best)
	}
}

func TestDayTakesTheClockOfAnother(t *testing.T) {
	shown := said(t, FromDateline, "19/09/2023 15:22")
	for _, told := range []string{"2023-09-19", "2023-09-19T00:00:00+07:00", "2023-09-19 00:00:00"} {
		best, _ := Choose([]Candidate{said(t, FromMeta, told), shown}, fetched)
		if !best.Time.Equal(shown.Time) || best.DateOnly || best.From != FromDateline {
			t.Errorf("%s: %+v", told, best)
		}
	}
	best, _ := Choose([]Candidate{said(t, FromMeta, "2023-09-19T08:00:00+07:00"), shown}, fetched)
	if best.From != FromMeta || best.Time.Hour() != 8 {
		t.Errorf("a clock was given up for another: %+v", best)
	}
	best, _ = Choose([]Candidate{said(t, FromMeta, "2023-09-19"), said(t, FromDateline, "20/09/2023 15:22")}, fetched)
	if !best.DateOnly {
		t.Errorf("a clock of another day was taken: %+v", best)
	}
}

// Whatever candidates there are: their order does not matter, nothing is
// invented, the input stays as it is, and trust stays between 0 and 1.
func TestChooseOnAnyCandidates(t *testing.T) {
	places := []string{FromRule, FromJSONLD, FromMeta, FromDateline, FromFeed, FromAddress}
	rapid.Check(t, func(t *rapid.T) {
		var c []Candidate
		for _, from := range places {
			if !rapid.Bool().Draw(t, "has "+from) {
				continue
			}
			loc := rapid.SampledFrom([]*time.Location{Zone(), time.UTC}).Draw(t, "zone")
			at := fetched.Add(-time.Duration(rapid.IntRange(-5, 100).Draw(t, "hours")) * time.Hour).In(loc)
			c = append(c, Candidate{From: from, Stamp: Stamp{
				Time: at, Confidence: rapid.Float64Range(0.1, 1).Draw(t, "confidence"),
				DateOnly: rapid.Bool().Draw(t, "day"), Zoned: rapid.Bool().Draw(t, "zoned"), Relative: rapid.Bool().Draw(t, "relative"),
			}})
		}
		before := slices.Clone(c)
		best, ok := Choose(c, fetched)
		if !slices.Equal(c, before) {
			t.Fatal("the input was changed")
		}
		if again, _ := Choose(rapid.Permutation(c).Draw(t, "order"), fetched); again != best {
			t.Fatalf("%+v, in another order %+v", best, again)
		}
		if believed := slices.ContainsFunc(c, func(x Candidate) bool { return believable(x.Time, fetched) }); ok != believed {
			t.Fatalf("chosen %v, believable %v", ok, believed)
		}
		if ok && (best.Confidence <= 0 || best.Confidence > 1 || !slices.ContainsFunc(c, func(x Candidate) bool { return x.Time.Equal(best.Time) && x.From == best.From })) {
			t.Fatalf("invented: %+v of %+v", best, c)
		}
	})
}
