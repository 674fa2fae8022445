package viet

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// guess is one way to read the bytes.
type guess struct {
	charset string
	reading
}

// decodeBytes reads bytes that are not UTF-8.
func decodeBytes(s, declared string) (text, charset string, confidence float64) {
	if text, ok := mendUTF8(s); ok {
		return text, Mixed, 0.7
	}
	if text, ok := decodeMixed(s, declared); ok {
		return text, Mixed, 0.6
	}
	part := head(s, sample)
	best, second := guess{}, guess{}
	for _, c := range vietnameseCharsets {
		g := guess{charset: c.name, reading: readAs(c.decode(part))}
		if g.score > best.score {
			best, second = g, best
		} else if g.score > second.score {
			second = g
		}
	}
	plain, ok := decodeDeclared(s, declared)
	as := readAs(head(plain, sample))
	if best.marked >= 2 && best.score > second.score+0.05 && clearlyBetter(best.reading, as) {
		return decodeAs(best.charset, s), best.charset, clamp(best.score)
	}
	if ok {
		if as.marked >= 3 && as.score > 0.6 {
			return plain, canonicalName(declared), clamp(as.score)
		}
		return plain, canonicalName(declared), 0.5
	}
	return cp1252.decode(s), CP1252, 0
}

func canonicalName(declared string) string {
	enc, err := htmlindex.Get(strings.TrimSpace(declared))
	if err != nil {
		return declared
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return declared
	}
	return name
}

// vietnameseCharset reads bytes into NFC text.
type vietnameseCharset struct {
	name   string
	decode func(string) string
}

var vietnameseCharsets = []vietnameseCharset{
	{CP1258, decode1258},
	{TCVN3, tcvn3.decode},
	{VNI, func(s string) string { return vni.decode(cp1252.decode(s)) }},
	{VISCII, viscii.decode},
}

func decodeAs(name, s string) string {
	for _, c := range vietnameseCharsets {
		if c.name == name {
			return c.decode(s)
		}
	}
	return s
}

// decode1258 also composes the tone marks that follow their letter.
func decode1258(s string) string {
	out, err := charmap.Windows1258.NewDecoder().String(s)
	if err != nil {
		return s
	}
	return reorderMarks(NFC(out))
}

// mendUTF8 reads text that is UTF-8 but for a few bytes, which are read as
// windows-1252.
func mendUTF8(s string) (string, bool) {
	good, bad := 0, 0
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			b.WriteByte(s[i])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
			r = cp1252[s[i]]
		} else {
			good++
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), good >= 4 && bad*10 <= good
}

// decodeMixed reads a page whose lines are UTF-8 in part: the others are
// decoded together.
func decodeMixed(s, declared string) (string, bool) {
	lines := strings.Split(s, "\n")
	var odd []string
	good := 0
	for _, line := range lines {
		switch {
		case !utf8.ValidString(line):
			odd = append(odd, line)
		case !isASCII(line):
			good++
		}
	}
	if good == 0 || len(odd) == 0 {
		return "", false
	}
	text, _, _ := decodeBytes(strings.Join(odd, "\n"), declared)
	read := strings.Split(text, "\n")
	if len(read) != len(odd) {
		return "", false
	}
	for i, line := range lines {
		if !utf8.ValidString(line) {
			lines[i], read = read[0], read[1:]
		}
	}
	return strings.Join(lines, "\n"), true
}
