package viet

import (
	"strings"
	"testing"
	"unicode"
)

// allLetters are the 134 letters of Vietnamese beyond ASCII.
func allLetters() (out []rune) {
	for _, row := range vowelRows {
		for _, r := range row {
			if r > unicode.MaxASCII {
				out = append(out, r, unicode.ToUpper(r))
			}
		}
	}
	return append(out, 'đ', 'Đ')
}

// TestEveryLetterComesBack: each charset writes every letter and reads it
// again; TCVN3 loses the case of toned letters with the font.
func TestEveryLetterComesBack(t *testing.T) {
	if n := len(allLetters()); n != 134 {
		t.Fatalf("%d letters", n)
	}
	for name, encode := range encoders() {
		for _, r := range allLetters() {
			want := string(r)
			if name == TCVN3 && look(r).tone != level {
				want = string(unicode.ToLower(r))
			}
			data, ok := encode("x" + want + "x")
			if got := decodeAs(name, data); !ok || got != "x"+want+"x" {
				t.Errorf("%s: %q is written % x and read %q", name, r, data, got)
			}
		}
	}
}

// TestBytesOfTheStandards are spot checks against the published tables.
func TestBytesOfTheStandards(t *testing.T) {
	for _, c := range []struct{ charset, data, want string }{
		{VISCII, "Vi\xAEt Nam", "Việt Nam"}, {VISCII, "\xD0\xE1", "Đá"}, {VISCII, "\x02", "Ẳ"}, {VISCII, "\x1e", "Ỵ"},
		{TCVN3, "Vi\xD6t Nam", "Việt Nam"}, {TCVN3, "\xA7\xB8", "Đá"}, {TCVN3, "\xAE\xADng", "đưng"},
		{VNI, "Vie\xE4t Nam", "Việt Nam"}, {VNI, "\xD1a\xF9", "Đá"}, {VNI, "VIE\xC4T", "VIỆT"}, {VNI, "\xF1\xF6\xF4\xF8ng", "đường"}, {VNI, "VIe\xC4T", "VIệT"},
		{CP1258, "Vi\xEA\xF2t Nam", "Việt Nam"}, {CP1258, "\xD0\xE1", "Đá"}, {CP1258, "\xF0\xFD\xF5\xCCng", "đường"},
		{"tosh", "a\xEA", "a\xEA"},
	} {
		if got := decodeAs(c.charset, c.data); got != c.want {
			t.Errorf("%s: % x is %q, want %q", c.charset, c.data, got, c.want)
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	for name, table := range map[string]*byteTable{TCVN3: tcvn3, VISCII: viscii, CP1252: cp1252} {
		for i := range 0x80 {
			if r := table[i]; r != rune(i) && name != VISCII {
				t.Errorf("%s: ASCII %02x is %q", name, i, r)
			}
		}
		for i, r := range table {
			if r == unicode.ReplacementChar || r == 0 && i > 0 {
				t.Errorf("%s: %02x has no letter", name, i)
			}
		}
	}
	if n := len([]rune(visciiLetters)); n != 0x80 {
		t.Errorf("VISCII lists %d letters", n)
	}
	seen := map[rune]int{}
	for _, r := range viscii {
		if seen[r]++; seen[r] > 1 {
			t.Errorf("VISCII has %q twice", r)
		}
	}
}

// TestWindows1252BackAndForth: what a byte shows leads back to it.
func TestWindows1252BackAndForth(t *testing.T) {
	for i := 0x80; i < 0x100; i++ {
		if bytes1[cp1252[i]] != byte(i) || bytes1[rune(i)] != byte(i) {
			t.Errorf("%02x shows as %q, which leads to %02x", i, cp1252[i], bytes1[cp1252[i]])
		}
	}
	for _, c := range []byte{0x81, 0x8D, 0x8F, 0x90, 0x9D} {
		if cp1252[c] != rune(c) {
			t.Errorf("%02x is %q; browsers keep it", c, cp1252[c])
		}
	}
}

func TestUnhex(t *testing.T) {
	for i, c := range []byte("0123456789abcdef") {
		if unhex(c) != byte(i) {
			t.Errorf("unhex(%q) = %d", c, unhex(c))
		}
	}
}

// TestVNIKeepsWhatIsNoPair: a mark without its vowel, and ASCII, stay.
func TestVNIKeepsWhatIsNoPair(t *testing.T) {
	for in, want := range map[string]string{"": "", "abc": "abc", "bø": "bø", "aøø": "àø", "a": "a", "aøa": "àa", "ñ": "đ", "ÑAØO": "ĐÀO", "aa\u00f8": "aà"} {
		if got := vni.decode(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if got := vni.decode(strings.Repeat("a", 5)); got != "aaaaa" {
		t.Error(got)
	}
}
