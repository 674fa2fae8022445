package extract

import (
	"strings"
)

// How the container of the body is found. The numbers were set on the tuning
// half of the benchmark; docs/extraction.md tells what each of them costs.
const (
	descend     = 0.75 // share of the value that a child must hold to be entered
	hintShare   = 0.4  // share of the container's value that an element named as a body must hold
	fewRunes    = 250  // below this a body is not trusted
	linkShare   = 0.5  // links above this share make a block a menu
	thinContent = 0.3  // share of the page's value below which the container is doubted
)

// findBody marks the blocks of the body in p.picked.
func (p *page) findBody() {
	t := p.tree
	t.markRelated()
	t.forgive()
	at := t.container()
	p.picked = t.pick(at)
	if t.pickedRunes(p.picked) < fewRunes {
		p.reconsider()
	}
	p.checkTold()
}

// markRelated marks the boxes that open with a heading such as "Tin liên
// quan": what follows in them is of other pages, however long.
func (t *tree) markRelated() {
	changed := false
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.runes > 60 || i == t.title || !isRelatedHeading(b.text) {
			continue
		}
		if box := t.boxOf(i); box > 0 && !t.holds(box, t.title) {
			t.elems[box].mark |= markJunk
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

// container is the element of the body: from the root down as long as one
// child holds most of the running text, then to an element named as a body.
func (t *tree) container() int {
	at := 0
	for {
		child, v := t.heaviest(at)
		if child < 0 || v == 0 || float64(v) < descend*float64(t.valueIn(at)) {
			break
		}
		if t.elems[child].mark&markList != 0 && t.elems[child].node.Data != "table" {
			break // a list is a part of a text, not its container
		}
		at = t.elder(at, child, v)
	}
	return t.named(at)
}

// elder is the article that stands before child in at, under the title: a page
// that goes on with other articles holds more of their text than of its own.
func (t *tree) elder(at, child, value int) int {
	if t.elems[child].hint == 0 || t.title < 0 || t.holds(child, t.title) {
		return child
	}
	for i := at + 1; i < child; i = t.elems[i].end {
		e := t.elems[i]
		if v := t.valueIn(i); e.hint > 0 && e.lastBlock > t.title && v >= fewRunes && v*5 >= value {
			return i
		}
	}
	return child
}

func (t *tree) heaviest(at int) (child, value int) {
	child = -1
	for i := at + 1; i < t.elems[at].end; i = t.elems[i].end {
		if v := t.valueIn(i); v > value {
			child, value = i, v
		}
	}
	return child, value
}

// named enters the element below at that is named as a body, or else as an
// article, where it holds enough of the text. Of several the heaviest is
// taken, but the one under the title before heavier ones further down: those
// are the next articles of a page without end. Pieces that share a parent are
// one body.
func (t *tree) named(at int) int {
	for _, hint := range []int{2, 1} {
		best := t.heaviestNamed(at, hint)
		if best < 0 {
			continue
		}
		if i := t.underTitle(at, hint, t.valueIn(best)); i >= 0 {
			return i
		}
		if float64(t.valueIn(best)) >= hintShare*float64(t.valueIn(at)) {
			return t.wholeOf(best, at)
		}
	}
	return at
}

func (t *tree) heaviestNamed(at, hint int) int {
	best, value := -1, 0
	for i := at + 1; i < t.elems[at].end; i++ {
		if v := t.valueIn(i); t.elems[i].hint == hint && v > value {
			best, value = i, v
		}
	}
	return best
}

// underTitle is the first named element that holds the title or follows it,
// if there are others beside it and it holds at least a quarter of what the
// heaviest does.
func (t *tree) underTitle(at, hint, heaviest int) int {
	if t.title < 0 || t.title >= t.elems[at].lastBlock {
		return -1
	}
	found, beside := -1, 0
	for i := at + 1; i < t.elems[at].end; i++ {
		e := t.elems[i]
		if e.hint != hint || e.lastBlock <= t.title || t.valueIn(i) < minNamed || t.valueIn(i)*4 < heaviest {
			continue
		}
		if found < 0 {
			found = i
		} else if hint == 1 || t.hasTitle(i) {
			beside++
		}
		i = e.end - 1
	}
	if beside == 0 {
		return -1
	}
	return found
}

// minNamed is the least value of an element that is entered for its name and
// place alone.
const minNamed = 150

// wholeOf is the body that element i is a piece of: advertisements cut bodies
// into several elements of the same name. It is i itself where the others are
// other articles.
func (t *tree) wholeOf(i, at int) int {
	if t.elems[i].hint != 2 {
		return i
	}
	whole, sum := i, 0
	for j := at + 1; j < t.elems[at].end; j++ {
		e := t.elems[j]
		if e.hint != 2 || t.valueIn(j)*10 < t.valueIn(i) {
			continue
		}
		if t.hasTitle(j) {
			return i
		}
		whole, sum = t.common(whole, j), sum+t.valueIn(j)
		j = e.end - 1
	}
	if float64(sum) < wholeShare*float64(t.valueIn(whole)) {
		return i
	}
	return whole
}

// wholeShare is how much of the text around the pieces of a body the pieces
// must hold.
const wholeShare = 0.7

// hasTitle reports whether an element has a heading of the first rank, or one
// that is a link, as other articles have.
func (t *tree) hasTitle(i int) bool {
	for b := t.elems[i].firstBlock; b < t.elems[i].lastBlock; b++ {
		n := t.elems[t.blocks[b].owner].node
		if b != t.title && (n.Data == "h1" || isHeading(n) && b == t.elems[i].firstBlock && t.blocks[b].isLinkedTitle()) {
			return true
		}
	}
	return false
}

// common is the innermost element that holds both.
func (t *tree) common(i, j int) int {
	for !t.inside(j, i) {
		i = t.elems[i].parent
	}
	return i
}

// pick marks the blocks of container at that belong to the body.
func (t *tree) pick(at int) []bool {
	picked := make([]bool, len(t.blocks))
	e := t.elems[at]
	for i := e.firstBlock; i < e.lastBlock; i++ {
		b := &t.blocks[i]
		picked[i] = b.mark&(markBad|markQuote) == 0 && !t.isMenu(i)
	}
	t.joinSiblings(at, picked)
	t.dropLists(at, picked)
	t.dropSections(at, picked)
	t.dropEnds(at, picked)
	return picked
}

// joinSiblings adds the paragraphs that stand beside the container in the same
// parent: an opening set apart from what follows it.
func (t *tree) joinSiblings(at int, picked []bool) {
	parent := t.elems[at].parent
	if parent < 0 {
		return
	}
	for i := t.elems[parent].firstBlock; i < t.elems[parent].lastBlock; i++ {
		b := &t.blocks[i]
		owner := t.elems[b.owner]
		beside := owner.parent == parent && owner.node.Data == "p"
		if !t.holds(at, i) && beside && i > t.title && b.value >= 40 && b.mark&(markBad|markQuote) == 0 {
			picked[i] = true
		}
	}
}

// isMenu reports whether a block is links rather than text. An address written
// out is text, and so is a sentence most of which is a link.
func (t *tree) isMenu(i int) bool {
	b := &t.blocks[i]
	if float64(b.linked) <= linkShare*float64(b.runes) || b.runes-b.linked >= freeRunes {
		return false
	}
	return !isAddress(b.text) && !strings.HasPrefix(b.text, "www.") && b.mark&markTable == 0
}

// freeRunes is how much text outside links makes a line running text.
const freeRunes = 60

// dropLists drops lists and small boxes most of whose text is links, with the
// lines in them that hold none.
func (t *tree) dropLists(at int, picked []bool) {
	sums := t.linkSums()
	for i := at + 1; i < t.elems[at].end; i++ {
		e := t.elems[i]
		if e.lastBlock-e.firstBlock < 2 || e.under&markTable != 0 || !t.isLinkBox(i, sums) {
			continue
		}
		for b := e.firstBlock; b < e.lastBlock; b++ {
			picked[b] = false
		}
		i = e.end - 1
	}
}

// linkSum counts what blocks hold.
type linkSum struct{ runes, linked, menus int }

// linkSums are the counts of the blocks before each.
func (t *tree) linkSums() []linkSum {
	sums := make([]linkSum, len(t.blocks)+1)
	for i := range t.blocks {
		s := sums[i]
		s.runes += t.blocks[i].runes
		s.linked += t.blocks[i].linked
		if t.isMenu(i) {
			s.menus++
		}
		sums[i+1] = s
	}
	return sums
}

func (t *tree) isLinkBox(i int, sums []linkSum) bool {
	e := t.elems[i]
	a, z := sums[e.firstBlock], sums[e.lastBlock]
	menus := z.menus - a.menus
	if menus > 0 && float64(z.linked-a.linked) > linkShare*float64(z.runes-a.runes) {
		return true
	}
	return e.mark&markList != 0 && menus*2 > e.lastBlock-e.firstBlock && t.valueIn(i) < 200
}

// dropSections drops from a heading such as "Tin liên quan" to the end of its
// element or the next heading that has text under it.
func (t *tree) dropSections(at int, picked []bool) {
	e := t.elems[at]
	for i := e.firstBlock; i < e.lastBlock; i++ {
		b := &t.blocks[i]
		if b.runes > 60 || !isRelatedHeading(b.text) {
			continue
		}
		end := t.sectionEnd(i, e.lastBlock)
		for j := i; j < end; j++ {
			picked[j] = false
		}
	}
}

// sectionEnd is where the section that block i heads stops: at running text.
func (t *tree) sectionEnd(i, last int) int {
	j := i + 1
	for j < last && t.blocks[j].value < 60 && !isHeading(t.elems[t.blocks[j].owner].node) {
		j++
	}
	return j
}

// dropEnds drops the lines before and after the text that are no text: junk
// lines anywhere, headings at the end.
func (t *tree) dropEnds(at int, picked []bool) {
	e := t.elems[at]
	for i := e.firstBlock; i < e.lastBlock; i++ {
		if picked[i] && isJunkLine(t.blocks[i].text, t.blocks[i].runes) && t.blocks[i].mark&markTable == 0 {
			picked[i] = false
		}
	}
	for i := e.lastBlock - 1; i >= e.firstBlock; i-- {
		if !picked[i] {
			continue
		}
		if !isHeading(t.elems[t.blocks[i].owner].node) {
			break
		}
		picked[i] = false
	}
	if t.title >= e.firstBlock && t.title < e.lastBlock {
		for i := e.firstBlock; i <= t.title; i++ {
			if i == t.title || t.blocks[i].value == 0 {
				picked[i] = false
			}
		}
	}
}

func (t *tree) pickedRunes(picked []bool) int {
	n := 0
	for i, ok := range picked {
		if ok {
			n += t.blocks[i].runes
		}
	}
	return n
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
