package watch

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRuleValidate(t *testing.T) {
	problems := func(c RuleConfig) string {
		var all []string
		c.Validate(func(path, message string) { all = append(all, path+": "+message) })
		return strings.Join(all, "\n")
	}
	if got := problems(RuleConfig{ID: "bat-loi"}); got != "" {
		t.Errorf("the least rule: %s", got)
	}
	if got := problems(RuleConfig{ID: "bat-loi"}.WithDefaults()); got != "" {
		t.Errorf("the defaults: %s", got)
	}
	for _, id := range []string{"", "a--b", "-a", "a-", strings.Repeat("a", 25)} {
		if got := problems(RuleConfig{ID: id}); !strings.HasPrefix(got, "id:") {
			t.Errorf("id %q: %q", id, got)
		}
	}
	bad := RuleConfig{
		ID: "Bất lợi", Kind: "praise", Windows: []int{0, 48, 6, 6}, MinStories: -1, FalseAlarms: 1000, HistoryWeeks: 99,
		CatchUpDays: -1, CooldownHours: -1, Authority: map[string]int{"a b": 1, "vtv": 9}, Channels: []string{"E mail"},
	}
	got := problems(bad)
	for _, want := range []string{
		"id", "kind", "windows[0]", "windows[1]", "windows[3]", "min_stories", "false_alarms", "history_weeks",
		"catch_up_days", "cooldown_hours", "authority.a b", "authority.vtv", "channels[0]",
	} {
		if !strings.Contains(got, want+":") {
			t.Errorf("no word on %s:\n%s", want, got)
		}
	}
}

// More of anything never makes a window quieter.
func TestLevelsAreMonotone(t *testing.T) {
	j := judge{rule: RuleConfig{ID: "r"}.WithDefaults()}
	rapid.Check(t, func(t *rapid.T) {
		e := Evidence{
			Tail:      math.Pow(10, rapid.Float64Range(-14, 0).Draw(t, "log tail")),
			Threshold: j.threshold(86, 6),
			Ratio:     rapid.Float64Range(0, 30).Draw(t, "ratio"),
			Stories:   rapid.IntRange(0, 20).Draw(t, "stories"),
			Threads:   rapid.IntRange(0, 8).Draw(t, "threads"),
			Reach:     rapid.IntRange(0, 8).Draw(t, "reach"),
		}
		more := e
		more.Tail, more.Ratio = e.Tail/10, e.Ratio+1
		more.Stories, more.Threads, more.Reach = e.Stories+1, e.Threads+1, e.Reach+1
		if j.level(more).rank() < j.level(e).rank() {
			t.Errorf("%+v is %q, more of it is %q", e, j.level(e), j.level(more))
		}
	})
}

func TestThresholdsShareTheBudget(t *testing.T) {
	j := judge{rule: RuleConfig{ID: "r", FalseAlarms: 2}.WithDefaults()}
	var sum float64
	for _, hours := range append(j.rule.Windows, longest) {
		sum += j.threshold(86, hours) * 86 * 168 / float64(hours) * overlap
	}
	if math.Abs(sum-2) > 1e-9 {
		t.Errorf("the shares add up to %g alarms a week, want 2", sum)
	}
}

// null fills a tally with policies about which nothing happens: steady rates
// from one story a month to one every two hours, each story a post of its own
// in one of eight outlets; with size > 0 an hour's counts are negative
// binomial of that size.
func null(random *rand.Rand, policies []string, weeks int, size float64) *tally {
	start := at(0, "00:00")
	tl := newTally(start, policies)
	tl.covered = slices.Repeat([]float64{1}, weeks*168)
	hours := make([][]sighting, weeks*168)
	serial := 0
	for _, policy := range policies {
		rate := math.Exp(random.Float64()*math.Log(360)) / 720
		for i := range hours {
			for range draw(random, rate*daytime(i%24), size) {
				serial++
				id := nameOf(strconv.Itoa(serial))
				hours[i] = append(hours[i], sighting{
					id: id, when: start.Add(time.Duration(i)*time.Hour + time.Duration(random.IntN(3600))*time.Second),
					group: string(id), thread: string(id), outlet: string(rune('a' + random.IntN(8))),
					weight: random.IntN(2), names: []string{policy}, against: []string{policy},
				})
			}
		}
	}
	for i, hour := range hours {
		tl.replace(hourOf(start)+int64(i), hour)
	}
	return tl
}

// draw is Poisson, or with size 1 geometric.
func draw(random *rand.Rand, mean, size float64) (n int) {
	if size > 0 {
		mean *= random.ExpFloat64()
	}
	for p := random.Float64(); p > math.Exp(-mean); n++ {
		p *= random.Float64()
	}
	return n
}

func daytime(hour int) float64 {
	if hour < 6 || hour > 22 {
		return 0.2
	}
	return 1.3
}

// The rule promises at most one false alarm a week. Nothing happens here, so
// every alert is false.
func TestFalseAlarmsStayWithinTheBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation of months")
	}
	for _, c := range []struct {
		name string
		size float64
	}{{"independent stories", 0}, {"stories in bunches", 1}} {
		t.Run(c.name, func(t *testing.T) {
			const weeks, seeds = 8, 2
			alarms := 0
			for seed := range uint64(seeds) {
				alarms += falseAlarms(seed, weeks, c.size)
			}
			a := float64(alarms) / (seeds * (weeks - 2))
			t.Logf("%d false alarms: %.2f a week", alarms, a)
			if a > 1 {
				t.Errorf("%.2f false alarms a week, the rule promises at most 1", a)
			}
		})
	}
}

// falseAlarms counts the alerts that a rule opens on a desk of 24 policies
// about which nothing happens, from the third week on.
func falseAlarms(seed uint64, weeks int, size float64) (alarms int) {
	var policies []string
	for i := range 24 {
		policies = append(policies, "p-"+strconv.Itoa(i))
	}
	tl := null(rand.New(rand.NewPCG(seed, 3)), policies, weeks, size)
	j := judge{rule: RuleConfig{ID: "r"}.WithDefaults(), zone: hanoi}
	last := map[string]time.Time{}
	for end := at(14, "00:00"); !end.After(at(weeks*7, "00:00")); end = end.Add(time.Hour) {
		for _, f := range j.at(tl, end, end) {
			if end.Sub(last[f.Policy]) > calm {
				alarms++
			}
			last[f.Policy] = end
		}
	}
	return alarms
}
