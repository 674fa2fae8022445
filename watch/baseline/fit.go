package baseline

import (
	"maps"
	"slices"
	"time"
)

// Desk is what all policies together teach: the rhythm, the usual rate of a
// policy and how much stories bunch. It may not be used by two goroutines at
// once.
type Desk struct {
	options  Options
	cut      time.Time
	grid     *grid
	rhythm   rhythm
	rate     float64 // stories an hour and policy at rhythm 1
	series   map[string]Series
	policies map[string]*Policy
	bunch    map[int]float64
}

// ratio is an estimate as numerator and denominator, so that estimates can be
// pooled and shrunk.
type ratio struct{ over, under float64 }

func (r ratio) plus(o ratio) ratio { return ratio{r.over + o.over, r.under + o.under} }

// Fit learns from what was published before cut, which is on the hour.
// mentions are all mentions of watched policies, whatever their tone: the
// press's own rhythm. series holds the unfavourable stories of every watched
// policy, silent ones included; none begins before mentions.
func Fit(cut time.Time, mentions Series, series map[string]Series, o Options) *Desk {
	o = o.withDefaults()
	d := &Desk{
		options: o, cut: cut, grid: newGrid(mentions.Start, cut, o),
		series: series, policies: map[string]*Policy{}, bunch: map[int]float64{},
	}
	d.rhythm.learn(mentions.before(cut), d.grid)
	prior := o.RateWeeks * 168
	total := ratio{o.Rate * prior, prior}
	for _, id := range d.ids() {
		total = total.plus(d.seen(series[id].before(cut)))
	}
	d.rate = total.over / total.under
	return d
}

// ids are in order, so that sums come out the same each time.
func (d *Desk) ids() []string { return slices.Sorted(maps.Keys(d.series)) }

// seen is the weighted count of s over its exposure in hours of rhythm 1.
func (d *Desk) seen(s Series) (r ratio) {
	d.grid.hours(s, func(slot int, count, w float64) {
		r = r.plus(ratio{w * count, w * d.rhythm.at(slot)})
	})
	return r
}

// before cuts the hours from t on away.
func (s Series) before(t time.Time) Series {
	n := min(max(0, s.index(t)), len(s.Counts))
	s.Counts = s.Counts[:n]
	if s.Weight != nil {
		s.Weight = s.Weight[:n]
	}
	return s
}

// Policy is what the history of one policy adds to the desk's.
type Policy struct {
	desk   *Desk
	series Series
	shape  float64      // of the gamma posterior of the rate
	known  float64      // share of the policy's own history in the rate, 0…1
	mean   [168]float64 // of an hour of the week
	own    [168]float64 // how far mean rests on this very hour's history, 0…1
	vague  [168]float64 // relative variance of mean for want of that history
	bunch  map[int]float64
}

// Policy looks at the policy's own series. A policy that Fit was not told of
// has no history.
func (d *Desk) Policy(id string) *Policy {
	if p, ok := d.policies[id]; ok {
		return p
	}
	p := &Policy{desk: d, series: d.series[id].before(d.cut), bunch: map[int]float64{}}
	seen, prior := d.seen(p.series), d.options.Shape/d.rate
	p.shape = d.options.Shape + seen.over
	p.known = seen.under / (prior + seen.under)
	p.learnHours(p.shape / (prior + seen.under))
	d.policies[id] = p
	return p
}

// hourWorth is how many expected stories an hour of the week must have had
// before its own history counts as much as rate and rhythm.
const hourWorth = 1

// learnHours sets the means of the hours of the week: rate and rhythm, moved
// by what the hour brought over what they made expect.
func (p *Policy) learnHours(rate float64) {
	var hours [168]ratio
	p.desk.grid.hours(p.series, func(slot int, count, w float64) {
		hours[slot] = hours[slot].plus(ratio{w * count, w * rate * p.desk.rhythm.at(slot)})
	})
	for slot, seen := range hours {
		factor := (hourWorth + seen.over) / (hourWorth + seen.under)
		p.mean[slot] = rate * p.desk.rhythm.at(slot) * factor
		p.own[slot] = seen.under / (hourWorth + seen.under)
		p.vague[slot] = 1 / (hourWorth + seen.over)
	}
}

// Expect says what [from, to) usually brings; both on the hour.
func (p *Policy) Expect(from, to time.Time) Expectation {
	var mean, own, vague float64
	for t := from; t.Before(to); t = t.Add(time.Hour) {
		slot := slot(t, p.desk.options)
		mean += p.mean[slot]
		own += p.mean[slot] * p.own[slot]
		vague += p.mean[slot] * p.mean[slot] * p.vague[slot]
	}
	bunch := p.bunching(int(to.Sub(from) / time.Hour))
	unsure := 1/p.shape + vague/max(mean*mean, 1e-12)
	size := 1 / (bunch + unsure + bunch*unsure)
	e := Expectation{Mean: mean, Size: size}
	e.Low, e.High = quantile(0.1, mean, size), quantile(0.9, mean, size)
	e.Basis = p.basis(from, own/max(mean, 1e-9))
	return e
}
