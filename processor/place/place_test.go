package place_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/place"
	"github.com/diembao/diembao/viet"
)

func TestShippedTableIsSound(t *testing.T) {
	c := shipped(t)
	c.Validate(func(path, message string) { t.Errorf("configs/places: %s: %s", path, message) })
	former := 0
	for _, p := range c.Provinces {
		former += max(1, len(p.Former))
		if len(p.Former) > 0 && !slicesHasName(p) {
			former++ // the unit of today was one of the 63 under its own name
		}
	}
	if len(c.Provinces) != 34 || former != 63 || len(c.Zones) != 13 {
		t.Errorf("%d provinces of %d, %d zones; want 34 of 63, 13", len(c.Provinces), former, len(c.Zones))
	}
}

// slicesHasName reports whether a unit lists its own name, or its name until
// the end of 2024, among those it was formed from.
func slicesHasName(p place.Province) bool {
	for _, f := range p.Former {
		if f.Name == p.Name || f.Until != "" {
			return true
		}
	}
	return false
}

var communes = []place.Commune{
	{Name: "Hạc Thành", Kind: "phường", Province: "Thanh Hóa", From: "2025-07-01"},
	{Name: "Hòa Bình", Kind: "phường", Province: "Phú Thọ", From: "2025-07-01"},
	{Name: "Hòa Bình", Kind: "xã", Province: "Vĩnh Long", From: "2025-07-01"},
	{Name: "Điện Biên", Kind: "phường", Province: "Thanh Hóa", Until: "2025-06-30"},
}

// find gives what a text of a day names: "written→then→now", in order.
func find(t testing.TB, g *place.Gazetteer, day, text string) string {
	t.Helper()
	code, _ := viet.Language(text)
	var out []string
	for _, p := range g.Find(&mention.Text{Body: text}, day, code == viet.VietnameseBare) {
		out = append(out, fmt.Sprintf("%s→%s→%s", p.Written, p.Then, p.Now))
		for _, s := range p.Spans {
			if s.Field != "body" || s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				t.Errorf("%q: span %+v", text, s)
			}
		}
	}
	return strings.Join(out, "; ")
}

