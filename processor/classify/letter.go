package classify

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letter is what hashing needs to know of a rune.
type letter struct {
	base   rune // small, without any mark; đ is d
	shaped rune // small, without its tone
	tone   uint8
	class  uint8
	upper  bool
}

const (
	isOther = iota
	isLetter
	isDigit
)

// letters covers Latin and Latin Extended Additional, which is where
// Vietnamese is written; it is never changed.
var letters = newLetters()

const (
	lowEnd    = 0x370
	highStart = 0x1E00
	highEnd   = 0x1F00
)

func newLetters() *[lowEnd + highEnd - highStart]letter {
	t := new([lowEnd + highEnd - highStart]letter)
	for r := range rune(lowEnd) {
		t[r] = describe(r)
	}
	for r := rune(highStart); r < highEnd; r++ {
		t[lowEnd+r-highStart] = describe(r)
	}
	return t
}

func look(r rune) letter {
	switch {
	case uint32(r) < lowEnd:
		return letters[r]
	case r >= highStart && r < highEnd:
		return letters[lowEnd+r-highStart]
	}
	return describe(r)
}

func describe(r rune) letter {
	l := letter{base: r, shaped: r}
	switch {
	case r >= '0' && r <= '9':
		l.class = isDigit
		return l
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return l
	}
	l.class = isLetter
	l.upper = unicode.IsUpper(r)
	l.base = unicode.ToLower(r)
	l.shaped = l.base
	if r > highEnd {
		return l
	}
	l.take(string(l.base))
	return l
}

// take splits a small letter into its base, its shape and its tone.
func (l *letter) take(s string) {
	shape := rune(0)
	for i, r := range norm.NFD.String(s) {
		switch r {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			l.tone = uint8(r-0x300) + 1
		case 0x302, 0x306, 0x31B:
			shape = r
		default:
			if i == 0 {
				l.base = r
			}
		}
	}
	l.shaped = l.base | shape<<8
	if l.base == 'đ' {
		l.base = 'd'
	}
}

// mix folds b into the hash a: one round of a multiply-and-shift hash, enough
// for tables and far cheaper than a byte-wise one.
func mix(a, b uint64) uint64 {
	a = (a ^ b) * 0x9FB21C651E98DF25
	return a ^ a>>29
}

// Mix joins two hashes; the order matters.
func Mix(a, b uint64) uint64 { return mix(a^keySeed, b) }
