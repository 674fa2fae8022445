package viet

import (
	"math"
	"testing"
	"time"
)

func TestFormatInt(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 7: "7", 999: "999", 1000: "1.000", 1234567: "1.234.567", -1234: "-1.234", -999: "-999", 100000: "100.000",
		math.MaxInt64: "9.223.372.036.854.775.807", math.MinInt64: "-9.223.372.036.854.775.808",
	} {
		if got := FormatInt(n); got != want {
			t.Errorf("FormatInt(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestFormatFloat(t *testing.T) {
	for _, c := range []struct {
		f        float64
		decimals int
		want     string
	}{
		{12.5, 1, "12,5"}, {12.5, 0, "12"}, {1234.5, 2, "1.234,50"}, {-0.04, 1, "0,0"}, {-1.26, 1, "-1,3"}, {0, 2, "0,00"}, {1e6, 0, "1.000.000"},
		{3.14159, -1, "3"}, {math.NaN(), 1, "–"}, {math.Inf(1), 1, "–"}, {math.Inf(-1), 0, "–"},
	} {
		if got := FormatFloat(c.f, c.decimals); got != c.want {
			t.Errorf("FormatFloat(%v, %d) = %q, want %q", c.f, c.decimals, got, c.want)
		}
	}
	for _, c := range []struct {
		share float64
		want  string
	}{{0.125, "12,5%"}, {1, "100,0%"}, {0, "0,0%"}, {-0.5, "-50,0%"}, {math.NaN(), "–"}} {
		if got := Percent(c.share, 1); got != c.want {
			t.Errorf("Percent(%v) = %q, want %q", c.share, got, c.want)
		}
	}
}

func TestTimes(t *testing.T) {
	at := time.Date(2026, 11, 27, 20, 41, 9, 0, time.UTC)
	if got := Date(at) + " " + Clock(at) + " " + DateClock(at); got != "28/11/2026 03:41 03:41 28/11/2026" {
		t.Error(got)
	}
	if Date(time.Time{}) != "" || Clock(time.Time{}) != "" || DateClock(time.Time{}) != "" {
		t.Error("the zero time is shown")
	}
	if name, offset := at.In(Zone()).Zone(); name != "Asia/Ho_Chi_Minh" || offset != 7*3600 {
		t.Error(name, offset)
	}
}
