package viet

import (
	"unicode/utf8"
)

// Fold gives s lower-case and without any mark; đ becomes d. For NFC text
// every rune gives exactly one rune, so rune positions are kept; FoldOffsets
// also gives the byte positions. Marks that stand alone stay.
func Fold(s string) string {
	i := foldedPrefix(s)
	if i == len(s) {
		return s
	}
	buf := append(make([]byte, 0, len(s)+8), s[:i]...)
	return string(AppendFold(buf, s[i:]))
}

// FoldRune is Fold of one rune.
func FoldRune(r rune) rune { return look(r).fold }

// foldedPrefix measures how much of s Fold would leave alone.
func foldedPrefix(s string) int {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c-'A' < 26 {
			return i
		}
	}
	return len(s)
}

// AppendFold appends Fold(s) to buf.
func AppendFold(buf []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		}
		l, n := letterAt(s, i)
		i += n
		if l.fold < utf8.RuneSelf {
			buf = append(buf, byte(l.fold))
		} else {
			buf = utf8.AppendRune(buf, l.fold)
		}
	}
	return buf
}

// FoldOffsets folds s and tells where each byte came from: folded[i] is part
// of the rune that starts at s[at[i]]. at has len(folded)+1 entries, the last
// is len(s); so s[at[i]:at[j]] is what folded[i:j] was, for i and j at rune
// starts.
func FoldOffsets(s string) (folded string, at []int) {
	buf := make([]byte, 0, len(s)+8)
	at = make([]int, 0, len(s)+1)
	for i := 0; i < len(s); {
		l, n := letterAt(s, i)
		buf = utf8.AppendRune(buf, l.fold)
		for len(at) < len(buf) {
			at = append(at, i)
		}
		i += n
	}
	return string(buf), append(at, len(s))
}
