package viet

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
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

// TestNumbersCanBeReadBack: without its dots, and with a point for the comma,
// the text is the number; every group between dots has three digits.
func TestNumbersCanBeReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		s := FormatInt(n)
		if back, err := strconv.ParseInt(strings.ReplaceAll(s, ".", ""), 10, 64); err != nil || back != n {
			t.Fatalf("%d is written %q, read %d (%v)", n, s, back, err)
		}
		for i, group := range strings.Split(strings.TrimPrefix(s, "-"), ".") {
			if len(group) > 3 || i > 0 && len(group) != 3 || group == "" {
				t.Fatalf("%d is written %q", n, s)
			}
		}
		f, decimals := rapid.Float64Range(-1e12, 1e12).Draw(t, "f"), rapid.IntRange(0, 4).Draw(t, "decimals")
		text := FormatFloat(f, decimals)
		back, err := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", "."), 64)
		if err != nil || math.Abs(back-f) > math.Pow10(-decimals) || strings.HasPrefix(text, "-") && back == 0 {
			t.Fatalf("%v is written %q", f, text)
		}
	})
}

func TestFormatIntTakesNamedIntegers(t *testing.T) {
	type views int32
	if got := FormatInt(views(1234)) + " " + FormatInt(int64(-1000)) + " " + FormatInt(int32(math.MinInt32)); got != "1.234 -1.000 -2.147.483.648" {
		t.Error(got)
	}
	if got := Percent(12.345, 0) + " " + Percent(-0.00001, 1) + " " + Percent(math.Inf(1), 1); got != "1.234% 0,0% –" && got != "1.235% 0,0% –" {
		t.Error(got)
	}
}

// TestTheDayChangesAtMidnightInVietnam: whatever zone the time is given in.
func TestTheDayChangesAtMidnightInVietnam(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-27T16:59:59Z": "23:59 27/11/2026", "2026-11-27T17:00:00Z": "00:00 28/11/2026", "2026-12-31T17:00:00Z": "00:00 01/01/2027",
		"2026-11-27T23:00:00-08:00": "14:00 28/11/2026", "2026-06-01T00:00:00+07:00": "00:00 01/06/2026", "2028-02-28T18:00:00Z": "01:00 29/02/2028",
	} {
		at, err := time.Parse(time.RFC3339, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateClock(at); got != want || Clock(at)+" "+Date(at) != want {
			t.Errorf("%s is %q, want %q", in, got, want)
		}
	}
}
