package feed

import (
	"slices"
	"strings"
)

// maxTag bounds one tag; the longest seen, an enclosure, had 4 KB.
const maxTag = 64 << 10

// tag copies one tag and keeps the tree in order. A stroke that begins no tag
// is text.
func (m *mender) tag(rest string) {
	end := tagEnd(rest)
	name := tagName(rest)
	switch {
	case name == "" || end == noTag:
		m.faults++
		m.out.WriteString("&lt;")
		m.pos++
	case end == cutTag:
		m.truncated = true
		m.pos = len(m.in)
	case rest[1] == '/':
		m.close(name)
		m.pos += end
	default:
		m.start(name, rest[:end])
		m.pos += end
	}
}

// What tagEnd says where there is no end.
const (
	cutTag = -1 // the document stops in the tag
	noTag  = -2 // another tag begins before this one ends
)

// tagEnd is the offset behind the '>' that ends the tag, strokes inside
// quoted values being passed over.
func tagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case i == maxTag:
			return noTag
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '<':
			return noTag
		case c == '>':
			return i + 1
		}
	}
	if quote != 0 && strings.ContainsAny(s[1:min(len(s), maxTag)], "<>") {
		return noTag // the quote is never closed
	}
	return cutTag
}

func tagName(s string) string {
	s = strings.TrimPrefix(s[1:], "/")
	end := 0
	for end < len(s) && end < 100 && isNameByte(s[end]) {
		end++
	}
	if end == 0 || s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '.' {
		return ""
	}
	return s[:end]
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ':' || c == '_' || c == '-' || c == '.' || c >= 0x80
}

func (m *mender) start(name, tag string) {
	alone := strings.HasSuffix(tag, "/>")
	if len(m.open) >= maxDepth {
		m.faults++
		if !alone {
			m.sunk++
		}
		return
	}
	if m.root == "" {
		m.root = name
		if strings.EqualFold(name, "channel") {
			m.faults++
			m.out.WriteString(`<rss version="2.0">`)
			m.open = append(m.open, "rss")
		}
	}
	if isItem(name) {
		m.closeItem()
		if m.itemAt < 0 {
			m.itemAt = m.out.Len()
		}
	}
	m.out.WriteString("<" + name)
	m.attributes(strings.TrimSuffix(strings.TrimSuffix(tag[1+len(name):], ">"), "/"))
	if alone {
		m.out.WriteByte('/')
	}
	m.out.WriteByte('>')
	if !alone {
		m.open = append(m.open, name)
	}
}

func isItem(name string) bool { return name == "item" || name == "entry" }

// closeItem closes an item that a new one follows: items do not nest.
func (m *mender) closeItem() {
	for _, name := range []string{"item", "entry"} {
		if slices.Contains(m.open, name) {
			m.faults++
			m.close(name)
		}
	}
}

// close closes the innermost open element of that name and all inside it; an
// end tag without a start, such as "</br>", is left out.
func (m *mender) close(name string) {
	if m.sunk > 0 {
		m.sunk--
		return
	}
	i := len(m.open) - 1
	for i >= 0 && !strings.EqualFold(m.open[i], name) {
		i--
	}
	if i < 0 || m.leavesItem(i, name) {
		m.faults++
		return
	}
	m.faults += len(m.open) - 1 - i
	m.closeDownTo(i)
}

// leavesItem reports whether closing down to i would end the item though the
// tag is not one that ends items: "</description>" astray in an item.
func (m *mender) leavesItem(i int, name string) bool {
	if isItem(name) {
		return false
	}
	for _, open := range m.open[i+1:] {
		if isItem(open) {
			return !isFeedRoot(name)
		}
	}
	return false
}

func (m *mender) closeDownTo(i int) {
	for len(m.open) > i {
		top := m.open[len(m.open)-1]
		m.open = m.open[:len(m.open)-1]
		m.out.WriteString("</" + top + ">")
		if isItem(top) {
			m.itemAt = -1
		}
	}
}

// finish ends a document that stops early: the item in the making goes.
func (m *mender) finish() {
	text := ""
	if len(m.open) > 0 {
		m.truncated = true
		m.faults++
		if m.itemAt >= 0 {
			text = m.out.String()[:m.itemAt]
			if i := slices.IndexFunc(m.open, isItem); i >= 0 {
				m.open = m.open[:i]
			}
			m.out.Reset()
			m.out.WriteString(text)
		}
	}
	m.closeDownTo(0)
	if m.root != "" && strings.EqualFold(m.root, "channel") {
		m.root = "rss"
	}
	m.mended.text = m.out.String()
}

func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}
