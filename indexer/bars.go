package indexer

import (
	"errors"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
)

// maxBars bounds a histogram: two years of hours.
const maxBars = 2 * 366 * 24

// ErrBars says that a histogram would have too many bars.
var ErrBars = errors.New("indexer: histogram: more than two years of hours; narrow the time or count by day")

const zoneShift = 7 * 60 * 60 * 1000 // milliseconds that Vietnam is ahead of UTC

// Bar numbers the hour or day of Vietnamese time in which a millisecond lies.
func Bar(when int64, by query.Interval) int64 { return (when + zoneShift) / width(by) }

func width(by query.Interval) int64 {
	if by == query.Day {
		return 24 * 60 * 60 * 1000
	}
	return 60 * 60 * 1000
}

// Bars lays counts by Bar out as the buckets of a histogram, empty ones
// included, over the plan's time; where that is open, from the first or to the
// last bar that counts something.
func (p *Plan) Bars(by query.Interval, mentions, stories map[int64]int) ([]query.Bucket, error) {
	first, last, some := ends(mentions)
	if p.Starts() {
		first = Bar(p.From, by)
	} else if !some {
		return nil, nil
	}
	if p.Ends() {
		last = Bar(p.To-1, by)
	} else if !some {
		return nil, nil
	}
	if last-first >= maxBars {
		return nil, ErrBars
	}
	out := make([]query.Bucket, 0, max(last-first+1, 0))
	for n := first; n <= last; n++ {
		start := time.UnixMilli(n*width(by) - zoneShift).In(viet.Zone())
		out = append(out, query.Bucket{Start: start, Count: mentions[n], Stories: stories[n]})
	}
	return out, nil
}

func ends(counts map[int64]int) (first, last int64, some bool) {
	for n := range counts {
		if !some || n < first {
			first = n
		}
		if !some || n > last {
			last = n
		}
		some = true
	}
	return first, last, some
}

// CheckBars answers ErrBars where the plan's time alone has too many bars, so
// that an engine need not count in vain.
func (p *Plan) CheckBars(by query.Interval) error {
	if p.Starts() && p.Ends() && Bar(p.To-1, by)-Bar(p.From, by) >= maxBars {
		return ErrBars
	}
	return nil
}
