package viet

import (
	"iter"
	"unicode/utf8"
)

// Token is a piece of text: Text is s[Start:End] of the string it was cut
// from.
type Token struct {
	Text       string
	Start, End int
}

// Tokens cuts s into runs of letters and digits; combining marks after the
// first belong to the run. Everything else separates: "1.234,5" gives "1",
// "234", "5"; "covid_19" gives "covid", "19"; "5G" is one token. Text is as
// written; fold or key it to compare. Both index engines store exactly these
// tokens joined by spaces.
func Tokens(s string) []Token {
	// Vietnamese text holds a token every 5.5 bytes or so.
	out := make([]Token, 0, len(s)/5+1)
	for at := 0; ; {
		start, end := nextToken(s, at)
		if start == end {
			return out
		}
		out = append(out, Token{Text: s[start:end], Start: start, End: end})
		at = end
	}
}

// EachToken gives the tokens of Tokens one by one, without allocating.
func EachToken(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		for at := 0; ; {
			start, end := nextToken(s, at)
			if start == end || !yield(Token{Text: s[start:end], Start: start, End: end}) {
				return
			}
			at = end
		}
	}
}

// nextToken finds the first token at or after s[at]; start == end where there
// is none.
func nextToken(s string, at int) (start, end int) {
	for at < len(s) {
		class, n := classAt(s, at)
		if class&(isLetter|isDigit) != 0 {
			return at, tokenEnd(s, at+n)
		}
		at += n
	}
	return len(s), len(s)
}

func tokenEnd(s string, at int) int {
	for at < len(s) {
		if c := s[at]; c < utf8.RuneSelf {
			if table[c].class&(isLetter|isDigit) == 0 {
				return at
			}
			at++
			continue
		}
		class, n := classAt(s, at)
		if class&(isLetter|isDigit|isMark) == 0 {
			return at
		}
		at += n
	}
	return at
}

// classAt classifies the rune at s[at] and gives its length in bytes.
func classAt(s string, at int) (class uint8, n int) {
	l, n := letterAt(s, at)
	return l.class, n
}
