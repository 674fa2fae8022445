package dateline

import "time"

// day is a calendar day and the tokens it was read from.
type day struct {
	year, month, day int
	next             int // first token after it
	short            bool
}

func (d day) at(c clock) time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, c.second, 0, c.zone)
}

func (d day) valid() bool {
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 || d.year < firstYear || d.year > 2200 {
		return false
	}
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Day() == d.day
}

// dayAt tries the written forms of a day at token i.
func (l *line) dayAt(i int) (day, bool) {
	d, ok := l.anyForm(i)
	return d, ok && d.valid() && !l.runsOn(i, d.next)
}

func (l *line) anyForm(i int) (day, bool) {
	if !l.at(i).isNum() {
		return l.monthNameDay(i)
	}
	if d, ok := l.numeric(i); ok {
		return d, true
	}
	if d, ok := l.dayMonthName(i); ok {
		return d, true
	}
	if d, ok := l.compact(i); ok {
		return d, true
	}
	return l.ideographs(i)
}

// runsOn reports whether the figures belong to something longer, such as an
// address, a version or a document's number: "1/2/2020/NĐ", "3.1.2.2020".
func (l *line) runsOn(i, next int) bool {
	if l.tight(i) && i > 1 && l.tight(i-1) && isSeparator(l.sign(i-1)) && l.at(i-2).isNum() {
		return true
	}
	if !l.tight(next) {
		return false
	}
	after := l.at(next)
	if after.sign == '/' || after.sign == '-' || after.sign == '.' {
		n := l.at(next + 1)
		return l.tight(next+1) && (n.word != "" || n.isNum() && (n.digits < 3 || after.sign == '.') && l.sign(next+2) != ':')
	}
	return after.word != "" && len(after.word) > 2
}

func isSeparator(r rune) bool { return r == '/' || r == '-' || r == '.' || r == '–' }

// numeric reads d/m/y and y-m-d with one separator throughout.
func (l *line) numeric(i int) (day, bool) {
	a, s, b, s2, c := l.at(i), l.sign(i+1), l.at(i+2), l.sign(i+3), l.at(i+4)
	if !a.isNum() || !b.isNum() || !c.isNum() || b.digits > 2 || s != s2 || !isSeparator(s) {
		return day{}, false
	}
	switch {
	case a.digits == 4 && c.digits <= 2:
		return day{year: a.num, month: b.num, day: c.num, next: i + 5}, true
	case a.digits <= 2 && c.digits == 4:
		return day{year: c.num, month: b.num, day: a.num, next: i + 5}, true
	case a.digits <= 2 && c.digits == 2 && s != '-' && l.tight(i+4):
		return day{year: 2000 + c.num, month: b.num, day: a.num, next: i + 5, short: true}, true
	}
	return day{}, false
}

// dayMonthName reads "25 Tháng 1 2022", "12 tháng 3 năm 2014", "19 Nov 2019",
// "25 Thg 1, 2022", "25 de enero de 2022".
func (l *line) dayMonthName(i int) (day, bool) {
	d := l.at(i)
	if !d.isNum() || d.digits > 2 {
		return day{}, false
	}
	j := i + 1
	if w := l.word(j); l.sign(j) == '.' || l.sign(j) == '-' || w == "st" || w == "nd" || w == "rd" || w == "th" && l.tight(j) || w == "de" {
		j++
	}
	month, j := l.monthAt(j)
	if month == 0 {
		return day{}, false
	}
	year, next := l.yearAt(j)
	return day{year: year, month: month, day: d.num, next: next}, year != 0
}

// monthNameDay reads "Tháng 1 25, 2022", "November 19, 2019".
func (l *line) monthNameDay(i int) (day, bool) {
	month, j := l.monthAt(i)
	d := l.at(j)
	if month == 0 || !d.isNum() || d.digits > 2 {
		return day{}, false
	}
	j++
	if w := l.word(j); l.tight(j) && (w == "st" || w == "nd" || w == "rd" || w == "th") {
		j++
	}
	year, next := l.yearAt(j)
	return day{year: year, month: month, day: d.num, next: next}, year != 0
}

// yearAt reads a year of four digits after "năm", a comma, "de", or nothing.
func (l *line) yearAt(j int) (year, next int) {
	for skipped := 0; skipped < 2; skipped++ {
		w, s := l.word(j), l.sign(j)
		if w != "nam" && w != "de" && w != "of" && s != ',' && s != '.' && s != '/' && s != '-' {
			break
		}
		j++
	}
	t := l.at(j)
	switch {
	case t.digits == 4:
		return t.num, j + 1
	case t.digits == 2 && l.sign(j+2) == ':': // RFC 822: "01 Jan 04 19:48:21"
		return century(t.num), j + 1
	}
	return 0, j
}

func century(year int) int {
	if year >= firstYear-1900 {
		return 1900 + year
	}
	return 2000 + year
}

// compact reads "20221119T153200" and "20221119".
func (l *line) compact(i int) (day, bool) {
	t := l.at(i)
	if t.digits != 8 || t.num < firstYear*10000 {
		return day{}, false
	}
	return day{year: t.num / 10000, month: t.num / 100 % 100, day: t.num % 100, next: i + 1}, true
}

// ideographs reads "2022年1月25日".
func (l *line) ideographs(i int) (day, bool) {
	y, m, d := l.at(i), l.at(i+2), l.at(i+4)
	if y.digits != 4 || !m.isNum() || !d.isNum() || l.word(i+1) != "年" || l.word(i+3) != "月" || l.word(i+5) != "日" {
		return day{}, false
	}
	return day{year: y.num, month: m.num, day: d.num, next: i + 6}, true
}
