package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// small is a register of documents whose numbers come again.
func small() *Register {
	return NewRegister([]Known{
		{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "2024-12-26", Main: true},
		{Number: "100/2019/NĐ-CP", Type: "NĐ", Issued: "2019-12-30", Until: "2024-12-31", Main: true},
		{Number: "100/2024/NĐ-CP", Type: "NĐ", Issued: "2024-07-26"},
		{Number: "29/2024/TT-BGDĐT", Type: "TT", Issued: "2024-12-30", Main: true},
		{Number: "29/2023/TT-BTC", Type: "TT", Issued: "2023-05-29"},
		{Number: "57-NQ/TW", Type: "NQ", Issued: "2024-12-22", Main: true},
		{Number: "72/2025/QH15", Type: "L", Issued: "2025-06-16", Main: true},
		{Number: "203/2025/QH15", Type: "L", Issued: "2025-06-16"},
		{Number: "203/2025/QH15", Type: "NQ", Issued: "2025-06-17"},
		{Number: "12/QĐ-UBND", Type: "QĐ", Issued: "2026-01-05"},
		{Number: "không phải số", Type: "NĐ"},
		{Number: "1/2020/NĐ-CP và 2/2020/NĐ-CP", Type: "NĐ"},
	})
}

// settled writes what a text of a day cites: keys, "?" before the unresolved.
func settled(reg *Register, text, day string) string {
	var out []string
	for _, r := range reg.Find(text, day) {
		key := r.Key
		if !r.Resolved {
			key = "?" + key
		}
		out = append(out, key)
	}
	return strings.Join(out, " ")
}

func TestBareNumbersAreSettledByTheDay(t *testing.T) {
	for _, tt := range []struct{ text, day, want string }{
		{"Nghị định 168", "2026-09-14", "168/2024/NĐ-CP"},
		{"Nghị định 168", "2024-12-25", "?168/NĐ-CP"}, // not issued yet
		{"Nghị định 168", "2024-12-26", "168/2024/NĐ-CP"},
		{"Nghị định 168", "", "168/2024/NĐ-CP"},
		{"Nghị định 100", "2023-01-01", "100/2019/NĐ-CP"},
		{"Nghị định 100", "2024-08-01", "100/2019/NĐ-CP"},      // both in force: the registry's own entry
		{"Nghị định 100", "2025-06-01", "100/2024/NĐ-CP"},      // the older one ended
		{"Nghị định 100/2019", "2026-06-01", "100/2019/NĐ-CP"}, // its year says which
		{"Nghị định 100 năm 2019", "2026-06-01", "100/2019/NĐ-CP"},
		{"Nghị định 999", "2026-06-01", "?999/NĐ-CP"},
		{"Thông tư 29", "2026-06-01", "29/2024/TT-BGDĐT"},
		{"Thông tư 29 của Bộ Tài chính", "2026-06-01", "29/2023/TT-BTC"}, // the issuer says which
		{"Nghị quyết 57", "2026-06-01", "57-NQ/TW"},
		{"Nghị quyết 57-NQ/TW", "2026-06-01", "57-NQ/TW"},
		{"quyết định 12 lần", "2026-06-01", ""},
		{"Quyết định 12/QĐ-UBND", "2026-06-01", "?12/QĐ-UBND"}, // which province's?
		{"Quyết định 12/QĐ-UBND ngày 5/1/2026 của UBND tỉnh Lai Châu", "2026-06-01", "12/QĐ-UBND"},
		{"Quyết định 12/QĐ-UBND ngày 5/1/2026 của UBND", "2026-06-01", "?12/QĐ-UBND"},
		{"1/2020/NĐ-CP", "", "1/2020/NĐ-CP"}, // a full number needs no register
	} {
		if got := settled(small(), tt.text, tt.day); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.day, tt.text, got, tt.want)
		}
	}
}

func TestTheRegisterTellsLawsFromResolutions(t *testing.T) {
	for text, want := range map[string]string{"72/2025/QH15": "L", "203/2025/QH15": "", "9/2025/QH15": "", "72/2024/QH15": ""} {
		if r := small().Find(text, ""); len(r) != 1 || r[0].Type != want {
			t.Errorf("%q: %+v", text, r)
		}
	}
}

