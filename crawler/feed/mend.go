package feed

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// mended is a document made well-formed.
type mended struct {
	text      string
	root      string // name of the first element
	faults    int
	truncated bool
}

// mender copies a document and puts right what would make an XML reader fail
// or lose its place. A sound document passes unchanged but for its prolog:
// declarations and DOCTYPE go, so no entity is ever defined.
type mender struct {
	in  string
	pos int
	out strings.Builder
	// open are the elements not yet closed; itemAt is where in out the
	// outermost open item begins, or -1.
	open   []string
	itemAt int
	sunk   int // elements below maxDepth, whose tags are left out
	mended
}

func mend(text string) mended {
	m := &mender{in: text, itemAt: -1}
	m.out.Grow(len(text) + 64)
	m.skipJunk()
	for m.pos < len(m.in) {
		m.step()
	}
	m.finish()
	return m.mended
}

// maxJunk is how much may stand before a feed.
const maxJunk = 4096

// skipJunk passes what stands before the first tag of a feed: blank lines,
// warnings of the server's language.
func (m *mender) skipJunk() {
	first := -1
	for _, start := range []string{"<?xml", "<rss", "<feed", "<rdf:RDF"} {
		if i := strings.Index(m.in, start); i >= 0 && i < maxJunk && (first < 0 || i < first) {
			first = i
		}
	}
	if first < 0 {
		return
	}
	before := m.in[:first]
	if strings.TrimSpace(before) != "" && !strings.Contains(before, "<!") && !strings.Contains(before, "<?") && !strings.Contains(before, "<html") {
		m.faults++
		m.pos = first
	}
}

func (m *mender) step() {
	rest := m.in[m.pos:]
	switch {
	case rest[0] != '<':
		end := strings.IndexByte(rest, '<')
		if end < 0 {
			end = len(rest)
		}
		m.text(closable(rest[:end]))
		m.pos += end
	case strings.HasPrefix(rest, "<![CDATA["):
		m.cdata(rest)
	case strings.HasPrefix(rest, "<!--"):
		m.skipTo(rest, "-->")
	case strings.HasPrefix(rest, "<?"):
		m.skipTo(rest, "?>")
	case strings.HasPrefix(rest, "<!"):
		m.doctype(rest)
	default:
		m.tag(rest)
	}
}

// closable escapes the end of a CDATA section where none is open: a strict
// reader gives up there.
func closable(s string) string {
	if !strings.Contains(s, "]") {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if allowed(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
	return strings.ReplaceAll(s, "]]>", "]]&gt;")
}

func (m *mender) skipTo(rest, end string) {
	i := strings.Index(rest, end)
	if i < 0 {
		m.truncated = true
		m.pos = len(m.in)
		return
	}
	m.pos += i + len(end)
}

// doctype passes a DOCTYPE with its internal subset, in which the entities of
// an entity bomb would be defined.
func (m *mender) doctype(rest string) {
	i := strings.IndexAny(rest, "[>")
	if i < 0 {
		m.pos = len(m.in)
		return
	}
	if rest[i] == '[' {
		m.faults++
		if end := strings.Index(rest, "]>"); end >= 0 {
			m.pos += end + 2
			return
		}
		if end := strings.IndexByte(rest[i:], ']'); end >= 0 {
			m.pos += i + end
			m.skipTo(m.in[m.pos:], ">")
			return
		}
	}
	m.pos += i + 1
}

func (m *mender) cdata(rest string) {
	end := strings.Index(rest, "]]>")
	if end < 0 {
		m.truncated = true
		m.pos = len(m.in)
		return
	}
	m.out.WriteString("<![CDATA[")
	m.write(rest[len("<![CDATA["):end])
	m.out.WriteString("]]>")
	m.pos += end + 3
}

// text copies character data; a bare ampersand is escaped and an entity of
// HTML, which XML does not know, becomes its character.
func (m *mender) text(s string) {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			m.write(s)
			return
		}
		m.write(s[:i])
		entity := entityAt(s[i:])
		m.entity(entity)
		s = s[i+max(1, len(entity)):]
	}
}

func (m *mender) entity(e string) {
	switch e {
	case "":
		m.faults++
		m.out.WriteString("&amp;")
	case "&amp;", "&lt;", "&gt;", "&quot;", "&apos;":
		m.out.WriteString(e)
	default:
		plain := html.UnescapeString(e)
		if plain == e {
			m.faults++
			m.out.WriteString("&amp;" + e[1:])
			return
		}
		m.escaped(plain)
	}
}

func (m *mender) escaped(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			m.out.WriteString("&amp;")
		case r == '<':
			m.out.WriteString("&lt;")
		case allowed(r):
			m.out.WriteRune(r)
		}
	}
}

// entityAt returns the entity at the start of s, "&…;", or "".
func entityAt(s string) string {
	for i := 1; i < len(s) && i < 34; i++ {
		c := s[i]
		switch {
		case c == ';' && i > 1:
			return s[:i+1]
		case c == '#' && i == 1, c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z':
		default:
			return ""
		}
	}
	return ""
}

// write copies text without the characters that XML forbids.
func (m *mender) write(s string) {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if !allowed(r) || r == utf8.RuneError && size == 1 {
			m.faults++
			m.out.WriteString(s[start:i])
			start = i + size
		}
		i += size
	}
	m.out.WriteString(s[start:])
}

func allowed(r rune) bool {
	return r >= 0x20 && r != 0x7f && r != 0xfffe && r != 0xffff && (r < 0xd800 || r > 0xdfff) || r == '\t' || r == '\n' || r == '\r'
}
