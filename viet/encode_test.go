package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The encoders that the tests make legacy bytes with. Each gives false where
// the charset lacks a letter of s. They are written from the descriptions of
// the charsets, not from the decoders' tables, where that is practical.

func reverse(t *byteTable) map[rune]byte {
	m := map[rune]byte{}
	for i := 255; i >= 0; i-- {
		m[t[i]] = byte(i)
	}
	return m
}

func encodeTable(t *byteTable) func(string) (string, bool) {
	m := reverse(t)
	return func(s string) (string, bool) {
		var b strings.Builder
		for _, r := range s {
			c, ok := m[r]
			if !ok {
				return "", false
			}
			b.WriteByte(c)
		}
		return b.String(), true
	}
}

// encode1258 writes what Vietnamese Windows writes: the shaped vowels as one
// byte, the tone as the next.
func encode1258(s string) (string, bool) {
	var spread strings.Builder
	for _, r := range s {
		l := look(r)
		if l.class&isVowel == 0 || l.tone == level {
			spread.WriteRune(r)
			continue
		}
		base := compose[l.code][level]
		if l.class&isUpper != 0 {
			base = unicode.ToUpper(base)
		}
		spread.WriteRune(base)
		spread.WriteString([...]string{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}[l.tone])
	}
	out, err := charmap.Windows1258.NewEncoder().String(spread.String())
	return out, err == nil
}

// encodeVNI writes a vowel and the byte of its marks.
func encodeVNI(s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		pair, ok := vniOf(unicode.ToLower(r))
		if !ok {
			pair = string(r)
		} else if unicode.IsUpper(r) {
			pair = strings.ToUpper(pair)
		}
		b.WriteString(pair)
	}
	out, err := charmap.Windows1252.NewEncoder().String(b.String())
	return out, err == nil
}

func vniOf(r rune) (string, bool) {
	switch r {
	case 'đ':
		return "ñ", true
	case 'ỉ':
		return "æ", true
	case 'ĩ':
		return "ó", true
	case 'ị':
		return "ò", true
	case 'ì', 'í':
		return string(r), true
	case 'ỵ':
		return "î", true
	case 'ơ':
		return "ô", true
	case 'ư':
		return "ö", true
	}
	l := look(r)
	if l.class&isVowel == 0 {
		return "", false
	}
	base := string(l.fold)
	family := "plain"
	switch compose[l.code][level] {
	case 'ơ':
		base = "ô"
	case 'ư':
		base = "ö"
	case 'â', 'ê', 'ô':
		family = "hat"
	case 'ă':
		family = "bowl"
	}
	mark := map[string][]string{
		"plain": {"", "ø", "ù", "û", "õ", "ï"},
		"hat":   {"â", "à", "á", "å", "ã", "ä"},
		"bowl":  {"ê", "è", "é", "ú", "ü", "ë"},
	}[family][l.tone]
	return base + mark, true
}

func encodeTCVN3(s string) (string, bool) {
	// Capitals with a tone are written as small letters: only the font knows.
	lowered := strings.Map(func(r rune) rune {
		if l := look(r); l.class&isUpper != 0 && l.tone != level {
			return l.lower
		}
		return r
	}, s)
	lowered = strings.Map(func(r rune) rune {
		if strings.ContainsRune("ĂÂÊÔƠƯĐ", r) || !unicode.IsUpper(r) || r < utf8.RuneSelf {
			return r
		}
		return unicode.ToLower(r)
	}, lowered)
	return encodeTable(tcvn3)(lowered)
}

// misread shows UTF-8 as windows-1252 does in browsers.
func misread(s string) string { return cp1252.decode(s) }
