package extract

import (
	"github.com/diembao/diembao/viet"
)

// finish brings every text to its clean form and judges the result.
func (p *page) finish() {
	for _, f := range []*string{&p.Title, &p.Lead, &p.Body, &p.Author, &p.Section, &p.SourceLine, &p.Site} {
		*f = clean(*f)
	}
	p.Kind = p.findKind()
	p.Quality = viet.Quality(p.Body)
}

// flat is the article of a page that cannot be made a tree.
func flat(text, address string) Article {
	body := clean(flatText(text))
	return Article{URL: address, Body: body, Kind: KindOther, Quality: viet.Quality(body)}
}
