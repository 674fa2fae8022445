package extract

import (
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
)

// Rules are the selectors of one site, as the keeper of the source list writes
// them. An empty selector leaves the field to the general reading. A selector
// may end in "@name" to take an attribute instead of the text.
type Rules struct {
	Title     string `yaml:"title,omitempty"`
	Lead      string `yaml:"lead,omitempty"`
	Body      string `yaml:"body,omitempty"` // the paragraphs, or their container
	Author    string `yaml:"author,omitempty"`
	Section   string `yaml:"section,omitempty"`
	Source    string `yaml:"source,omitempty"`
	Caption   string `yaml:"caption,omitempty"`
	Published string `yaml:"published,omitempty"`
	Updated   string `yaml:"updated,omitempty"`
	// Ignore is taken out of the page before anything is read.
	Ignore []string `yaml:"ignore,omitempty"`
}

// Validate reports every selector that cannot be read, with its path below
// the rules.
func (r Rules) Validate(report func(path, message string)) {
	check := func(path, selector string) {
		selector, _ = splitAttr(selector)
		if selector == "" {
			return
		}
		if _, err := cascadia.ParseGroup(selector); err != nil {
			report(path, fmt.Sprintf("bộ chọn CSS không đọc được (selector cannot be read): %q", selector))
		}
	}
	for _, f := range [...]struct{ path, selector string }{
		{"title", r.Title}, {"lead", r.Lead}, {"body", r.Body}, {"author", r.Author}, {"section", r.Section}, {"source", r.Source},
		{"caption", r.Caption}, {"published", r.Published}, {"updated", r.Updated},
	} {
		check(f.path, f.selector)
	}
	for i, selector := range r.Ignore {
		check(fmt.Sprintf("ignore[%d]", i), selector)
	}
}

// splitAttr cuts "meta[name=pubdate]@content" at the last @.
func splitAttr(selector string) (css, name string) {
	if i := strings.LastIndexByte(selector, '@'); i >= 0 && !strings.ContainsAny(selector[i:], "]'\") ") {
		return strings.TrimSpace(selector[:i]), selector[i+1:]
	}
	return strings.TrimSpace(selector), ""
}

// find is the nodes of a selector; a selector that cannot be read finds none.
func (p *page) find(selector string) *goquery.Selection {
	css, _ := splitAttr(selector)
	doc := goquery.NewDocumentFromNode(p.doc)
	m, err := cascadia.Compile(css)
	if css == "" || err != nil {
		return doc.Find("").Not("*")
	}
	return doc.FindMatcher(m)
}

// value is the text, or the attribute, of the first node of a selector.
func (p *page) value(selector string) string {
	s := p.find(selector).First()
	if s.Length() == 0 {
		return ""
	}
	if _, name := splitAttr(selector); name != "" {
		return squash(s.AttrOr(name, ""))
	}
	return squash(textOf(s.Get(0)))
}

func (p *page) applyIgnore() {
	if p.rules == nil {
		return
	}
	for _, selector := range p.rules.Ignore {
		p.find(selector).Remove()
	}
}

// applyRules puts what the site's selectors find over what was found without.
func (p *page) applyRules() {
	if p.rules == nil {
		return
	}
	r := p.rules
	for _, f := range [...]struct {
		selector string
		field    *string
	}{{r.Title, &p.Title}, {r.Lead, &p.Lead}, {r.Author, &p.Author}, {r.Section, &p.Section}, {r.Source, &p.SourceLine}} {
		if v := p.value(f.selector); v != "" {
			*f.field = v
		}
	}
	if r.Body != "" {
		if body := p.ruledBody(); body != "" {
			p.Body = body
			if r.Source != "" {
				// The rules fit this page, so no source line there is none at all.
				p.SourceLine = p.value(r.Source)
			}
		}
	}
	if r.Caption != "" {
		p.Captions = nil
		p.find(r.Caption).Each(func(_ int, s *goquery.Selection) {
			if c := squash(textOf(s.Get(0))); c != "" {
				p.Captions = append(p.Captions, c)
			}
		})
	}
}

// ruledBody is the text of the nodes of the body selector, a paragraph a line.
// The selector is trusted: only code and hidden elements are left out.
func (p *page) ruledBody() string {
	var lines []string
	for _, n := range p.find(p.rules.Body).Nodes {
		t := grow(n, 0)
		for i := range t.blocks {
			if b := &t.blocks[i]; b.mark&markCaption == 0 || p.rules.Caption == "" {
				lines = append(lines, b.text)
			}
		}
	}
	return strings.Join(lines, "\n")
}
