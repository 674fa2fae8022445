package extract

import (
	"strings"
)

// How the container of the body is found. The numbers were set on the tuning
// half of the benchmark; docs/extraction.md tells what each of them costs.
const (
	descend   = 0.75 // share of the value that a child must hold to be entered
	hintShare = 0.4  // share of the container's value that an element named as a body must hold
	fewRunes  = 250  // below this a body is not trusted
	linkShare = 0.5  // links above this share make a block a menu
)

// findBody marks the blocks of the body in p.picked.
func (p *page) findBody() {
	t := p.tree
	t.markRelated()
	t.forgive()
	at := t.container()
	p.picked = t.pick(at)
	if n := t.pickedRunes(p.picked); n < fewRunes && (n < minNamed || !t.isSure(at)) {
		p.reconsider()
	}
	p.checkTold()
}

// isSure reports whether a container is named as the body and follows the
// title, so that little text in it means a short article.
func (t *tree) isSure(at int) bool {
	return t.elems[at].hint == 2 && t.title >= 0 && t.elems[at].lastBlock > t.title
}

// markRelated marks the boxes that open with a heading such as "Tin liên
// quan": what follows in them is of other pages, however long.
func (t *tree) markRelated() {
	changed := false
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.runes > 60 || i == t.title || !b.isRelatedHeading() {
			continue
		}
		if box := t.boxOf(i); box > 0 && !t.holds(box, t.title) {
			t.elems[box].mark |= markJunk
			if t.title >= 0 && i > t.title && t.sum[i]-t.sum[t.title] >= 60 && b.headsComments() {
				t.elems[box].mark |= markComment // never forgiven, however much was written
			}
			changed = true
		}
	}
	if changed {
		t.resum()
	}
}

// boxOf is the largest element that begins with block i.
func (t *tree) boxOf(i int) int {
	box := t.blocks[i].owner
	for up := t.elems[box].parent; up > 0 && t.elems[up].firstBlock == i && t.elems[up].hint == 0; up = t.elems[up].parent {
		box = up
	}
	return box
}

func (t *tree) holds(elem, block int) bool {
	return block >= t.elems[elem].firstBlock && block < t.elems[elem].lastBlock
}

// forgive takes the marks off an element that must hold the article after all:
// it holds most of the text there is, or the element named as the body.
func (t *tree) forgive() {
	total := t.sum[len(t.blocks)]
	changed := false
	for i := 1; i < len(t.elems); i++ {
		e := &t.elems[i]
		if e.mark&markBad == 0 || e.lastBlock == e.firstBlock {
			continue
		}
		raw := t.rawIn(i)
		if raw < 200 {
			continue
		}
		if t.holdsHint(i) || e.mark&markComment == 0 && raw > 3*total && raw > 400 {
			t.elems[i].mark &^= markBad
			changed = true
		}
	}
	if changed {
		t.resum()
	}
}

func (t *tree) holdsHint(i int) bool {
	for j := i + 1; j < t.elems[i].end; j++ {
		if t.elems[j].hint == 2 && t.rawIn(j)*2 > t.rawIn(i) {
			return true
		}
	}
	return false
}

// bodyText joins the picked blocks, a paragraph a line.
func (p *page) bodyText() string {
	if p.told != "" {
		return p.told
	}
	var b strings.Builder
	for i, ok := range p.picked {
		if !ok {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.tree.blocks[i].text)
	}
	return b.String()
}
