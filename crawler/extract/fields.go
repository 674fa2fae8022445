package extract

import (
	"cmp"
	"strings"

	"github.com/diembao/diembao/viet"
)

// findTitle prefers the headline that the page shows over the one it tells
// machines, and both over the browser's title.
func (p *page) findTitle() string {
	told := cmp.Or(p.data.headline, p.head.first("og:title", "twitter:title", "headline", "dc.title"))
	window := trimSite(p.head.title, p.head.first("og:site_name", "application-name"))
	told = trimSite(squash(told), p.head.first("og:site_name"))
	var shown []string
	for _, n := range p.head.h1 {
		if s := squash(textOf(n)); s != "" && len(s) < 500 {
			shown = append(shown, s)
		}
	}
	for _, h := range shown {
		if sameText(h, told) || sameText(h, window) || strings.Contains(key(p.head.title), key(h)) && len(h) > 15 {
			return h
		}
	}
	if told == "" && window == "" || len(shown) == 1 && len(told) < 10 {
		return cmp.Or(append(shown, window)...)
	}
	return cmp.Or(told, window)
}

// trimSite takes the outlet's name off a browser's title.
func trimSite(title, site string) string {
	if site != "" {
		for _, sign := range []string{" | ", " - ", " – ", " — ", " :: ", " » "} {
			title = strings.TrimSuffix(title, sign+site)
		}
	}
	for _, sign := range []string{" | ", " :: ", " » "} {
		if i := strings.LastIndex(title, sign); i > 15 && i*2 > len(title) {
			title = title[:i]
		}
	}
	for _, sign := range []string{" - ", " – ", " — "} {
		if i := strings.LastIndex(title, sign); i > 20 && len(title)-i < 40 && i*3 > len(title)*2 {
			title = title[:i]
		}
	}
	return strings.TrimSpace(title)
}

// key is a text for comparing: folded letters and digits.
func key(s string) string {
	return strings.Join(strings.FieldsFunc(viet.Fold(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f)
	}), " ")
}

func sameText(a, b string) bool { return a != "" && b != "" && key(a) == key(b) }

// locateTitle finds the block that shows the title: the first that does, or a
// heading soon after it; else the first heading of the first rank; else a line
// that is the greater part of the browser's title, which then is the title.
func (p *page) locateTitle() {
	t := p.tree
	want := key(p.Title)
	heading, part := -1, -1
	for i := range t.blocks {
		b := &t.blocks[i]
		n := t.elems[b.owner].node
		if n.Data == "h1" && heading < 0 {
			heading = i
		}
		if want == "" || len(b.text) > 2*len(p.Title)+20 {
			continue
		}
		switch k := key(b.text); {
		case k == want:
			if t.title < 0 || i < t.title+titleReach && isHeading(n) && !isHeading(t.elems[t.blocks[t.title].owner].node) {
				t.title = i
			}
		case part < 0 && len(k) > 15 && len(k)*2 > len(want) && strings.Contains(want, k) && b.mark&markFrame == 0:
			part = i
		}
	}
	if t.title < 0 || heading >= 0 && heading+titleReach < t.title {
		t.title = heading
	}
	if t.title < 0 && part >= 0 {
		t.title, p.Title = part, t.blocks[part].text
	}
}

// titleReach is how many blocks may lie between the title in a breadcrumb and
// the title itself.
const titleReach = 15

// promoteTitle takes the first line of the body for the title where the page
// shows no other: a short bold or centred line that is no sentence.
func (p *page) promoteTitle() {
	first, _ := p.bodyEnds()
	if p.tree.title >= 0 || first < 0 {
		return
	}
	b := &p.tree.blocks[first]
	if b.runes < 12 || b.runes > 200 || b.linked > 0 || endsSentence(b.text) || b.bold*2 < b.runes {
		return
	}
	p.tree.title, p.Title = first, b.text
	p.picked[first] = false
}

func (p *page) findFields() {
	p.Author = p.findAuthor()
	p.Language = strings.ToLower(cmp.Or(p.head.language, p.head.first("content-language", "language")))
	p.trimEdges()
	p.findLead()
	p.Body = p.bodyText()
	p.Links = p.bodyLinks()
	p.Canonical = p.absolute(cmp.Or(p.head.canonical, p.head.first("og:url")))
	p.Site = cmp.Or(p.head.first("og:site_name"), p.data.site)
	p.Section = p.findSection()
	p.Captions = p.findCaptions()
}

func (p *page) findCaptions() []string {
	var out []string
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		if b.mark&markCaption != 0 && b.mark&(markFrame|markComment|markJunk) == 0 && !p.picked[i] && len(out) < 50 {
			out = append(out, clean(b.text))
		}
	}
	return out
}

// findLead takes the sapo: the block named so, else the description that also
// stands on the page before the body, else the description.
func (p *page) findLead() {
	t := p.tree
	told := cmp.Or(p.head.first("og:description", "description", "twitter:description"), p.data.lead)
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.mark&markLead != 0 && b.mark&(markFrame|markComment|markJunk) == 0 && b.runes > 20 {
			p.Lead = b.text
			return
		}
	}
	p.Lead = squash(told)
}

func (p *page) findSection() string {
	if s := cmp.Or(p.data.section, p.head.first("article:section", "section")); s != "" {
		return squash(s)
	}
	if n := len(p.data.crumbs); n > 0 {
		for i := n - 1; i >= 0; i-- {
			if c := p.data.crumbs[i]; !sameText(c, p.Title) && !isHome(c) {
				return c
			}
		}
	}
	return ""
}

func isHome(s string) bool {
	switch key(s) {
	case "trang chu", "home", "homepage", "trang nhat":
		return true
	}
	return false
}

// findAuthor prefers what machines are told, then the byline near the title.
func (p *page) findAuthor() string {
	told := squash(cmp.Or(p.data.author, notAddress(p.head.first("author", "article:author", "dc.creator"))))
	if told != "" && !sameText(told, p.head.first("og:site_name")) && !strings.EqualFold(told, "admin") {
		return told
	}
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		if b.runes > 80 || b.mark&(markComment|markFrame) != 0 || !p.isAuthorBlock(b) {
			continue
		}
		if name := trimByline(b.text); isNameLike(name) || name != b.text && len(strings.Fields(name)) <= 6 && !strings.ContainsAny(name, "0123456789?!") {
			return name
		}
	}
	return told
}

func (p *page) isAuthorBlock(b *block) bool {
	n := p.tree.elems[b.owner].node
	if attr(n, "itemprop") == "author" || attr(n, "rel") == "author" {
		return true
	}
	for class := range strings.FieldsSeq(namesOfNode(n)) {
		for w := range wordsOf(class) {
			switch w {
			case "author", "byline", "createdby", "writer", "tacgia":
				return true
			}
		}
	}
	return false
}

// trimByline takes the words before a name off.
func trimByline(s string) string {
	for _, start := range []string{"Viết bởi", "Tác giả:", "Tác giả", "Bởi", "Theo", "By", "by", "Written by", "Von", "Por", "Par"} {
		if rest, ok := strings.CutPrefix(s, start+" "); ok {
			return strings.Trim(rest, " :,|-–")
		}
	}
	return strings.Trim(s, " :,|-–")
}

func notAddress(s string) string {
	if isAddress(s) {
		return ""
	}
	return s
}

func (p *page) absolute(address string) string {
	if address == "" {
		return ""
	}
	u, err := p.base.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return u.String()
}

// clean is the form in which every text leaves this package.
func clean(s string) string { return strings.TrimSpace(viet.Clean(s)) }
