package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// How many runes a line under a picture may have to be its caption without
// being called so.
const (
	legendRunes    = 200
	legendSentence = 110 // the same for a whole sentence
)

// isLegend reports whether the block behind a picture is its caption, as
// portals write them: a short line, centred or in italics.
func (g *grower) isLegend(b *block, at int) bool {
	if b.runes > legendRunes || b.linked > 0 || isHeading(g.elems[at].node) {
		return false
	}
	text := bytes.TrimSpace(g.text[g.from:])
	if first, _ := utf8.DecodeRune(text); strings.ContainsRune("“\"«„‘", first) || b.runes > legendSentence && endsSentence(string(text)) {
		return false // somebody is quoted, or the text goes on
	}
	return b.italic*10 >= b.runes*9 || g.isCentred(at)
}

// isCentred reports whether a paragraph, cell or box is centred.
func (g *grower) isCentred(i int) bool {
	n := g.elems[i].node
	return n.DataAtom == atom.Center || strings.EqualFold(attr(n, "align"), "center") ||
		n.DataAtom != atom.Body && strings.Contains(strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", ""), "text-align:center")
}
