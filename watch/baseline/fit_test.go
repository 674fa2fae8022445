package baseline

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

var hanoi = time.FixedZone("+07", 7*3600)

// monday is the first hour of the histories below.
var monday = time.Date(2026, 9, 14, 0, 0, 0, 0, hanoi)

func options() Options { return Options{Zone: hanoi, Holidays: VietnamHolidays()} }

// days makes a series of so many days from f(day, hour).
func days(n int, f func(day, hour int) float64) Series {
	s := Series{Start: monday}
	for i := range n * 24 {
		s.Counts = append(s.Counts, f(i/24, i%24))
	}
	return s
}

func nothing(int, int) float64 { return 0 }

// desk fits a desk of nine quiet policies and the one given.
func desk(s Series) *Desk {
	all := map[string]Series{"p": s}
	for i := range 9 {
		quiet := s
		quiet.Counts = make([]float64, len(s.Counts))
		all[fmt.Sprint("quiet-", i)] = quiet
	}
	return Fit(s.End(), s, all, options())
}

func window(from time.Time, hours int) (time.Time, time.Time) {
	return from, from.Add(time.Duration(hours) * time.Hour)
}

func TestWithoutHistoryThePriorRules(t *testing.T) {
	d := Fit(monday, Series{Start: monday}, map[string]Series{"p": {Start: monday}}, options())
	e := d.Policy("p").Expect(window(monday.Add(9*time.Hour), 24))
	if e.Mean < 0.2 || e.Mean > 0.3 {
		t.Errorf("a day brings %.3f, want about a quarter (0.01 an hour)", e.Mean)
	}
	if e.Tail(4) < 1e-3 {
		t.Errorf("four stories in a day: %.2g is too sure with no history at all", e.Tail(4))
	}
	if !strings.Contains(e.Basis, "chưa có lịch sử") {
		t.Errorf("basis %q", e.Basis)
	}
	night := d.Policy("p").Expect(window(monday.Add(2*time.Hour), 1)).Mean
	morning := d.Policy("p").Expect(window(monday.Add(9*time.Hour), 1)).Mean
	if morning < 10*night {
		t.Errorf("the prior knows no night: %.4f at 2, %.4f at 9", night, morning)
	}
}

func TestSilenceTeaches(t *testing.T) {
	var last float64 = 1
	for _, n := range []int{1, 4, 14, 56} {
		e := desk(days(n, nothing)).Policy("p").Expect(window(monday.AddDate(0, 0, n), 24))
		if e.Tail(3) >= last {
			t.Errorf("after %d quiet days three stories are no more surprising: %.2g, before %.2g", n, e.Tail(3), last)
		}
		last = e.Tail(3)
	}
}

func TestHourOfTheWeekIsLearnt(t *testing.T) {
	// Every Tuesday at 14 there is a press meeting: six stories.
	tuesday14 := func(day, hour int) float64 {
		if day%7 == 1 && hour == 14 {
			return 6
		}
		return 0
	}
	p := desk(days(56, tuesday14)).Policy("p")
	end := monday.AddDate(0, 0, 56)
	meeting := p.Expect(window(end.AddDate(0, 0, 1).Add(14*time.Hour), 1))
	other := p.Expect(window(end.AddDate(0, 0, 1).Add(10*time.Hour), 1))
	if meeting.Mean < 1.5 || other.Mean > 0.1 {
		t.Errorf("the meeting's hour brings %.2f, another %.2f; want most of six, and nearly none", meeting.Mean, other.Mean)
	}
	if meeting.Low > 6 || meeting.High < 6 {
		t.Errorf("band %v–%v does not hold the usual six", meeting.Low, meeting.High)
	}
}

func TestOwnHoursSpeakWhenThereIsEnough(t *testing.T) {
	busy := func(_, hour int) float64 { return 2 * dayCurve[hour] }
	at := func(n int) string {
		from, to := window(monday.AddDate(0, 0, n).Add(9*time.Hour), 1)
		return desk(days(n, busy)).Policy("p").Expect(from, to).Basis
	}
	if got := at(56); !strings.Contains(got, "chính giờ này trong tuần, lịch sử 8 tuần") {
		t.Errorf("after eight weeks: %q", got)
	}
	if got := at(3); !strings.Contains(got, "lịch sử 3 ngày") {
		t.Errorf("after three days: %q", got)
	}
}

func TestAMutedCrisisIsNotTheUsual(t *testing.T) {
	crisis := func(day, hour int) float64 {
		if day == 20 && hour >= 8 && hour < 22 {
			return 5
		}
		return 0
	}
	loud := days(28, crisis)
	muted := days(28, crisis)
	muted.Weight = make([]float64, len(muted.Counts))
	for i := range muted.Weight {
		muted.Weight[i] = 1
		if i/24 == 20 {
			muted.Weight[i] = 0.1
		}
	}
	from, to := window(monday.AddDate(0, 0, 28), 24)
	with, without := desk(loud).Policy("p").Expect(from, to), desk(muted).Policy("p").Expect(from, to)
	if without.Mean > with.Mean/5 {
		t.Errorf("mean %.2f with the crisis, %.2f with its hours muted", with.Mean, without.Mean)
	}
}

