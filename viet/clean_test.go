package viet

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain stays", "Người dân\nvà đất", "Người dân\nvà đất"},
		{"decomposed", "Ngu\u031Bo\u031B\u0300i", "Người"},
		{"tone before the circumflex", "a\u0301\u0302n \u1EA0\u0302", "ấn Ậ"},
		{"tone before the breve", "a\u0300\u0306", "ằ"},
		{"windows-1258 style", "\u00EA\u0301", "ế"},
		{"no-break and thin spaces", "a\u00A0b\u2009c\u3000d\u202Fe", "a b c d e"},
		{"zero width", "a\u200Bb\u200Dc\uFEFFd\u2060e\u200Ef", "abcdef"},
		{"soft hyphen", "tuyên\u00AD truyền", "tuyên truyền"},
		{"mark behind a zero width", "e\u200B\u0301", "é"},
		{"line ends", "a\r\nb\rc\u2028d\ve", "a\nb\nc\nd\ne"},
		{"tab and controls", "a\tb\x00c\x1Fd\u0085e\u0090f", "a bcd\nef"},
		{"invalid bytes", "a\xFFb\xE1\xBBc", "a\uFFFDb\uFFFDc"},
		{"eth begins a word", "Ðường ðến UBND", "Đường đến UBND"},
		{"eth in abbreviations", "NÐ-CP, QÐ, HÐND, BÐS", "NĐ-CP, QĐ, HĐND, BĐS"},
		{"eth of Icelandic", "það VEÐUR maður", "það VEÐUR maður"},
		{"double spaces and blanks stay", "a  b\n\n c ", "a  b\n\n c "},
		{"emoji stays", "tốt 👍🏽 1️⃣", "tốt 👍🏽 1️⃣"},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCleanKeepsTheCorpus(t *testing.T) {
	for _, s := range corpus(t, "press_written.jsonl") {
		if Clean(s) != NFC(s) {
			t.Errorf("%q became %q", s, Clean(s))
		}
	}
}

func TestCleanOfSoundTextIsFree(t *testing.T) {
	if n := testing.AllocsPerRun(10, func() { Clean(benchText) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// What isPlain lets pass must be what the long way would give.
func TestPlainIsClean(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "b", string(r) + string(r), "e" + string(r) + "\u1EBF"} {
			if !isPlain(s) {
				continue
			}
			if got := fixEth(reorderMarks(NFC(strings.Map(cleanRune, s)))); got != s {
				t.Errorf("U+%04X: %q is taken for clean, which is %q", r, s, got)
			}
		}
	}
}
