package viet

import (
	"strings"
	"unicode/utf8"
)

// Span is a piece of a text, in bytes.
type Span struct {
	Start, End int
}

// In cuts the span out of the text it belongs to.
func (p Span) In(s string) string { return s[p.Start:p.End] }

// abbreviations do not end a sentence with their dot (small letters, without
// it). A single capital letter and letters between dots (N.V.A.) never do.
var abbreviations = wordSet(`tp tx tt ts ths pgs gs bs ks cn kts ncs nsnd nsưt nst bv đt đc sđt tr tel fax
	mr mrs ms dr st jr vol pp etc vs km cty cp tnhh ub ubnd th.s ths.bs ths.kts bs.ck pgs.ts gs.ts ts.bs ths.ls
	ls tp.hcm qđ nđ vd stt kp`)

func wordSet(words string) map[string]struct{} {
	set := map[string]struct{}{}
	for w := range strings.FieldsSeq(words) {
		set[w] = struct{}{}
	}
	return set
}

// Sentences cuts s into sentences, each trimmed of white space. A line end
// always ends a sentence; ".", "!", "?", "…" and their runs end one where a
// new one can begin, so not inside numbers (1.234), addresses (chinhphu.vn),
// after abbreviations (TP., Th.S, ông N.V.A.) or before a small letter.
// Closing quotes and brackets stay with the sentence they close.
func Sentences(s string) []Span {
	var out []Span
	start := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\n':
			out = appendTrimmed(out, s, start, i)
			i++
			start = i
		case c == '.' || c == '!' || c == '?' || c == 0xE2 && strings.HasPrefix(s[i:], "…"):
			end := closing(s, i)
			if endsSentence(s, start, i, end) {
				out = appendTrimmed(out, s, start, end)
				start = end
			}
			i = end
		default:
			i++
		}
	}
	return appendTrimmed(out, s, start, len(s))
}

func appendTrimmed(out []Span, s string, start, end int) []Span {
	piece := s[start:end]
	start += len(piece) - len(strings.TrimLeft(piece, " \t\r\n\u00A0"))
	end -= len(piece) - len(strings.TrimRight(piece, " \t\r\n\u00A0"))
	if start >= end {
		return out
	}
	return append(out, Span{start, end})
}

// closing passes over the run of end marks at i and what closes with it.
func closing(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(".!?…", r) {
			break
		}
		i += n
	}
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(`"”’»)]}'`, r) {
			break
		}
		i += n
	}
	return i
}

// endsSentence decides about the end marks s[at:end] of a sentence begun at
// start.
func endsSentence(s string, start, at, end int) bool {
	rest := strings.TrimLeft(s[end:], " \u00A0")
	if rest == "" || rest[0] == '\n' {
		return true
	}
	glued := len(rest) == len(s)-end
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, `"“‘«([{'-–— `))
	l := look(next)
	if s[at] != '.' || end-at > 1 && s[at+1] == '.' {
		// "!", "?" and an ellipsis end a sentence unless it goes on small.
		return (!glued || l.class&isUpper != 0) && (l.class&isLetter == 0 || l.class&isUpper != 0)
	}
	word := lastWord(s[start:at])
	if l.class&isLetter != 0 && l.class&isUpper == 0 {
		return false
	}
	if glued {
		// "…xong.Sau đó": a lost space, but not "TP.HCM" or "N.V.A".
		return l.class&isUpper != 0 && startsSmall(rest) && Syllable(word) && !isAbbreviation(word) && smallWord(word)
	}
	return !isAbbreviation(word)
}

// startsSmall tells whether the first word of s is capitalised, not capital.
func startsSmall(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	return look(next).class&(isLetter|isUpper) == isLetter
}

func smallWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return utf8.RuneCountInString(s) > 1 && look(r).class&isUpper == 0
}

// maxWord bounds how far back lastWord looks, in bytes; abbreviations are
// shorter.
const maxWord = 48

// lastWord is what stands before a dot, back to the last space or bracket.
func lastWord(s string) string {
	s = s[max(len(s)-maxWord, 0):]
	i := strings.LastIndexAny(s, " \u00A0(\"“/,;:")
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

func isAbbreviation(word string) bool {
	if word == "" {
		return false
	}
	r, n := utf8.DecodeRuneInString(word)
	if n == len(word) {
		return look(r).class&isUpper != 0
	}
	if _, ok := abbreviations[strings.ToLower(word)]; ok {
		return true
	}
	// N.V.A: capital letters between dots.
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
	}
	return true
}
