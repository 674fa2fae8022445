package extract

import (
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/viet"
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
	linked int          // runes inside links
	bold   int          // runes inside bold or italic elements
	italic int          // runes inside italic elements
	own    mark         // what the block itself is, whatever holds it
	value  int          // runes of running text, by valueOf
	links  []*html.Node // those with an address
	when   string       // datetime of a time element in it
	mark   mark         // of its owner and everything above
	fold   string       // its text folded, once asked for
	dated  *dated       // what Line found, once asked for
}

// folded is the block's text folded. Most blocks are never asked, some often.
func (b *block) folded() string {
	if b.fold == "" {
		b.fold = viet.Fold(b.text)
	}
	return b.fold
}

// dated is a time that dateline.Line found, or that it found none.
type dated struct {
	stamp dateline.Stamp
	ok    bool
}

// line is the time that the block shows as a dateline.
func (b *block) line(now time.Time) (dateline.Stamp, bool) {
	if b.dated == nil {
		b.dated = &dated{}
		b.dated.stamp, b.dated.ok = dateline.Line(b.text, now)
	}
	return b.dated.stamp, b.dated.ok
}

// tree is a page cut into blocks.
type tree struct {
	elems  []elem
	blocks []block
	sum    []int // sum[i] is the value of blocks before i
	raw    []int // the same as if no block were marked
	title  int   // block of the visible title, or -1
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
