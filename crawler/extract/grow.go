package extract

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// grower builds a tree in one walk over the document. The texts of all blocks
// are written into one buffer and cut at the end.
type grower struct {
	*tree
	text   []byte
	from   int // where the run begins in text
	ends   []span
	links  []*html.Node
	run    block
	linked int // links of the run
	names  map[string]named
	inLink int
	inBold int
	// inItalic is part of inBold; pictured says that a picture stands between
	// the last block and the run.
	inItalic int
	pictured bool
	marks    mark
	budget   int
}

// span is where a block's text and links lie in the grower's buffers.
type span struct{ from, to, link, lastLink int }

// maxElems and maxBlocks bound the work on one page.
const (
	maxElems  = 200_000
	maxBlocks = 60_000
)

// grow builds the tree of a document. size is how many bytes of HTML it was made
// of; 0 is a few lines.
func grow(doc *html.Node, size int) *tree {
	g := &grower{tree: &tree{title: -1}, budget: maxElems, names: map[string]named{}}
	g.elems = make([]elem, 0, min(size/64, 2048)+8)
	g.blocks = make([]block, 0, min(size/128, 512)+8)
	g.ends = make([]span, 0, cap(g.blocks))
	g.text = make([]byte, 0, min(size*3/4, 64<<10)+256)
	g.children(doc, g.push(doc, -1, 0, 0))
	g.flush(0)
	g.close(0)
	g.cut()
	g.value()
	return g.tree
}

// cut gives every block its text and links.
func (g *grower) cut() {
	text := string(g.text)
	for i, s := range g.ends {
		g.blocks[i].text = text[s.from:s.to]
		if s.link < s.lastLink {
			g.blocks[i].links = g.links[s.link:s.lastLink:s.lastLink]
		}
	}
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
	if g.isInline(n) {
		g.inline(n, at)
		return
	}
	g.flush(at)
	if n.DataAtom == atom.Br || n.DataAtom == atom.Hr {
		return
	}
	name := g.nameOf(n)
	hint := hintOf(n, name)
	m := markOf(n, name, hint)
	above := g.marks
	g.marks |= m
	i := g.push(n, at, m, hint)
	g.children(n, i)
	g.flush(i)
	g.close(i)
	g.marks = above
}

func (g *grower) push(n *html.Node, parent int, m mark, hint int) int {
	g.elems = append(g.elems, elem{node: n, parent: parent, firstBlock: len(g.blocks), mark: m, under: g.marks | m, hint: hint})
	return len(g.elems) - 1
}

func (g *grower) close(i int) {
	g.elems[i].end = len(g.elems)
	g.elems[i].lastBlock = len(g.blocks)
}

// write adds text to the run, every run of blanks as one.
func (g *grower) write(s string) {
	before := g.run.runes
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			if n := len(g.text); n > g.from && g.text[n-1] != ' ' {
				g.text = append(g.text, ' ')
				g.run.runes++
			}
			for i++; i < len(s) && isSpace(s[i]); i++ {
			}
			continue
		}
		j := i
		for ; j < len(s) && !isSpace(s[j]); j++ {
			if s[j]&0xC0 != 0x80 {
				g.run.runes++
			}
		}
		g.text = append(g.text, s[i:j]...)
		i = j
	}
	if g.inLink > 0 {
		g.run.linked += g.run.runes - before
	}
	if g.inBold > 0 {
		g.run.bold += g.run.runes - before
	}
	if g.inItalic > 0 {
		g.run.italic += g.run.runes - before
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// flush ends the run and keeps it as a block of element at.
func (g *grower) flush(at int) {
	b, from, linked := g.run, g.from, g.linked
	if g.pictured && b.runes > 0 && g.isLegend(&b, at) {
		b.own = markCaption
	}
	g.run, g.from, g.linked = block{}, len(g.text), 0
	if from == len(g.text) {
		return
	}
	text := bytes.TrimSpace(g.text[from:])
	if len(bytes.Trim(text, " \u00a0\u200b\ufeff")) == 0 || len(g.blocks) >= maxBlocks {
		return
	}
	b.owner, b.mark = at, g.marks
	g.pictured = false
	from += cap(g.text[from:]) - cap(text) // what was trimmed before it
	g.blocks = append(g.blocks, b)
	g.ends = append(g.ends, span{from: from, to: from + len(text), link: len(g.links) - linked, lastLink: len(g.links)})
}
