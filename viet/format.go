package viet

import (
	"strconv"
	"strings"
	"time"
)

// Zone is Vietnamese time: UTC+7 all year, named Asia/Ho_Chi_Minh.
func Zone() *time.Location { return zone }

var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// FormatInt writes n as people read it: 1.234.567.
func FormatInt[N ~int | ~int64 | ~int32](n N) string {
	digits := strconv.FormatInt(int64(n), 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	return sign + groupThousands(digits)
}

func groupThousands(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// FormatFloat writes f with the given number of decimals, decimal comma and
// thousands dots: 12,5; 1.234,50. What is not a number is "–".
func FormatFloat(f float64, decimals int) string {
	s := strconv.FormatFloat(f, 'f', max(decimals, 0), 64)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, rest, has := strings.Cut(s, ".")
	if whole[0] < '0' || whole[0] > '9' {
		return "–"
	}
	if strings.Trim(s, "0.") == "" {
		sign = ""
	}
	if whole = sign + groupThousands(whole); has {
		whole += "," + rest
	}
	return whole
}

// Percent writes a share of 1 in per cent: Percent(0.125, 1) is "12,5%".
func Percent(share float64, decimals int) string {
	s := FormatFloat(share*100, decimals)
	if s == "–" {
		return s
	}
	return s + "%"
}

// Date writes the Vietnamese day of t: 27/11/2026. The zero time is "".
func Date(t time.Time) string { return inZone(t, "02/01/2006") }

// Clock writes the Vietnamese time of day of t: 09:41. The zero time is "".
func Clock(t time.Time) string { return inZone(t, "15:04") }

// DateClock writes both: 09:41 27/11/2026. The zero time is "".
func DateClock(t time.Time) string { return inZone(t, "15:04 02/01/2006") }

func inZone(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Zone()).Format(layout)
}
