package baseline

import (
	"math"
	"time"
)

// dayCurve is the prior share of an hour of the day, mean 1: newsrooms start
// at six, citizens write at noon and from seven to ten in the evening.
var dayCurve = [24]float64{
	0.25, 0.15, 0.1, 0.1, 0.15, 0.4, 0.9, 1.4, 1.6, 1.7, 1.7, 1.4,
	1.2, 1.2, 1.4, 1.5, 1.4, 1.2, 1.1, 1.3, 1.5, 1.2, 0.75, 0.4,
}

// weekCurve is the prior share of a weekday, Sunday first, mean about 1.
var weekCurve = [7]float64{0.75, 1.05, 1.1, 1.1, 1.1, 1.05, 0.85}

// grid knows slot and age of every hour that a fit looks at. Telling slots
// and fading weights once is what makes a fit over months cheap.
type grid struct {
	start time.Time
	slots []int     // of the week: weekday × 24 + hour
	fade  []float64 // what an hour teaches by its age
}

// newGrid covers the hours from start to two days after cut, the furthest that
// is asked about.
func newGrid(start, cut time.Time, o Options) *grid {
	g := &grid{start: start}
	for t := start; t.Before(cut.Add(48 * time.Hour)); t = t.Add(time.Hour) {
		g.slots = append(g.slots, slot(t, o))
		g.fade = append(g.fade, math.Exp2(-float64(cut.Sub(t))/float64(o.HalfLife)))
	}
	return g
}

// slot is the hour of the week whose habits t follows.
func slot(t time.Time, o Options) int {
	t = t.In(o.Zone)
	day := t.Weekday()
	if o.Holidays.Name(t, o.Zone) != "" {
		day = time.Sunday
	}
	return int(day)*24 + t.Hour()
}

// hours calls f for every hour of s with its slot and what it teaches.
func (g *grid) hours(s Series, f func(slot int, count, weight float64)) {
	first := int(s.Start.Sub(g.start) / time.Hour)
	for i, count := range s.Counts {
		f(g.slots[first+i], count, s.weight(i)*g.fade[first+i])
	}
}

// rhythm is how the desk's mentions spread over day and week.
type rhythm struct {
	hour [24]float64
	day  [7]float64
}

// at is the share of a slot, mean about 1.
func (r *rhythm) at(slot int) float64 { return r.hour[slot%24] * r.day[slot/24] }

// learn moves the prior curves towards what s shows: a factor moves half way
// once its slot has been seen with as many mentions as the prior is worth.
func (r *rhythm) learn(s Series, g *grid) {
	r.hour, r.day = dayCurve, weekCurve
	for range 2 { // hours given days, then once more given the new days
		r.pass(s, g)
	}
}

func (r *rhythm) pass(s Series, g *grid) {
	const worth = 40 // mentions; a slot of 1/24 of a desk of 100 a day has them in ten days
	var total ratio
	var hours [24]ratio
	var days [7]ratio
	g.hours(s, func(slot int, count, w float64) {
		hour, day := slot%24, slot/24
		total = total.plus(ratio{w * count, w * r.at(slot)})
		hours[hour] = hours[hour].plus(ratio{w * count, w * r.day[day]})
		days[day] = days[day].plus(ratio{w * count, w * r.hour[hour]})
	})
	if total.over == 0 {
		return
	}
	rate := total.over / total.under
	for h, seen := range hours {
		r.hour[h] = (worth*dayCurve[h] + seen.over) / (worth + seen.under*rate)
	}
	for d, seen := range days {
		r.day[d] = (worth*weekCurve[d] + seen.over) / (worth + seen.under*rate)
	}
}
