package viet

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// margin is how much better a guess must read than the text as it stands, as
// a share of its marked words, before anything is converted. TCVN3, VNI and
// mojibake read wrongly score 0.0–0.4, rightly 0.9 and more.
const margin = 0.3

// sample is how much of a text the guessing reads.
const sample = 64 << 10

// Decode turns the bytes of a page or file into text. declared is the charset
// that its header or markup names, "" if none. It gives the charset it found
// and its confidence in 0…1.
//
// Bytes that are UTF-8 from first to last are UTF-8 whatever is declared.
// Then come byte order marks and UTF-16 without one, the declared charset and
// the Vietnamese charsets, of which one is believed only where its text reads
// clearly better. Text of a legacy font or doubly encoded, served as UTF-8,
// is repaired as by Repair. It never fails: the worst case is windows-1252
// with confidence 0. The text is not cleaned.
func Decode(data []byte, declared string) (text, charset string, confidence float64) {
	s := string(data)
	if text, charset, ok := decodeMarked(s); ok {
		return text, charset, 1
	}
	if isUTF8(s) {
		return decodeUTF8(s, declared)
	}
	return decodeBytes(s, declared)
}

// decodeMarked reads what begins with a byte order mark, and UTF-16 without.
func decodeMarked(s string) (text, charset string, ok bool) {
	switch {
	case strings.HasPrefix(s, "\xEF\xBB\xBF"):
		return strings.ToValidUTF8(s[3:], "\uFFFD"), UTF8, true
	case strings.HasPrefix(s, "\xFF\xFE"):
		return decodeUTF16(s[2:], unicode.LittleEndian), UTF16LE, true
	case strings.HasPrefix(s, "\xFE\xFF"):
		return decodeUTF16(s[2:], unicode.BigEndian), UTF16BE, true
	}
	even, odd, n := zeros(s)
	switch {
	case n < 8 || even+odd < n/4:
		return "", "", false
	case odd > 8*even:
		return decodeUTF16(s, unicode.LittleEndian), UTF16LE, true
	case even > 8*odd:
		return decodeUTF16(s, unicode.BigEndian), UTF16BE, true
	}
	return "", "", false
}

// zeros counts zero bytes at even and odd places of the sample of n bytes.
func zeros(s string) (even, odd, n int) {
	n = min(len(s), sample)
	for i := range n {
		switch {
		case s[i] != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	return even, odd, n
}

func decodeUTF16(s string, order unicode.Endianness) string {
	out, _, err := transform.String(unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder(), s)
	if err != nil {
		return strings.ToValidUTF8(out, "\uFFFD")
	}
	return out
}

// isUTF8 checks the whole of s, but forgives a rune cut off at its end.
func isUTF8(s string) bool {
	if utf8.ValidString(s) {
		return true
	}
	for cut := 1; cut < utf8.UTFMax && cut < len(s); cut++ {
		if tail := s[len(s)-cut:]; utf8.RuneStart(tail[0]) {
			return !utf8.FullRuneInString(tail) && len(s) > 64 && utf8.ValidString(s[:len(s)-cut])
		}
	}
	return false
}

func decodeUTF8(s, declared string) (text, charset string, confidence float64) {
	ascii := isASCII(s)
	if ascii && strings.Contains(s, "\x1b") {
		if text, ok := decodeDeclared(s, declared); ok {
			return text, declared, 0.9 // ISO-2022-JP and its kin
		}
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if ascii {
		return s, UTF8, 1
	}
	if text, what, ok := Repair(s); ok {
		return text, what, 0.9
	}
	return s, UTF8, 1
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func decodeDeclared(s, declared string) (string, bool) {
	enc, err := htmlindex.Get(strings.TrimSpace(declared))
	if err != nil {
		return "", false
	}
	out, err := enc.NewDecoder().String(s)
	if err != nil || strings.Count(out, "\uFFFD") > len(out)/50 {
		return "", false
	}
	return out, true
}
