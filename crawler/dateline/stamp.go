package dateline

import "time"

// stampAt reads one time that begins at token i: a day with the clock before
// or after it, or a relative form.
func (l *line) stampAt(i int, now time.Time) (s Stamp, next int, ok bool) {
	if d, ok := l.dayAt(i); ok {
		c, found := l.clockAfter(d.next)
		return l.stamp(i, d, c, found)
	}
	if c, ok := l.clockAt(i); ok {
		if s, next, ok := l.clockFirst(i, c, now); ok {
			return s, next, true
		}
	}
	return l.relativeAt(i, now)
}

// clockFirst reads "20:16 - 24/11/2022" and "14:30 hôm qua".
func (l *line) clockFirst(i int, c clock, now time.Time) (Stamp, int, bool) {
	l.readZone(&c)
	j := l.skipFiller(c.next)
	if d, ok := l.dayAt(j); ok {
		c.next = d.next
		if !c.zoned {
			l.readZone(&c)
		}
		return l.stamp(i, d, c, true)
	}
	if days, next, ok := l.dayWord(j); ok && !now.IsZero() {
		return l.onDay(i, next, now, days, c)
	}
	return Stamp{}, i, false
}

// clockAfter reads the clock behind a day, over what usually stands between.
// It is the day's even where another day follows: lists that begin with a day
// go on so.
func (l *line) clockAfter(next int) (clock, bool) {
	c, ok := l.clockAt(l.skipFiller(next))
	if !ok {
		c = clock{zone: zone, next: next}
		l.readZone(&c)
		return c, false
	}
	l.readZone(&c)
	return c, true
}

func (l *line) readZone(c *clock) {
	if loc, next := l.zoneAt(c.next); loc != nil {
		c.zone, c.zoned, c.next = loc, true, next
	}
}

func (l *line) stamp(i int, d day, c clock, clocked bool) (Stamp, int, bool) {
	s := Stamp{
		Time: d.at(c), Confidence: sureFull, DateOnly: !clocked, Zoned: c.zoned,
		Start: l.tokens[i].start, End: l.tokens[c.next-1].end,
	}
	if !clocked {
		s.Confidence = sureDay
		d.next = c.next
		s.Time = d.at(clock{zone: zone})
		s.Zoned = false
	}
	if d.short {
		s.Confidence -= shortYear
	}
	return s, c.next, true
}

// maxFiller is how many tokens may stand between a day and its clock: a
// weekday with its figure, a stroke and "ngày" are five.
const maxFiller = 6

// skipFiller passes signs and words that bind a clock to a day.
func (l *line) skipFiller(i int) int {
	for n := 0; n < maxFiller; n++ {
		t := l.at(i)
		switch {
		case t.word == "thu" && l.at(i+1).isNum() && l.at(i+1).digits == 1:
			i += 2
		case isBinding(t.word), isBindingSign(t.sign):
			i++
		default:
			return i
		}
	}
	return i
}

func isBinding(w string) bool {
	switch w {
	case "luc", "vao", "в", "ngay", "at", "on", "um", "uhr", "a", "as", "le", "t", "thu", "chu", "nhat", "cn",
		"hai", "ba", "tu", "nam", "sau", "bay", "mon", "tue", "wed", "thu.", "fri", "sat", "sun",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

func isBindingSign(r rune) bool {
	switch r {
	case ',', '-', '–', '—', '|', ':', '@', '•', '·', '/', '.', '(', '~':
		return true
	}
	return false
}
