// Package clock knows the deadlines by which a body must speak.
//
// It reads a table of dated rules and the moments of a case and writes
// nothing. It promises that a case keeps the rules that were in force when the
// matter arose: before 1/7/2026 the 24 hours ran from the event (Nghị định
// 09/2017), since then they run from the moment the body determines an effect
// on public opinion or takes the matter up (Nghị định 244/2026). The law's
// clock and the unit's own early-warning clock are told apart.
//
// Limit: hours are counted through nights and holidays, as the decrees do; a
// deadline in working days is not expressed.
package clock

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Start is the moment from which a clock runs.
type Start string

// The moments of a case.
const (
	Occurred   Start = "occurred"   // the matter arose
	Detected   Start = "detected"   // the watch first saw it
	Received   Start = "received"   // the body took it up
	Determined Start = "determined" // a person determined an effect on public opinion ("xác định")
)

// Rule is one dated deadline.
type Rule struct {
	ID    string `yaml:"id"`
	Name  string `yaml:"name"`  // what people see, in Vietnamese
	Basis string `yaml:"basis"` // document and article; empty for a rule of the unit's own
	Start Start  `yaml:"start"`
	Hours int    `yaml:"hours"`
	From  string `yaml:"from"`  // yyyy-mm-dd, first day in force; empty: always was
	Until string `yaml:"until"` // yyyy-mm-dd, last day in force; empty: still is
}

// Table is the dated rules of a unit.
type Table []Rule

// Vietnam is the table of the decrees on speaking to the press, and an
// early-warning clock of 24 hours from detection, which binds nobody.
func Vietnam() Table {
	return Table{
		{ID: "nd09-6-3a", Name: "Phát ngôn trong 24 giờ kể từ khi vụ việc xảy ra",
			Basis: "Nghị định 09/2017/NĐ-CP, Điều 6 khoản 3 điểm a",
			Start: Occurred, Hours: 24, From: "2017-03-30", Until: "2026-06-30"},
		{ID: "nd244-7-3", Name: "Thông tin ban đầu trong 24 giờ kể từ khi tiếp nhận và xử lý vụ việc",
			Basis: "Nghị định 244/2026/NĐ-CP, Điều 7 khoản 3",
			Start: Received, Hours: 24, From: "2026-07-01"},
		{ID: "nd244-7-4", Name: "Phát ngôn trong 24 giờ kể từ khi xác định vụ việc tác động đến dư luận xã hội",
			Basis: "Nghị định 244/2026/NĐ-CP, Điều 7 khoản 4",
			Start: Determined, Hours: 24, From: "2026-07-01"},
		{ID: "som", Name: "Cảnh báo sớm: 24 giờ kể từ khi phát hiện", Start: Detected, Hours: 24},
	}
}

// Validate reports every problem of the table with its path.
func (t Table) Validate(report func(path, message string)) {
	for i, r := range t {
		at := func(field string) string { return fmt.Sprintf("[%d].%s", i, field) }
		if r.ID == "" || slices.ContainsFunc(t[:i], func(o Rule) bool { return o.ID == r.ID }) {
			report(at("id"), fmt.Sprintf("%q: want a name that no other clock has", r.ID))
		}
		if r.Name == "" {
			report(at("name"), "missing: people see it")
		}
		if !slices.Contains([]Start{Occurred, Detected, Received, Determined}, r.Start) {
			report(at("start"), fmt.Sprintf("%q: want occurred, detected, received or determined", r.Start))
		}
		if r.Hours < 1 {
			report(at("hours"), fmt.Sprintf("%d: want 1 or more", r.Hours))
		}
		r.validateDates(func(field, message string) { report(at(field), message) })
	}
}

func (r Rule) validateDates(report func(field, message string)) {
	for field, value := range map[string]string{"from": r.From, "until": r.Until} {
		if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
			report(field, fmt.Sprintf("%q: want yyyy-mm-dd", value))
		}
	}
	if r.From != "" && r.Until != "" && r.Until < r.From {
		report("until", fmt.Sprintf("%s lies before %s", r.Until, r.From))
	}
}

// Case is what is known of a matter; what is unknown is zero.
type Case struct{ Occurred, Detected, Received, Determined time.Time }

// arose is the day whose rules hold: that of the matter itself, or the
// earliest moment known of it.
func (c Case) arose() time.Time {
	for _, t := range []time.Time{c.Occurred, c.Detected, c.Received} {
		if !t.IsZero() {
			return t
		}
	}
	return c.Determined
}

func (c Case) at(s Start) time.Time {
	return map[Start]time.Time{
		Occurred: c.Occurred, Detected: c.Detected, Received: c.Received, Determined: c.Determined,
	}[s]
}

// Clock is one deadline of a case.
type Clock struct {
	Rule    Rule
	Started time.Time // zero: the moment it runs from has not come
	Due     time.Time
}

// Running reports whether the clock has started.
func (c Clock) Running() bool { return !c.Started.IsZero() }

// Left is what remains at now; negative once it is over.
func (c Clock) Left(now time.Time) time.Duration { return c.Due.Sub(now) }

// Binding reports whether the deadline is the law's.
func (c Clock) Binding() bool { return c.Rule.Basis != "" }

// Clocks gives the deadlines of a case by the rules in force on the day it
// arose in zone, running ones first, the earliest due first.
func (t Table) Clocks(c Case, zone *time.Location) []Clock {
	arose := c.arose()
	if arose.IsZero() {
		return nil
	}
	var clocks []Clock
	for _, r := range t {
		if !r.inForce(arose.In(zone).Format(time.DateOnly)) {
			continue
		}
		clock := Clock{Rule: r, Started: c.at(r.Start)}
		if clock.Running() {
			clock.Due = clock.Started.Add(time.Duration(r.Hours) * time.Hour)
		}
		clocks = append(clocks, clock)
	}
	slices.SortStableFunc(clocks, func(a, b Clock) int {
		if a.Running() != b.Running() {
			return cmp.Compare(btoi(b.Running()), btoi(a.Running()))
		}
		return a.Due.Compare(b.Due)
	})
	return clocks
}

func (r Rule) inForce(day string) bool {
	return (r.From == "" || r.From <= day) && (r.Until == "" || day <= r.Until)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
