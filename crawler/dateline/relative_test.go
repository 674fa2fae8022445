package dateline

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// fetched is the time of fetching in the tests inside the package: a Friday
// afternoon.
var fetched = time.Date(2026, 11, 27, 15, 0, 30, 0, Zone())

func TestRelative(t *testing.T) {
	for text, want := range map[string]string{
		"30 giây trước": "2026-11-27T15:00:00+07:00", "15 phút trước": "2026-11-27T14:45:00+07:00", "một giờ trước": "2026-11-27T14:00:00+07:00", "2 tiếng trước": "2026-11-27T13:00:00+07:00",
		"2 giờ đồng hồ trước": "2026-11-27T13:00:00+07:00", "2 GIỜ TRƯỚC": "2026-11-27T13:00:00+07:00", "2 gio\u031b\u0300 tru\u031bo\u031b\u0301c": "2026-11-27T13:00:00+07:00",
		"Đăng 3 giờ trước": "2026-11-27T12:00:00+07:00", "16 giờ trước": "2026-11-26T23:00:00+07:00",
		"1 ngày trước": "2026-11-26", "hai ngày trước": "2026-11-25", "3 hôm trước": "2026-11-24", "một tuần trước": "2026-11-20", "5 tháng trước": "2026-06-27", "2 năm trước": "2024-11-27",
		"5 minutes ago": "2026-11-27T14:55:00+07:00", "1 hour ago": "2026-11-27T14:00:00+07:00", "3 days ago": "2026-11-24", "1 week ago": "2026-11-20", "2 months ago": "2026-09-27", "1 year ago": "2025-11-27",
		"hôm qua": "2026-11-26", "Hôm kia": "2026-11-25", "yesterday": "2026-11-26", "hôm qua, lúc 14:30": "2026-11-26T14:30:00+07:00", "14:30 hôm qua": "2026-11-26T14:30:00+07:00",
		"Hôm nay, 09:05": "2026-11-27T09:05:00+07:00", "today at 9:05": "2026-11-27T09:05:00+07:00", "Yesterday at 9:05 PM": "2026-11-26T21:05:00+07:00", "HÔM QUA 9h30": "2026-11-26T09:30:00+07:00",
	} {
		stamps := Find(text, fetched)
		if len(stamps) != 1 || !stamps[0].Relative || stamps[0].Confidence > sureRelative {
			t.Errorf("%q: %+v, want %s", text, stamps, want)
			continue
		}
		got := stamps[0].Time.Format(time.RFC3339)
		if stamps[0].DateOnly {
			got = stamps[0].Time.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// What names no time stays unknown; it is never taken for the time of fetching.
func TestUnknownStaysUnknown(t *testing.T) {
	for _, text := range []string{
		"Vừa xong", "Mới đây", "just now", "hôm nay", "Hôm nay", "today", "0 giờ trước", "1000 ngày trước", "giờ trước", "2 giờ", "2 giờ nữa", "2 người trước", "trước 2 giờ", "hôm", "hôm sau", "hôm nay, 16:30",
	} {
		if stamps := Find(text, fetched); len(stamps) != 0 {
			t.Errorf("%q: %+v", text, stamps)
		}
	}
	for _, text := range []string{"hôm qua", "2 giờ trước", "14:30 hôm qua", "Hôm nay, 09:05"} {
		if stamps := Find(text, time.Time{}); len(stamps) != 0 {
			t.Errorf("%q without a time of fetching: %+v", text, stamps)
		}
	}
}

// Days are counted at +07:00, wherever the machine that fetched stands.
func TestDaysAreCountedInVietNam(t *testing.T) {
	utc := time.Date(2026, 11, 26, 20, 0, 0, 0, time.UTC) // 03:00 on the 27th at +07:00
	for text, want := range map[string]string{"hôm qua": "2026-11-26", "1 ngày trước": "2026-11-26", "hôm nay, 01:30": "2026-11-27", "hôm qua 23:30": "2026-11-26", "4 giờ trước": "2026-11-26"} {
		stamps := Find(text, utc)
		if len(stamps) != 1 || stamps[0].Time.In(Zone()).Format(time.DateOnly) != want {
			t.Errorf("%q: %+v, want %s", text, stamps, want)
		}
	}
}

func TestRelativeTimesLieInThePast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		unit := rapid.SampledFrom([]string{"giây", "phút", "giờ", "ngày", "tuần", "tháng", "năm", "minutes", "hours", "days"}).Draw(t, "unit")
		now := time.Unix(rapid.Int64Range(1.6e9, 1.8e9).Draw(t, "now"), 0)
		word := "trước"
		if unit[len(unit)-1] == 's' {
			word = "ago"
		}
		text := fmt.Sprintf("%d %s %s", n, unit, word)
		stamps := Find(text, now)
		if len(stamps) != 1 || !stamps[0].Time.Before(now) || stamps[0].Start != 0 || stamps[0].End != len(text) {
			t.Fatalf("%q at %v: %+v", text, now, stamps)
		}
	})
}