func TestFind(t *testing.T) {
	g := place.NewGazetteer(shipped(t), communes)
	for _, tt := range []struct{ day, text, want string }{
		// provinces, now and then
		{"2026-09-14", "Hội nghị ở Thanh Hóa", "Thanh Hóa→tỉnh Thanh Hóa→Thanh Hóa"},
		{"2026-09-14", "Hội nghị tại tỉnh Thanh Hoá", "tỉnh Thanh Hoá→tỉnh Thanh Hóa→Thanh Hóa"},
		{"2023-05-01", "nông dân Long An được mùa", "Long An→tỉnh Long An→Tây Ninh"},
		{"2026-09-14", "nông dân Long An được mùa", "Long An→tỉnh Tây Ninh→Tây Ninh"},
		{"2026-09-14", "nông dân Bình Dương", "Bình Dương→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2023-05-01", "khu công nghiệp Bình Dương", "Bình Dương→tỉnh Bình Dương→Hồ Chí Minh"},
		{"", "nông dân Long An", "Long An→→Tây Ninh"},
		{"2026-04-29", "sân bay ở Đồng Nai", "Đồng Nai→tỉnh Đồng Nai→Đồng Nai"},
		{"2026-04-30", "sân bay ở Đồng Nai", "Đồng Nai→thành phố Đồng Nai→Đồng Nai"},
		{"2026-09-01", "du lịch Quảng Ninh", "Quảng Ninh→thành phố Quảng Ninh→Quảng Ninh"},
		{"2026-08-31", "du lịch Quảng Ninh", "Quảng Ninh→tỉnh Quảng Ninh→Quảng Ninh"},
		{"2026-09-20", "quan họ Bắc Ninh", "Bắc Ninh→thành phố Bắc Ninh→Bắc Ninh"},
		{"2024-12-31", "tỉnh Thừa Thiên Huế", "tỉnh Thừa Thiên Huế→tỉnh Thừa Thiên Huế→Huế"},
		{"2025-03-01", "TT-Huế đón khách", "TT-Huế→thành phố Huế→Huế"},
		{"2025-03-01", "mưa lớn ở Huế", "Huế→thành phố Huế→Huế"},
		// spellings
		{"2026-09-14", "dân TP.HCM", "TP.HCM→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-09-14", "dân TP. HCM", "TP. HCM→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-09-14", "dân TPHCM và Sài Gòn", "TPHCM→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-09-14", "TP Hồ Chí Minh", "TP Hồ Chí Minh→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-09-14", "BR-VT mời đầu tư", "BR-VT→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-09-14", "Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-09-14", "cà phê Đắc Lắc", "Đắc Lắc→tỉnh Đắk Lắk→Đắk Lắk"},
		{"2026-09-14", "ở Đăk Nông", "Đăk Nông→tỉnh Lâm Đồng→Lâm Đồng"},
		{"2026-09-14", "bản ở LaiChâu", "LaiChâu→tỉnh Lai Châu→Lai Châu"},
		{"2026-09-14", "xứ Thanh đón khách", "xứ Thanh→tỉnh Thanh Hóa→Thanh Hóa"},
		{"2026-09-14", "mình ở hà nội nè", "hà nội→thành phố Hà Nội→Hà Nội"},
		{"2026-09-14", "cho em hoi o ha noi lam cccd o dau vay a", "ha noi→thành phố Hà Nội→Hà Nội"},
		{"2026-09-14", "cho em hoi thu tuc dat dai o thanh hoa voi a", "thanh hoa→tỉnh Thanh Hóa→Thanh Hóa"},
		{"2026-09-14", "BẢNG GIÁ ĐẤT MỚI TẠI THANH HÓA", "THANH HÓA→tỉnh Thanh Hóa→Thanh Hóa"},
		// ordinary words
		{"2026-09-14", "vì hòa bình thế giới", ""},
		{"2026-09-14", "Hòa bình là khát vọng", ""},
		{"2026-09-14", "THẾ GIỚI HÒA BÌNH", ""},
		{"2026-09-14", "sống thái bình, phú quý", ""},
		{"2026-09-14", "tòa nhà cao bằng ngọn núi", ""},
		{"2026-09-14", "công nghệ an ninh mới", ""},
		{"2026-09-14", "hai lạng sơn trà", ""},
		{"2026-09-14", "viện hải dương học", ""},
		{"2026-09-14", "khu vực Ấn Độ - Thái Bình Dương", ""},
		{"2026-09-14", "Chủ tịch Hồ Chí Minh", ""},
		{"2026-09-14", "học tập tư tưởng Hồ Chí Minh", ""},
		{"2026-09-14", "Đường Hồ Chí Minh", ""},
		{"2026-09-14", "chiến thắng Điện Biên Phủ", ""},
		{"2026-09-14", "bún bò Huế", ""},
		// unsure names with what makes them sure
		{"2026-09-14", "tỉnh Hòa Bình cũ", "tỉnh Hòa Bình→tỉnh Phú Thọ→Phú Thọ"},
		{"2023-09-14", "UBND tỉnh Hoà Bình", "tỉnh Hoà Bình→tỉnh Hòa Bình→Phú Thọ"},
		{"2026-09-14", "người dân ở Hòa Bình", "Hòa Bình→tỉnh Phú Thọ→Phú Thọ"},
		{"2026-09-14", "Sơn La, Hòa Bình và Lai Châu", "Sơn La→tỉnh Sơn La→Sơn La; Hòa Bình→tỉnh Phú Thọ→Phú Thọ; Lai Châu→tỉnh Lai Châu→Lai Châu"},
		{"2026-09-14", "lúa Thái Bình, Nam Định", "Thái Bình→tỉnh Hưng Yên→Hưng Yên; Nam Định→tỉnh Ninh Bình→Ninh Bình"},
		// persons and what is named after a place
		{"2026-09-14", "ông Nguyễn Hòa Bình", ""},
		{"2026-09-14", "chị Hà Giang kể", ""},
		{"2026-09-14", "ca sĩ Hải Dương; Hải Dương hát", ""},
		{"2026-09-14", "diễn viên An Giang (tên thật Phạm An)", ""},
		{"2026-09-14", "tiền vệ Hồ Khánh Hòa ghi bàn. Khánh Hòa nói vui.", ""},
		{"2026-09-14", "tỉnh Hà Nam (Trung Quốc)", ""},
		{"2026-09-14", "anh em Bình Dương ơi", "Bình Dương→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		// districts
		{"2024-05-01", "TP Sầm Sơn, tỉnh Thanh Hóa", "TP Sầm Sơn→thành phố Sầm Sơn, tỉnh Thanh Hóa→Thanh Hóa; tỉnh Thanh Hóa→tỉnh Thanh Hóa→Thanh Hóa"},
		{"2026-05-01", "du khách đến Sầm Sơn", "Sầm Sơn→tỉnh Thanh Hóa→Thanh Hóa"},
		{"2024-05-01", "quận 8 ngập", "quận 8→quận 8, thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2026-05-01", "TP Thủ Đức và Gò Vấp", "TP Thủ Đức→thành phố Hồ Chí Minh→Hồ Chí Minh; Gò Vấp→thành phố Hồ Chí Minh→Hồ Chí Minh"},
		{"2024-05-01", "huyện Quảng Ninh, tỉnh Quảng Bình", "huyện Quảng Ninh→huyện Quảng Ninh, tỉnh Quảng Bình→Quảng Trị; tỉnh Quảng Bình→tỉnh Quảng Bình→Quảng Trị"},
		{"2024-05-01", "huyện Châu Thành", "huyện Châu Thành→→"},
		{"2024-05-01", "huyện Châu Thành (Bến Tre)", "huyện Châu Thành→huyện Châu Thành, tỉnh Bến Tre→Vĩnh Long; Bến Tre→tỉnh Bến Tre→Vĩnh Long"},
		{"2024-05-01", "huyện Châu Thành, tỉnh Long An", "huyện Châu Thành→huyện Châu Thành, tỉnh Long An→Tây Ninh; tỉnh Long An→tỉnh Long An→Tây Ninh"},
		{"2026-09-14", "lũ ở Vinh, Nghệ An", "Vinh→tỉnh Nghệ An→Nghệ An; Nghệ An→tỉnh Nghệ An→Nghệ An"},
		{"2026-09-14", "Vinh là học sinh giỏi", ""},
		{"2026-09-14", "đội Thống Nhất thắng", ""},
		{"2026-09-14", "phú quý giàu sang", ""},
		{"2026-09-14", "đặc khu Phú Quý", "đặc khu Phú Quý→đặc khu Phú Quý, tỉnh Lâm Đồng→Lâm Đồng"},
		{"2026-09-14", "du khách tới Phú Quốc", "Phú Quốc→tỉnh An Giang→An Giang"},
		// communes from the user's file
		{"2026-09-14", "phường Hạc Thành", "phường Hạc Thành→phường Hạc Thành, tỉnh Thanh Hóa→Thanh Hóa"},
		{"2026-09-14", "phường Hòa Bình, tỉnh Phú Thọ", "phường Hòa Bình→phường Hòa Bình, tỉnh Phú Thọ→Phú Thọ; tỉnh Phú Thọ→tỉnh Phú Thọ→Phú Thọ"},
		{"2026-09-14", "phường Phú Thọ", ""},
		{"2024-09-14", "phường Điện Biên", "phường Điện Biên→phường Điện Biên, tỉnh Thanh Hóa→Thanh Hóa"},
		{"2026-09-14", "", ""},
	} {
		if got := find(t, g, tt.day, tt.text); got != tt.want {
			t.Errorf("%s %q:\ngot  %q\nwant %q", tt.day, tt.text, got, tt.want)
		}
	}
}

func TestReadCommunes(t *testing.T) {
	file := "\uFEFFcode,name,kind,province,extra\n00004,Ba Đình,phường,Hà Nội,x\n1,Phường Hạc Thành,,Tỉnh Thanh Hóa,\n2,,xã,Sơn La,\n3,Không Cấp,,Sơn La,\n"
	var lines []int
	got, err := place.ReadCommunes(strings.NewReader(file), func(line int, _ string) { lines = append(lines, line) })
	if err != nil || len(got) != 2 || fmt.Sprint(lines) != "[4 5]" {
		t.Fatalf("%+v %v, reported %v", got, err, lines)
	}
	if want := (place.Commune{Code: "1", Name: "Hạc Thành", Kind: "phường", Province: "Thanh Hóa"}); got[1] != want {
		t.Errorf("got %+v", got[1])
	}
	if _, err := place.ReadCommunes(strings.NewReader("a,b\n"), nil); err == nil || !strings.Contains(err.Error(), `"name"`) {
		t.Errorf("head line: %v", err)
	}
	if _, err := place.ReadCommunes(strings.NewReader(""), nil); err == nil {
		t.Error("an empty file was taken")
	}
}

// TestAgainstGazetteer compares the tables with public ones of the units
// before and after 1/7/2025, and reads their communes as a user would.
func TestAgainstGazetteer(t *testing.T) {
	const dir = "../../../shared/datasets/gazetteer_vn/"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("datasets: gazetteer_vn is not there: the tables of places were not compared with it")
	}
	g := place.NewGazetteer(shipped(t), nil)
	provinces := map[string]string{}
	for _, r := range rows(t, dir+"provinces_2025.csv") {
		provinces[r["code"]] = r["name"]
		want := viet.Key(r["name"])
		got := g.Find(&mention.Text{Body: "tỉnh " + r["name"]}, "2026-10-01", false)
		if len(got) != 1 || viet.Key(got[0].Now) != want || got[0].Code != r["code"] {
			t.Errorf("%s: %+v", r["full_name"], got)
		}
	}
	for _, r := range rows(t, dir+"provinces_pre2025.csv") {
		if got := g.Find(&mention.Text{Body: "tỉnh " + r["name"]}, "2024-10-01", false); len(got) != 1 || got[0].Now == "" {
			t.Errorf("%s: %+v", r["full_name"], got)
		}
	}
	old := map[string]string{}
	for _, r := range rows(t, dir+"provinces_pre2025.csv") {
		old[r["code"]] = strings.Replace(r["full_name"], "Thành phố Huế", "tỉnh Thừa Thiên Huế", 1)
	}
	missing := 0
	for _, r := range rows(t, dir+"districts_pre2025.csv") {
		text := r["full_name"] + ", " + old[r["province_code"]]
		got := g.Find(&mention.Text{Body: text}, "2024-10-01", false)
		if len(got) == 0 || got[0].Level != place.LevelDistrict && !strings.HasPrefix(r["full_name"], "Thành phố") || got[0].Now == "" {
			missing++
			t.Logf("%s: %+v", text, got)
		}
	}
	if missing > 7 { // 1 in 100
		t.Errorf("%d districts are not found beside their province", missing)
	}
	var file strings.Builder
	file.WriteString("code,name,kind,province,from\n")
	for _, r := range rows(t, dir+"wards_2025.csv") {
		fmt.Fprintf(&file, "%s,%q,,%s,2025-07-01\n", r["code"], r["full_name"], provinces[r["province_code"]])
	}
	list, err := place.ReadCommunes(strings.NewReader(file.String()), func(line int, message string) { t.Errorf("line %d: %s", line, message) })
	if err != nil || len(list) != 3321 {
		t.Fatalf("%d communes, %v", len(list), err)
	}
	all := place.NewGazetteer(shipped(t), list)
	if got := all.Find(&mention.Text{Body: "UBND phường Hạc Thành"}, "2026-09-14", false); len(got) != 1 || got[0].Now != "Thanh Hóa" {
		t.Errorf("%+v", got)
	}
}

