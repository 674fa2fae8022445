package place

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
)

func small() Config {
	return Config{
		Provinces: []Province{
			{Code: "66", Name: "Đắk Lắk", Former: []Former{{Code: "54", Name: "Phú Yên"}}},
			{Code: "25", Name: "Phú Thọ", Former: []Former{{Code: "17", Name: "Hòa Bình", Unsure: true}}},
			{Code: "79", Name: "Hồ Chí Minh", CitySince: "1976-07-02", Spellings: []string{"TP.HCM", "Sài Gòn"}},
		},
		Districts: []DistrictGroup{{Province: "Hồ Chí Minh", Urban: []string{"Quận 8", "Bình Thạnh"}, Rural: []string{"Củ Chi"}}},
		Zones:     []Zone{{Name: "Không Tỉnh", Province: "Chẳng Có"}},
		Not:       []string{"chè Phú Thọ"},
	}
}

// met gives the places of a text as "written→now".
func met(g *Gazetteer, text string, bare bool) string {
	var out []string
	for _, p := range g.Find(&mention.Text{Body: text}, "2026-09-14", bare) {
		out = append(out, p.Written+"→"+p.Now)
	}
	return strings.Join(out, "; ")
}

func TestNamesOfTheTable(t *testing.T) {
	g := NewGazetteer(small(), nil)
	for _, tt := range []struct {
		text string
		bare bool
		want string
	}{
		{"tại Đắk Lắk", false, "Đắk Lắk→Đắk Lắk"},
		{"tại Đăk Lắk", false, "Đăk Lắk→Đắk Lắk"}, // one name, written as each paper likes
		{"tại Đắc Lắk", false, "Đắc Lắk→Đắk Lắk"},
		{"tại ĐắkLắk", false, "ĐắkLắk→Đắk Lắk"},
		{"tại dak lak", true, "dak lak→Đắk Lắk"},
		{"tại TP.HCM", false, "TP.HCM→Hồ Chí Minh"},
		{"dân Sài Gòn", false, "Sài Gòn→Hồ Chí Minh"},
		{"dan sai gon", true, "sai gon→Hồ Chí Minh"},
		{"ở Quận 8, TP.HCM", false, "Quận 8→Hồ Chí Minh; TP.HCM→Hồ Chí Minh"},
		{"o cu chi", true, ""}, // without accents smaller units are anything
		{"chè Phú Thọ ngon", false, ""},
		{"mong muốn hòa bình", false, ""},
		{"tỉnh Hòa Bình", false, "tỉnh Hòa Bình→Phú Thọ"},
		{"tỉnh Hoà Bình", false, "tỉnh Hoà Bình→Phú Thọ"},
		{"đặc khu Không Tỉnh", false, ""}, // a zone of no known province is left out
		{"", false, ""},
	} {
		if got := met(g, tt.text, tt.bare); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestNamesWithoutALetterAreLeftOut: Validate names them; compiling a table
// with them must not end the program.
func TestNamesWithoutALetterAreLeftOut(t *testing.T) {
	c := small()
	c.Not, c.Common, c.CommonBare, c.Loose = []string{"", "-"}, []string{""}, []string{"…"}, []string{""}
	var paths []string
	c.Validate(func(path, _ string) { paths = append(paths, path) })
	for _, want := range []string{"not[0]", "not[1]", "common[0]", "common_bare[0]", "loose[0]"} {
		if !strings.Contains(" "+strings.Join(paths, " ")+" ", " "+want+" ") {
			t.Errorf("%s is not reported: %q", want, paths)
		}
	}
	if got := met(NewGazetteer(c, nil), "tại Đắk Lắk", false); got != "Đắk Lắk→Đắk Lắk" {
		t.Errorf("got %q", got)
	}
}

func TestCommunesOfUnknownProvincesAreLeftOut(t *testing.T) {
	g := NewGazetteer(small(), []Commune{{Name: "Mường Xa", Kind: "xã", Province: "Chẳng Có"}, {Name: "Cư M'gar", Kind: "xã", Province: "đắk lắk"}})
	if got := met(g, "xã Mường Xa", false); got != "" {
		t.Errorf("got %q", got)
	}
	if got := met(g, "xã Cư M'gar", false); got != "xã Cư M'gar→Đắk Lắk" {
		t.Errorf("got %q", got)
	}
}

func TestAnEmptyTableFindsNothing(t *testing.T) {
	if got := met(NewGazetteer(Config{}, nil), "tỉnh Thanh Hóa, TP.HCM", false); got != "" {
		t.Errorf("got %q", got)
	}
}
