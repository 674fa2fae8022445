package dateline

import "time"

// relativeAt reads "2 giờ trước", "một ngày trước", "hôm qua 14:30", "hôm nay,
// 09:05", "2 hours ago". "Vừa xong" says no time and is left unknown.
func (l *line) relativeAt(i int, now time.Time) (Stamp, int, bool) {
	if now.IsZero() {
		return Stamp{}, i, false
	}
	if days, next, ok := l.dayWord(i); ok {
		c, found := l.clockAfter(next)
		if !found {
			c = clock{zone: zone, next: next}
		}
		s, next, _ := l.onDay(i, c.next, now, days, c)
		s.DateOnly = !found
		// "hôm nay" without a clock is what every banner shows.
		return s, next, found || days > 0
	}
	return l.ago(i, now)
}

// dayWord reads "hôm nay", "hôm qua", "hôm kia" and returns days back.
func (l *line) dayWord(i int) (days, next int, ok bool) {
	switch l.word(i) {
	case "hom":
		switch l.word(i + 1) {
		case "nay":
			return 0, i + 2, true
		case "qua":
			return 1, i + 2, true
		case "kia":
			return 2, i + 2, true
		}
	case "today":
		return 0, i + 1, true
	case "yesterday":
		return 1, i + 1, true
	}
	return 0, i, false
}

func (l *line) onDay(i, next int, now time.Time, days int, c clock) (Stamp, int, bool) {
	t := now.In(c.zone).AddDate(0, 0, -days)
	return Stamp{
		Time:       time.Date(t.Year(), t.Month(), t.Day(), c.hour, c.minute, c.second, 0, c.zone),
		Confidence: sureRelative, Relative: true, Zoned: c.zoned,
		Start: l.tokens[i].start, End: l.tokens[next-1].end,
	}, next, true
}

// ago reads a count, a unit and "trước".
func (l *line) ago(i int, now time.Time) (Stamp, int, bool) {
	n := l.at(i).num
	if n < 0 {
		n = smallCount(l.word(i))
	}
	if n < 1 || n > 999 {
		return Stamp{}, i, false
	}
	next := i + 2
	if w := l.word(next); w == "dong" || w == "ho" { // "2 giờ đồng hồ trước"
		next += 2
	}
	if w := l.word(next); w != "truoc" && w != "ago" {
		return Stamp{}, i, false
	}
	t, dateOnly, ok := back(now.In(zone), n, l.word(i+1))
	if !ok {
		return Stamp{}, i, false
	}
	next++
	return Stamp{
		Time: t, Confidence: sureRelative, DateOnly: dateOnly, Relative: true,
		Start: l.tokens[i].start, End: l.tokens[next-1].end,
	}, next, true
}

func smallCount(w string) int {
	if w == "a" || w == "an" || w == "one" {
		return 1
	}
	return countWord(w)
}

// back counts n units back; what is counted in days or more has no clock.
func back(now time.Time, n int, unit string) (t time.Time, dateOnly, ok bool) {
	switch unit {
	case "giay", "second", "seconds", "sec", "secs", "s":
		return now.Add(-time.Duration(n) * time.Second).Truncate(time.Second), false, true
	case "phut", "minute", "minutes", "min", "mins", "p":
		return now.Add(-time.Duration(n) * time.Minute).Truncate(time.Minute), false, true
	case "gio", "tieng", "hour", "hours", "h", "g":
		return now.Add(-time.Duration(n) * time.Hour).Truncate(time.Minute), false, true
	case "ngay", "hom", "day", "days":
		return midnight(now.AddDate(0, 0, -n)), true, true
	case "tuan", "week", "weeks":
		return midnight(now.AddDate(0, 0, -7*n)), true, true
	case "thang", "month", "months":
		return midnight(now.AddDate(0, -n, 0)), true, true
	case "nam", "year", "years":
		return midnight(now.AddDate(-n, 0, 0)), true, true
	}
	return time.Time{}, false, false
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
