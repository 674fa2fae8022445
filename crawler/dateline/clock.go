package dateline

import "time"

// clock is a time of day and the tokens it was read from.
type clock struct {
	hour, minute, second int
	zone                 *time.Location
	zoned                bool
	start, next          int
}

// clockAt reads "16:22", "16:22:05.123", "9h30", "9 giờ 30", "9:54 CH",
// "14:08 PM" at token i. An audio counter ("0:00 / 0:00") is not a clock.
func (l *line) clockAt(i int) (clock, bool) {
	h := l.at(i)
	if !h.isNum() || h.digits > 2 || h.num > 24 || l.tight(i) && isClockSign(l.sign(i-1)) {
		return clock{}, false
	}
	c := clock{hour: h.num, zone: zone, start: i}
	var ok bool
	if c.next, ok = l.minutes(i, &c); !ok {
		return clock{}, false
	}
	if l.isCounter(i, c.next) {
		return clock{}, false
	}
	c.next = l.halfOfDay(c.next, &c)
	return c, c.hour < 24 && c.minute < 60 && c.second < 61
}

func isClockSign(r rune) bool { return r == ':' }

func (l *line) minutes(i int, c *clock) (next int, ok bool) {
	switch w := l.word(i + 1); {
	case l.sign(i+1) == ':':
		m := l.at(i + 2)
		if m.digits != 2 {
			return i, false
		}
		c.minute = m.num
		return l.seconds(i+3, c), true
	case w == "時" || w == "时" || w == "點" || w == "点":
		if m := l.at(i + 2); m.isNum() && m.digits <= 2 && l.word(i+3) == "分" {
			c.minute = m.num
			return i + 4, true
		}
		return i + 2, true
	case w == "h" || w == "g" || w == "gio":
		if m := l.at(i + 2); m.isNum() && m.digits == 2 && m.num < 60 && !isSeparator(l.sign(i+3)) {
			c.minute = m.num
			if l.word(i+3) == "phut" || l.word(i+3) == "p" || l.sign(i+3) == '\'' {
				return i + 4, true
			}
			return i + 3, true
		}
		return i + 2, l.word(i+2) != "truoc"
	}
	return i, false
}

func (l *line) seconds(i int, c *clock) int {
	s := l.at(i + 1)
	if l.sign(i) != ':' || s.digits != 2 || !l.tight(i+1) {
		return i
	}
	c.second = s.num
	i += 2
	if (l.sign(i) == '.' || l.sign(i) == ',') && l.tight(i) && l.tight(i+1) && l.at(i+1).isNum() {
		i += 2
	}
	return i
}

// isCounter recognises the counters of players: two clocks with a stroke
// between them.
func (l *line) isCounter(i, next int) bool {
	pair := func(stroke, figure int) bool {
		return l.sign(stroke) == '/' && l.at(figure).isNum() && l.sign(figure+1) == ':'
	}
	return pair(next, next+1) || l.sign(i-1) == '/' && l.at(i-2).isNum() && l.sign(i-3) == ':'
}

// halfOfDay applies CH/SA, PM/AM and their words. After an hour above 12 they
// say nothing.
func (l *line) halfOfDay(i int, c *clock) int {
	afternoon := false
	next := i + 1
	switch l.word(i) {
	case "pm", "ch", "chieu", "toi":
		afternoon = true
	case "am", "sa", "sang":
	case "p", "a":
		if l.sign(i+1) != '.' || l.word(i+2) != "m" {
			return i
		}
		afternoon = l.word(i) == "p"
		if next = i + 3; l.sign(next) == '.' {
			next++
		}
	default:
		return i
	}
	switch {
	case afternoon && c.hour < 12:
		c.hour += 12
	case !afternoon && c.hour == 12:
		c.hour = 0
	}
	return next
}

// zoneAt reads "GMT+7", "(GMT+07:00)", "UTC", "Z", "+0700" at token i.
func (l *line) zoneAt(i int) (loc *time.Location, next int) {
	j := i
	if l.sign(j) == '(' {
		j++
	}
	named := false
	switch l.word(j) {
	case "gmt", "utc", "ut":
		named = true
		j++
	case "z":
		if l.tight(j) {
			return time.UTC, j + 1
		}
	default:
		if hours, ok := zoneName(l.word(j)); ok {
			return time.FixedZone("", hours*3600), j + 1
		}
	}
	offset, next, ok := l.offsetAt(j, named)
	switch {
	case ok:
		if l.sign(next) == ')' {
			next++
		}
		return time.FixedZone("", offset), next
	case named:
		return time.UTC, j
	}
	return nil, i
}

// offsetAt reads a signed offset. Without a name before it a minus must stick
// to the clock, for "21/4/2015 - 11:37" is no offset.
func (l *line) offsetAt(i int, named bool) (seconds, next int, ok bool) {
	sign, n := l.sign(i), l.at(i+1)
	if sign != '+' && sign != '-' && sign != '−' || !n.isNum() || !named && sign != '+' && (!l.tight(i) && n.digits != 4 || !l.tight(i+1)) {
		return 0, i, false
	}
	next = i + 2
	switch {
	case n.digits == 4:
		seconds = n.num/100*3600 + n.num%100*60
	case n.digits <= 2:
		seconds = n.num * 3600
		if m := l.at(next + 1); l.sign(next) == ':' && m.digits == 2 && l.tight(next) && l.tight(next+1) {
			seconds += m.num * 60
			next += 2
		} else if !named && n.digits != 2 {
			return 0, i, false
		}
	default:
		return 0, i, false
	}
	if seconds > 14*3600 {
		return 0, i, false
	}
	if sign != '+' {
		seconds = -seconds
	}
	return seconds, next, true
}

func zoneName(w string) (hours int, ok bool) {
	switch w {
	case "ict":
		return 7, true
	case "est":
		return -5, true
	case "edt":
		return -4, true
	case "cst":
		return -6, true
	case "cdt":
		return -5, true
	case "mst":
		return -7, true
	case "mdt":
		return -6, true
	case "pst":
		return -8, true
	case "pdt":
		return -7, true
	case "bst", "cet":
		return 1, true
	case "cest":
		return 2, true
	case "jst":
		return 9, true
	}
	return 0, false
}
