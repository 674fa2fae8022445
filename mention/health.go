package mention

import "time"

// SourceState is how a source of the list is doing.
type SourceState string

// The states. Everything but SourceGood and SourceNew raises a source alarm.
const (
	SourceNew       SourceState = "new"       // not heard yet, and not for long
	SourceGood      SourceState = "good"      //
	SourceSilent    SourceState = "silent"    // answers, but has had nothing new for twice its usual gap
	SourceFailing   SourceState = "failing"   // does not answer, or cannot be understood
	SourceShrinking SourceState = "shrinking" // pages come without text
	SourceClock     SourceState = "clock"     // its times lie in the future or are missing
	SourceOff       SourceState = "off"       // in the list, not visited
)

// Alarm reports whether people must be told.
func (s SourceState) Alarm() bool {
	switch s {
	case SourceSilent, SourceFailing, SourceShrinking, SourceClock:
		return true
	}
	return false
}

// SourceHealth is what the crawler says of one source. It is the JSON value of
// the bucket "health", key: the source's id.
type SourceHealth struct {
	Source     string      `json:"source"`
	Outlet     string      `json:"outlet"`
	OutletName string      `json:"outlet_name,omitempty"`
	Kind       Kind        `json:"kind"`
	Via        string      `json:"via"`
	State      SourceState `json:"state"`
	Since      time.Time   `json:"since"` // when the state began
	// LastTry is the last visit, LastHeard the last that was answered (push:
	// the last delivery), LastNew the last that brought something new.
	LastTry   time.Time `json:"last_try,omitzero"`
	LastHeard time.Time `json:"last_heard,omitzero"`
	LastNew   time.Time `json:"last_new,omitzero"`
	Next      time.Time `json:"next,omitzero"` // next visit
	// Failures is how many visits in a row failed; Problem says in Vietnamese
	// what is wrong, LastError technically.
	Failures  int    `json:"failures,omitempty"`
	Problem   string `json:"problem,omitempty"`
	LastError string `json:"last_error,omitempty"`
	// UsualGap is the 90th percentile of the gaps between arrivals, in seconds;
	// 0 until five are known.
	UsualGap int64   `json:"usual_gap,omitempty"`
	Gaps     []int64 `json:"gaps,omitempty"` // newest 40 gaps, in seconds, oldest first
	// Found, Empty and Undated count, over about the last 50 items, what was
	// read, pages without text, and times missing or in the future.
	Found   float64 `json:"found,omitempty"`
	Empty   float64 `json:"empty,omitempty"`
	Undated float64 `json:"undated,omitempty"`
	// Clocks names the origins (dateline, feed, …) whose dates on its pages are
	// a clock's and are not believed.
	Clocks []string `json:"clocks,omitempty"`
	// Total counts everything ever found.
	Total int64 `json:"total,omitempty"`
	// Hours is a small history to draw: newest last, at most 72.
	Hours []SourceHour `json:"hours,omitempty"`
}

// SourceHour is what happened in one hour.
type SourceHour struct {
	Hour   int64 `json:"hour"` // Unix hour: Unix seconds / 3600
	Found  int   `json:"found,omitempty"`
	Visits int   `json:"visits,omitempty"`
	Errors int   `json:"errors,omitempty"`
}

// Overdue reports when silence becomes an alarm: twice the usual gap after the
// last new item. Zero while the gap is not known.
func (h *SourceHealth) Overdue() time.Time {
	if h.UsualGap == 0 || h.LastNew.IsZero() {
		return time.Time{}
	}
	return h.LastNew.Add(2 * time.Duration(h.UsualGap) * time.Second)
}
