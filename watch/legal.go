package watch

import (
	"time"

	"github.com/diembao/diembao/watch/clock"
)

// Clocks gives the deadlines of an alert by a dated table: the early warning
// runs from when it was noticed, the law's from when a person determined.
func (a Alert) Clocks(table clock.Table, zone *time.Location) []clock.Clock {
	return table.Clocks(clock.Case{
		Occurred: a.Since, Detected: a.Noticed, Determined: a.Determined,
	}, zone)
}
