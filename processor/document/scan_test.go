package document

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestNumbersBeginOnlyAtABoundary(t *testing.T) {
	for before, want := range map[string]bool{
		"": true, " ": true, "(": true, "“": true, ":": true, "\n": true, ", ": true, "a,": true, ",": true,
		"số": true, "SỐ": true, "NĐ": true, "nđ": true, "Nghị định": true, "quyết": true, "Thông tư": true, "CV": true,
		"a": false, "đ": false, "Hà": false, "mso": false, "1,": false, "/": false, "_": false, "@": false, "#": false, "=": false,
		".": false, "-": false, "–": false, "9": false,
	} {
		s := scanner{text: before + "70/2025/NĐ-CP"}
		if got := s.boundary(len(before)); got != want {
			t.Errorf("after %q: %v", before, got)
		}
	}
}

func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"Nghị định số 70/2025/NĐ-CP":    "70/2025/NĐ-CP",
		"số70/2025/NĐ-CP":               "70/2025/NĐ-CP",
		"70/2025/NĐ - CP":               "70/2025/NĐ-CP",
		"70 / 2025 / NĐ-CP":             "70/2025/NĐ-CP",
		"70/2025/NĐ–CP":                 "70/2025/NĐ-CP", // en dash
		"70/2025/NĐCP":                  "70/2025/NĐ-CP",
		"70/2025/nđ-cp":                 "70/2025/NĐ-CP",
		"70/2025/NĐ-CP-HN":              "70/2025/NĐ-CP-HN",
		"70/2025/NĐ-CP - Hà Nội":        "70/2025/NĐ-CP", // a dash with spaces ends a whole symbol
		"66.13/2026/NQ-CP":              "66.13/2026/NQ-CP",
		"4a/2020/QĐ-UBND":               "4a/2020/QĐ-UBND",
		"01/2026/QH16":                  "1/2026/QH16",
		"12/2026/UBTVQH16":              "12/2026/UBTVQH16",
		"Nghị quyết 57 NQ/TW":           "57-NQ/TW",
		"Nghị quyết 57-NQ/TW":           "57-NQ/TW",
		"Nghị quyết số 57/NQ-TW":        "57-NQ/TW", // as the press writes it
		"Kết luận 80-KL/TW và 81-KL/TW": "80-KL/TW 81-KL/TW",
		"4312/UBND-KGVX":                "4312/UBND-KGVX",
		"5104/BTTTT-PTTH&amp;TTĐT":      "5104/BTTTT-PTTH&TTĐT",
		"Nghị định 90-CP":               "90/CP",
		"Quyết định 135/HĐBT":           "135/HĐBT",
		"08/08":                         "",
		"ngày 20/3/2025":                "",
		"xếp hạng 10/63":                "",
		"tỷ lệ 1/2/3/4-":                "",
		"Mẫu số 01/TB-TNCN":             "",
		"mẫu 02/KK-TNCN":                "",
		"24/7":                          "",
		"090-123-4567":                  "",
		"A70/2025/NĐ-CP":                "",
		"170000/2025/NĐ-CP":             "",
		"0/2025/NĐ-CP":                  "",
		"70/1900/NĐ-CP":                 "",
		"70/2025":                       "",
		"70/2025/":                      "",
		"70/":                           "",
		"7/CT-TTg, 7/CT-TTg":            "7/CT-TTg 7/CT-TTg",
		"Nghị định 70/2025/NĐ-CP và 123/2020/NĐ-CP": "70/2025/NĐ-CP 123/2020/NĐ-CP",
		"Nghị\nđịnh 168/2024/NĐ-CP":                 "168/2024/NĐ-CP",
	} {
		if got := shown(find(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestScanYear(t *testing.T) {
	for text, want := range map[string]int{
		"2025": 2025, "2025/": 2025, "1945": 1945, "2099x": 2099, "1944": 0, "2100": 0, "20255": 0, "202": 0, "": 0, "+202": 0, "20 5": 0,
	} {
		year, end := scanYear(text, 0)
		if year != want || end != len("2025")*min(want, 1) {
			t.Errorf("%q: %d, %d", text, year, end)
		}
	}
}

func TestTrimZeros(t *testing.T) {
	for in, want := range map[string]string{"07": "7", "7": "7", "0070": "70", "0": "0", "00": "0", "100": "100", "": "0"} {
		if got := trimZeros(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// pieces are what citations are made of, for texts that nearly are some.
var pieces = rapid.SampledFrom([]string{"Nghị định", "số", "70", "2025", "/", "-", "–", "NĐ", "CP", "TTg", "QĐ", "UBND", "TW", "NQ", " ", ", ",
	"và", "ngày", "tháng", "năm", "của", "Chính phủ", "UBND tỉnh", "Lai Châu", ".", "\n", "168", "07", "&amp;", "@", "https://a.vn", "\xff", "Đ", "\u00a0"})

// TestFindKeepsOrderAndBounds: citations lie in the text, in order, apart, at
// rune boundaries, and begin with what a reader would point at.
func TestFindKeepsOrderAndBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 30).Draw(t, "pieces"), "")
		at := 0
		for _, r := range find(text) {
			if r.Start < at || r.End <= r.Start || r.End > len(text) {
				t.Fatalf("%q: %+v after %d", text, r, at)
			}
			if !utf8.RuneStart(text[r.Start]) || r.End < len(text) && !utf8.RuneStart(text[r.End]) && utf8.ValidString(text) {
				t.Fatalf("%q: %+v cuts a rune", text, r)
			}
			if r.Number == "" || !strings.ContainsAny(text[r.Start:r.End], "0123456789") {
				t.Fatalf("%q: %+v has no number", text, r)
			}
			at = r.End
		}
	})
}

// TestWhatStandsBesideDoesNotMatter: a full number is read the same whatever
// ordinary text stands around it.
func TestWhatStandsBesideDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SampledFrom([]string{"", "Theo ", "(", "“", "dân hỏi: ", "quy định tại khoản 2 ", "Ngày 1/6, ", "căn cứ "}).Draw(t, "before")
		number := rapid.SampledFrom([]string{"70/2025/NĐ-CP", "7/CT-TTg", "57-NQ/TW", "1/2026/QH16", "4312/UBND-KGVX"}).Draw(t, "number")
		after := rapid.SampledFrom([]string{"", ".", ", dân kêu khó", ")", "”", " thì sao ạ?", "; tuy nhiên", "\nHà Nội", ": quy định"}).Draw(t, "after")
		refs := find(before + number + after)
		if len(refs) != 1 || refs[0].key() != number || refs[0].Start != len(before) || refs[0].End != len(before)+len(number) {
			t.Fatalf("%q: %+v", before+number+after, refs)
		}
	})
}
