package clock

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var hanoi = time.FixedZone("+07", 7*3600)

func moment(text string) time.Time {
	t, err := time.ParseInLocation("02/01/2006 15:04", text, hanoi)
	if err != nil {
		panic(err)
	}
	return t
}

// said writes clocks as a person would read them.
func said(clocks []Clock) string {
	var lines []string
	for _, c := range clocks {
		if c.Running() {
			lines = append(lines, fmt.Sprintf("%s until %s", c.Rule.ID, c.Due.In(hanoi).Format("02/01 15:04")))
		} else {
			lines = append(lines, c.Rule.ID+" waits")
		}
	}
	return strings.Join(lines, ", ")
}

func TestClocksOnBothSidesOfTheDecree(t *testing.T) {
	for _, c := range []struct {
		name string
		of   Case
		want string
	}{
		{"the day before, old clock from the event",
			Case{Occurred: moment("30/06/2026 21:00"), Detected: moment("30/06/2026 22:00")},
			"nd09-6-3a until 01/07 21:00, som until 01/07 22:00"},
		{"an old matter determined later keeps the old clock",
			Case{Occurred: moment("30/06/2026 21:00"), Determined: moment("02/07/2026 08:00")},
			"nd09-6-3a until 01/07 21:00, som waits"},
		{"the first day, the new clock waits for a person",
			Case{Occurred: moment("01/07/2026 00:00"), Detected: moment("01/07/2026 06:00")},
			"som until 02/07 06:00, nd244-7-3 waits, nd244-7-4 waits"},
		{"determination starts it",
			Case{Occurred: moment("01/07/2026 00:00"), Detected: moment("01/07/2026 06:00"), Determined: moment("01/07/2026 09:30")},
			"som until 02/07 06:00, nd244-7-4 until 02/07 09:30, nd244-7-3 waits"},
		{"taking it up starts the other",
			Case{Received: moment("05/07/2026 10:00"), Determined: moment("05/07/2026 11:00")},
			"nd244-7-3 until 06/07 10:00, nd244-7-4 until 06/07 11:00, som waits"},
		{"midnight counts in Vietnamese time",
			Case{Occurred: time.Date(2026, 6, 30, 17, 0, 0, 0, time.UTC)},
			"nd244-7-3 waits, nd244-7-4 waits, som waits"},
		{"before any decree", Case{Occurred: moment("01/01/2010 08:00")}, "som waits"},
		{"nothing known", Case{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := said(Vietnam().Clocks(c.of, hanoi)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestWhatIsLeft(t *testing.T) {
	c := Case{Occurred: moment("01/09/2026 08:00"), Determined: moment("01/09/2026 09:00")}
	clock := Vietnam().Clocks(c, hanoi)[0]
	if left := clock.Left(moment("02/09/2026 08:30")); left != 30*time.Minute || !clock.Binding() {
		t.Errorf("left %v, binding %v; want half an hour of the law's", left, clock.Binding())
	}
	if left := clock.Left(moment("02/09/2026 10:00")); left != -time.Hour {
		t.Errorf("left %v, want an hour too late", left)
	}
}

func TestValidate(t *testing.T) {
	problems := func(table Table) (all []string) {
		table.Validate(func(path, message string) { all = append(all, path+" "+message) })
		return all
	}
	if got := problems(Vietnam()); got != nil {
		t.Errorf("the decrees' own table: %q", got)
	}
	bad := Table{
		{ID: "a", Name: "A", Start: Detected, Hours: 24},
		{ID: "a", Start: "soon", From: "1/7/2026", Until: "2020-01-01"},
		{ID: "b", Name: "B", Start: Received, Hours: 1, From: "2026-07-01", Until: "2026-06-30"},
	}
	got := strings.Join(problems(bad), "\n")
	for _, want := range []string{"[1].id", "[1].name", "[1].start", "[1].hours", "[1].from", "[2].until"} {
		if !strings.Contains(got, want) {
			t.Errorf("no word on %s:\n%s", want, got)
		}
	}
}
