package dateline

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
	"pgregory.net/rapid"
)

// pieces are what lines around a date are made of, broken bytes and blanks of
// every width among it.
func pieces() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			" ", "\u00a0", "\u200b", "\ufeff", "\n", "12", "03", "2024", "9", "20240312", "123456789012345", "/", "-", ".", ":", "–", ",", "|", "(", ")", "+", "h", "giờ",
			"Thứ", "THÁNG", "tha\u0301ng", "ngày", "năm", "trước", "hôm", "qua", "CH", "SA", "PM", "GMT", "Z", "của", "Nghị định", "年", "月", "日", "ß", "İ", "Ð", "đ", "\xc2", "\xe2\x80", "\U0001F44D", "T",
		})).Draw(t, "pieces"), "")
	})
}

func TestTokensCoverTheTextInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := pieces().Draw(t, "text")
		end := 0
		for i, tok := range scan(text).tokens {
			if tok.start < end || tok.end <= tok.start || tok.end > len(text) {
				t.Fatalf("%q: token %d is %d-%d after %d", text, i, tok.start, tok.end, end)
			}
			between := text[end:tok.start]
			if strings.TrimFunc(between, isBlank) != "" || tok.gap != (between != "") {
				t.Fatalf("%q: %q before token %d, gap %v", text, between, i, tok.gap)
			}
			if r, _ := utf8.DecodeRuneInString(text[tok.start:]); utf8.ValidString(text) && r == utf8.RuneError {
				t.Fatalf("%q: token %d begins inside a rune", text, i)
			}
			end = tok.end
		}
		if rest := text[end:]; strings.TrimFunc(rest, isBlank) != "" {
			t.Fatalf("%q: %q was lost", text, rest)
		}
	})
}

// A text that is NFC is folded once as a whole; every word must be what folding
// it alone gives.
func TestWordsFoldedTogetherAreWordsFoldedAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := pieces().Draw(t, "text")
		for _, tok := range scan(text).tokens {
			if alone := fold(text[tok.start:tok.end]); tok.word != "" && tok.word != alone {
				t.Fatalf("%q: %q is folded to %q, alone to %q", text, text[tok.start:tok.end], tok.word, alone)
			}
		}
	})
}

func TestWordsAreEqualInEveryForm(t *testing.T) {
	for _, text := range []string{"tháng", "Tháng", "THÁNG", "tha\u0301ng", "THA\u0301NG", "thang"} {
		if got := scan(text).word(0); got != "thang" {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"Đăng", "đăng", "ĐĂNG", "đa\u0306ng"} {
		if got := scan(text).word(0); got != "dang" {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestTokenKinds(t *testing.T) {
	l := scan("Thứ 3,\u00a019/09年Th5")
	var got []string
	for _, tok := range l.tokens {
		got = append(got, l.text[tok.start:tok.end])
	}
	if want := "Thứ 3 , 19 / 09 年 Th 5"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
	if !l.tight(2) || l.tight(3) || !l.tight(4) || l.tight(0) || l.tight(99) {
		t.Error("a comma sticks to its figure, a no-break blank parts two tokens")
	}
}

func TestTokensOutsideTheLineAreNone(t *testing.T) {
	l := scan("19")
	for _, i := range []int{-1, 1, 99} {
		if tok := l.at(i); tok.isNum() || tok.word != "" || tok.sign != 0 || tok.num != -1 {
			t.Errorf("token %d: %+v", i, tok)
		}
	}
}

func TestLongFiguresHaveNoValue(t *testing.T) {
	for digits, want := range map[string]int{"0": 0, "007": 7, "20221119153200": 20221119153200, "202211191532001": -1, strings.Repeat("9", 100): -1} {
		if got := number(digits); got != want {
			t.Errorf("%s: %d, want %d", digits, got, want)
		}
		if tok := scan(digits).at(0); tok.num != want || tok.digits != len(digits) {
			t.Errorf("%s: %+v", digits, tok)
		}
	}
}

func TestIdeographsAreTokensOfTheirOwn(t *testing.T) {
	if l := scan("年月日"); len(l.tokens) != 3 || l.word(1) != "月" {
		t.Errorf("got %+v", l.tokens)
	}
}

func TestScanIsBounded(t *testing.T) {
	if n := len(scan(strings.Repeat("/", 3*maxTokens)).tokens); n != maxTokens {
		t.Errorf("%d tokens", n)
	}
}

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := viet.NFC(pieces().Draw(t, "word"))
		if once := fold(word); fold(once) != once {
			t.Fatalf("%q: %q, then %q", word, once, fold(once))
		}
	})
}
