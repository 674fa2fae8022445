package extract

import (
	"strings"

	"github.com/diembao/diembao/crawler/dateline"
)

// promoteTitle takes a line at the beginning of the body for the title where
// the page shows no other: bold, a heading or named so, and no sentence.
func (p *page) promoteTitle() {
	first, _ := p.bodyEnds()
	if p.tree.title >= 0 || first < 0 {
		return
	}
	for i := p.firstText(first); i >= max(0, first-titleBefore); i-- {
		if p.looksLikeTitle(i) {
			p.tree.title, p.Title = i, p.tree.blocks[i].text
			for j := first; j <= i; j++ {
				p.picked[j] = false
			}
			return
		}
	}
}

// firstText is the last of the lines at the beginning of the body that are no
// running text yet.
func (p *page) firstText(first int) int {
	last := first
	for i := first; i < min(first+titleBefore, len(p.picked)); i++ {
		if p.tree.blocks[i].value >= 40 {
			break
		}
		if p.picked[i] {
			last = i
		}
	}
	return last
}

func (p *page) looksLikeTitle(i int) bool {
	b := &p.tree.blocks[i]
	n := p.tree.elems[b.owner].node
	if b.runes < 12 || b.runes > 200 || b.linked > 0 || endsSentence(b.text) || b.mark&(markFrame|markComment|markJunk|markCaption|markTags) != 0 || p.isDateline(b) {
		return false
	}
	return b.bold*2 >= b.runes || isHeading(n) || namesTitle(namesOfNode(n)) || i+1 < len(p.tree.blocks) && p.isDateline(&p.tree.blocks[i+1]) && !p.isToday(i+1)
}

// isToday reports whether a block shows the day of fetching, as banners do.
func (p *page) isToday(i int) bool {
	s, ok := p.tree.blocks[i].line(p.now)
	return ok && p.isBanner(i, s, dateline.NoLabel)
}

// titleBefore is how far before the body an unmarked title may stand.
const titleBefore = 5

func namesTitle(names string) bool {
	names = strings.ToLower(names)
	for _, w := range []string{"title", "tieude", "tieu-de", "headline"} {
		if strings.Contains(names, w) {
			return true
		}
	}
	return false
}
