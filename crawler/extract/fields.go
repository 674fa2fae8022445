package extract

import (
	"cmp"
	"strings"

	"github.com/diembao/diembao/viet"
)

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

func (p *page) findSection() string {
	if s := cmp.Or(p.data.section, p.head.first("article:section", "section")); s != "" {
		return squash(s)
	}
	if s := p.lastCrumb(p.data.crumbs); s != "" {
		return s
	}
	return p.lastCrumb(p.head.crumbs)
}

// lastCrumb is the last step of a breadcrumb that is neither the page itself
// nor the front.
func (p *page) lastCrumb(crumbs []string) string {
	for i := len(crumbs) - 1; i >= 0; i-- {
		c := crumbs[i]
		if sameText(c, p.Title) || isHome(c) || i == 0 && (sameText(c, p.Site) || len(crumbs) == 1 && len(c) > 40) {
			continue
		}
		return c
	}
	return ""
}

func isHome(s string) bool {
	switch key(s) {
	case "trang chu", "home", "homepage", "trang nhat", "trang chinh", "front page", "accueil", "inicio", "startseite", "главная", "首页", "トップ", "home page", "الرئيسية":
		return true
	}
	return false
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
