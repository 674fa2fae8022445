package mask

import "strings"

// appendEmails finds addresses around each @. Offices (…@….gov.vn) are no
// persons and stay: the law has them publish theirs.
func appendEmails(spans []Span, text string) []Span {
	for from := 0; ; {
		at := strings.IndexByte(text[from:], '@')
		if at < 0 {
			return spans
		}
		at += from
		from = at + 1
		start, end := at, at+1
		for start > 0 && isLocal(text[start-1]) {
			start--
		}
		for end < len(text) && isDomain(text[end]) {
			end++
		}
		for end > at+1 && (text[end-1] == '.' || text[end-1] == '-') {
			end--
		}
		domain := strings.ToLower(text[at+1 : end])
		if start == at || !strings.Contains(domain, ".") || isOffice(domain) {
			continue
		}
		spans = append(spans, Span{start, end, Email})
		from = end
	}
}

func isOffice(domain string) bool {
	return domain == "gov.vn" || strings.HasSuffix(domain, ".gov.vn") || domain == "chinhphu.vn"
}

func isLocal(c byte) bool { return isDomain(c) || c == '_' || c == '%' || c == '+' }

func isDomain(c byte) bool {
	return isDigit(c) || isASCIILetter(c) || c == '.' || c == '-'
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isASCIILetter(c byte) bool { return (c|0x20)-'a' < 26 }
