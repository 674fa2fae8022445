// Package dateline reads the times that Vietnamese pages, feeds and addresses
// show: it finds every date in a line, binds the clock and the zone beside it,
// and chooses among what a page says in several places.
//
// It reads strings and the time of fetching and returns values; it touches
// nothing else. It promises that a numeric date is day before month (or year
// first), that a time without a zone is at +07:00, that nothing later than now
// plus one hour is returned, that an unknown time stays unknown (never "now"),
// and that law dates, effective dates, audio counters and bare clocks are not
// taken for the time of publishing.
//
// Limit: a numeric date in American order is read as day and month where it
// can be and refused where it cannot.
package dateline

import (
	"strings"
	"time"
)

// slack is how far in the future a time may lie: clocks of publishers run up
// to an hour ahead.
const slack = time.Hour

// firstYear is the earliest year of publishing that is believed: the first
// Vietnamese paper went on line in 1997; archives were dated back a little.
const firstYear = 1990

// zone is GMT+7 the whole year; Viet Nam has had no daylight saving since 1975.
var zone = time.FixedZone("+07", 7*60*60)

// Zone returns the fixed zone +07:00 in which times without a zone are read.
func Zone() *time.Location { return zone }

// Stamp is one time as a text shows it.
type Stamp struct {
	Time time.Time
	// Confidence is 0…1: how far the form itself can be trusted. Where in the
	// page it stood is judged by Choose.
	Confidence float64
	// DateOnly says that no clock was shown; Time is then 00:00 of that day.
	DateOnly bool
	// Zoned says that the text named its zone.
	Zoned bool
	// Relative says that the time was counted back from the time of fetching.
	Relative bool
	// Start and End are byte offsets of the stamp in the text.
	Start, End int
}

// Confidence of the forms. They rank forms; they were set by hand so that a
// full date with a clock beside its headline passes 0.8 and a relative form or
// a two-digit year does not pass 0.6.
const (
	sureFull     = 0.9
	sureDay      = 0.7
	sureRelative = 0.5
	shortYear    = 0.2 // taken off for a year of two digits
)

// Find returns every time of publishing that text can mean, in order. Law
// dates and effective dates are left out, and so is anything later than now
// plus one hour. A zero now sets no upper bound and resolves no relative form.
func Find(text string, now time.Time) []Stamp {
	if !worthReading(text) {
		return nil
	}
	l := scan(text)
	var out []Stamp
	for i := 0; i < len(l.tokens); {
		s, next, ok := l.stampAt(i, now)
		if !ok {
			i++
			continue
		}
		if believable(s.Time, now) && !l.isLaw(i, next) {
			out = append(out, s)
		}
		i = next
	}
	return out
}

// Line reads a short line that is expected to hold a time of publishing, such
// as "Thứ ba, 19/09/2023 15:22 | Lượt xem: 12", and returns the best: the one
// after a label such as "Ngày đăng", else the first. ok is false where the
// line holds none, or is prose in which a date is only mentioned.
func Line(text string, now time.Time) (s Stamp, ok bool) {
	if len(text) > longLine && !mayDate(text) {
		return Stamp{}, false
	}
	stamps := Find(text, now)
	if len(stamps) == 0 || restLength(text, stamps) > maxRest {
		return Stamp{}, false
	}
	for _, s := range stamps {
		if LabelBefore(text, s.Start) == Published {
			return s, true
		}
	}
	return stamps[0], true
}

// longLine is the length in bytes up to which every line with a figure is read.
const longLine = 100

// mayDate is a cheap test that every text with a date passes: a year, a sign
// or a colon between figures, or a word that counts back. Sentences with a
// plain figure fail it.
func mayDate(text string) bool {
	run := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= '0' && c <= '9' {
			if run++; run >= 4 {
				return true
			}
			continue
		}
		if run > 0 && (c == '/' || c == '-' || c == '.' || c == ':' || c == 0xE2) && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] < ':' || text[i+1] >= 0x80) {
			return true
		}
		if c != ' ' {
			run = 0
		}
	}
	for _, word := range [...]string{" ago", "rước", "u\u031b", "ôm ", "esterday"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// maxRest is how many bytes of other words a dateline may hold: an author, a
// section and a counter fit, a sentence does not.
const maxRest = 100

func restLength(text string, stamps []Stamp) int {
	rest := len(text)
	for _, s := range stamps {
		rest -= s.End - s.Start
	}
	return rest
}

func believable(t, now time.Time) bool {
	return t.Year() >= firstYear && (now.IsZero() || !t.After(now.Add(slack)))
}

// worthReading is a cheap test that most text fails: a digit, or a word for
// yesterday.
func worthReading(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	return len(text) < 40 && len(text) > 5 // "hôm qua", "một giờ trước"
}
