package viet

import "testing"

func TestCodesNameTheirLetters(t *testing.T) {
	for r, code := range map[rune]uint8{'c': codeC, 'g': codeG, 'h': codeH, 'i': codeI, 'p': codeP, 'q': codeQ, 't': codeT, 'u': codeU, 'y': codeY} {
		if compose[code][level] != r {
			t.Errorf("the code of %q is that of %q", r, compose[code][level])
		}
	}
}

func TestVowelsAndShapedVowels(t *testing.T) {
	const vowels, shaped = "aăâeêioôơuưy", "ăâêôơư"
	for _, set := range []struct {
		codes *[64]bool
		want  string
	}{{vowelCode, vowels}, {shapedCode, shaped}} {
		got := ""
		for _, r := range alphabet {
			if set.codes[look(r).code] {
				got += string(r)
			}
		}
		if got != set.want || set.codes[0] {
			t.Errorf("%q, want %q", got, set.want)
		}
	}
}
