package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mark is what an element's name and attributes say of it.
type mark uint16

// The marks. Those of markBad keep their text out of the weighing.
const (
	markJunk    mark = 1 << iota // share bars, related links, widgets, advertisements
	markComment                  // readers' comments
	markFrame                    // header, footer, navigation, sidebar
	markCaption                  // captions of pictures
	markMeta                     // byline, date, counters
	markLead                     // sapo, standfirst
	markTags                     // topic tags
	markList                     // a list or table
	markQuote                    // a pulled quotation
	markTable                    // a table of data

	markBad = markJunk | markComment | markFrame | markCaption | markMeta | markTags | markLead
)

// isHard reports whether an element never holds text of an article.
func isHard(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Embed, atom.Head, atom.Nav, atom.Math,
		atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Datalist, atom.Dialog:
		return true
	}
	return isHidden(n)
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "aria-hidden":
			if a.Val == "true" && n.DataAtom != atom.P {
				return true
			}
		case "style":
			if len(a.Val) < 1000 && hidesByStyle(a.Val) {
				return true
			}
		}
	}
	return false
}

func hidesByStyle(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// isInline reports whether an element stands inside a line.
func (g *grower) isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.B, atom.Strong, atom.Em, atom.I, atom.Span, atom.Font, atom.U, atom.S, atom.Strike, atom.Del, atom.Ins, atom.Mark, atom.Q,
		atom.Sub, atom.Sup, atom.Small, atom.Big, atom.Abbr, atom.Acronym, atom.Cite, atom.Code, atom.Kbd, atom.Samp, atom.Var, atom.Time, atom.Label,
		atom.Img, atom.Wbr, atom.Bdi, atom.Bdo, atom.Data, atom.Dfn, atom.Tt, atom.Nobr, atom.Ruby, atom.Rb, atom.Rt, atom.Rp, atom.Picture, atom.Source:
		return !g.namedApart(n)
	case 0:
		return !strings.Contains(n.Data, "-") && n.Data != "article" // unknown names are inline, custom elements are blocks
	}
	return false
}

// namedApart reports whether an inline element is a unit of its own by name: a
// date, a counter or a share button in a span.
func (g *grower) namedApart(n *html.Node) bool {
	if len(n.Attr) == 0 {
		return false
	}
	switch attr(n, "itemprop") {
	case "author", "datePublished", "dateModified":
		return true
	}
	return n.DataAtom == atom.Span && g.nameOf(n).mark&markBad != 0
}

// markOf is what an element says of itself; name is what its class and id say.
func markOf(n *html.Node, name named, hint int) mark {
	switch n.DataAtom {
	case atom.Footer:
		return markFrame
	case atom.Aside:
		return markFrame
	case atom.Figcaption, atom.Caption:
		return markCaption
	case atom.Figure:
		if !holdsText(n) {
			return markCaption
		}
	case atom.Form:
		if !holdsArticle(n) {
			return markJunk
		}
	case atom.Header:
		if n.Parent != nil && n.Parent.DataAtom == atom.Body {
			return markFrame
		}
	case atom.Body, atom.Html, atom.Main, atom.Article:
		return 0
	case atom.P:
		return propMark(attr(n, "itemprop")) | name.mark&(markLead|markCaption|markMeta|markTags)
	}
	m := roleMark(attr(n, "role")) | propMark(attr(n, "itemprop"))
	if hint < 2 {
		m |= name.mark
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Dl:
		m |= markList
	case atom.Table:
		m |= markList
		if isDataTable(n) {
			m |= markTable
		}
	}
	return m
}

// isDataTable reports whether a table holds data rather than the page's
// layout: three rows or more of two or more cells, no table inside.
func isDataTable(n *html.Node) bool {
	rows, cells := 0, 0
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Table, atom.Form, atom.Ul, atom.P, atom.Div:
			if c.DataAtom == atom.Table || c.DataAtom == atom.Form {
				return false
			}
		case atom.Tr:
			rows++
		case atom.Td, atom.Th:
			cells++
		}
	}
	return rows >= 3 && cells >= 2*rows
}

// holdsText reports whether a figure holds more than a picture: quotations and
// tables are put in figures too.
func holdsText(n *html.Node) bool {
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Blockquote, atom.Table, atom.Pre:
			return true
		}
	}
	return false
}

// holdsArticle reports whether a form is the wrapper of the whole page, as
// ASP.NET makes it.
func holdsArticle(n *html.Node) bool {
	return n.Parent != nil && n.Parent.DataAtom == atom.Body || attr(n, "id") == "aspnetForm" || attr(n, "id") == "form1"
}

// propMark reads microdata.
func propMark(prop string) mark {
	switch prop {
	case "author", "datePublished", "dateModified":
		return markMeta
	case "description":
		return markLead
	}
	return 0
}

func roleMark(role string) mark {
	switch role {
	case "navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tooltip":
		return markFrame
	}
	return 0
}

// namesOfNode is the class and id of an element.
func namesOfNode(n *html.Node) string {
	class, id := attr(n, "class"), attr(n, "id")
	if class == "" {
		return id
	}
	if id == "" {
		return class
	}
	return class + " " + id
}
