package mask

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// hidden gives what Find hides of text as one kind.
func hidden(text, kind string) (out []string) {
	for _, s := range Find(text) {
		if s.Kind == kind {
			out = append(out, text[s.Start:s.End])
		}
	}
	return out
}

// homes are the ways people tell where they live: [ ] is what must go.
var homes = []string{
	"Tôi trú tại [số 12 Lê Lợi], phường Bến Nghé",
	"tạm trú tại [ngõ 5], phường Láng Thượng",
	"cư trú: [thôn 4], xã Hòa Bình",
	"Hộ khẩu [số 9 Phan Chu Trinh]",
	"ngụ tại [ấp 7], xã Tân Thành",
	"sinh sống tại [căn hộ 1502], phường An Phú",
	"địa chỉ nhà: [số 8/15 Nguyễn Du]",
	"nhà em ở [ngách 12/34 đường Láng], Đống Đa",
	"trú tại: [45 Trần Phú], quận Ba Đình",
	"THƯỜNG TRÚ TẠI [SỐ 12 LÊ LỢI]",
	"[số nhà 3] ngập rồi",
	"que quan [thon 2], xa Ea Tu",
}

func TestHomesAreHiddenAndWardsStay(t *testing.T) {
	for _, c := range homes {
		before, rest, _ := strings.Cut(c, "[")
		home, after, _ := strings.Cut(rest, "]")
		text := before + home + after
		if got := hidden(text, Address); len(got) != 1 || got[0] != home {
			t.Errorf("%q: hidden %q, want %q", text, got, home)
		}
	}
}

// TestPlacesThatAreNoHomeStay: streets, offices and counts are the news.
func TestPlacesThatAreNoHomeStay(t *testing.T) {
	for _, text := range []string{
		"Trụ sở chính đặt tại số 1 Hoàng Hoa Thám",
		"trụ sở công an phường tại ngõ 20 đường Láng",
		"đường số 7 đang đào", "phố 12 nhà hàng mở cửa", "tổ 3 tự quản đạt giải",
		"làm việc ở tòa 5 tầng", "lô 12 đã bán", "khu 5 xanh sạch đẹp",
		"tạm trú 15 ngày", "cư trú 6 tháng", "thường trú 2 năm liền",
		"đường 3/2 và đường 30/4", "nhà tôi ở ngõ 3,5 m", "số 5", "12",
		"Người dân thôn 3 họp bàn làm đường",
	} {
		if got := hidden(text, Address); len(got) > 0 {
			t.Errorf("%q: hidden %q", text, got)
		}
	}
}

func TestHouseNounIsTheLongestWholeWord(t *testing.T) {
	for before, want := range map[string]string{
		"tru tai so nha ": "so nha ", "o so ": "so ", "can ho so ": "can ho so ", "to dan pho ": "to dan pho ", "duong so ": "duong so ",
		"ngo ": "ngo ", "xongo ": "", "so": "", "": "", "cao so ": "so ", "caoso ": "",
	} {
		if got := houseNoun(before); got != want {
			t.Errorf("houseNoun(%q) = %q, want %q", before, got, want)
		}
	}
}

func TestHomeCueMustBeNear(t *testing.T) {
	for _, c := range []struct {
		before, noun string
		want         bool
	}{
		{"tru tai so ", "so ", true},
		{"tru tai ", "", true},
		{"thuong tru o khu tap the ngo ", "ngo ", true},
		{"thuong tru tu lau nam ngoai kia o gan ngo ", "ngo ", false}, // more than a place name between
		{"tru tai phuong ", "", false},                                // a bare number must follow its cue
		{"quatru tai so ", "so ", false},                              // a piece of a word
		{"tru so cong ty tru tai so ", "so ", false},                  // an office
		{"", "", false},
	} {
		if got := isHome(c.before, c.noun); got != c.want {
			t.Errorf("isHome(%q, %q) = %v", c.before, c.noun, got)
		}
	}
}

// TestQuickLookMissesNoHouse: the quick look at one word refuses nothing that
// the whole list of nouns and cues accepts.
func TestQuickLookMissesNoHouse(t *testing.T) {
	for _, noun := range houseNouns {
		if !leadsToHouse("ở " + noun) {
			t.Errorf("%q is refused", noun)
		}
	}
	for _, cue := range homeCues {
		if !leadsToHouse(cue+" ") || !leadsToHouse(strings.ToUpper(cue)+": ") {
			t.Errorf("%q is refused", cue)
		}
	}
	if leadsToHouse("") || leadsToHouse("năm ") || leadsToHouse("ngày: ") {
		t.Error("a word that no address has passes")
	}
}

func TestAddressEndsBeforeTheWard(t *testing.T) {
	for in, want := range map[string]string{
		"12 Lê Lợi, phường 1":              "12 Lê Lợi",
		"12 Lê Lợi phường 1":               "12 Lê Lợi",
		"12, ngõ 34, đường Láng, quận X":   "12, ngõ 34, đường Láng",
		"12 đường 30.4, phường Xuân Khánh": "12 đường 30.4",
		"12/5/7 Trần Phú. Chiều nay":       "12/5/7 Trần Phú",
		"12, nhà đang xây":                 "12",
		"12 Lạc Long Quân, Tây Hồ":         "12 Lạc Long Quân",
		"5 Quận Công":                      "5",
		"12\nNguyễn Du":                    "12",
		"12":                               "12",
	} {
		if got := in[:addressEnd(in, 0)]; got != want {
			t.Errorf("addressEnd of %q at %q, want %q", in, got, want)
		}
	}
}

func TestTrimLaneGivesBackWhatLeadsNowhere(t *testing.T) {
	for in, want := range map[string]string{
		"12, nhà": "12", "12 đường": "12", "12, ngõ, nhà": "12", "12 Nhà": "12 Nhà", "12": "12", "12 ,": "12", "": "",
	} {
		if got := in[:trimLane(in, 0, len(in))]; got != want {
			t.Errorf("trimLane(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBackOverStepsByRunes(t *testing.T) {
	text := "số nhà 12"
	for n, want := range map[int]string{0: "", 1: " ", 2: "à ", 7: "số nhà ", 90: "số nhà "} {
		if got := text[backOver(text, len("số nhà "), n):len("số nhà ")]; got != want {
			t.Errorf("%d runes back: %q, want %q", n, got, want)
		}
	}
}

func TestEveryHouseNumberIsHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cue := rapid.SampledFrom([]string{"trú tại ", "ngụ tại ", "Thường trú: ", "nhà em ở ", "Địa chỉ: ", "tam tru tai "}).Draw(t, "cue")
		noun := rapid.SampledFrom([]string{"số ", "số nhà ", "ngõ ", "hẻm ", "kiệt ", "so "}).Draw(t, "noun")
		street := rapid.SampledFrom([]string{"Lê Lợi", "Trần Hưng Đạo", "Láng", "Điện Biên Phủ", "Ỷ Lan"}).Draw(t, "street")
		home := fmt.Sprintf("%s%d %s", noun, rapid.IntRange(1, 9999).Draw(t, "n"), street)
		text := "Cháu " + cue + home + ", phường 4, mong được giúp."
		if got := hidden(text, Address); len(got) != 1 || got[0] != home {
			t.Fatalf("%q: hidden %q", text, got)
		}
	})
}
