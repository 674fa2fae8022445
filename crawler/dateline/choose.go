package dateline

import (
	"slices"
	"time"
)

// The places a time can come from, best first.
const (
	FromRule     = "rule"
	FromJSONLD   = "jsonld"
	FromMeta     = "meta"
	FromDateline = "dateline"
	FromFeed     = "feed"
	FromAddress  = "url"
)

// Candidate is a time with the place it was read from.
type Candidate struct {
	Stamp
	From string
}

func rank(from string) int {
	return slices.Index([]string{FromRule, FromJSONLD, FromMeta, FromDateline, FromFeed, FromAddress}, from)
}

// How agreement and conflict move the confidence: a second witness of the same
// day halves the doubt; one that names another day leaves 0.7 of the trust.
const (
	conflictFactor = 0.7
	farApart       = 36 * time.Hour
)

// Choose returns the best of what a page says of its own time: the place first
// in the order rule, jsonld, meta, dateline, feed, url. A winner without a
// clock takes the clock of another candidate of the same day; one whose zone is
// UTC gives way to a dateline that shows the same clock at +07:00 (a frequent
// error of publishing systems). ok is false where nothing believable is there.
func Choose(candidates []Candidate, now time.Time) (best Candidate, ok bool) {
	var c []Candidate
	for _, x := range candidates {
		if !x.Time.IsZero() && believable(x.Time, now) {
			c = append(c, x)
		}
	}
	if len(c) == 0 {
		return Candidate{}, false
	}
	slices.SortStableFunc(c, func(a, b Candidate) int { return rank(a.From) - rank(b.From) })
	best = c[0]
	for _, other := range c[1:] {
		best = weigh(best, other)
	}
	return best, true
}

func weigh(best, other Candidate) Candidate {
	apart := best.Time.Sub(other.Time).Abs()
	switch {
	case other.From == best.From && other.Time.Equal(best.Time):
	case mislabelled(best.Stamp, other):
		other.Confidence = best.Confidence * conflictFactor
		return other
	case sameDay(best.Time, other.Time):
		best.Confidence += (1 - best.Confidence) / 2
		if best.lacksClock() && !other.lacksClock() {
			best.Time, best.DateOnly, best.From = other.Time, false, other.From
		}
	case apart > farApart && other.From != FromAddress && !other.Relative:
		best.Confidence *= conflictFactor
	}
	return best
}

// lacksClock is also true of midnight sharp in a machine field: it is what
// publishing systems write for a day.
func (s Stamp) lacksClock() bool {
	return s.DateOnly || s.Time.Hour() == 0 && s.Time.Minute() == 0 && s.Time.Second() == 0
}

func mislabelled(best Stamp, other Candidate) bool {
	_, offset := best.Time.Zone()
	_, shown := other.Time.Zone()
	return best.Zoned && offset == 0 && other.From == FromDateline && !other.DateOnly && !other.Relative && shown == 7*60*60 &&
		best.Time.Sub(other.Time).Truncate(time.Minute) == 7*time.Hour
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.In(zone).Date()
	by, bm, bd := b.In(zone).Date()
	return ay == by && am == bm && ad == bd
}
