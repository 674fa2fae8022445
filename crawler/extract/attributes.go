package extract

import "strings"

// attributes passes the attributes of a tag up to and with its ">", as the
// tokenizer reads them, and drops those that are not read. closed tells that
// the tag ends in "/>"; told is set for a script of JSON-LD; ok is false where
// the page ends first.
func (l *leaner) attributes(drop bool, told *bool) (closed, ok bool) {
	slash := 0 // where the last slash outside a value ended
	for {
		l.blanks()
		if l.at >= len(l.page) {
			return false, false
		}
		switch l.page[l.at] {
		case '>':
			l.at++
			return slash == l.at-1, true
		case '/':
			l.at++
			slash = l.at
			continue
		}
		start := l.at
		key, value := l.attribute()
		if told != nil && equalName(key, "type") && indexFold(value, "application/ld+json") >= 0 {
			*told = true
		}
		if drop && !isRead(key, value) && l.page[start-1] != '/' {
			l.drop(start, l.at)
		}
	}
}

func (l *leaner) blanks() {
	for l.at < len(l.page) && isSpace(l.page[l.at]) {
		l.at++
	}
}

// attribute passes one attribute.
func (l *leaner) attribute() (key, value string) {
	start := l.at
	for l.at++; l.at < len(l.page) && !endsName(l.page[l.at]) && l.page[l.at] != '='; l.at++ {
	}
	key = l.page[start:l.at]
	end := l.at
	l.blanks()
	if l.at >= len(l.page) || l.page[l.at] != '=' {
		l.at = end
		return key, ""
	}
	l.at++
	l.blanks()
	if l.at >= len(l.page) {
		return key, ""
	}
	switch quote := l.page[l.at]; quote {
	case '>':
		return key, ""
	case '"', '\'':
		return key, l.quoted(quote)
	}
	start = l.at
	for l.at < len(l.page) && !isSpace(l.page[l.at]) && l.page[l.at] != '>' {
		l.at++
	}
	return key, l.page[start:l.at]
}

func (l *leaner) quoted(quote byte) string {
	l.at++
	n := strings.IndexByte(l.page[l.at:], quote)
	if n < 0 {
		value := l.page[l.at:]
		l.rest()
		return value
	}
	value := l.page[l.at : l.at+n]
	l.at += n + 1
	return value
}

// isRead reports whether anything in this package looks at an attribute.
func isRead(key, value string) bool {
	var small [16]byte
	if len(key) > len(small) {
		return false
	}
	switch string(lowerTo(small[:0], key)) {
	case "class", "id", "itemprop", "property", "role", "rel", "href", "align", "hidden", "aria-hidden", "datetime",
		"name", "content", "http-equiv", "type", "lang", "amp", "⚡", "title", "aria-label", "itemtype":
		return true
	case "style":
		return len(value) < 1000 && saysSomething(value)
	}
	return false
}

// saysSomething reports whether a style may hide its element, make it bold or
// italic, or set it apart.
func saysSomething(style string) bool {
	if strings.IndexByte(style, '&') >= 0 {
		return true // written in entities, which are not read here
	}
	for _, word := range [...]string{"none", "hidden", "right", "center", "bold", "italic"} {
		if indexFold(style, word) >= 0 {
			return true
		}
	}
	return false
}
