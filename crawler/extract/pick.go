package extract

import (
	"strings"
)

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
		if b.runes > 60 || !b.isRelatedHeading() {
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
		if picked[i] && t.blocks[i].isJunkLine() && t.blocks[i].mark&markTable == 0 {
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
