package extract

import (
	"cmp"
	"strings"
)

// findLead takes the sapo: the block named so, else what stands between the
// title and the body of a Vietnamese page, where a sapo is the rule, else the
// description that machines are told.
func (p *page) findLead() {
	t := p.tree
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.mark&markLead != 0 && b.mark&(markFrame|markComment|markJunk) == 0 && b.runes > 10 && (t.title < 0 || i > t.title) {
			p.Lead = b.text
			return
		}
	}
	told := p.toldLead()
	if i := p.leadBlock(told); i >= 0 {
		p.Lead = t.blocks[i].text
		p.picked[i] = false
		return
	}
	p.Lead = told
}

// toldLead is the description that machines are told. One that comes with the
// title of another page, as of a whole site, is not of this one.
func (p *page) toldLead() string {
	title := key(p.head.first("og:title", "twitter:title"))
	if mine := key(p.Title); title != "" && mine != "" && p.data.headline == "" && !strings.Contains(title, mine) && !strings.Contains(mine, title) {
		return squash(p.data.lead)
	}
	return squash(cmp.Or(p.head.first("og:description", "description", "twitter:description"), p.data.lead))
}

// leadBlock is the block between title and body that is the sapo, or -1.
func (p *page) leadBlock(told string) int {
	first, last := p.bodyEnds()
	if p.tree.title < 0 || first < 0 || first == last || !strings.HasPrefix(p.language(), "vi") {
		return -1
	}
	loose := -1
	for i := p.tree.title + 1; i <= first && i <= p.tree.title+leadReach; i++ {
		b := &p.tree.blocks[i]
		if b.runes < 20 || b.linked*2 > b.runes || b.mark&(markFrame|markComment|markJunk|markCaption|markMeta|markTags) != 0 || p.isDateline(b) {
			continue
		}
		switch {
		case namesLead(namesOfNode(p.tree.elems[b.owner].node)), told != "" && sameText(b.text, told) && p.setApart(i):
			return i
		case loose < 0 && !p.picked[i] && endsSentence(b.text):
			loose = i
		}
	}
	return loose
}

// leadReach is how many blocks a dateline, buttons and a player may take
// between title and sapo.
const leadReach = 8

// setApart reports whether a block does not stand among the paragraphs of the
// body.
func (p *page) setApart(i int) bool {
	if !p.picked[i] {
		return true
	}
	b := &p.tree.blocks[i]
	for j := i + 1; j < len(p.picked); j++ {
		if p.picked[j] {
			return b.bold*2 > b.runes || p.tree.elems[b.owner].parent != p.tree.elems[p.tree.blocks[j].owner].parent
		}
	}
	return false
}

func namesLead(names string) bool {
	for class := range strings.FieldsSeq(names) {
		for w := range wordsOf(class) {
			switch w {
			case "lead", "summary", "description", "desc", "intro", "abstract", "excerpt", "mota", "trichyeu", "chapeau":
				return true
			}
		}
	}
	return false
}
