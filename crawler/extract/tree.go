package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elem is a block-level element of the page. The elements below elem i are
// i+1 … end-1, its blocks are firstBlock … lastBlock-1.
type elem struct {
	node                  *html.Node
	parent, end           int
	firstBlock, lastBlock int
	mark                  mark // what its name says of it
	under                 mark // that and what the elements above say
	hint                  int  // 2: named as an article's body, 1: as an article
}

// block is a run of text between two block-level borders.
type block struct {
	owner  int // element that holds it
	text   string
	runes  int
	linked int // runes inside links
	bold   int // runes inside bold or italic elements
	value  int // runes of running text, by valueOf
	links  []*html.Node
	when   string // datetime of a time element in it
	mark   mark   // of its owner and everything above
}

// tree is a page cut into blocks.
type tree struct {
	elems  []elem
	blocks []block
	sum    []int // sum[i] is the value of blocks before i
	raw    []int // the same as if no block were marked
	title  int   // block of the visible title, or -1
}

// grower builds a tree in one walk over the document.
type grower struct {
	*tree
	text   strings.Builder
	run    block
	inLink int
	inBold int
	marks  mark
	budget int
}

// maxElems and maxBlocks bound the work on one page.
const (
	maxElems  = 200_000
	maxBlocks = 60_000
)

func grow(doc *html.Node) *tree {
	g := &grower{tree: &tree{title: -1}, budget: maxElems}
	g.elems = make([]elem, 0, 1024)
	g.blocks = make([]block, 0, 512)
	g.children(doc, g.push(doc, -1, 0))
	g.flush(0)
	g.close(0)
	g.value()
	return g.tree
}

func (g *grower) children(n *html.Node, at int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			g.write(c.Data)
		case html.ElementNode:
			g.element(c, at)
		}
	}
}

func (g *grower) element(n *html.Node, at int) {
	if g.budget--; g.budget < 0 || isHard(n) {
		return
	}
	if isInline(n) {
		g.inline(n, at)
		return
	}
	if n.DataAtom == atom.Br || n.DataAtom == atom.Hr {
		g.flush(at)
		return
	}
	g.flush(at)
	m := markOf(n)
	above := g.marks
	g.marks |= m
	i := g.push(n, at, m)
	g.children(n, i)
	g.flush(i)
	g.close(i)
	g.marks = above
}

// inline walks an element inside a line. Its name still counts where it holds
// text that is not the article's, such as a counter in a span.
func (g *grower) inline(n *html.Node, at int) {
	switch n.DataAtom {
	case atom.A:
		g.inLink++
		if hasAttr(n, "href") {
			g.run.links = append(g.run.links, n)
		}
		g.children(n, at)
		g.inLink--
	case atom.B, atom.Strong, atom.Em, atom.I:
		g.inBold++
		g.children(n, at)
		g.inBold--
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

func (g *grower) push(n *html.Node, parent int, m mark) int {
	g.elems = append(g.elems, elem{node: n, parent: parent, firstBlock: len(g.blocks), mark: m, under: g.marks | m, hint: hintOf(n)})
	return len(g.elems) - 1
}

func (g *grower) close(i int) {
	g.elems[i].end = len(g.elems)
	g.elems[i].lastBlock = len(g.blocks)
}

// write adds text to the run, every run of blanks as one.
func (g *grower) write(s string) {
	start := g.text.Len()
	space := start > 0 && (s != "" && isSpace(s[0])) && !strings.HasSuffix(g.text.String(), " ")
	before := g.run.runes
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			space = true
			i++
			continue
		}
		j := i
		for j < len(s) && !isSpace(s[j]) {
			if s[j]&0xC0 != 0x80 {
				g.run.runes++
			}
			j++
		}
		if space && g.text.Len() > 0 {
			g.text.WriteByte(' ')
			g.run.runes++
		}
		g.text.WriteString(s[i:j])
		space = false
		i = j
	}
	if space && g.text.Len() > 0 && len(s) > 0 && !strings.HasSuffix(g.text.String(), " ") {
		g.text.WriteByte(' ')
		g.run.runes++
	}
	if g.inLink > 0 {
		g.run.linked += g.run.runes - before
	}
	if g.inBold > 0 {
		g.run.bold += g.run.runes - before
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// flush ends the run and keeps it as a block of element at.
func (g *grower) flush(at int) {
	if g.text.Len() == 0 {
		g.run = block{}
		return
	}
	b := g.run
	b.text = strings.TrimSpace(g.text.String())
	g.text.Reset()
	g.run = block{}
	if strings.Trim(b.text, " \u00a0\u200b\ufeff") == "" || len(g.blocks) >= maxBlocks {
		return
	}
	b.owner, b.mark = at, g.marks
	g.blocks = append(g.blocks, b)
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// inside reports whether element i lies in element j or is it.
func (t *tree) inside(i, j int) bool { return i >= j && i < t.elems[j].end }
