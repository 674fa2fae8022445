// Package baseline says how many unfavourable stories an hour usually brings
// for one policy, and how surprising a larger number is.
//
// It reads series of hourly counts and writes nothing. What it promises: the
// expectation leans on the policy's own hours of the week as far as they are
// known, else on the desk's rhythm (hour of day × weekday), else on a prior;
// the tail is that of a negative binomial, which allows for stories that come
// in bunches and for a rate known only roughly, so a short history never makes
// a certain alarm; hours of weight 0 teach nothing, so a past crisis or a day
// without coverage does not become the usual.
//
// Limit: a series has no trend of its own; slow growth over months is followed
// only by forgetting (half the weight after four weeks).
package baseline

import "time"

// Series is a run of hourly counts.
type Series struct {
	Start  time.Time // of the first hour, on the hour
	Counts []float64
	// Weight says how much an hour teaches, 0…1; nil: every hour fully.
	Weight []float64
}

// End is the end of the last hour.
func (s Series) End() time.Time { return s.Start.Add(time.Duration(len(s.Counts)) * time.Hour) }

// Sum adds the counts of the hours in [from, to) that the series has.
func (s Series) Sum(from, to time.Time) float64 {
	var sum float64
	for i := max(0, s.index(from)); i < min(len(s.Counts), s.index(to)); i++ {
		sum += s.Counts[i]
	}
	return sum
}

func (s Series) index(t time.Time) int { return int(t.Sub(s.Start) / time.Hour) }

func (s Series) weight(i int) float64 {
	if s.Weight == nil {
		return 1
	}
	return s.Weight[i]
}

// Expectation is what a window usually brings.
type Expectation struct {
	Mean float64 // stories
	// Size is the r of the negative binomial: the variance is Mean + Mean²/Size.
	Size      float64
	Low, High float64 // between them lie eight of ten usual windows
	Basis     string  // which history it leans on, in Vietnamese
}

// Tail is the probability that a usual window brings k stories or more.
func (e Expectation) Tail(k int) float64 { return Tail(k, e.Mean, e.Size) }

// Options are the assumptions of the model; the zero value takes those named.
type Options struct {
	Zone     *time.Location // whose hours and weekdays; nil: UTC
	Holidays Holidays
	// HalfLife is the age at which an hour teaches half; 0: 28 days.
	HalfLife time.Duration
	// Rate is the prior mean of stories an hour and policy, worth RateWeeks
	// policy-weeks of history; 0: 0.01 (one or two a week) and 20.
	Rate, RateWeeks float64
	// Shape is that of the gamma prior on a policy's rate; 0: 0.5. Rates of
	// policies differ by orders of magnitude, hence the small number.
	Shape float64
	// Bunching is the prior of 1/Size apart from the uncertainty of the rate;
	// 0: 0.5, between the calm half (0.2) and the lively half (1) of the desk.
	Bunching float64
}

func (o Options) withDefaults() Options {
	set := func(v *float64, to float64) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.Rate, 0.01)
	set(&o.RateWeeks, 20)
	set(&o.Shape, 0.5)
	set(&o.Bunching, 0.5)
	if o.HalfLife == 0 {
		o.HalfLife = 28 * 24 * time.Hour
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	return o
}
