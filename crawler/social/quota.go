package social

import "time"

// Daily budgets of the YouTube Data API v3 (determine_quota_cost): searches
// have a bucket of their own, everything else shares 10,000 units; both are
// refilled at midnight Pacific time.
const (
	SearchesPerDay = 100
	UnitsPerDay    = 10_000
	reserve        = 200 // units kept back for what people ask for by hand
)

// Quota plans the spending of a day. Its JSON form is what the books keep. It
// is not safe for concurrent use.
type Quota struct {
	Day      string    `json:"day"` // in Pacific time
	Searches int       `json:"searches"`
	Spending int       `json:"units"`
	Empty    bool      `json:"empty,omitempty"` // the platform says that nothing is left
	Last     time.Time `json:"last,omitzero"`   // search
}

// pacific is US Pacific time by rule, so that no time zone database is needed:
// daylight saving from the second Sunday of March to the first of November.
func pacific(now time.Time) time.Time {
	utc := now.UTC()
	sunday := func(month time.Month, nth int) time.Time {
		first := time.Date(utc.Year(), month, 1, 10, 0, 0, 0, time.UTC) // 02:00 PST
		return first.AddDate(0, 0, (7-int(first.Weekday()))%7+7*(nth-1))
	}
	hours := -8
	if !utc.Before(sunday(time.March, 2)) && utc.Before(sunday(time.November, 1).Add(-time.Hour)) {
		hours = -7
	}
	return utc.In(time.FixedZone("Pacific", hours*3600))
}

// Reset is the next refill.
func Reset(now time.Time) time.Time {
	p := pacific(now)
	return time.Date(p.Year(), p.Month(), p.Day()+1, 0, 0, 0, 0, p.Location())
}

func (q *Quota) roll(now time.Time) {
	if day := pacific(now).Format(time.DateOnly); day != q.Day {
		*q = Quota{Day: day, Last: q.Last}
	}
}

// MaySearch reports whether a search may be made now: the day's searches are
// spread evenly, so that one made in the evening can still find something.
func (q *Quota) MaySearch(now time.Time) bool {
	q.roll(now)
	return !q.Empty && q.Searches < SearchesPerDay && now.Sub(q.Last) >= 24*time.Hour/SearchesPerDay
}

// Searched notes a search.
func (q *Quota) Searched(now time.Time) {
	q.roll(now)
	q.Searches++
	q.Last = now
}

// Units is how many units may be spent now so that the rest of the day, asked
// every so often, is not left with nothing: at least one while there are any.
func (q *Quota) Units(now time.Time, every time.Duration) int {
	q.roll(now)
	left := UnitsPerDay - reserve - q.Spending
	if q.Empty || left <= 0 {
		return 0
	}
	visits := int(Reset(now).Sub(now)/max(every, time.Minute)) + 1
	return max(left/visits, 1)
}

// Spent notes units; fewer than none are given back.
func (q *Quota) Spent(now time.Time, units int) {
	q.roll(now)
	q.Spending = max(q.Spending+units, 0)
}

// Dry notes that the platform has refused for want of quota: nothing more
// today.
func (q *Quota) Dry(now time.Time) {
	q.roll(now)
	q.Empty = true
}
