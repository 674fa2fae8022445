package place

import (
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
	"pgregory.net/rapid"
)

// leadAt reads what stands before the last syllables of a text.
func leadAt(t *testing.T, text string, syllables int, bare bool) (l lead, from int) {
	t.Helper()
	var b phrase.Builder
	b.Add("không đâu")
	tokens := b.Build().Cut(text, nil)
	first := len(tokens) - syllables
	l, k := leadOf(text, tokens, first, bare)
	return l, first - k
}

func TestLeadOf(t *testing.T) {
	for _, tt := range []struct {
		text string
		bare bool
		want lead
		used int // tokens that belong to the lead
	}{
		{"tỉnh Hòa Bình", false, leadProvince, 1},
		{"Tỉnh Hòa Bình", false, leadProvince, 1},
		{"tình Hòa Bình", false, leadNone, 0}, // other accents, another word
		{"tinh Hoa Binh", true, leadProvince, 1},
		{"tinh Hòa Bình", false, leadNone, 0}, // in a text with accents the word must have its own
		{"thành phố Hòa Bình", false, leadCity, 2},
		{"TP Hòa Bình", false, leadCity, 1},
		{"TP. Hòa Bình", false, leadCity, 1},
		{"quận Hòa Bình", false, leadDistrict, 1},
		{"quan Hòa Bình", false, leadNone, 0},
		{"quân Hòa Bình", false, leadNone, 0},
		{"thị xã Hòa Bình", false, leadDistrict, 2}, // not "xã"
		{"phường Hòa Bình", false, leadCommune, 1},
		{"phương Hòa Bình", false, leadNone, 0},
		{"đặc khu Hòa Bình", false, leadCommune, 2},
		{"đường Hòa Bình", false, leadStreet, 1},
		{"đương Hòa Bình", false, leadNone, 0},
		{"Trường Hòa Bình", false, leadStreet, 1},
		{"cầu Hòa Bình", false, leadStreet, 1},
		{"câu Hòa Bình", false, leadNone, 0},
		{"ở Hòa Bình", false, leadCue, 1},
		{"UBND Hòa Bình", false, leadCue, 1},
		{"đến Hòa Bình", false, leadCue, 1},
		{"đen Hòa Bình", false, leadNone, 0},
		{"ông Hòa Bình", false, leadPerson, 0},
		{"Nguyễn Hòa Bình", false, leadPerson, 0},
		{"nguyễn Hòa Bình", false, leadNone, 0}, // a surname has its capital
		{"NGUYỄN Hòa Bình", false, leadNone, 0},
		{"ca sĩ Hòa Bình", false, leadPerson, 0},
		{"ông. Hòa Bình", false, leadNone, 0},
		{"ông, Hòa Bình", false, leadNone, 0},
		{"tỉnh, Hòa Bình", false, leadNone, 0},
		{"Nguyễn - Hòa Bình", false, leadNone, 0},
		{"Hòa Bình", false, leadNone, 0},
	} {
		l, used := leadAt(t, tt.text, 2, tt.bare)
		if l != tt.want || used != tt.used {
			t.Errorf("%q bare=%v: lead %d of %d tokens, want %d of %d", tt.text, tt.bare, l, used, tt.want, tt.used)
		}
	}
}

// TestLeadsAreReachable: leads are looked up folded, of two syllables at most,
// and what has accents has those of the word it stands for.
func TestLeadsAreReachable(t *testing.T) {
	for w := range leads {
		if viet.Fold(w) != w || len(viet.Tokens(w)) > 2 && w != "t.p" {
			t.Errorf("%q cannot be met", w)
		}
	}
	for folded, marked := range markedAs {
		if viet.Fold(marked) != folded {
			t.Errorf("%q is not %q without accents", folded, marked)
		}
		if _, ok := leads[folded]; !ok {
			t.Errorf("%q leads nothing", folded)
		}
	}
}

func TestSaidAfter(t *testing.T) {
	for rest, want := range map[string]bool{
		" (tên thật Trần A)": true, "(TÊN THẬT": true, " tên thật là": true, " (SN 1990)": true, " (sinh năm 1990)": true,
		" (sinh viên)": false, "": false, " và": false, " (sn": false, ". tên thật": false,
	} {
		if got := saidAfter(rest, 0, ofPersons); got != want {
			t.Errorf("%q: %v", rest, got)
		}
	}
	for rest, want := range map[string]bool{" (Trung Quốc)": true, ", Trung Quốc": true, " của Hàn Quốc": false, " (Hàn Quốc)": true, "": false} {
		if got := saidAfter("Hải Nam"+rest, len("Hải Nam"), ofForeign); got != want {
			t.Errorf("%q: %v", rest, got)
		}
	}
}

func TestSaidAfterReadsAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 60, -1).Draw(t, "text")
		for i := range text {
			saidAfter(text, i, ofPersons)
		}
		if !utf8.ValidString(text) {
			t.Fatal("drew no text")
		}
	})
}

func TestCapitals(t *testing.T) {
	for s, want := range map[string][2]bool{ // capital, shouting
		"Hà": {true, false}, "HÀ": {true, true}, "hà": {false, false}, "Đ": {true, false}, "ĐN": {true, true}, "8": {true, false}, "12": {true, true},
		"hÀ": {false, false}, "": {false, false}, "ỦY": {true, true},
	} {
		if capital(s) != want[0] || shouting(s) != want[1] {
			t.Errorf("%q: capital %v, shouting %v", s, capital(s), shouting(s))
		}
	}
}
