package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline walks an element inside a line. Its name still counts where it holds
// text that is not the article's, such as a counter in a span.
func (g *grower) inline(n *html.Node, at int) {
	switch n.DataAtom {
	case atom.A:
		g.inLink++
		if hasAttr(n, "href") {
			g.links = append(g.links, n)
			g.linked++
		}
		g.children(n, at)
		g.inLink--
	case atom.Img, atom.Picture:
		g.pictured = g.pictured || len(g.text) == g.from
	case atom.B, atom.Strong:
		g.emphasis(n, at, &g.inBold, nil)
	case atom.Em, atom.I:
		g.emphasis(n, at, &g.inBold, &g.inItalic)
	case atom.Span, atom.Font:
		g.span(n, at)
	case atom.Time:
		if when := attr(n, "datetime"); g.run.when == "" {
			g.run.when = when
		}
		g.children(n, at)
	case atom.Q:
		g.write("“")
		g.children(n, at)
		g.write("”")
	default:
		g.children(n, at)
	}
}

// span walks a span or font element, which may be bold or italic by its style
// or a title by its name.
func (g *grower) span(n *html.Node, at int) {
	style := attr(n, "style")
	italic := style != "" && indexFold(style, "italic") >= 0
	bold := italic || style != "" && indexFold(style, "bold") >= 0 || namesTitle(attr(n, "id")) || namesTitle(attr(n, "class"))
	switch {
	case italic:
		g.emphasis(n, at, &g.inBold, &g.inItalic)
	case bold:
		g.emphasis(n, at, &g.inBold, nil)
	default:
		g.children(n, at)
	}
}

func (g *grower) emphasis(n *html.Node, at int, bold, italic *int) {
	*bold++
	if italic != nil {
		*italic++
	}
	g.children(n, at)
	*bold--
	if italic != nil {
		*italic--
	}
}
