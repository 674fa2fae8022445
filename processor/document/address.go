package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// addressEnd tells where the web or mail address that holds text[i] ends; i
// itself where it stands in none.
func addressEnd(text string, i int) int {
	start, end := i, i
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if unicode.IsSpace(r) || i-start > 300 {
			break
		}
		start -= n
	}
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if unicode.IsSpace(r) || end-i > 2000 {
			break
		}
		end += n
	}
	if isAddress(text[start:end], i-start) {
		return end
	}
	return i
}

// isAddress reports whether the byte at of chunk belongs to an address: after
// a scheme, "www.", an "@", or a host name and a slash.
func isAddress(chunk string, at int) bool {
	before := chunk[:at]
	if strings.Contains(before, "://") || strings.Contains(before, "www.") || strings.Contains(chunk, "@") {
		return true
	}
	host, _, ok := strings.Cut(before, "/")
	host = strings.TrimLeft(host, "([\"'<“‘")
	if !ok {
		return false
	}
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || len(host)-dot < 3 {
		return false
	}
	for _, c := range []byte(host) {
		if c-'a' >= 26 && c-'A' >= 26 && c-'0' >= 10 && c != '.' && c != '-' {
			return false
		}
	}
	tail := host[dot+1:]
	return strings.Trim(tail, "abcdefghijklmnopqrstuvwxyz") == ""
}
