package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
	"pgregory.net/rapid"
)

func TestReadDate(t *testing.T) {
	for text, want := range map[string]string{
		"ngày 9/3/2022":             "2022-03-09",
		"ngày 09/03/2022":           "2022-03-09",
		"ngày 9-3-2022":             "2022-03-09",
		"ngày 9.3.2022":             "2022-03-09",
		"9/3/2022":                  "2022-03-09",
		"ngày 09 tháng 02 năm 2017": "2017-02-09",
		"NGÀY 09 THÁNG 02 NĂM 2017": "2017-02-09",
		"ngay 9 thang 2 nam 2017":   "2017-02-09",
		"ngày 31/12/1945":           "1945-12-31",
		"năm 2024":                  "2024",
		"năm 2024, ngày 1":          "2024",
		"năm học 2024":              "",
		"ngày 32/1/2022":            "",
		"ngày 0/1/2022":             "",
		"ngày 9/13/2022":            "",
		"ngày 9/3/22":               "", // which century is not told
		"ngày 9/3":                  "",
		"ngày 9/3/1944":             "",
		"ngày 9/3/2100":             "",
		"ngày 9/3/20222":            "",
		"ngày":                      "",
		"ngày mai":                  "",
		"":                          "",
		"ngày 99999/3/2022":         "",
	} {
		date, end := readDate(text, 0)
		if date != want || date == "" && end != 0 && end > len(text) {
			t.Errorf("%q: %q, %d", text, date, end)
		}
	}
}

func TestEveryDayIsReadInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, m, y := rapid.IntRange(1, 31).Draw(t, "d"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1945, 2099).Draw(t, "y")
		two := func(n int) string { return itoa(100 + n)[1:] }
		want := itoa(y) + "-" + two(m) + "-" + two(d)
		for _, text := range []string{
			"ngày " + itoa(d) + "/" + itoa(m) + "/" + itoa(y), "ngày " + two(d) + "-" + two(m) + "-" + itoa(y),
			"ngày " + itoa(d) + " tháng " + itoa(m) + " năm " + itoa(y), two(d) + "." + two(m) + "." + itoa(y),
		} {
			if date, end := readDate(text+" của", 0); date != want || end != len(text) {
				t.Fatalf("%q: %q to %d", text, date, end)
			}
		}
	})
}

func TestReadIssuer(t *testing.T) {
	for text, want := range map[string]string{
		"Thủ tướng Chính phủ về":       "Thủ tướng Chính phủ TTg",
		"Thủ tướng":                    "Thủ tướng Chính phủ TTg",
		"Chính phủ":                    "Chính phủ CP",
		"CHÍNH PHỦ":                    "Chính phủ CP",
		"chinh phu":                    "Chính phủ CP",
		"Uỷ ban Thường vụ Quốc hội":    "Ủy ban Thường vụ Quốc hội UBTVQH",
		"Bộ GD&ĐT":                     "Bộ Giáo dục và Đào tạo BGDĐT",
		"Bộ GD-ĐT":                     "Bộ Giáo dục và Đào tạo BGDĐT",
		"Bộ LĐ-TB&XH":                  "Bộ Lao động - Thương binh và Xã hội BLĐTBXH",
		"Bộ Nông nghiệp và Môi trường": "Bộ Nông nghiệp và Môi trường BNNMT",
		"UBND tỉnh Lai Châu ban hành":  "UBND tỉnh Lai Châu UBND",
		"UBND TP.HCM":                  "UBND TP.HCM UBND",
		"UBND TP. Huế":                 "UBND TP. Huế UBND",
		"UBND phường Hạc Thành.":       "UBND phường Hạc Thành UBND",
		"Ủy ban nhân dân tỉnh Hà Tĩnh": "Ủy ban nhân dân tỉnh Hà Tĩnh UBND",
		"HĐND tỉnh":                    "HĐND tỉnh HĐND",
		"UBND":                         "UBND UBND",
		"UBND Hà Nội\nLai Châu":        "UBND Hà Nội UBND", // the next line is another sentence
		"Tỉnh ủy Nghệ An":              "Tỉnh ủy Nghệ An TU",
		"Thành uỷ Hải Phòng":           "Thành uỷ Hải Phòng TU",
		"Bộ phim":                      "",
		"Quốc hội khóa":                "Quốc hội QH",
		"":                             "",
	} {
		name, body, end := readIssuer(text, 0)
		if got := strings.TrimSpace(name + " " + body); got != want || (name == "") != (end == 0) {
			t.Errorf("%q: %q to %d, want %q", text, got, end, want)
		}
	}
}

