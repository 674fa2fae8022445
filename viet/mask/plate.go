package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plateAt reads a number plate at the digits at i: 29A-123.45, 30F1 234.56,
// 51G12345, 59-X1 1234. Series and number must be those of Vietnam's plates;
// the old four digits need a hyphen before them or a cue.
func plateAt(text string, i int) (Span, bool) {
	if i+7 > len(text) || !isDigit(text[i+1]) || text[i] == '0' || text[i:i+2] == "10" || !breaks(text[:i]) {
		return Span{}, false
	}
	at := i + 2
	if text[at] == '-' || text[at] == ' ' {
		at++
	}
	letters := at
	for at < len(text) && at-letters < 2 && isASCIILetter(text[at]) {
		at++
	}
	series := text[letters:at]
	if series == "" || strings.ContainsAny(series, "IJOQWijoqw") {
		return Span{}, false
	}
	if at < len(text) && len(series) == 1 && isDigit(text[at]) && seriesDigit(text[at:]) {
		at++
	}
	return plateNumber(text, i, at, series)
}

// breaks tells whether a plate may begin after s.
func breaks(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/.-_", r)
}

// seriesDigit tells whether the digit of 59X1 stands here: a separator or
// five more digits follow it.
func seriesDigit(s string) bool {
	if len(s) > 1 && (s[1] == '-' || s[1] == ' ') {
		return true
	}
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n == 6 || n == 4 && len(s) > 5 && s[4] == '.' && isDigit(s[5])
}

func plateNumber(text string, start, at int, series string) (Span, bool) {
	sep := ""
	for at < len(text) && len(sep) < 3 && (text[at] == '-' || text[at] == ' ' || text[at] == '.') {
		sep += text[at : at+1]
		at++
	}
	end := at
	for end < len(text) && isDigit(text[end]) {
		end++
	}
	size := end - at
	if size == 3 && end+2 < len(text) && text[end] == '.' && isDigit(text[end+1]) && isDigit(text[end+2]) {
		end += 3
		size = 5
	}
	if size != 5 && size != 4 || end < len(text) && (isASCIILetter(text[end]) || text[end] == '/') {
		return Span{}, false
	}
	known := strings.ToUpper(series) == series
	old := size == 4 && known && strings.Contains(sep, "-") && !strings.HasPrefix(text[at:end], "20")
	if (size == 4 || !known) && !old && cuesOf(context(text, start))&saysPlate == 0 {
		return Span{}, false
	}
	return Span{start, end, Plate}, true
}
