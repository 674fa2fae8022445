package extract

import (
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// maxFallbackNodes and maxFallbackBlocks bound the pages that readability is
// asked about: its time grows with the square of some of them.
const (
	maxFallbackNodes  = 20_000
	maxFallbackBlocks = 5_000
)

// reconsider is for a page whose structure gave too little: readability is
// asked, and what it finds is taken where it is clearly more.
func (p *page) reconsider() {
	if len(p.tree.elems) > maxFallbackNodes || len(p.tree.blocks) > maxFallbackBlocks {
		return
	}
	parser := readability.NewParser()
	article, err := parser.Parse(strings.NewReader(p.text), baseOf(p.base))
	if err != nil || article.Node == nil {
		return
	}
	other := grow(article.Node, 0)
	picked := make([]bool, len(other.blocks))
	for i := range picked {
		picked[i] = !other.isMenu(i) && !other.blocks[i].isJunkLine()
	}
	if other.pickedRunes(picked) > 2*p.tree.pickedRunes(p.picked) {
		p.match(other, picked)
	}
}

// match picks the blocks of the page that readability's article holds.
func (p *page) match(other *tree, picked []bool) {
	found := map[string]bool{}
	for i, ok := range picked {
		if ok {
			found[squash(other.blocks[i].text)] = true
		}
	}
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		if found[squash(b.text)] && i != p.tree.title && b.mark&markBad == 0 {
			p.picked[i] = true
		}
	}
}

func baseOf(u *url.URL) *url.URL {
	if u == nil || u.Host == "" {
		return nil
	}
	return u
}

// flatText is the text of a page that cannot be made a tree.
func flatText(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	skip := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			skip = string(name) == "script" || string(name) == "style"
			b.WriteByte('\n')
		case html.EndTagToken:
			skip = false
			b.WriteByte('\n')
		case html.TextToken:
			if !skip {
				b.Write(z.Text())
			}
		}
	}
}
