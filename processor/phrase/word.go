package phrase

import (
	"unicode"
	"unicode/utf8"
)

// word is where the token that begins at text[i] ends, and what is in it. How
// long syllables and their letters are no processor can foretell, so that there
// is no branch for each letter.
func word(text string, i int) (end int, w written) {
	start, of := i, shape(0)
	first := shapes[text[i]] & capital
	for {
		state := uint64(between)
		for i < len(text) {
			c := text[i]
			next := letters[c] >> (state & 63) & 63
			if next == outside {
				break
			}
			of |= shapes[c] &^ first
			state, first = next, 0
			i++
		}
		i -= begun(state)
		if i == len(text) || shapes[text[i]] != accent {
			break
		}
		n := wordAt(text, i) // a letter that is not Vietnamese, or a mark
		if n == 0 {
			break
		}
		of |= accent
		i += n
	}
	return i, written{pack: packLast(text, start, i), shape: of}
}

// Where in a Vietnamese letter word stands: the shifts that bring the next
// state forth from what letters has of a byte.
const (
	outside  = 6 * iota // not in such a letter
	between             // before a letter
	second              // after the first of two bytes
	secondC3            // the same, where × and ÷ are possible
	second3             // after the first of three
	third               // after the second of three
)

// begun is how many bytes of an unfinished letter stand behind.
func begun(state uint64) int {
	switch state {
	case second, secondC3, second3:
		return 1
	case third:
		return 2
	}
	return 0
}

// letters has, for each byte, the state that follows on each state. It goes over
// the letters that wordAt needs not decode.
var letters = func() (next [256]uint64) {
	for c := range next {
		set := func(state, to int) { next[c] |= uint64(to) << state }
		switch {
		case shapes[c]&wordy != 0:
			set(between, between)
		case c == 0xC3:
			set(between, secondC3)
		case c > 0xC3 && c <= 0xC6:
			set(between, second)
		case c == 0xE1:
			set(between, second3)
		case c&0xC0 == 0x80:
			set(second, between)
			set(third, between)
			if c&^0x20 != 0x97 {
				set(secondC3, between)
			}
			if c == 0xBA || c == 0xBB {
				set(second3, third)
			}
		}
	}
	return next
}()

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
