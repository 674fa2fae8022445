package words

import (
	"fmt"
	"time"

	"github.com/diembao/diembao/viet"
)

// When writes a time for reading beside now: "14:02 hôm nay", "hôm qua 08:10",
// "14:02 20/11/2026". A zero time is "chưa rõ ngày".
func (l Lang) When(at, now time.Time) string {
	if at.IsZero() {
		return l.Say("chưa rõ ngày", "date unknown")
	}
	clock := viet.Clock(at)
	switch daysApart(at, now) {
	case 0:
		return clock + " " + l.Say("hôm nay", "today")
	case 1:
		return clock + " " + l.Say("hôm qua", "yesterday")
	}
	return clock + " " + viet.Date(at)
}

// daysApart counts calendar days in Vietnam from at to now.
func daysApart(at, now time.Time) int {
	return int(midnight(now).Sub(midnight(at)) / (24 * time.Hour))
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(viet.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, viet.Zone())
}

// Weekday writes the day of a digest's heading: "Thứ Sáu, 27/11/2026".
func (l Lang) Weekday(t time.Time) string {
	t = t.In(viet.Zone())
	vi := [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}
	return l.Say(vi[t.Weekday()], t.Weekday().String()) + ", " + viet.Date(t)
}

// Span writes how long something lasts or is left, to the minute: "21 giờ 14
// phút", "3 ngày 4 giờ". Negative durations are written as positive.
func (l Lang) Span(d time.Duration) string {
	d = d.Abs().Round(time.Minute)
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case hours >= 48:
		return fmt.Sprintf(l.Say("%d ngày %d giờ", "%d d %d h"), hours/24, hours%24)
	case hours > 0:
		return fmt.Sprintf(l.Say("%d giờ %d phút", "%d h %d min"), hours, minutes)
	}
	return fmt.Sprintf(l.Say("%d phút", "%d min"), minutes)
}
