package classify

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/viet"
)

// TestWordsThatAreOne holds pairs that must and must not be the same word.
func TestWordsThatAreOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"hoà", "hòa", true}, {"uỷ", "ủy", true}, {"kỷ", "kỉ", true}, {"lý", "lí", true}, {"quý", "quí", true},
		{"Hà", "hà", true}, {"ĐẤT", "đất", true}, {"thuý", "thúy", true},
		{"tay", "tai", false}, {"may", "mai", false}, {"chưa", "chùa", false}, {"dân", "dán", false}, {"đa", "da", false},
		{"bàn", "ban", false},
	} {
		a, b := Cut(nil, c.a), Cut(nil, c.b)
		if got := a[0].Key == b[0].Key; got != c.same {
			t.Errorf("%s and %s: same is %v", c.a, c.b, got)
		}
	}
}

// TestKeyAgreesWithViet holds the promise of Token over random words: equal
// under viet.Key means equal Key, equal under viet.Fold means equal Bare.
func TestKeyAgreesWithViet(t *testing.T) {
	letters := rapid.SampledFrom([]rune("aàáâấăbcdđeêềghiíklmnoôơớpqrstuùưứvxyýỹỳ"))
	rapid.Check(t, func(t *rapid.T) {
		a := viet.NFC(string(rapid.SliceOfN(letters, 1, 5).Draw(t, "a")))
		b := viet.NFC(string(rapid.SliceOfN(letters, 1, 5).Draw(t, "b")))
		x, y := Cut(nil, a)[0], Cut(nil, b)[0]
		if fold := viet.Fold(a) == viet.Fold(b); fold != (x.Bare == y.Bare) {
			t.Fatalf("%q %q: folded equal %v, bare equal %v", a, b, fold, x.Bare == y.Bare)
		}
	})
}

func TestNumbersAndMarks(t *testing.T) {
	tokens := Cut(nil, "Phạt 2.417 đồng, 500k!!! Sao lại thế :)) 😡\nHết.")
	var kinds []Kind
	for _, tok := range tokens {
		kinds = append(kinds, tok.Kind)
	}
	want := []Kind{Word, Number, Word, Mark, Number, Mark, Word, Word, Word, Mark, Mark, Break, Word, Mark}
	if len(kinds) != len(want) {
		t.Fatalf("kinds %v, want %v", kinds, want)
	}
	for i := range want {
		if kinds[i] != want[i] {
			t.Errorf("token %d is %v, want %v", i, kinds[i], want[i])
		}
	}
	if a, b := Cut(nil, "1.234"), Cut(nil, "9.876"); a[0].Key != b[0].Key {
		t.Error("numbers of one length differ")
	}
}

// FuzzCut holds that tokens stand in order within the text, on rune boundaries.
func FuzzCut(f *testing.F) {
	for _, s := range []string{"", "a\xff\xfeb", "1,2,,3..", ":)):((", "ﷺ\u0301", "Đ5G"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := int32(0)
		for _, tok := range Cut(nil, s) {
			if tok.Start < end || tok.End <= tok.Start || int(tok.End) > len(s) {
				t.Fatalf("token %+v after %d of %d", tok, end, len(s))
			}
			if utf8.ValidString(s) && !utf8.RuneStart(s[tok.Start]) {
				t.Fatalf("token %+v cuts a character", tok)
			}
			end = tok.End
		}
	})
}
