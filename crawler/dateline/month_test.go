package dateline

import (
	"fmt"
	"strings"
	"testing"
)

func TestMonthsInVietnamese(t *testing.T) {
	for i, words := range []string{"giêng một", "hai", "ba", "tư bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "", "chạp"} {
		for word := range strings.FieldsSeq(words) {
			checkMonth(t, "tháng "+word, i+1)
			checkMonth(t, "THÁNG "+strings.ToUpper(word), i+1)
			checkMonth(t, "thg "+word, i+1)
		}
	}
	checkMonth(t, "tháng mười một", 11)
	checkMonth(t, "tháng Mười Hai", 12)
	for m := 1; m <= 12; m++ {
		for _, form := range []string{"tháng %d", "tháng %02d", "Th%d", "Thg %d", "Thg. %d", "T%d", "tha\u0301ng %d"} {
			checkMonth(t, fmt.Sprintf(form, m), m)
		}
	}
}

// checkMonth expects a text to be the name of month want, all of it.
func checkMonth(t *testing.T, text string, want int) {
	t.Helper()
	l := scan(text)
	if got, next := l.monthAt(0); got != want || next != len(l.tokens) {
		t.Errorf("%q: month %d up to token %d of %d, want %d", text, got, next, len(l.tokens), want)
	}
}

func TestMonthsInOtherLanguages(t *testing.T) {
	for language, months := range map[string]string{
		"English":       "January February March April May June July August September October November December",
		"English, cut":  "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
		"cut with dots": "Jan. Feb. Mar. Apr. May. Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
		"French":        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre", //nolint:misspell // French
		"German":        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		"Spanish":       "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"Portuguese":    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"Italian":       "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"Russian":       "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"Arabic":        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	} {
		for i, name := range strings.Fields(months) {
			if got, _ := scan(name).monthAt(0); got != i+1 {
				t.Errorf("%s: %q is month %d, want %d", language, name, got, i+1)
			}
		}
	}
}

func TestNoMonths(t *testing.T) {
	for _, text := range []string{"", "tháng", "tháng lạnh", "tháng 123", "maybe", "Marx", "Decathlon", "thứ 3", "năm 2023", "12", "/", "ngày", "mười một"} {
		if got, next := scan(text).monthAt(0); got != 0 {
			t.Errorf("%q: month %d up to token %d", text, got, next)
		}
	}
}
