package newsroom

import "time"

// DemoClock is what the demo keeps in its data folder, so that a second start
// shows the same press.
type DemoClock struct {
	// Start is 00:00 of day 0.
	Start time.Time `json:"start"`
	// Opened is when the demo was first started: what lay before it is
	// published at its own time, what lies after it appears one item every
	// Every from then on.
	Opened time.Time     `json:"opened"`
	Every  time.Duration `json:"every"`
}

// NewDemoClock shifts the fortnight by whole weeks so that now lies in its
// second week, and lets one item appear every 20 s from now on.
func NewDemoClock(now time.Time) DemoClock {
	local := now.In(zone)
	back := (int(local.Weekday()) + 6) % 7 // days since Monday
	monday := time.Date(local.Year(), local.Month(), local.Day()-back-7, 0, 0, 0, 0, zone)
	return DemoClock{Start: monday, Opened: now.Truncate(time.Second), Every: 20 * time.Second}
}

// Options gives the press of this clock.
func (c DemoClock) Options() Options {
	return Options{Start: c.Start, Clock: &c, Slow: 300 * time.Millisecond}
}

// hurry gives the items that would appear after Opened their early times.
func (c DemoClock) hurry(items []Item) {
	next := c.Opened
	for i := range items {
		if items[i].Published.After(c.Opened) {
			next = next.Add(c.Every)
			items[i].Published = next
		}
	}
}
