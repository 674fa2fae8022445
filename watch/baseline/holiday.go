package baseline

import "time"

// Holidays are days on which news keeps Sunday hours: date (yyyy-mm-dd, in
// Vietnamese time) → name. They are data because the Government fixes the days
// off around Tết each year.
type Holidays map[string]string

// Name gives the holiday on the day of t in zone, or "".
func (h Holidays) Name(t time.Time, zone *time.Location) string {
	if len(h) == 0 {
		return ""
	}
	return h[t.In(zone).Format(time.DateOnly)]
}

// VietnamHolidays lists the public holidays of Điều 112 of the Labour Code
// for 2025 to 2028: new year, Tết from the last day of the lunar year to the
// fourth of the new one, Hùng kings' day, 30/4, 1/5, 1–2/9. Lunar days were
// converted by hand; swapped working days are a unit's own to add.
func VietnamHolidays() Holidays {
	days := Holidays{}
	add := func(name, first string, count int) {
		day, err := time.Parse(time.DateOnly, first)
		for i := 0; err == nil && i < count; i++ {
			days[day.AddDate(0, 0, i).Format(time.DateOnly)] = name
		}
	}
	for year, lunar := range map[string]struct{ tet, hung string }{
		"2025": {"2025-01-28", "2025-04-07"},
		"2026": {"2026-02-16", "2026-04-26"},
		"2027": {"2027-02-05", "2027-04-16"},
		"2028": {"2028-01-25", "2028-04-04"},
	} {
		add("Tết Dương lịch", year+"-01-01", 1)
		add("Tết Nguyên đán", lunar.tet, 5)
		add("Giỗ Tổ Hùng Vương", lunar.hung, 1)
		add("Ngày Chiến thắng 30/4", year+"-04-30", 1)
		add("Quốc tế Lao động", year+"-05-01", 1)
		add("Quốc khánh", year+"-09-01", 2)
	}
	return days
}