func rows(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		m := map[string]string{}
		for i, h := range all[0] {
			m[h] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func TestValidate(t *testing.T) {
	good := func() place.Config {
		return place.Config{Provinces: []place.Province{{Code: "38", Name: "Thanh Hóa"}, {Code: "12", Name: "Lai Châu"}}}
	}
	for _, tt := range []struct {
		name   string
		change func(*place.Config)
		want   string
	}{
		{"sound", func(*place.Config) {}, ""},
		{"code", func(c *place.Config) { c.Provinces[0].Code = "8" }, "provinces[0].code"},
		{"code twice", func(c *place.Config) { c.Provinces[1].Code = "38" }, "provinces[1].code"},
		{"name twice", func(c *place.Config) { c.Provinces[1].Name = "Thanh Hoá" }, "provinces[1].name"},
		{"no name", func(c *place.Config) { c.Provinces[0].Name = "" }, "provinces[0].name"},
		{"day", func(c *place.Config) { c.Provinces[0].CitySince = "1/9/2026" }, "provinces[0].city_since"},
		{"zone's province", func(c *place.Config) { c.Zones = []place.Zone{{Name: "A", Province: "B"}} }, "zones[0].province"},
		{"districts' province", func(c *place.Config) { c.Districts = []place.DistrictGroup{{Province: "B"}} }, "districts[0].province"},
		{"district twice", func(c *place.Config) {
			c.Districts = []place.DistrictGroup{{Province: "Lai Châu", Rural: []string{"Sìn Hồ", "Sìn Hồ"}}}
		}, "districts[0].rural[1]"},
		{"common", func(c *place.Config) { c.Common = []string{"Sông Hồng"} }, "common[0]"},
	} {
		c := good()
		tt.change(&c)
		var paths []string
		c.Validate(func(path, _ string) { paths = append(paths, path) })
		if got := strings.Join(paths, " "); tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// FuzzFind: no text breaks the finder, and every span lies in its field.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"TP. HCM, tỉnh Thanh Hóa (Nghệ An)", "quận 8, Vinh - Nghệ An", "HÀ NỘI", "ca sĩ Hải Dương", "ở ha noi\xff", "Đắk Lắk–Đắk Nông,"} {
		f.Add(seed, false)
	}
	g := place.NewGazetteer(shipped(f), communes)
	f.Fuzz(func(t *testing.T, text string, bare bool) {
		for _, p := range g.Find(&mention.Text{Title: text, Body: text}, "2026-09-14", bare) {
			if len(p.Spans) == 0 || p.Written == "" || p.Score <= 0 || p.Score > 1 {
				t.Fatalf("%q: %+v", text, p)
			}
			for _, s := range p.Spans {
				if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
					t.Fatalf("%q: %+v", text, p)
				}
			}
		}
	})
}
