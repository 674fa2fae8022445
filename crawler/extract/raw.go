package extract

type rawKind int

const (
	notRaw     rawKind = iota
	rawKept            // its text is read, or may be
	rawDropped         // its text is never read
	rawForEver         // nothing ends it
)

// rawOf says how the tokenizer reads the text of an element, with scripting
// on, as the parser has it.
func rawOf(name string) rawKind {
	var small [10]byte
	if len(name) > len(small) {
		return notRaw
	}
	switch string(lowerTo(small[:0], name)) {
	case "script", "style", "noscript", "iframe", "noembed", "noframes":
		return rawDropped
	case "textarea", "title", "xmp":
		return rawKept
	case "plaintext":
		return rawForEver
	}
	return notRaw
}

// leavesForeign reports whether an element inside svg or math is HTML again.
func leavesForeign(name string) bool {
	var small [16]byte
	if len(name) > len(small) {
		return false
	}
	switch string(lowerTo(small[:0], name)) {
	case "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "font", "foreignobject", "h1", "h2", "h3", "h4",
		"h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike",
		"sub", "sup", "table", "tt", "u", "ul", "var", "annotation-xml", "mtext", "mi", "mo", "mn", "ms":
		return true
	}
	return false
}
