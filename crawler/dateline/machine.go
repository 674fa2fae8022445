package dateline

import (
	"strings"
	"time"
)

// Value reads the time in a machine field (JSON-LD, meta, a feed's pubDate):
// every form Find knows, and Unix seconds or milliseconds. The context that
// makes a law date is not looked at. A zone that is not named is +07:00.
//
// Some outlets write local time and call it UTC; such a value lies in the
// future for seven hours. It is then read at +07:00 with low confidence.
func Value(value string, now time.Time) (Stamp, bool) {
	value = strings.TrimSpace(value)
	if len(value) > 100 {
		return Stamp{}, false
	}
	l := scan(value)
	if s, ok := l.epoch(now); ok {
		return s, true
	}
	for i := 0; i < len(l.tokens); {
		s, next, ok := l.stampAt(i, now)
		if !ok {
			i++
			continue
		}
		if s, ok = mendZone(s, now); ok {
			return s, true
		}
		i = next
	}
	return Stamp{}, false
}

// sureMended is the confidence of a time whose zone was corrected.
const sureMended = 0.4

func mendZone(s Stamp, now time.Time) (Stamp, bool) {
	if believable(s.Time, now) {
		return s, true
	}
	if _, offset := s.Time.Zone(); !s.Zoned || offset != 0 {
		return s, false
	}
	t := s.Time
	s.Time = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
	s.Confidence, s.Zoned = sureMended, false
	return s, believable(s.Time, now)
}

// epoch reads a lone number of 10 or 13 digits.
func (l *line) epoch(now time.Time) (Stamp, bool) {
	if len(l.tokens) != 1 {
		return Stamp{}, false
	}
	t := l.tokens[0]
	s := Stamp{Confidence: sureFull, Zoned: true, End: t.end}
	switch t.digits {
	case 10:
		s.Time = time.Unix(int64(t.num), 0).In(zone)
	case 13:
		s.Time = time.UnixMilli(int64(t.num)).In(zone)
	default:
		return Stamp{}, false
	}
	return s, believable(s.Time, now)
}

// sureURL is the confidence of a day in an address: it is often the day of
// filing, and old addresses are reused.
const sureURL = 0.4

// FromURL reads a day, and a clock where there is one, from a page's address:
// "/2020/12/01/…", "/2020-12-01-…", "…-20201201112233444.htm".
func FromURL(address string, now time.Time) (Stamp, bool) {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	if i := strings.Index(address, "://"); i >= 0 {
		address = address[i+3:]
	}
	l := scan(address)
	for i := range l.tokens {
		s, ok := l.longNumber(i)
		if !ok {
			s, ok = l.yearFirst(i)
		}
		if ok && believable(s.Time, now) {
			s.Confidence = sureURL
			return s, true
		}
	}
	return Stamp{}, false
}

func (l *line) yearFirst(i int) (Stamp, bool) {
	a, b, c := l.at(i), l.at(i+2), l.at(i+4)
	s := l.sign(i + 1)
	if a.digits != 4 || !b.isNum() || !c.isNum() || b.digits > 2 || c.digits > 2 || s != l.sign(i+3) || s != '/' && s != '-' {
		return Stamp{}, false
	}
	d := day{year: a.num, month: b.num, day: c.num}
	return Stamp{Time: d.at(clock{zone: zone}), DateOnly: true, Start: a.start, End: c.end}, d.valid()
}

// longNumber reads yyyymmdd, and yyyymmddhhmmss with any further digits.
func (l *line) longNumber(i int) (Stamp, bool) {
	t := l.at(i)
	if t.digits != 8 && t.digits < 14 || t.digits > 18 {
		return Stamp{}, false
	}
	text := l.text[t.start:t.end]
	d := day{year: number(text[:4]), month: number(text[4:6]), day: number(text[6:8])}
	if !d.valid() {
		return Stamp{}, false
	}
	s := Stamp{Start: t.start, End: t.end, DateOnly: t.digits == 8}
	c := clock{zone: zone}
	if !s.DateOnly {
		c.hour, c.minute, c.second = number(text[8:10]), number(text[10:12]), number(text[12:14])
		if c.hour > 23 || c.minute > 59 || c.second > 59 {
			return Stamp{}, false
		}
	}
	s.Time = d.at(c)
	return s, true
}
