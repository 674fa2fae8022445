package feed

import "strings"

// attributes writes the attributes of a tag in sound form: named, quoted, each
// once, no bare ampersand. What is none is left out.
func (m *mender) attributes(s string) {
	seen := map[string]bool{}
	for s = strings.TrimLeft(s, blanks); s != ""; s = strings.TrimLeft(s, blanks) {
		name := tagName("<" + s)
		if name == "" || s[0] == '/' {
			m.faults++
			s = s[1:]
			continue
		}
		value, quote, rest := attributeValue(s[len(name):])
		s = rest
		if quote == 0 {
			m.faults++
			quote = '"'
		}
		if seen[name] || strings.HasSuffix(name, ":") || strings.HasPrefix(name, ":") {
			m.faults++
			continue
		}
		seen[name] = true
		m.out.WriteString(" " + name + "=" + string(quote))
		m.text(strings.ReplaceAll(value, "<", "&lt;"))
		m.out.WriteByte(quote)
	}
}

const blanks = " \t\r\n"

// attributeValue reads "= value" and what follows it; quote is 0 where the
// value had none.
func attributeValue(s string) (value string, quote byte, rest string) {
	after := strings.TrimLeft(s, blanks)
	if !strings.HasPrefix(after, "=") {
		return "", 0, s
	}
	after = strings.TrimLeft(after[1:], blanks)
	if after == "" {
		return "", 0, ""
	}
	if q := after[0]; q == '"' || q == '\'' {
		if end := strings.IndexByte(after[1:], q); end >= 0 {
			return after[1 : 1+end], q, after[2+end:]
		}
		return strings.ReplaceAll(after[1:], `"`, "&quot;"), 0, ""
	}
	end := strings.IndexAny(after, blanks)
	if end < 0 {
		end = len(after)
	}
	return strings.ReplaceAll(after[:end], `"`, "&quot;"), 0, after[end:]
}
