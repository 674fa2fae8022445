package mask

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/viet"
)

// sentences around the thing, as people write them.
var frames = []string{"Gọi %s nhé", "%s", "Số của tôi: %s.", "Bà con nhắn %s, cảm ơn!", "(%s)", "Liên hệ\n%s\nngay", "“%s”", "nhà em lh %s ạ 👍"}

// split writes digits in groups of the given sizes.
func split(digits, sep string, sizes ...int) string {
	var parts []string
	for _, n := range sizes {
		n = min(n, len(digits))
		parts = append(parts, digits[:n])
		digits = digits[n:]
	}
	return strings.Join(append(parts, digits), sep)
}

func digits(n int) *rapid.Generator[string] { return rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", n)) }

// hides checks that the frame's span is found whole and with its kind.
func hides(t *rapid.T, thing, kind string) {
	frame := rapid.SampledFrom(frames).Draw(t, "frame")
	text := fmt.Sprintf(frame, thing)
	spans := Find(text)
	if len(spans) != 1 || spans[0].Kind != kind {
		t.Fatalf("%q: %v", text, spans)
	}
	if got := text[spans[0].Start:spans[0].End]; !strings.Contains(got, strings.Trim(thing, "()")) {
		t.Fatalf("%q: found only %q", text, got)
	}
}

func TestEveryMobileIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.SampledFrom([]string{"03", "05", "07", "08", "09"}).Draw(t, "prefix")
		number := prefix + digits(8).Draw(t, "rest")
		sep := rapid.SampledFrom([]string{"", " ", ".", "-"}).Draw(t, "sep")
		sizes := rapid.SampledFrom([][]int{{4, 3}, {3, 3}, {4}, {4, 2, 2}, {5}}).Draw(t, "sizes")
		hides(t, split(number, sep, sizes...), Phone)
	})
}

func TestEveryInternationalFormIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rest := rapid.SampledFrom([]string{"3", "5", "7", "8", "9"}).Draw(t, "first") + digits(8).Draw(t, "rest")
		lead := rapid.SampledFrom([]string{"+84", "+84 ", "(+84) ", "+84-"}).Draw(t, "lead")
		hides(t, lead+split(rest, " ", 3, 3), Phone)
	})
}

func TestEveryCitizenNumberIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		province := rapid.IntRange(1, 96).Draw(t, "province")
		number := fmt.Sprintf("%03d%d%s", province, rapid.IntRange(0, 3).Draw(t, "sex"), digits(8).Draw(t, "rest"))
		hides(t, number, Identity)
	})
}

func TestEveryPlateIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		province := rapid.IntRange(11, 99).Draw(t, "province")
		series := rapid.SampledFrom([]string{"A", "B", "C", "D", "E", "F", "G", "H", "K", "L", "LD", "AA"}).Draw(t, "series")
		form := rapid.SampledFrom([]string{"%d%s-%s.%s", "%d%s %s.%s", "%d%s-%s%s", "%d%s%s%s"}).Draw(t, "form")
		hides(t, fmt.Sprintf(form, province, series, digits(3).Draw(t, "a"), digits(2).Draw(t, "b")), Plate)
	})
}

// TestMoneyIsNeverHidden: amounts in all the ways the press writes them.
func TestMoneyIsNeverHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 99_999_999_999_999).Draw(t, "n")
		unit := rapid.SampledFrom([]string{" đồng", "đ", " VNĐ", " tỷ đồng", " USD", " triệu"}).Draw(t, "unit")
		frame := rapid.SampledFrom([]string{"chi %s cho dự án", "tài khoản bị trừ %s", "phạt %s.", "(%s)", "chuyển khoản %s", "vốn: %s"}).Draw(t, "frame")
		text := fmt.Sprintf(frame, viet.FormatInt(n)+unit)
		if spans := Find(text); len(spans) > 0 {
			t.Fatalf("%q: %v", text, spans)
		}
	})
}

// TestDatesAndDocumentsAreNeverHidden: what every official text is full of.
func TestDatesAndDocumentsAreNeverHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, m, y := rapid.IntRange(1, 28).Draw(t, "d"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1990, 2030).Draw(t, "y")
		n := rapid.IntRange(1, 9999).Draw(t, "n")
		form := rapid.SampledFrom([]string{
			"Nghị định %[4]d/%[3]d/NĐ-CP ngày %02[1]d/%02[2]d/%[3]d", "Quyết định số %[4]d/QĐ-UBND ngày %[1]d-%[2]d-%[3]d", "từ %02[1]d.%02[2]d.%[3]d đến nay",
			"Công văn %[4]d-CV/TU, %02[1]d-%02[2]d-%[3]d 08:30", "giai đoạn %[3]d - %[3]d, %[4]d hộ", "%02[1]d/%02[2]d/%[3]d 09:41 | Lượt xem: %[4]d",
		}).Draw(t, "form")
		text := fmt.Sprintf(form, d, m, y, n)
		text, _, _ = strings.Cut(text, "%!(EXTRA")
		if spans := Find(text); len(spans) > 0 {
			t.Fatalf("%q: %v", text, spans)
		}
	})
}

// TestOrdinaryWordsAreNeverHidden: no letters alone are personal data here,
// unless somebody denounces.
func TestOrdinaryWordsAreNeverHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("ông Nguyễn Văn A trú tại phường số nhà đường Láng điện thoại gọi cho bà Lan xe biển hẻm ngõ 12 5 2026")), 1, 12).Draw(t, "words")
		text := strings.Join(words, " ")
		for _, s := range Find(text) {
			if s.Kind != Address && s.Kind != Plate {
				t.Fatalf("%q: %v", text, s)
			}
		}
	})
}
