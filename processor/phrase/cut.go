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
