package extract

// container is the element of the body: from the root down as long as one
// child holds most of the running text, then to an element named as a body.
func (t *tree) container() int {
	at := 0
	for {
		t.dropTeasers(at)
		child, v := t.heaviest(at)
		if child < 0 || v == 0 || float64(v) < descend*float64(t.valueIn(at)) {
			break
		}
		if t.isPart(child) {
			break
		}
		at = t.elder(at, child, v)
	}
	return t.named(at)
}

// isPart reports whether an element is a part of a text rather than its
// container, however long.
func (t *tree) isPart(i int) bool {
	switch t.elems[i].node.Data {
	case "p", "ul", "ol", "dl", "li", "blockquote", "pre":
		return true
	}
	return false
}

// dropTeasers marks the boxes beside the article that announce others: a few
// links to articles, each with a line or two. They can hold more text than a
// short article.
func (t *tree) dropTeasers(at int) {
	if t.articleChild(at) < 0 {
		return
	}
	changed := false
	for i := at + 1; i < t.elems[at].end; i = t.elems[i].end {
		if !t.holds(i, t.title) && t.valueIn(i) > 0 && t.isTeaserBox(i) {
			t.elems[i].mark |= markJunk
			changed = true
		}
	}
	if changed {
		t.resum()
	}
}

// articleChild is the child that holds the title and some text, or -1.
func (t *tree) articleChild(at int) int {
	for i := at + 1; t.title >= 0 && i < t.elems[at].end; i = t.elems[i].end {
		if !t.holds(i, t.title) {
			continue
		}
		texts := 0
		for b := t.title; b < t.elems[i].lastBlock; b++ {
			if t.blocks[b].value >= 40 {
				texts++
			}
		}
		if texts >= 2 {
			return i
		}
	}
	return -1
}

// isTeaserBox: two linked headlines or more, and less than 300 runes of text
// for each.
func (t *tree) isTeaserBox(i int) bool {
	titles := 0
	for b := t.elems[i].firstBlock; b < t.elems[i].lastBlock; b++ {
		if t.blocks[b].isLinkedTitle() {
			titles++
		}
	}
	return titles >= 2 && t.valueIn(i) < 300*titles
}

// elder is the article that stands before child in at, under the title: a page
// that goes on with other articles holds more of their text than of its own.
func (t *tree) elder(at, child, value int) int {
	if t.elems[child].hint == 0 || t.title < 0 || t.holds(child, t.title) {
		return child
	}
	for i := at + 1; i < child; i = t.elems[i].end {
		e := t.elems[i]
		if v := t.valueIn(i); e.hint > 0 && e.lastBlock > t.title && v*5 >= value && (v >= fewRunes || v >= minNamed && t.holds(i, t.title) && t.hasTitle(child)) {
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
	found, beside, behind := -1, 0, 0
	for i := at + 1; i < t.elems[at].end; i++ {
		e := t.elems[i]
		if e.hint != hint || e.lastBlock <= t.title || t.valueIn(i) < minNamed || t.valueIn(i)*4 < heaviest {
			continue
		}
		if found < 0 {
			found = i
		} else if hint == 1 || t.hasTitle(i) || t.headed(behind, e.firstBlock) {
			beside++
		}
		behind = e.lastBlock
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
	whole, sum, behind := i, 0, 0
	for j := at + 1; j < t.elems[at].end; j++ {
		e := t.elems[j]
		if e.hint != 2 || t.valueIn(j)*10 < t.valueIn(i) {
			continue
		}
		if t.hasTitle(j) || behind > 0 && t.headed(behind, e.firstBlock) {
			return i
		}
		behind = e.lastBlock
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

// headed reports whether a heading of the first rank other than the title
// stands among blocks from…to.
func (t *tree) headed(from, to int) bool {
	for b := from; b < to; b++ {
		if b != t.title && b > t.title && t.elems[t.blocks[b].owner].node.Data == "h1" {
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
