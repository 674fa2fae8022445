package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cut finds the tokens of text (runs of letters, digits and marks) and what
// stands between them, and numbers them by words.
func cut(text string, dst []Token, words *vocabulary) []Token {
	var comma, brk bool
	for i := 0; i < len(text); {
		switch c := shapes[text[i]]; {
		case c&silent != 0:
			i++
			continue
		case c&wordy == 0 && (wordAt(text, i) == 0 || isMark(text, i)):
			i += gap(text, i, &comma, &brk)
			continue
		}
		end, w := word(text, i)
		dst = append(dst, Token{Start: i, End: end, Comma: comma, Break: brk, number: words.number(text[i:end], w)})
		comma, brk = false, false
		i = end
	}
	return dst
}

// written is what cut learns of a token on its way over it.
type written struct {
	pack  uint64 // see pack
	shape shape
}

// shape tells of bytes what they are, and of a token what is in it.
type shape uint8

const (
	small   shape = 1 << iota // a small letter of ASCII
	capital                   // in a token: one after its first byte
	accent                    // part of a character beyond ASCII
	wordy                     // part of a token: a letter or digit of ASCII
	silent                    // between tokens, without meaning
)

var shapes = func() (of [256]shape) {
	for c := range of {
		switch r := rune(c); {
		case r >= utf8.RuneSelf:
			of[c] = accent
		case r >= 'a' && r <= 'z':
			of[c] = small | wordy
		case r >= 'A' && r <= 'Z':
			of[c] = capital | wordy
		case r >= '0' && r <= '9':
			of[c] = wordy
		case !strings.ContainsRune(",.\n!?;:", r):
			of[c] = silent
		}
	}
	return of
}()

// word is where the token that begins at text[i] ends, and what is in it.
func word(text string, i int) (end int, w written) {
	first := shapes[text[i]] & capital
	for i < len(text) {
		c := text[i]
		n := 1
		if shapes[c]&wordy == 0 {
			if n = wordAt(text, i); n == 0 {
				break
			}
		}
		for _, c := range []byte(text[i : i+n]) {
			w.pack = w.pack<<8 | uint64(c)
		}
		w.shape |= shapes[c] &^ first
		first = 0
		i += n
	}
	return i, w
}

// wordAt is the length of the letter, digit or mark at text[i], or 0.
func wordAt(text string, i int) int {
	c := text[i]
	if c < utf8.RuneSelf {
		if shapes[c]&wordy != 0 {
			return 1
		}
		return 0
	}
	// Vietnamese letters are U+00C0…U+01B0 and U+1EA0…U+1EF9; nearly all
	// other multi-byte text is decoded.
	switch {
	case c >= 0xC3 && c <= 0xC6 && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
		if c == 0xC3 && text[i+1]&^0x20 == 0x97 { // × and ÷
			return 0
		}
		return 2
	case c == 0xE1 && i+2 < len(text) && text[i+1] >= 0xBA && text[i+1] <= 0xBB && text[i+2]&0xC0 == 0x80:
		return 3
	case c == 0xE2 && i+1 < len(text) && text[i+1] == 0x80: // quotation marks and dashes
		return 0
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