func TestUncoveredHoursTeachNothing(t *testing.T) {
	s := days(28, nothing)
	s.Weight = make([]float64, len(s.Counts))
	d := Fit(s.End(), s, map[string]Series{"p": s}, options())
	e := d.Policy("p").Expect(window(s.End(), 24))
	if !strings.Contains(e.Basis, "chưa có lịch sử") || e.Tail(4) < 1e-3 {
		t.Errorf("four weeks without coverage were taken for four quiet weeks: %q, tail %.2g", e.Basis, e.Tail(4))
	}
}

func TestHolidayIsLikeSunday(t *testing.T) {
	weekdays := func(day, hour int) float64 {
		if day%7 >= 5 {
			return 0
		}
		return dayCurve[hour]
	}
	s := Series{Start: time.Date(2026, 7, 6, 0, 0, 0, 0, hanoi)} // a Monday eight weeks before 31/8
	for i := range 56 * 24 {
		s.Counts = append(s.Counts, weekdays(i/24, i%24))
	}
	p := desk(s).Policy("p")
	usual := p.Expect(window(time.Date(2026, 9, 9, 0, 0, 0, 0, hanoi), 24))   // a Wednesday
	holiday := p.Expect(window(time.Date(2026, 9, 2, 0, 0, 0, 0, hanoi), 24)) // Quốc khánh, a Wednesday
	if holiday.Mean > usual.Mean/3 {
		t.Errorf("Quốc khánh brings %.1f, a Wednesday %.1f", holiday.Mean, usual.Mean)
	}
	if !strings.Contains(holiday.Basis, "Quốc khánh") {
		t.Errorf("basis %q does not name the holiday", holiday.Basis)
	}
}

func TestBunchingIsSeen(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	calm := days(56, func(_, hour int) float64 { return poisson(random, dayCurve[hour]) })
	lively := days(56, func(day, hour int) float64 {
		if (day*7+hour*13)%10 == 0 {
			return poisson(random, 10*dayCurve[hour])
		}
		return 0
	})
	from, to := window(monday.AddDate(0, 0, 56).Add(9*time.Hour), 6)
	c, l := desk(calm).Policy("p").Expect(from, to), desk(lively).Policy("p").Expect(from, to)
	if c.Size < 3*l.Size {
		t.Errorf("size %.2f of a calm series, %.2f of a lively one", c.Size, l.Size)
	}
}

func poisson(r *rand.Rand, mean float64) float64 {
	limit, p, k := math.Exp(-mean), 1.0, 0.0
	for {
		if p *= r.Float64(); p <= limit {
			return k
		}
		k++
	}
}

// gamma draws by Marsaglia and Tsang.
func gamma(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(r, shape+1) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := (1 + c*x) * (1 + c*x) * (1 + c*x)
		if v > 0 && math.Log(r.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// Nothing happens on these desks; the tail must keep its word, at every length
// of history, for calm and for bunched counts.
func TestTailKeepsItsWordWhenNothingHappens(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, c := range []struct {
		name  string
		weeks int
		size  float64 // of an hour's count; 0: Poisson
	}{
		{"Poisson, one week", 1, 0}, {"Poisson, eight weeks", 8, 0},
		{"bunched, one week", 1, 1}, {"bunched, eight weeks", 8, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, level := range []float64{1e-2, 1e-3} {
				share, windows := exceed(c.weeks, c.size, level)
				allowed := level + 3*math.Sqrt(level/float64(windows))
				t.Logf("level %g: %.2g of %d windows", level, share, windows)
				if share > allowed {
					t.Errorf("tails below %g: %.2g of %d windows, want at most %.2g", level, share, windows, allowed)
				}
			}
		})
	}
}

// exceed simulates desks of thirty policies with rates from one a month to one
// an hour and tells how many windows of the following day have a tail ≤ level.
func exceed(weeks int, size, level float64) (share float64, windows int) {
	random := rand.New(rand.NewPCG(uint64(weeks), 7))
	var hits int
	for range 40 {
		series := map[string]Series{}
		mentions := days(weeks*7+1, nothing)
		for id := range 30 {
			rate := math.Exp(random.Float64()*math.Log(720)) / 720
			s := days(weeks*7+1, func(day, hour int) float64 {
				mean := rate * dayCurve[hour] * weekCurve[(day+1)%7]
				if size > 0 {
					mean *= gamma(random, size) / size
				}
				return poisson(random, mean)
			})
			series[fmt.Sprint(id)] = s
			for i, c := range s.Counts {
				mentions.Counts[i] += c
			}
		}
		cut := monday.AddDate(0, 0, weeks*7)
		d := Fit(cut, mentions, series, options())
		for id, s := range series {
			for _, width := range []int{1, 3, 6, 24} {
				for from := cut; from.Before(s.End()); from = from.Add(time.Duration(width) * time.Hour) {
					e := d.Policy(id).Expect(window(from, width))
					windows++
					if e.Tail(int(s.Sum(window(from, width)))) <= level {
						hits++
					}
				}
			}
		}
	}
	return float64(hits) / float64(windows), windows
}

func BenchmarkFit(b *testing.B) {
	s := days(56, func(_, hour int) float64 { return dayCurve[hour] })
	all := map[string]Series{}
	for i := range 100 {
		all[fmt.Sprint(i)] = s
	}
	from, to := window(s.End(), 24)
	for b.Loop() {
		Fit(s.End(), s, all, options()).Policy("7").Expect(from, to)
	}
}
