package document_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"pgregory.net/rapid"
)

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"07/CT-TTg": "7/CT-TTg", "7/CT-TTG": "7/CT-TTg", "70/2025/ND-CP": "70/2025/NĐ-CP", "12-NQ/TƯ": "12-NQ/TW",
		"09/2017/NĐ-CP": "9/2017/NĐ-CP", "4312/UBND-KGVX": "4312/UBND-KGVX", "15/VBHN-VPQH": "15/VBHN-VPQH",
		"01/2026/QH16": "1/2026/QH16", "": "", "168": "", "08/08": "", "Nghị định 168": "", "70/2025/NĐ-CP và": "",
	} {
		if got := document.Canonical(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestCanonicalOnce: a canonical key is its own canonical form, and leading
// zeros, case and a missing Đ do not change it.
func TestCanonicalOnce(t *testing.T) {
	kinds := []string{"NĐ-CP", "QĐ-TTg", "TT-BGDĐT", "NQ-HĐND", "KH-UBND", "CT-TTg"}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		year := rapid.SampledFrom([]string{"", "2024/", "1999/"}).Draw(t, "year")
		number := rapid.StringMatching(`[1-9][0-9]{0,3}`).Draw(t, "number")
		want := number + "/" + year + kind
		for _, form := range []string{want, "0" + want, strings.ToUpper(want), strings.ReplaceAll(want, "Đ", "D"),
			number + " / " + year + strings.Replace(kind, "-", " - ", 1)} {
			if got := document.Canonical(form); got != want {
				t.Fatalf("%q: got %q, want %q", form, got, want)
			}
		}
	})
}

// one reads a text of one citation.
func one(t *testing.T, text string) mention.Document {
	t.Helper()
	m, r := &mention.Mention{Text: mention.Text{Body: text}}, &mention.Reading{}
	if err := document.NewStep(known(t)).Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	if len(r.Documents) != 1 {
		t.Fatalf("%q: %+v", text, r.Documents)
	}
	return r.Documents[0]
}

func TestWhatIsRecorded(t *testing.T) {
	for _, tt := range []struct {
		text string
		want mention.Document
	}{
		{"Chủ tịch UBND tỉnh Thanh Hóa ký Quyết định số 2756/QĐ-UBND ngày 23/9/2026.",
			mention.Document{Key: "2756/QĐ-UBND", Type: "QĐ", Written: "2756/QĐ-UBND", Resolved: true, Issuer: "UBND tỉnh Thanh Hóa", Date: "2026-09-23"}},
		{"Nghị định 168 phạt nặng",
			mention.Document{Key: "168/2024/NĐ-CP", Type: "NĐ", Written: "Nghị định 168", Resolved: true, Issuer: "Chính phủ", Date: "2024-12-26"}},
		{"Công văn số 837 ngày 9/3/2022 của Bộ TT&TT",
			mention.Document{Key: "837/BTTTT", Type: "CV", Written: "Công văn số 837", Resolved: true, Issuer: "Bộ Thông tin và Truyền thông", Date: "2022-03-09"}},
		{"Kế hoạch 3430/KH-UBND ngày 08 tháng 9 năm 2023",
			mention.Document{Key: "3430/KH-UBND", Type: "KH", Written: "3430/KH-UBND", Date: "2023-09-08"}},
		{"Chỉ thị 20/CT-TTg năm 2025",
			mention.Document{Key: "20/CT-TTg", Type: "CT", Written: "20/CT-TTg", Resolved: true, Issuer: "Thủ tướng Chính phủ"}},
		{"Nghị quyết số 57-NQ/TW", mention.Document{Key: "57-NQ/TW", Type: "NQ", Written: "57-NQ/TW", Resolved: true, Date: "2024-12-22"}},
	} {
		got := one(t, tt.text)
		if got.By != "documents/1" || got.Span.Field != "body" || tt.text[got.Span.Start:got.Span.End] != got.Written {
			t.Errorf("%q: %+v", tt.text, got)
		}
		got.By, got.Span = "", mention.Span{}
		if got != tt.want {
			t.Errorf("%q:\ngot  %+v\nwant %+v", tt.text, got, tt.want)
		}
	}
}

func TestFieldsHelpEachOther(t *testing.T) {
	m := &mention.Mention{Text: mention.Text{Title: "Nghị định 64 bị kêu khó", Body: "Nghị định số 64/2010/NĐ-CP ngày 11/6/2010."}}
	r := &mention.Reading{}
	if err := document.NewStep(nil).Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	if len(r.Documents) != 2 || r.Documents[0].Key != "64/2010/NĐ-CP" || r.Documents[0].Date != "2010-06-11" || !r.Documents[0].Resolved {
		t.Errorf("%+v", r.Documents)
	}
}

func TestConfigValidate(t *testing.T) {
	for _, tt := range []struct {
		entry document.Entry
		want  string
	}{
		{document.Entry{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "2024-12-26"}, ""},
		{document.Entry{Number: "168", Type: "NĐ", Issued: "2024-12-26"}, "documents[0].number"},
		{document.Entry{Number: "168/2024/NĐ-CP", Type: "nghị định", Issued: "2024-12-26"}, "documents[0].type"},
		{document.Entry{Number: "168/2024/NĐ-CP", Type: "NĐ"}, "documents[0].issued"},
		{document.Entry{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "26/12/2024"}, "documents[0].issued"},
	} {
		var paths []string
		document.Config{Documents: []document.Entry{tt.entry}}.Validate(func(path, _ string) { paths = append(paths, path) })
		if got := strings.Join(paths, " "); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.entry, got, tt.want)
		}
	}
}

// FuzzFind: no text breaks the recogniser, and what it finds lies in the
// text, in order, at rune boundaries, with a key that is canonical.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"Nghị định số 70/2025/NĐ-CP ngày 20/3/2025", "các Nghị định 244, 237/2026/NĐ-CP", "12-NQ/TƯ",
		"Công văn số 837 ngày 9/3/2022 của Bộ TT&TT", "5104/BTTTT-PTTH&amp;TTĐT", "https://a.vn/7/CT-TTg", "NĐ168, 169 và 170/2024/", "1/2/3/4-"} {
		f.Add(seed)
	}
	reg := document.NewRegister(known(f))
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, r := range reg.Find(text, "2026-09-14") {
			if r.Start < at || r.End <= r.Start || r.End > len(text) {
				t.Fatalf("%q: %+v after %d", text, r, at)
			}
			if utf8.ValidString(text) && (!utf8.RuneStart(text[r.Start]) || r.End < len(text) && !utf8.RuneStart(text[r.End])) {
				t.Fatalf("%q: %+v cuts a rune", text, r)
			}
			if r.Key == "" || strings.ContainsAny(r.Key, " \n") {
				t.Fatalf("%q: key %q", text, r.Key)
			}
			at = r.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("Theo Nghị định số 70/2025/NĐ-CP ngày 20/3/2025 của Chính phủ, từ 1/6/2025 hộ kinh doanh có doanh thu trên 1 tỷ đồng "+
		"phải dùng hóa đơn điện tử khởi tạo từ máy tính tiền; tính đến hết tháng 8, hơn 412.000 hộ đã chuyển đổi, gấp 3 lần cùng kỳ. ", 12)
	reg := document.NewRegister(known(b))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		reg.Find(text, "2026-09-14")
	}
}
