package extract

import (
	"strings"

	"github.com/diembao/diembao/crawler/dateline"
)

// shown is what the visible datelines say.
type shown struct{ published, updated dateline.Stamp }

// Reach of a dateline: how many blocks may stand between it and the title, or
// the ends of the body.
const (
	reachAfter  = 14
	reachBefore = 4
	reachBody   = 3
)

// shownTimes reads the visible dateline that fits best: labelled, near the
// title, behind it rather than before.
func (p *page) shownTimes() shown {
	var out shown
	best := 0.0
	first, last := p.bodyEnds()
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		weight := p.placeOf(i, first, last)
		if weight == 0 {
			continue
		}
		s, label, ok := p.stampOf(b)
		if !ok || p.isBanner(i, s, label) {
			continue
		}
		if label == dateline.Updated {
			if out.updated.Time.IsZero() {
				out.updated = s
			}
			weight *= 0.7
		}
		if label == dateline.Published {
			weight *= 1.5
		}
		if label != dateline.Updated && out.updated.Time.IsZero() {
			out.updated = p.alsoUpdated(b)
		}
		if weight > best {
			best, out.published = weight, s
		}
	}
	out.published.Confidence *= min(1, best)
	return out
}

// alsoUpdated is the time of change that a line shows beside another time.
func (p *page) alsoUpdated(b *block) dateline.Stamp {
	for _, s := range dateline.Find(b.text, p.now) {
		if dateline.LabelBefore(b.text, s.Start) == dateline.Updated {
			return s
		}
	}
	return dateline.Stamp{}
}

func (p *page) bodyEnds() (first, last int) {
	first, last = -1, -1
	for i, ok := range p.picked {
		if ok {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// placeOf weighs where a block stands, 0…1; 0 is a place no dateline of this
// article has.
func (p *page) placeOf(i, first, last int) float64 {
	b := &p.tree.blocks[i]
	if b.mark&(markComment|markTags) != 0 || b.runes > 200 {
		return 0
	}
	weight := p.reach(i, first, last)
	if weight > 0 && p.underRelated(i, last) {
		return 0
	}
	return weight
}

// reach weighs how far a block is from the title and the ends of the body.
func (p *page) reach(i, first, last int) float64 {
	b := &p.tree.blocks[i]
	title := p.tree.title
	switch {
	case b.mark&(markFrame|markJunk) != 0 && (title < 0 || i < title || i > title+3):
		return 0
	case title >= 0 && i >= title && i-title <= reachAfter && (first < 0 || i <= first+2):
		return 1 - 0.02*float64(i-title)
	case title >= 0 && i < title && title-i <= reachBefore:
		return 0.7 - 0.05*float64(title-i)
	case first >= 0 && i <= first && first-i <= reachBody:
		return 0.7
	case last >= 0 && i >= last && i-last <= reachBody:
		return 0.5
	}
	return 0
}

// underRelated reports whether a related heading or a link to another page
// owns the block: its time is that of another article.
func (p *page) underRelated(i, last int) bool {
	b := &p.tree.blocks[i]
	if b.linked*2 > b.runes {
		return true
	}
	for j := i - 1; j > last && j >= 0 && i-j < 8; j-- {
		if p.tree.blocks[j].isRelatedHeading() {
			return true
		}
	}
	return false
}

// stampOf reads a block's time, by its time element before its words.
func (p *page) stampOf(b *block) (s dateline.Stamp, label dateline.Label, ok bool) {
	if s, ok = b.line(p.now); ok {
		label = dateline.LabelBefore(b.text, s.Start)
	}
	if b.when == "" || b.runes > 100 {
		return s, label, ok
	}
	if exact, good := dateline.Value(b.when, p.now); good && (!ok || s.Relative || s.DateOnly) {
		return exact, dateline.LabelBefore(b.text, len(b.text)), true
	}
	return s, label, ok
}

// isBanner recognises the clock of the page's head: before the title, without
// a label, and of the day of fetching or in an element named so.
func (p *page) isBanner(i int, s dateline.Stamp, label dateline.Label) bool {
	if label != dateline.NoLabel || p.tree.title >= 0 && i > p.tree.title {
		return false
	}
	for j := p.tree.blocks[i].owner; j >= 0; j = p.tree.elems[j].parent {
		if isBannerName(namesOfNode(p.tree.elems[j].node)) {
			return true
		}
	}
	y, m, d := s.Time.In(dateline.Zone()).Date()
	ny, nm, nd := p.now.In(dateline.Zone()).Date()
	return y == ny && m == nm && d == nd
}

func isBannerName(names string) bool {
	if names == "" || len(names) > maxNames {
		return false
	}
	names = strings.ToLower(names)
	for _, w := range []string{"banner", "topbar", "top-bar", "clock", "today", "datetime-now", "current-date", "currentdate", "ngaythang", "header-date", "date-header", "headerdate", "dateheader"} {
		if strings.Contains(names, w) {
			return true
		}
	}
	return false
}
