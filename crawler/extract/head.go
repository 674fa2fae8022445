package extract

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// head is what a page says of itself outside its text.
type head struct {
	title     string
	meta      map[string]string // by lower-case name, property or itemprop
	canonical string
	amp       string // the AMP variant's address
	isAMP     bool
	language  string
	linked    []string // JSON-LD scripts
	h1        []*html.Node
	crumbs    []string  // links of the breadcrumb that the page shows
	trails    int       // breadcrumbs that were looked at
	dates     [2]string // datePublished and dateModified in microdata
}

// maxLinked bounds the JSON-LD scripts that are read.
const maxLinked = 12

func readHead(doc *html.Node) head {
	h := head{meta: map[string]string{}}
	h.below(doc)
	return h
}

func (h *head) below(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			h.element(c)
			h.below(c)
		}
	}
}

func (h *head) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		h.language = attr(n, "lang")
		h.isAMP = hasAttr(n, "amp") || hasAttr(n, "⚡")
	case atom.Title:
		if h.title == "" && (n.Parent == nil || n.Parent.DataAtom != atom.Svg && n.Namespace == "") {
			h.title = squash(html.UnescapeString(textOf(n)))
		}
	case atom.Meta:
		h.metaTag(n)
	case atom.Link:
		h.link(n)
	case atom.H1:
		h.h1 = append(h.h1, n)
	case atom.Script:
		if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil && len(h.linked) < maxLinked {
			h.linked = append(h.linked, n.FirstChild.Data)
		}
	case atom.Div, atom.Ul, atom.Ol, atom.Nav, atom.P, atom.Section, atom.Span, atom.Time, atom.Abbr, atom.Td:
		if len(n.Attr) > 0 {
			h.named(n)
		}
	}
}

// named reads the elements that are known by name wherever they stand.
func (h *head) named(n *html.Node) {
	if len(h.crumbs) == 0 && h.trails < maxTrails && isCrumbs(n) {
		h.trails++
		h.crumbs = crumbsOf(n)
	}
	prop := attr(n, "itemprop")
	at := slices.Index([]string{"datePublished", "dateModified"}, prop)
	if at < 0 {
		return
	}
	value := cmp.Or(attr(n, "content"), attr(n, "datetime"), attr(n, "title"))
	switch {
	case h.dates[at] == "":
		h.dates[at] = value
	case value != h.dates[at]:
		h.dates[at] = manyDates
	}
}

// manyDates stands for microdata of several articles, of which none is known
// to be this one.
const manyDates = "-"

// metaTag keeps the first content of each name.
func (h *head) metaTag(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		name := strings.ToLower(strings.TrimSpace(attr(n, key)))
		if name == "" {
			continue
		}
		if _, ok := h.meta[name]; !ok {
			h.meta[name] = content
		}
	}
}

func (h *head) link(n *html.Node) {
	switch rel := strings.ToLower(attr(n, "rel")); {
	case rel == "canonical" && h.canonical == "":
		h.canonical = attr(n, "href")
	case rel == "amphtml" && h.amp == "":
		h.amp = attr(n, "href")
	}
}

// first is the first of the named metas that is there.
func (h *head) first(names ...string) string {
	for _, name := range names {
		if v := h.meta[name]; v != "" {
			return v
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// textOf is all text below a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && !isCode(c.Parent) {
			b.WriteString(c.Data)
		} else if c.DataAtom == atom.Br {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func isCode(n *html.Node) bool {
	return n != nil && (n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript)
}

// squash makes every run of blanks one blank.
func squash(s string) string {
	if isSquashed(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isSquashed is a cheap test that most squashed texts pass and no other does:
// single plain blanks inside, and no byte that begins a wide one.
func isSquashed(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == ' ' && last == ' ', c >= '\t' && c <= '\r':
			return false
		case last == 0xC2 && (c == 0x85 || c == 0xA0), last == 0xE1 && c == 0x9A, last == 0xE2 && c <= 0x81 && c >= 0x80, last == 0xE3 && c == 0x80:
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}
