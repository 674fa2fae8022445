package phrase

import (
	"unicode"
	"unicode/utf8"
)

// cut finds the tokens of text (runs of letters, digits and marks) and what
// stands between them.
func cut(text string, dst []Token, number func(string) int32) []Token {
	var comma, brk bool
	for i := 0; i < len(text); {
		n := wordAt(text, i)
		if n == 0 || isMark(text, i) {
			i += gap(text, i, &comma, &brk)
			continue
		}
		start := i
		for n > 0 {
			i += n
			n = wordAt(text, i)
		}
		dst = append(dst, Token{Start: start, End: i, Comma: comma, Break: brk, number: number(text[start:i])})
		comma, brk = false, false
	}
	return dst
}

// wordAt is the length of the letter, digit or mark at text[i], or 0.
func wordAt(text string, i int) int {
	if i == len(text) {
		return 0
	}
	c := text[i]
	if c < utf8.RuneSelf {
		if c|0x20-'a' < 26 || c-'0' < 10 {
			return 1
		}
		return 0
	}
	// Vietnamese letters are U+00C0…U+01B0 and U+1EA0…U+1EF9; nearly all
	// other multi-byte text is decoded.
	switch {
	case c >= 0xC4 && c <= 0xC6 && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
		return 2
	case c == 0xE1 && i+2 < len(text) && text[i+1] >= 0xBA && text[i+1] <= 0xBB && text[i+2]&0xC0 == 0x80:
		return 3
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	if unicode.IsLetter(r) || unicode.IsDigit(r) || mark(r) {
		return n
	}
	return 0
}

// isMark reports whether a combining mark stands at text[i]: it may go on
// with a token but not begin one.
func isMark(text string, i int) bool {
	if text[i] < 0xCC {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return mark(r)
}

func mark(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Mc) && !unicode.Is(unicode.Variation_Selector, r)
}

// gap notes what the mark at text[i] means and returns its length.
func gap(text string, i int, comma, brk *bool) int {
	switch c := text[i]; c {
	case ',':
		*comma = true
	case '\n', '!', '?', ';', ':':
		*brk = true
	case '.':
		*brk = *brk || endsSentence(text, i)
	default:
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(text[i:])
			*brk = *brk || r == '…'
			return n
		}
	}
	return 1
}

// endsSentence reports whether the dot at text[i] does: white space follows,
// and what stands before is no short abbreviation like "TP" or "Q".
func endsSentence(text string, i int) bool {
	if i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\n' {
		return false
	}
	start := i
	for start > 0 && i-start < 3 && wordAt(text, start-1) == 1 {
		start--
	}
	short := i > start && i-start <= 2 && (start == 0 || text[start-1] == ' ' || text[start-1] == '(')
	return !short || text[start]-'A' >= 26
}
