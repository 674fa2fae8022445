package classify

import (
	"unicode"
	"unicode/utf8"

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

	// Quotation marks, dashes and the ellipsis stand behind them.
	marksStart = 0x2000
	marksEnd   = 0x2040

	marksAt   = lowEnd + highEnd - highStart
	tableSize = marksAt + marksEnd - marksStart
)

func newLetters() *[tableSize]letter {
	t := new([tableSize]letter)
	for r := range rune(lowEnd) {
		t[r] = describe(r)
	}
	for r := rune(highStart); r < highEnd; r++ {
		t[lowEnd+r-highStart] = describe(r)
	}
	for r := rune(marksStart); r < marksEnd; r++ {
		t[marksAt+r-marksStart] = describe(r)
	}
	return t
}

// letterAt describes the rune at s[i] and gives its length in bytes.
func letterAt(s string, i int) (*letter, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return &letters[c], 1
	}
	return letterBeyond(s, i)
}

// letterBeyond is letterAt beyond ASCII. The bytes of letters in the table are
// put together here: this is where most of the time of Cut was spent.
func letterBeyond(s string, i int) (*letter, int) {
	switch c := s[i]; {
	case c >= 0xC2 && c < lowEnd>>6|0xC0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		return &letters[int(c&0x1F)<<6|int(s[i+1]&0x3F)], 2
	case c == 0xE1 && i+2 < len(s) && s[i+1] >= 0xB8 && s[i+1] <= 0xBB && s[i+2]&0xC0 == 0x80:
		return &letters[lowEnd+(int(s[i+1]&0x03)<<6|int(s[i+2]&0x3F))], 3
	case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2]&0xC0 == 0x80:
		return &letters[marksAt+int(s[i+2]&0x3F)], 3
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	l := describe(r)
	return &l, n
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
