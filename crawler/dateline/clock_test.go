package dateline

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestClocks(t *testing.T) {
	for text, want := range map[string]string{
		"16:22": "16:22:00", "0:05": "00:05:00", "00:00": "00:00:00", "23:59": "23:59:00", "16:22:05": "16:22:05", "16:22:05.123": "16:22:05", "16:22:05,5": "16:22:05",
		"9h30": "09:30:00", "9h": "09:00:00", "9H30": "09:30:00", "9 h 30": "09:30:00", "9g15": "09:15:00", "9 giờ 30": "09:30:00", "9 giờ 30 phút": "09:30:00", "9 GIỜ 05 PHÚT": "09:05:00",
		"9h30'": "09:30:00", "9 giờ": "09:00:00", "9 giờ sáng": "09:00:00", "3 giờ chiều": "15:00:00", "8h tối": "20:00:00", "18時30分": "18:30:00", "9时5分": "09:05:00", "9點": "09:00:00",
		"9:54 CH": "21:54:00", "9:54 SA": "09:54:00", "9:54 ch": "21:54:00", "12:30 CH": "12:30:00", "12:30 SA": "00:30:00",
		"14:08 PM": "14:08:00", "15:32 AM": "15:32:00", "8:05 a.m.": "08:05:00", "8:05 p.m.": "20:05:00", "8:05 p.m": "20:05:00", "12:00 am": "00:00:00",
		"24:00": "", "25:00": "", "9:60": "", "9:5": "", "9:005": "", "123:45": "", "16:22:61": "", "9": "", "h30": "", "9 giờ trước": "", "9h trước": "",
		"0:00 / 0:00": "", "0:00/3:45": "", "9.30": "", "9-30": "", "phút": "", "": "",
	} {
		c, ok := scan(text).clockAt(0)
		if ok != (want != "") || ok && fmt.Sprintf("%02d:%02d:%02d", c.hour, c.minute, c.second) != want {
			t.Errorf("%q: %02d:%02d:%02d %v, want %q", text, c.hour, c.minute, c.second, ok, want)
		}
	}
}

// The second clock of a player's counter is none either, and the end of a
// clock with seconds is no clock of its own.
func TestPartsOfClocksAreNoClocks(t *testing.T) {
	if _, ok := scan("0:00 / 3:45").clockAt(4); ok {
		t.Error("the length of a recording was taken for a clock")
	}
	if _, ok := scan("16:22:05").clockAt(2); ok {
		t.Error("22:05 of 16:22:05 was taken for a clock")
	}
}

// CH and SA may only move a clock by twelve hours, and never off the day.
func TestHalfOfDayKeepsTheClockOnItsDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, m := rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
		half := rapid.SampledFrom([]string{"", "CH", "SA", "PM", "AM", "sáng", "chiều", "tối", "a.m.", "p.m."}).Draw(t, "half")
		c, ok := scan(fmt.Sprintf("%d:%02d %s", h, m, half)).clockAt(0)
		if !ok || c.minute != m || (c.hour-h)%12 != 0 || c.hour > 23 {
			t.Fatalf("%d:%02d %s: %+v %v", h, m, half, c, ok)
		}
		if h > 12 && c.hour != h {
			t.Fatalf("%d:%02d %s: a clock of 24 hours was moved to %d", h, m, half, c.hour)
		}
	})
}

func TestZones(t *testing.T) {
	for zone, want := range map[string]string{
		"": "+07:00", "Z": "Z", "z": "Z", " UTC": "Z", " GMT": "Z", " UT": "Z", " GMT+7": "+07:00", " GMT+07": "+07:00", " (GMT+7)": "+07:00", " (GMT+07:00)": "+07:00", " UTC+0700": "+07:00",
		"+07:00": "+07:00", "+0700": "+07:00", " +0700": "+07:00", "-0500": "-05:00", " -0500": "-05:00", "-05:00": "-05:00", "−05:00": "-05:00", "+05:30": "+05:30", " GMT-5:30": "-05:30", "+14:00": "+14:00",
		" ICT": "+07:00", " EST": "-05:00", " EDT": "-04:00", " CST": "-06:00", " CDT": "-05:00", " MST": "-07:00", " MDT": "-06:00", " PST": "-08:00", " PDT": "-07:00",
		" BST": "+01:00", " CET": "+01:00", " CEST": "+02:00", " JST": "+09:00",
		"+15:00": "+07:00", "+7": "+07:00", "+700": "+07:00", " - 11": "+07:00", " | 12": "+07:00", " Zalo": "+07:00", " (Lượt xem: 7)": "+07:00",
	} {
		s, ok := Value("2022-01-25T16:22:05"+zone, time.Time{})
		if got := s.Time.Format(time.RFC3339); !ok || got != "2022-01-25T16:22:05"+want {
			t.Errorf("%q: %s %v, want %s", zone, got, ok, want)
		}
	}
}

// A zone is only said to be named where the text names one.
func TestZonedIsToldApart(t *testing.T) {
	for text, want := range map[string]bool{
		"16:22 25/01/2022": false, "16:22 25/01/2022 GMT+7": true, "25/01/2022 16:22 (GMT+7)": true, "25/01/2022 - 16:22": false, "2022-01-25T16:22:05Z": true, "25/01/2022": false, "25/01/2022 GMT+7": false,
	} {
		if s, ok := Value(text, time.Time{}); !ok || s.Zoned != want {
			t.Errorf("%q: zoned %v %v, want %v", text, s.Zoned, ok, want)
		}
	}
}
