package place

import "testing"

// Units for what they were called on a day.
var (
	anGiang  = &Province{Code: "91", Name: "An Giang"}
	dongNai  = &Province{Code: "75", Name: "Đồng Nai", CitySince: "2026-04-30"}
	hue      = &Province{Code: "46", Name: "Huế", CitySince: "2025-01-01"}
	daNang   = &Province{Code: "48", Name: "Đà Nẵng", CitySince: "1997-01-01"}
	thanhHoa = &Province{Code: "38", Name: "Thanh Hóa"}
)

func TestWhatAUnitWasOnADay(t *testing.T) {
	kienGiang := &unit{name: "Kiên Giang", kind: "tỉnh", level: LevelProvince, now: anGiang, until: "2025-06-30"}
	quangNam := &unit{name: "Quảng Nam", kind: "tỉnh", level: LevelProvince, now: daNang, until: "2025-06-30"}
	thuaThien := &unit{name: "Thừa Thiên Huế", kind: "tỉnh", level: LevelProvince, now: hue, until: "2024-12-31"}
	phuQuoc := &unit{name: "Phú Quốc", kind: "thành phố", level: LevelDistrict, parent: "Kiên Giang", now: anGiang, until: "2025-06-30"}
	haiChau := &unit{name: "Hải Châu", kind: "quận", level: LevelDistrict, parent: "Đà Nẵng", now: daNang, until: "2025-06-30"}
	hacThanh := &unit{name: "Hạc Thành", kind: "phường", level: LevelCommune, parent: "Thanh Hóa", now: thanhHoa, from: Merger}
	zone := &unit{name: "Phú Quốc", kind: "đặc khu", level: LevelCommune, now: anGiang, from: Merger}
	today := func(p *Province) *unit { return &unit{name: p.Name, kind: "tỉnh", level: LevelProvince, now: p} }
	for _, tt := range []struct {
		u         *unit
		day, want string
	}{
		{kienGiang, "2023-05-01", "tỉnh Kiên Giang"},
		{kienGiang, "2025-06-30", "tỉnh Kiên Giang"}, // its last day
		{kienGiang, Merger, "tỉnh An Giang"},
		{kienGiang, "", ""},                        // nobody knows the day
		{quangNam, "2025-06-30", "tỉnh Quảng Nam"}, // not a city, though what it went into was one
		{quangNam, Merger, "thành phố Đà Nẵng"},
		{thuaThien, "2024-12-31", "tỉnh Thừa Thiên Huế"},
		{thuaThien, "2025-03-01", "thành phố Huế"}, // between its becoming a city and the merger
		{thuaThien, "2026-03-01", "thành phố Huế"},
		{today(dongNai), "2026-04-29", "tỉnh Đồng Nai"},
		{today(dongNai), "2026-04-30", "thành phố Đồng Nai"},
		{today(daNang), "2020-01-01", "thành phố Đà Nẵng"},
		{today(thanhHoa), "1990-01-01", "tỉnh Thanh Hóa"},
		{phuQuoc, "2024-01-01", "thành phố Phú Quốc, tỉnh Kiên Giang"},
		{phuQuoc, "2025-07-02", "tỉnh An Giang"}, // the districts are gone
		{haiChau, "2024-01-01", "quận Hải Châu, thành phố Đà Nẵng"},
		{hacThanh, "2026-01-01", "phường Hạc Thành, tỉnh Thanh Hóa"},
		{zone, "2026-01-01", "đặc khu Phú Quốc, tỉnh An Giang"},
	} {
		if got := tt.u.on(tt.day); got != tt.want {
			t.Errorf("%s %s on %s: %q, want %q", tt.u.kind, tt.u.name, tt.day, got, tt.want)
		}
	}
}
