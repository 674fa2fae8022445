package newsroom

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Zone is the time of the fixture press: UTC+7, no daylight saving.
var zone = time.FixedZone("+07", 7*60*60)

// DayZero is 00:00 of day 0 as the dates inside the texts have it.
func DayZero() time.Time { return time.Date(2026, 9, 14, 0, 0, 0, 0, zone) }

var (
	// 18/9, 18-9, 18.09, 18/9/2026; the boundary groups keep scores ("2-2"),
	// decimals ("7,5/10") and legal numbers out.
	slashDate = regexp.MustCompile(`(^|[^\d/.,\-])((\d{1,2}) và )?(\d{1,2})([/.\-])(0?[89]|10)([/.\-]2026)?(\D|$)`)
	wordDate  = regexp.MustCompile(`(\d{1,2}) tháng (8|9|10)( năm 2026)?(\D|$)`)
	yearAfter = regexp.MustCompile(`^[/.\-]?\d| năm (19|20)\d`)
)

type edit struct {
	from, to int
	text     string
}

// ShiftDates moves the written dates of August to October 2026 (18/9, 18-09,
// 18.9.2026, "ngày 18 tháng 9", "ngày 17 và 18-9") by whole days and keeps
// their spelling. Dates outside those months are laws' and deadlines' and stay,
// and so do fractions ("9/10 người", "tỷ lệ 1/8") and bare months ("tháng 9").
func ShiftDates(text string, days int) string { return apply(text, edits(text, days)) }

func apply(text string, list []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range list {
		b.WriteString(text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// shiftPart shifts part as it stands inside text, whose context decides what is
// a date; ok is false if part is not in text.
func shiftPart(text, part string, days int) (moved string, ok bool) {
	start := strings.Index(text, part)
	if start < 0 || part == "" {
		return "", false
	}
	var inside []edit
	for _, e := range edits(text, days) {
		if e.from >= start && e.to <= start+len(part) {
			inside = append(inside, edit{e.from - start, e.to - start, e.text})
		}
	}
	return apply(part, inside), true
}

func edits(text string, days int) []edit {
	var list []edit
	for at := 0; at < len(text); {
		e, next, ok := nextDate(text, at, days)
		if !ok {
			break
		}
		if e.text != "" {
			list = append(list, e)
		}
		at = next
	}
	return list
}

// nextDate finds the next written date from at on. An edit without text says
// that what was found is to be left alone.
func nextDate(text string, at, days int) (e edit, next int, ok bool) {
	rest := text[at:]
	s, w := slashDate.FindStringSubmatchIndex(rest), wordDate.FindStringSubmatchIndex(rest)
	if s == nil && w == nil {
		return edit{}, 0, false
	}
	if w == nil || s != nil && s[8] < w[2] {
		e = slashEdit(rest, s, days)
		next = s[13]
		if s[14] >= 0 {
			next = s[15]
		}
	} else {
		e, next = wordEdit(rest, w, days), w[5]
	}
	e.from, e.to = e.from+at, e.to+at
	return e, at + next, true
}

func slashEdit(text string, m []int, days int) edit {
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	day, month, sep := group(4), group(6), group(5)
	before, after := text[:m[8]], text[m[13]:]
	if group(7) == "" && (yearAfter.MatchString(head(after, 6)) || strings.HasPrefix(after, " người") ||
		strings.HasSuffix(before, "tỷ lệ ") || strings.HasSuffix(before, "lệ ")) {
		return edit{}
	}
	when, ok := move(day, month, days)
	if !ok {
		return edit{}
	}
	padded := day[0] == '0' || month[0] == '0'
	e := edit{from: m[8], to: m[13], text: write(when, sep, padded)}
	if first := group(3); first != "" {
		if other, ok := move(first, month, days); ok {
			e.from = m[6]
			e.text = strconv.Itoa(other.Day())
			if other.Month() != when.Month() {
				e.text = write(other, sep, padded)
			}
			e.text += " và " + write(when, sep, padded)
		}
	}
	if group(7) != "" {
		e.to = m[15]
		e.text += group(7)[:1] + strconv.Itoa(when.Year())
	}
	return e
}

func wordEdit(text string, m []int, days int) edit {
	if m[6] < 0 && yearAfter.MatchString(head(text[m[5]:], 9)) {
		return edit{}
	}
	when, ok := move(text[m[2]:m[3]], text[m[4]:m[5]], days)
	if !ok {
		return edit{}
	}
	return edit{m[2], m[5], fmt.Sprintf("%d tháng %d", when.Day(), when.Month())}
}

// move shifts a day of 2026; ok is false for a day the month does not have.
func move(day, month string, days int) (time.Time, bool) {
	d, _ := strconv.Atoi(day)
	mo, _ := strconv.Atoi(month)
	t := time.Date(2026, time.Month(mo), d, 0, 0, 0, 0, zone)
	if d < 1 || t.Day() != d {
		return time.Time{}, false
	}
	return t.AddDate(0, 0, days), true
}

func write(t time.Time, sep string, padded bool) string {
	if padded {
		return fmt.Sprintf("%02d%s%02d", t.Day(), sep, t.Month())
	}
	return fmt.Sprintf("%d%s%d", t.Day(), sep, t.Month())
}

func head(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
