package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC gives s in Unicode normalisation form C, the form every offset and
// every table of this project is about. It returns s itself where s is NFC.
func NFC(s string) string { return norm.NFC.String(s) }

// Clean gives text that the rest of the project can read: valid UTF-8 in NFC,
// every odd space a plain one, line ends "\n", without zero-width characters,
// soft hyphens, direction marks and control characters, with Ð (Icelandic
// eth) where Vietnamese means Đ corrected, and marks typed after the tone put
// before it. Invalid bytes become U+FFFD. Clean(Clean(s)) is Clean(s).
//
// It keeps every visible character, runs of spaces and blank lines.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(cleanRune, strings.ReplaceAll(s, "\r\n", "\n"))
	return fixEth(reorderMarks(norm.NFC.String(s)))
}

// isPlain reports that Clean would change nothing: s is made of ASCII without
// control characters but "\n", of Vietnamese and Western letters in one piece,
// and of the usual dashes and quotation marks. Other clean text there is too,
// but it takes more than one look to know it.
func isPlain(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c == 0x7F || c < ' ' && c != '\n' {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isPlainRune(r) {
			return false
		}
		i += n
	}
	return true
}

// isPlainRune leaves out what Clean maps, and every mark: a rune that it takes
// neither is changed by NFC nor changes what stands before it.
func isPlainRune(r rune) bool {
	switch {
	case r < 0x180:
		return r > 0xA0 && r != 0xAD && r != 'Ð' && r != 'ð'
	case r >= 0x1EA0 && r < 0x1F00:
		return true
	case r >= 0x2010 && r < 0x2028:
		return true
	}
	return r == 'Ơ' || r == 'ơ' || r == 'Ư' || r == 'ư'
}

// cleanRune maps one rune for strings.Map; -1 drops it.
func cleanRune(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7F || r == '\n' || r > 0xAD && r < 0x300 || r >= 0x1E00 && r < 0x2000:
		return r
	case r == '\t':
		return ' '
	case r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return '\n'
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return -1
	case unicode.IsControl(r):
		return -1
	case r > 0x7F && unicode.Is(unicode.Zs, r), r == 0x2800, r == 0x3164:
		return ' '
	}
	return r
}

// reorderMarks composes what NFC cannot: a circumflex or breve typed after
// the tone ("á" + U+0302 is "ấ").
func reorderMarks(s string) string {
	if !strings.Contains(s, "\u0302") && !strings.Contains(s, "\u0306") {
		return s
	}
	var out []rune
	for _, r := range s {
		if n := len(out); n > 0 && (r == 0x302 || r == 0x306) {
			if joined := joinMark(out[n-1], r); joined != 0 {
				out[n-1] = joined
				continue
			}
		}
		out = append(out, r)
	}
	return norm.NFC.String(string(out))
}

// joinMark puts a circumflex or breve on a toned vowel, or returns 0.
func joinMark(vowel, mark rune) rune {
	l := look(vowel)
	if l.class&isVowel == 0 || l.tone == level {
		return 0
	}
	shaped, n := utf8.DecodeRuneInString(norm.NFC.String(string(compose[l.code][level]) + string(mark)))
	if n == 0 || look(shaped).class&isShaped == 0 || shaped == compose[l.code][level] {
		return 0
	}
	r := compose[look(shaped).code][l.tone]
	if l.class&isUpper != 0 {
		r = unicode.ToUpper(r)
	}
	return r
}

// fixEth turns Ð and ð into Đ and đ where Vietnamese stands: at the start of
// a word (where Icelandic never writes eth), or after a capital consonant, as
// in NÐ-CP and HÐND. Words with þ, æ or ö keep it.
func fixEth(s string) string {
	if !strings.Contains(s, "Ð") && !strings.Contains(s, "ð") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	for len(s) > 0 {
		n := strings.IndexFunc(s, func(r rune) bool { return look(r).class&(isLetter|isMark) != 0 })
		if n < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:n])
		s = s[n:]
		if n = strings.IndexFunc(s, func(r rune) bool { return look(r).class&(isLetter|isMark) == 0 }); n < 0 {
			n = len(s)
		}
		writeWord(&b, s[:n])
		s = s[n:]
	}
	return b.String()
}

func writeWord(b *strings.Builder, word string) {
	if !strings.ContainsAny(word, "Ðð") || strings.ContainsAny(word, "þÞæÆöÖ") {
		b.WriteString(word)
		return
	}
	before := rune(0)
	for _, r := range word {
		initial := before == 0
		l := look(before)
		capital := l.class&isUpper != 0 && l.class&isVowel == 0
		before = r
		switch {
		case r == 'Ð' && (initial || capital):
			r = 'Đ'
		case r == 'ð' && initial:
			r = 'đ'
		}
		b.WriteRune(r)
	}
}
