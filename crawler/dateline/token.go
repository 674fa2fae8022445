package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// token is a run of digits, a run of letters, or one other character. Blanks
// are not tokens; gap tells whether one stood before.
type token struct {
	word       string // letters, lower case, without marks: "thang"
	num        int    // value of a run of at most 14 digits, else -1
	digits     int    // length of that run
	sign       rune   // any other character
	gap        bool
	start, end int
}

func (t token) isNum() bool { return t.digits > 0 }

// line is a text cut into tokens.
type line struct {
	text   string
	tokens []token
}

// maxTokens bounds the work on one text.
const maxTokens = 4096

func scan(text string) *line {
	l := &line{text: text, tokens: make([]token, 0, min(len(text)/3+4, 64))}
	c := cursor{text: text}
	if viet.NFC(text) == text {
		c.folded = viet.Fold(text) // rune for rune
	}
	gap := false
	for c.at < len(text) && len(l.tokens) < maxTokens {
		r := c.rune()
		if isBlank(r) {
			gap = true
			c.next()
			continue
		}
		t := token{num: -1, start: c.at, gap: gap}
		gap = false
		switch {
		case isDigit(r):
			for c.at < len(text) && isDigit(c.rune()) {
				c.next()
			}
			t.digits = c.at - t.start
			t.num = number(text[t.start:c.at])
		case unicode.IsLetter(r) || unicode.IsMark(r):
			t.word = c.word()
		default:
			t.sign = r
			c.next()
		}
		t.end = c.at
		l.tokens = append(l.tokens, t)
	}
	return l
}

// cursor walks over a text and, where the text is NFC, over its folded form at
// the same pace.
type cursor struct {
	text, folded   string
	at, foldedFrom int
}

func (c *cursor) rune() rune {
	r, _ := utf8.DecodeRuneInString(c.text[c.at:])
	return r
}

func (c *cursor) next() {
	_, size := utf8.DecodeRuneInString(c.text[c.at:])
	c.at += size
	if c.folded != "" {
		_, size = utf8.DecodeRuneInString(c.folded[c.foldedFrom:])
		c.foldedFrom += size
	}
}

// word passes a run of letters, or one ideograph, and gives it folded.
func (c *cursor) word() string {
	start, foldedStart := c.at, c.foldedFrom
	c.next()
	for r, _ := utf8.DecodeRuneInString(c.text[start:]); isLetter(r) && c.at < len(c.text) && isLetter(c.rune()); {
		c.next()
	}
	if c.folded != "" {
		return c.folded[foldedStart:c.foldedFrom]
	}
	return fold(c.text[start:c.at])
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isLetter excludes the ideographs that stand for year, month and day, which
// are tokens of their own.
func isLetter(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !unicode.Is(unicode.Han, r)
}

func number(digits string) int {
	if len(digits) > 14 {
		return -1
	}
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// fold lowers a word and takes its marks off, so that "Tháng", "THÁNG" and a
// decomposed "tháng" compare equal.
func fold(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return viet.Fold(viet.NFC(word))
		}
	}
	return strings.ToLower(word)
}

func (l *line) at(i int) token {
	if i < 0 || i >= len(l.tokens) {
		return token{num: -1}
	}
	return l.tokens[i]
}

func (l *line) word(i int) string { return l.at(i).word }

func (l *line) sign(i int) rune { return l.at(i).sign }

// tight reports whether token i follows its predecessor without a blank.
func (l *line) tight(i int) bool { return i > 0 && i < len(l.tokens) && !l.tokens[i].gap }
