package viet

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTokens(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		" .,;!":                   "",
		"1.234,5":                 "1 234 5",
		"covid_19":                "covid 19",
		"covid19 5G":              "covid19 5G",
		"cộng-đồng":               "cộng đồng",
		"Nghị định 09/2017/NĐ-CP": "Nghị định 09 2017 NĐ CP",
		"TP.HCM":                  "TP HCM",
		"e\u0301a":                "e\u0301a",
		"\u0301a":                 "a",
		"H’Mông":                  "H Mông",
		"a@b.vn":                  "a b vn",
		"👍tốt👍":                   "tốt",
		"1️⃣":                     "1",
		"日本語 Привет":              "日本語 Привет",
		"a\xFFb":                  "a b",
		"m² ½":                    "m",
		"“Không”…":                "Không",
		"ngônvà":                  "ngônvà",
		"0912.345.678":            "0912 345 678",
		strings.Repeat("ab ", 3):  "ab ab ab",
		"x\u200By":                "x y",
		"tiền\u00A0tệ":            "tiền tệ",
	} {
		var got []string
		for _, k := range Tokens(in) {
			if in[k.Start:k.End] != k.Text {
				t.Errorf("%q: token %+v does not point to its text", in, k)
			}
			got = append(got, k.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("Tokens(%q) = %q, want %q", in, s, want)
		}
	}
}

// TestTokensOfTokens: what the index stores is cut into the same tokens.
func TestTokensOfTokens(t *testing.T) {
	text := benchText + strings.Join(seeds, " ")
	words := func(s string) (out []string) {
		for k := range EachToken(s) {
			out = append(out, k.Text)
		}
		return out
	}
	once := words(text)
	if twice := words(strings.Join(once, " ")); !slices.Equal(once, twice) {
		t.Error("joined tokens are cut otherwise")
	}
	if folded := words(Fold(NFC(text))); len(folded) != len(words(NFC(text))) {
		t.Error("folding changes the number of tokens")
	}
}

func TestEachTokenStopsAndIsFree(t *testing.T) {
	n := 0
	for range EachToken("một hai ba") {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d tokens before the break", n)
	}
	if n := testing.AllocsPerRun(10, func() {
		for range EachToken(benchText) {
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestTokensAreMaximal: between tokens no letter or digit is left, within one
// there is nothing else but marks, and none touches the next.
func TestTokensAreMaximal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("aếĐ1²½ _-.\u0301\u200B\uFE0F日👍’")))).Draw(t, "s")
		last := 0
		for _, k := range Tokens(s) {
			if i := strings.IndexFunc(s[last:k.Start], func(r rune) bool { return look(r).class&(isLetter|isDigit) != 0 }); i >= 0 {
				t.Fatalf("%q: a letter is left out at %d", s, last+i)
			}
			if last > 0 && k.Start == last {
				t.Fatalf("%q: two tokens touch at %d", s, last)
			}
			if i := strings.IndexFunc(k.Text, func(r rune) bool { return look(r).class&(isLetter|isDigit|isMark) == 0 }); i >= 0 {
				t.Fatalf("%q: token %q holds something else", s, k.Text)
			}
			last = k.End
		}
		if strings.IndexFunc(s[last:], func(r rune) bool { return look(r).class&(isLetter|isDigit) != 0 }) >= 0 {
			t.Fatalf("%q: a letter is left out at the end", s)
		}
	})
}
