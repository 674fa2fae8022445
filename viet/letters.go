package viet

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The twenty-nine letters in the order of the alphabet; a letter's code is
// its place here, counted from 1, so that 0 means "no Vietnamese letter".
const (
	alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
	letters  = 29
)

// Tones in the order of the columns of vowelRows.
const (
	level = iota
	grave
	acute
	hook
	tilde
	dot
	tones
)

// vowelRows holds every vowel letter under its six tones.
var vowelRows = [...]string{
	"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
	"oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
}

// What a letter is to the other rules of the package.
const (
	isLetter = 1 << iota
	isDigit
	isMark
	isUpper
	isVowel
	isShaped // carries a circumflex, a breve or a horn
)

// letter is what the package knows about one rune.
type letter struct {
	lower rune
	fold  rune // lower-case and without any mark
	code  uint8
	tone  uint8
	class uint8
}

// The table covers the runes Vietnamese and its neighbours write with:
// Latin up to the combining marks, and Latin Extended Additional.
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

var (
	table   = newTable()
	compose = newCompose()
)

// look describes r. Runes outside the table are described by package unicode.
func look(r rune) letter {
	if uint32(r) < lowEnd {
		return table[r]
	}
	if r >= highStart && r < highEnd {
		return table[lowEnd+r-highStart]
	}
	return describe(r)
}

// letterAt describes the rune at s[i] and gives its length in bytes. The bytes
// of the table's letters are put together here, because most texts are made of
// them and to decode runes is what most of the package's time goes into.
func letterAt(s string, i int) (*letter, int) {
	switch c := s[i]; {
	case c < utf8.RuneSelf:
		return &table[c], 1
	case c >= 0xC2 && c < lowEnd>>6|0xC0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		return &table[int(c&0x1F)<<6|int(s[i+1]&0x3F)], 2
	case c == 0xE1 && i+2 < len(s) && s[i+1] >= 0xB8 && s[i+1] <= 0xBB && s[i+2]&0xC0 == 0x80:
		return &table[lowEnd+(int(s[i+1]&0x03)<<6|int(s[i+2]&0x3F))], 3
	case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2]&0xC0 == 0x80:
		return &table[marksAt+int(s[i+2]&0x3F)], 3
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	l := look(r)
	return &l, n
}

func newTable() *[tableSize]letter {
	var t [tableSize]letter
	for r := range rune(lowEnd) {
		t[r] = describe(r)
	}
	for r := rune(highStart); r < highEnd; r++ {
		t[lowEnd+r-highStart] = describe(r)
	}
	for r := rune(marksStart); r < marksEnd; r++ {
		t[marksAt+r-marksStart] = describe(r)
	}
	code := uint8(0)
	for _, r := range alphabet {
		code++
		for _, form := range [...]rune{r, unicode.ToUpper(r)} {
			t[form].code = code
		}
	}
	for _, row := range vowelRows {
		markVowels(&t, row)
	}
	t['İ'].code, t['İ'].class = t['I'].code, t['I'].class // the one other capital of a small letter of ours
	return &t
}

func markVowels(t *[tableSize]letter, row string) {
	first, _ := utf8.DecodeRuneInString(row)
	tone := uint8(0)
	for _, r := range row {
		for _, form := range [...]rune{r, unicode.ToUpper(r)} {
			at := form
			if form >= highStart {
				at = lowEnd + form - highStart
			}
			t[at].code, t[at].tone = t[first].code, tone
			t[at].class |= isVowel
			if first > unicode.MaxASCII {
				t[at].class |= isShaped
			}
		}
		tone++
	}
}

func newCompose() *[letters + 1][tones]rune {
	var c [letters + 1][tones]rune
	for _, r := range alphabet {
		c[table[r].code][level] = r
	}
	for _, row := range vowelRows {
		tone, code := 0, 0
		for _, r := range row {
			if tone == 0 {
				code = int(table[r].code)
			}
			c[code][tone] = r
			tone++
		}
	}
	return &c
}

// describe computes what the table caches.
func describe(r rune) letter {
	l := letter{lower: unicode.ToLower(r)}
	l.fold = foldRune(l.lower)
	switch {
	case unicode.IsLetter(r):
		l.class = isLetter
	case unicode.IsDigit(r):
		l.class = isDigit
	case unicode.In(r, unicode.Mn, unicode.Mc) && !unicode.Is(unicode.Variation_Selector, r):
		l.class = isMark
	}
	if unicode.IsUpper(r) {
		l.class |= isUpper
	}
	return l
}

// foldRune takes every mark off a lower-case rune. Letters that Unicode does
// not decompose, đ first among them, are mapped by hand.
func foldRune(r rune) rune {
	switch r {
	case 'đ', 'ð', 'ɖ':
		return 'd'
	case 'ø', 'œ':
		return 'o'
	case 'ł':
		return 'l'
	case 'ß', 'ſ':
		return 's'
	case 'æ':
		return 'a'
	case 'ı':
		return 'i'
	case 'þ', 'ŧ':
		return 't'
	case 'ħ':
		return 'h'
	}
	if r < utf8.RuneSelf || !unicode.Is(unicode.Latin, r) {
		return r
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	base, _ := utf8.DecodeRune(norm.NFD.Bytes(buf[:n]))
	if base != r {
		return foldRune(base) // ǽ is æ with an accent
	}
	return base
}
