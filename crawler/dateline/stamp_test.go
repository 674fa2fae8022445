package dateline

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClockAndDayAreBoundOverWhatStandsBetween(t *testing.T) {
	for _, text := range []string{
		"25/05/2022 14:05", "25/05/2022, 14:05", "25/05/2022 - 14:05", "25/05/2022 – 14:05", "25/05/2022 — 14:05", "25/05/2022 | 14:05", "25/05/2022 lúc 14:05", "25/05/2022 vào lúc 14:05", "25/05/2022 @ 14:05", "25/05/2022 • 14:05",
		"25/05/2022 at 14:05", "25/05/2022 um 14:05 Uhr", "25/05/2022 (14:05)", "25/05/2022 Thứ tư, 14:05", "25/05/2022, Thứ 4, 14:05",
		"14:05 25/05/2022", "14:05, 25/05/2022", "14:05 - 25/05/2022", "14:05 | 25/05/2022", "14:05 ngày 25/05/2022", "14:05, ngày 25/05/2022", "14:05 Thứ 4, 25/05/2022", "14:05, Thứ Tư, ngày 25/05/2022", "14:05 Chủ nhật, 25/05/2022",
		"14h05 ngày 25/05/2022", "14 giờ 05 phút, ngày 25 tháng 5 năm 2022", "2022-05-25T14:05", "2:05 CH, 25/05/2022", "25/05/2022 2:05 PM", "Wednesday, May 25, 2022 at 2:05 PM", "25 мая 2022 в 14:05",
	} {
		stamps := Find(text, fetched)
		if len(stamps) != 1 || stamps[0].DateOnly || stamps[0].Time.Format(time.RFC3339) != "2022-05-25T14:05:00+07:00" {
			t.Errorf("%q: %+v", text, stamps)
		}
	}
}

func TestClockOfAnotherThingIsNotBound(t *testing.T) {
	for _, text := range []string{"25/05/2022 Lượt xem 14:05", "25/05/2022 Video: 14:05", "25/05/2022 0:00 / 0:00", "25/05/2022", "25/05/2022 14", "25/05/2022 x14:05"} {
		if stamps := Find(text, fetched); len(stamps) != 1 || !stamps[0].DateOnly || stamps[0].Time.Format(time.RFC3339) != "2022-05-25T00:00:00+07:00" {
			t.Errorf("%q: %+v", text, stamps)
		}
	}
}

// In a list every day keeps the clock beside it, on whichever side.
func TestListsOfTimes(t *testing.T) {
	for _, text := range []string{
		"16:45 | 15/12/2025 18:40 | 08/08/2022", "15/12/2025 16:45 - 08/08/2022 18:40", "15/12/2025 16:45; 08/08/2022 18:40", "Đăng 15/12/2025 16:45 | Cập nhật 08/08/2022 18:40", "16:45, 15/12/2025\n18:40, 08/08/2022",
	} {
		stamps := Find(text, fetched)
		if len(stamps) != 2 || stamps[0].Time.Format("02/01/2006 15:04") != "15/12/2025 16:45" || stamps[1].Time.Format("02/01/2006 15:04") != "08/08/2022 18:40" {
			t.Errorf("%q: %+v", text, stamps)
		}
	}
}

func TestStampsCoverTheirWords(t *testing.T) {
	for text, want := range map[string]string{
		"Thứ ba, 19/09/2023 15:22 | Lượt xem: 12":    "19/09/2023 15:22",
		"Hà Nội, 20:16 - 24/11/2022 (GMT+7), tin":    "20:16 - 24/11/2022 (GMT+7)",
		"Ngày 12 tháng 3 năm 2014, tại Hà Nội":       "12 tháng 3 năm 2014",
		"Bài đăng 2 giờ trước, 5 bình luận":          "2 giờ trước",
		"Gửi hôm qua lúc 9:54 CH bởi Hà":             "hôm qua lúc 9:54 CH",
		"tin 2022年1月25日 18时30分 xong":                 "2022年1月25日 18时30分",
		"Đăng tha\u0301ng 3 12, 2014 lu\u0301c 9h30": "tha\u0301ng 3 12, 2014 lu\u0301c 9h30",
	} {
		stamps := Find(text, fetched)
		if len(stamps) != 1 || text[stamps[0].Start:stamps[0].End] != want {
			t.Errorf("%q: %+v, want %q", text, stamps, want)
		}
	}
}

// Whatever a line holds, its stamps lie in it in order, on rune boundaries, and
// none is later than the time of fetching allows.
func TestFindOnAnyLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := pieces().Draw(t, "text")
		end := 0
		stamps := Find(text, fetched)
		for _, s := range stamps {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%q: %d-%d after %d", text, s.Start, s.End, end)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("%q: %q cuts a rune", text, text[s.Start:s.End])
			}
			if s.Time.After(fetched.Add(slack)) || s.Time.Year() < firstYear || s.Confidence <= 0 || s.Confidence > 1 {
				t.Fatalf("%q: %+v", text, s)
			}
			end = s.End
		}
		if len(stamps) > 0 && strings.ContainsAny(text, "0123456789") && !stamps[0].Relative && !mayDate(text) {
			t.Fatalf("%q: %+v, and the cheap test fails it", text, stamps)
		}
	})
}