func TestAnEndedDocumentIsMeantForAYear(t *testing.T) {
	for until, want := range map[string]string{"2024-12-31": "2025-12-31", "2024-02-29": "2025-03-01", "bậy": "bậy", "": ""} {
		if got := recalled(until); got != want {
			t.Errorf("%q: %q", until, got)
		}
	}
	reg := NewRegister([]Known{{Number: "100/2019/NĐ-CP", Type: "NĐ", Issued: "2019-12-30", Until: "2024-12-31"}})
	for day, want := range map[string]string{"2024-12-31": "100/2019/NĐ-CP", "2025-12-31": "100/2019/NĐ-CP", "2026-01-01": "?100/NĐ-CP"} {
		if got := settled(reg, "Nghị định 100", day); got != want {
			t.Errorf("%s: %q", day, got)
		}
	}
}

func TestOnePlaceCompletesAnother(t *testing.T) {
	for _, tt := range []struct{ title, body, want string }{
		{"Nghị định 64 bị kêu khó", "Nghị định 64/2010/NĐ-CP", "64/2010/NĐ-CP | 64/2010/NĐ-CP"},
		{"Nghị định 64 năm 2011", "Nghị định 64/2010/NĐ-CP", "64/2011/NĐ-CP | 64/2010/NĐ-CP"}, // another year is another document
		{"Quyết định 88 bị kêu khó", "Quyết định 88/QĐ-TTg ngày 1/2/2026", "88/QĐ-TTg | 88/QĐ-TTg"},
		{"Quyết định 88 bị kêu khó", "không có gì", " | "}, // weak and alone: dropped
		{"7/CT-TTg", "7/CT-TTg ngày 1/2/2026", "7/CT-TTg | 7/CT-TTg"},
	} {
		fields := NewRegister(nil).Resolve([][]Ref{Scan(tt.title), Scan(tt.body)}, "")
		var got []string
		for _, f := range fields {
			var keys []string
			for _, r := range f {
				keys = append(keys, r.Key)
			}
			got = append(got, strings.Join(keys, " "))
		}
		if s := strings.Join(got, " | "); s != tt.want {
			t.Errorf("%q, %q: got %q, want %q", tt.title, tt.body, s, tt.want)
		}
	}
}

// TestResolveLosesNothingThatIsFull: fields stay apart and in order, and every
// citation with its symbol and year is kept with the key it had alone.
func TestResolveLosesNothingThatIsFull(t *testing.T) {
	numbers := []string{"70/2025/NĐ-CP", "7/CT-TTg", "57-NQ/TW", "1/2026/QH16", "12/QĐ-UBND", "168/2024/NĐ-CP"}
	rapid.Check(t, func(t *rapid.T) {
		var fields [][]Ref
		var want [][]string
		for range rapid.IntRange(0, 4).Draw(t, "fields") {
			said := rapid.SliceOfN(rapid.SampledFrom(numbers), 0, 4).Draw(t, "numbers")
			fields, want = append(fields, Scan(strings.Join(said, "; "))), append(want, said)
		}
		for i, f := range small().Resolve(fields, "2026-09-14") {
			if len(f) != len(want[i]) {
				t.Fatalf("field %d: %d citations of %d", i, len(f), len(want[i]))
			}
			for k, r := range f {
				if r.Key != want[i][k] {
					t.Fatalf("field %d: %q, want %q", i, r.Key, want[i][k])
				}
			}
		}
	})
}

func TestScanAndResolveDoNotTouchWhatTheyAreGiven(t *testing.T) {
	refs := Scan("Nghị định 168 và 7/CT-TTg")
	before := append([]Ref{}, refs...)
	small().Resolve([][]Ref{refs}, "2026-09-14")
	for i := range refs {
		if refs[i] != before[i] {
			t.Errorf("%+v became %+v", before[i], refs[i])
		}
	}
}

func TestYearOf(t *testing.T) {
	for day, want := range map[string]int{"2026-09-14": 2026, "": 0, "14/9/2026": 0, "2026": 0} {
		if yearOf(day) != want {
			t.Errorf("%q: %d", day, yearOf(day))
		}
	}
}
