package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shown writes citations as a line: keys, "~" before the weak ones.
func shown(refs []Ref) string {
	var out []string
	for _, r := range refs {
		key := r.key()
		if r.weak {
			key = "~" + key
		}
		out = append(out, key)
	}
	return strings.Join(out, " ")
}

func TestBareNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"Nghị định 168 phạt nặng":             "168/NĐ-CP",
		"NĐ168 quá nặng":                      "168/NĐ-CP",
		"nđ 168 phat nang":                    "168/NĐ-CP",
		"nghi dinh 168 phat nang":             "168/NĐ-CP",
		"NGHỊ ĐỊNH 168":                       "168/NĐ-CP",
		"Nghị định số 070":                    "70/NĐ-CP",
		"NĐ 70/2025 có hiệu lực":              "70/2025/NĐ-CP",
		"Thông tư 29 về dạy thêm":             "29/TT",
		"Quyết định 88 gây tranh cãi":         "~88/QĐ", // "quyết định" is a verb too
		"quyết định số 88 ngày 1/2/2026":      "88/QĐ",
		"Công văn số 837":                     "837/CV",
		"Nghị định 100, 123 và 168":           "100/NĐ-CP ~123/NĐ-CP ~168/NĐ-CP",
		"các Nghị định 244, 237/2026/NĐ-CP":   "244/2026/NĐ-CP 237/2026/NĐ-CP",
		"Nghị quyết 5 năm":                    "",
		"Nghị quyết 5 điểm":                   "",
		"Nghị quyết năm 2025":                 "",
		"Nghị định 2025":                      "", // a year, no number
		"Chỉ thị 3 nội dung":                  "",
		"chi thi 3 noi dung":                  "",
		"Nghị định số 3 nội dung":             "3/NĐ-CP", // "số" speaks against a quantity
		"Nghị định 168%":                      "",
		"Nghị định 1,5 lần":                   "",
		"Nghị định 16/8":                      "",
		"TT 12 người":                         "",
		"tt 29":                               "", // "tt" in small letters is anything
		"168 Nghị định":                       "",
		"Nghị định":                           "",
		"Thông tư 100000":                     "", // no number has six digits
		"Nghị định 000":                       "",
		"nghị định thư 12":                    "", // a protocol
		"Nghị quyết 15 năm 2025 của Quốc hội": "15/NQ-QH",
	} {
		if got := shown(find(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWhatMayEndANumber(t *testing.T) {
	for rest, want := range map[string]bool{
		" ": true, ", ": true, ". ": true, ".": true, ",": true, ")": true, "-": true, "- ": true, "\n": true, "”": true, "…": true,
		"a": false, "đ": false, "3": false, "%": false, "/": false, "_": false, "@": false, ",5": false, ".5": false, "-5": false, "–5": false,
	} {
		if got := endsNumber(rest, 0); got != want {
			t.Errorf("%q: %v", rest, got)
		}
	}
}

func TestQuantitiesAreNoNumbersOfDocuments(t *testing.T) {
	for rest, want := range map[string]bool{
		" tháng": true, " THÁNG": true, " thang": true, " người": true, " ngày": true, " năm": true, " năm qua": true,
		" năm 2025": false, " ngày 9/3/2022": false, " năm 2021-2025": true, " năm 2021 – 2025": true,
		" vấn đề": true, " van de": true, " tr": true, " trẻ em": false, " k": true, " kể từ": false, " hộ": true, " hỗ trợ": false,
		"": false, " và": false, " của Chính phủ": false, " bộ": true, " bổ sung": false,
	} {
		if got := counted(rest, 0); got != want {
			t.Errorf("%q: %v", rest, got)
		}
	}
}

func TestAsYear(t *testing.T) {
	for digits, want := range map[string]bool{"1944": false, "1945": true, "2025": true, "2099": true, "2100": false, "168": false, "20251": false, "": false} {
		if asYear(digits) != want {
			t.Errorf("%q: %v", digits, !want)
		}
	}
}

func TestSlashYear(t *testing.T) {
	for text, want := range map[string]int{"/2025": 2025, "/2025,": 2025, "/2025/": 0, "/2025/NĐ": 0, "/20251": 0, "/202": 0, "2025": 0, "": 0, "/1900": 0, "/2025%": 0} {
		year, end := slashYear(text, 0)
		if year != want || (year == 0) != (end == 0) {
			t.Errorf("%q: %d, %d", text, year, end)
		}
	}
}

func TestSkipJoint(t *testing.T) {
	for text, rest := range map[string]string{
		", 237": "237", "; 237": "237", " và 237": "237", " hoặc 237": "237", ", và số 237": "237", " va so 237": "237",
		" 237": " 237", "237": "237", "": "", " vàng 237": " vàng 237", ",237": "237", ". 237": ". 237",
	} {
		if got := text[skipJoint(text, 0):]; got != rest {
			t.Errorf("%q: left %q, want %q", text, got, rest)
		}
	}
}

// TestListsShareTheirEnding: every number of a list has the year and the
// symbol of its last member, whatever joins them.
func TestListsShareTheirEnding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.IntRange(1, 399), 1, 8).Draw(t, "numbers")
		joint := rapid.SampledFrom([]string{", ", "; ", " và ", ", số ", " hoặc "}).Draw(t, "joint")
		var said, want []string
		for _, n := range numbers {
			said = append(said, itoa(n))
			want = append(want, itoa(n)+"/2026/NĐ-CP")
		}
		text := "các Nghị định " + strings.Join(said, joint) + "/2026/NĐ-CP của Chính phủ"
		if got := shown(find(text)); got != strings.Join(want, " ") {
			t.Fatalf("%q: %s", text, got)
		}
	})
}
