package viet

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
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

// TestMarkAfterToneJoins: a circumflex or breve typed after the tone, on
// every toned vowel in both cases, as it would stand before it.
func TestMarkAfterToneJoins(t *testing.T) {
	shapes := map[rune]map[rune]rune{
		'\u0302': {'a': 'â', 'e': 'ê', 'o': 'ô', 'ă': 0, 'ơ': 0, 'ư': 0, 'i': 0, 'u': 0, 'y': 0, 'â': 0, 'ê': 0, 'ô': 0},
		'\u0306': {'a': 'ă', 'â': 0, 'ă': 0, 'e': 0, 'ê': 0, 'o': 0, 'ô': 0, 'ơ': 0, 'i': 0, 'u': 0, 'ư': 0, 'y': 0},
	}
	for mark, bases := range shapes {
		for base, shaped := range bases {
			for tone := grave; tone < tones; tone++ {
				vowel := compose[look(base).code][tone]
				want := rune(0)
				if shaped != 0 {
					want = compose[look(shaped).code][tone]
				}
				if got := joinMark(vowel, mark); got != want {
					t.Errorf("%q and %U: %q, want %q", vowel, mark, got, want)
				}
				if got := joinMark(unicode.ToUpper(vowel), mark); got != unicode.ToUpper(want) {
					t.Errorf("%q and %U: %q, want %q", unicode.ToUpper(vowel), mark, got, unicode.ToUpper(want))
				}
			}
			if got := joinMark(base, mark); got != 0 {
				t.Errorf("%q without a tone became %q", base, got)
			}
		}
	}
	if joinMark('x', '\u0302') != 0 || joinMark('日', '\u0306') != 0 {
		t.Error("a mark joins what is no vowel")
	}
}

func TestEthIsReadWhereVietnameseStands(t *testing.T) {
	for in, want := range map[string]string{
		"ÐẮK LẮK": "ĐẮK LẮK", "ðường": "đường", "UBNÐ": "UBNĐ", "Ð": "Đ", "(Ð)": "(Đ)", "maður": "maður", "BÐÐ": "BĐĐ", "Ðæ": "Ðæ", "AÐ": "AÐ", "12 Ð": "12 Đ", "…": "…",
		"đ1ð": "đ1đ", "xong ð": "xong đ", "NÐ-CP.": "NĐ-CP.",
	} {
		if got := fixEth(in); got != want {
			t.Errorf("fixEth(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestCleanLosesNothingVisible: of any text what is neither space, control
// nor format character stays, in order.
func TestCleanLosesNothingVisible(t *testing.T) {
	visible := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0x34F || r == 0x180E || r == 0x2800 || r == 0x3164 {
				return -1
			}
			return r
		}, NFC(s))
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("aâđếỰ \u00A0\u200B\u00AD\t\r\n\u2028…“👍日\uFEFF1"))).Draw(t, "s")
		once := Clean(s)
		if Clean(once) != once || visible(once) != visible(s) {
			t.Fatalf("Clean(%q) = %q", s, once)
		}
		if strings.ContainsAny(once, "\r\t\u00A0\u200B\u00AD\uFEFF\u2028") {
			t.Fatalf("Clean(%q) keeps %q", s, once)
		}
	})
}