// TestLongerIssuersStandFirst: a name that begins another would hide it.
func TestLongerIssuersStandFirst(t *testing.T) {
	for i, w := range issuerWords {
		if viet.Fold(w.text) != w.text {
			t.Errorf("%q is not folded", w.text)
		}
		for _, earlier := range issuerWords[:i] {
			if strings.HasPrefix(w.text+" ", earlier.text+" ") {
				t.Errorf("%q hides %q", earlier.text, w.text)
			}
		}
	}
}

func TestReadContext(t *testing.T) {
	for text, want := range map[string]string{
		"7/CT-TTg ngày 9/3/2022 của Thủ tướng":                 "2022-03-09|Thủ tướng Chính phủ",
		"7/CT-TTg của Thủ tướng ngày 9/3/2022":                 "2022-03-09|Thủ tướng Chính phủ",
		"7/CT-TTg (ngày 9/3/2022)":                             "2022-03-09|",
		"7/CT-TTg, ký ngày 9/3/2022":                           "2022-03-09|",
		"7/CT-TTg được ban hành ngày 9/3/2022":                 "2022-03-09|",
		"7/CT-TTg năm 2022":                                    "2022|",
		"7/CT-TTg. Ngày 9/3/2022, dân kêu":                     "|", // another sentence
		"7/CT-TTg về việc ngày 9/3/2022":                       "|",
		"Chủ tịch UBND tỉnh Lai Châu ký 12/QĐ-UBND":            "|UBND tỉnh Lai Châu",
		"UBND tỉnh Lai Châu\nsố 12/QĐ-UBND":                    "|",                 // a line before is too far
		"UBND tỉnh Lai Châu và UBND tỉnh Sơn La có 12/QĐ-UBND": "|UBND tỉnh Sơn La", // the nearest
		"HĐND tỉnh Lai Châu có 12/QĐ-UBND":                     "|",                 // another authority
		"12/QĐ-UBND của UBND tỉnh Lai Châu ngày 1/2/2026":      "2026-02-01|UBND tỉnh Lai Châu",
		"Công văn số 837 ngày 9/3/2022 của Bộ TT&TT":           "2022-03-09|Bộ Thông tin và Truyền thông",
	} {
		refs := find(text)
		if len(refs) != 1 {
			t.Errorf("%q: %+v", text, refs)
			continue
		}
		if got := refs[0].Date + "|" + refs[0].Issuer; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTheIssuerGivesABareNumberItsSymbol(t *testing.T) {
	for _, tt := range []struct {
		r    Ref
		body string
	}{
		{Ref{bare: true}, "BTC"}, {Ref{bare: true, Body: "CP"}, "CP"}, {Ref{}, ""},
	} {
		r := tt.r
		if r.takeBody("BTC"); r.Body != tt.body {
			t.Errorf("%+v: %q", tt.r, r.Body)
		}
	}
}

func TestIssuerBeforeLooksNoFurtherThanItMay(t *testing.T) {
	near := "UBND tỉnh Lai Châu " + strings.Repeat("và ", 40)
	far := "UBND tỉnh Lai Châu " + strings.Repeat("và ", 80)
	if got := issuerBefore(near, len(near), "UBND"); got != "UBND tỉnh Lai Châu" {
		t.Errorf("near: %q", got)
	}
	if got := issuerBefore(far, len(far), "UBND"); got != "" {
		t.Errorf("far: %q", got)
	}
}

// TestContextStaysInTheText: whatever follows, what is read ends in the text
// at a rune boundary.
func TestContextStaysInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 20).Draw(t, "pieces"), "")
		for i := range text {
			_, date := readDate(text, i)
			_, _, issuer := readIssuer(text, i)
			_, place := readPlace(text, i)
			for _, end := range []int{date, issuer, place, skipGlue(text, i)} {
				if end < i || end > len(text) || end < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[end]) {
					t.Fatalf("%q at %d: %d", text, i, end)
				}
			}
			issuerBefore(text, i, "UBND")
		}
	})
}
