package dateline

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// firstDay is the first day that a text shows, as yyyy-mm-dd.
func firstDay(text string) string {
	l := scan(text)
	for i := range l.tokens {
		if d, ok := l.dayAt(i); ok {
			return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
		}
	}
	return ""
}

func TestDays(t *testing.T) {
	for text, want := range map[string]string{
		"19/09/2023": "2023-09-19", "9/8/2022": "2022-08-09", "19-09-2023": "2023-09-19", "19.09.2023": "2023-09-19", "19–09–2023": "2023-09-19", "19 / 09 / 2023": "2023-09-19",
		"2023/09/19": "2023-09-19", "2023-9-1": "2023-09-01", "1/9/23": "2023-09-01", "1.9.23": "2023-09-01", "20230919": "2023-09-19", "20230919T1522": "2023-09-19",
		"29/02/2024": "2024-02-29", "31/12/1990": "1990-12-31", "04/05/2023": "2023-05-04",
		"ngày 1 tháng 9 năm 2023": "2023-09-01", "1 tháng 9, 2023": "2023-09-01", "01 THÁNG CHÍN NĂM 2023": "2023-09-01", "Tháng 9 1, 2023": "2023-09-01", "Th9 1, 2023": "2023-09-01",
		"ngày 2 tháng Giêng năm 2023": "2023-01-02", "30 tháng Chạp, 2023": "2023-12-30", "1 tháng mười một 2023": "2023-11-01",
		"1st September 2023": "2023-09-01", "2nd Sept. 2023": "2023-09-02", "3rd Sep 2023": "2023-09-03", "4th Sep 2023": "2023-09-04", "September 4th, 2023": "2023-09-04", "01-Sep-2023": "2023-09-01",
		"4. September 2023": "2023-09-04", "4 de septiembre de 2023": "2023-09-04", "4 septembre 2023": "2023-09-04", "2023年9月4日": "2023-09-04",
		"04 Sep 23 08:00": "2023-09-04", "04 Sep 99 08:00": "1999-09-04", "Thứ hai, 04/09/2023": "2023-09-04",
	} {
		if got := firstDay(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestNoDays(t *testing.T) {
	for _, text := range []string{
		"29/02/2023", "29/02/2100", "31/04/2023", "00/01/2023", "01/00/2023", "01/13/2023", "32/01/2023", "19/09-2023", "19-09/2023", "01/01/1989", "01/01/2201", "1-9-23", "19/9/202", "19/009/2023", "019/09/2023",
		"20231301", "20230230", "19891231", "12/2023", "tháng 9 năm 2023", "tháng 9", "1 tháng 9", "2023年9月", "2023年13月4日", "99 Sep 2023", "1 tháng 13 năm 2023", "31 tháng 2 năm 2023",
		"09/2017/NĐ-CP", "1/2/2020/NĐ-CP", "3.1.2.2020", "118.69.12.2020", "10.1.12.2020", "1.9.2023.4", "08/08", "10/63", "", "ngày", "//2023", "1//2023",
	} {
		if got := firstDay(text); got != "" {
			t.Errorf("%q: took %s", text, got)
		}
	}
}

// A day that the calendar does not have is refused, never moved to another.
func TestDaysAreNeverMoved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, m, y := rapid.IntRange(1, 31).Draw(t, "day"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(firstYear, 2200).Draw(t, "year")
		form := rapid.SampledFrom([]string{"%[1]d/%[2]d/%[3]d", "%02[1]d-%02[2]d-%[3]d", "%[3]d-%02[2]d-%02[1]d", "%[1]d tháng %[2]d năm %[3]d", "%[3]d%02[2]d%02[1]d", "%[3]d年%[2]d月%[1]d日"}).Draw(t, "form")
		text := fmt.Sprintf(form, d, m, y)
		want := ""
		if day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); day.Day() == d {
			want = day.Format(time.DateOnly)
		}
		if got := firstDay(text); got != want {
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
	})
}

func TestCenturyOfTwoFigures(t *testing.T) {
	for year, want := range map[int]int{0: 2000, 4: 2004, 26: 2026, 89: 2089, 90: 1990, 99: 1999} {
		if got := century(year); got != want {
			t.Errorf("%02d: %d, want %d", year, got, want)
		}
	}
}

// Two figures of a year are less sure than four.
func TestShortYearsAreLessSure(t *testing.T) {
	short, _ := Value("1/9/23 08:00", time.Time{})
	full, _ := Value("1/9/2023 08:00", time.Time{})
	if !short.Time.Equal(full.Time) || short.Confidence >= full.Confidence {
		t.Errorf("%+v beside %+v", short, full)
	}
}
