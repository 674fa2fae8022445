package viet

import (
	"strings"
	"testing"
)

func TestCanonicalName(t *testing.T) {
	for in, want := range map[string]string{
		"ISO-8859-1": CP1252, " latin1 ": CP1252, "UTF8": UTF8, "cp1258": CP1258, "x-tosh": "x-tosh", "": "", "sjis": "shift_jis",
	} {
		if got := canonicalName(in); got != want {
			t.Errorf("canonicalName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMendUTF8NeedsTenGoodRunesForEachBad(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{strings.Repeat("ế", 10) + "\xB0", strings.Repeat("ế", 10) + "°", true},
		{strings.Repeat("ế", 9) + "\xB0", strings.Repeat("ế", 9) + "°", false},
		{strings.Repeat("ế", 4), "ếếếế", true},
		{"ế ế ế", "ế ế ế", false},
		{"\x80 abc", "€ abc", false},
		{"", "", false},
	} {
		if got, ok := mendUTF8(c.in); got != c.want || ok != c.ok {
			t.Errorf("mendUTF8(%q) = %q, %v", c.in, got, ok)
		}
	}
}

// TestMixedLinesKeepTheirPlaces: no line is lost or moved, however they mix.
func TestMixedLinesKeepTheirPlaces(t *testing.T) {
	odd, ok := encodeTCVN3("người dân phản ánh tình trạng ngập nước kéo dài")
	if !ok {
		t.Fatal("TCVN3 cannot write the line")
	}
	for _, lines := range [][]string{{sentence, odd}, {odd, sentence}, {odd, "", sentence, odd, "end"}, {"head", odd, odd, sentence, ""}} {
		text, ok := decodeMixed(strings.Join(lines, "\n"), "")
		got := strings.Split(text, "\n")
		if !ok || len(got) != len(lines) {
			t.Fatalf("%q: %q, %v", lines, text, ok)
		}
		for i, line := range lines {
			want := line
			if line == odd {
				want = "người dân phản ánh tình trạng ngập nước kéo dài"
			}
			if got[i] != want {
				t.Errorf("line %d is %q, want %q", i, got[i], want)
			}
		}
	}
	for _, s := range []string{"", "ascii\nonly", odd, odd + "\nascii", sentence} {
		if _, ok := decodeMixed(s, ""); ok {
			t.Errorf("%q is no mixed text", s)
		}
	}
}

// TestShortBytesAreNotGuessed: two words are no evidence.
func TestShortBytesAreNotGuessed(t *testing.T) {
	for _, s := range []string{"caf\xE9", "\xB5", "na\xEFve caf\xE9"} {
		if text, charset, confidence := Decode([]byte(s), ""); charset != CP1252 || confidence != 0 || text != cp1252.decode(s) {
			t.Errorf("%q read as %s (%v): %q", s, charset, confidence, text)
		}
	}
}

func TestDecode1258ComposesTones(t *testing.T) {
	for in, want := range map[string]string{"a\xEC": "á", "\xE2\xEC": "ấ", "\xD5\xF2": "Ợ", "abc": "abc", "": ""} {
		if got := decode1258(in); got != want {
			t.Errorf("% x is %q, want %q", in, got, want)
		}
	}
}
