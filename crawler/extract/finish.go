package extract

import (
	"strings"

	"github.com/diembao/diembao/viet"
)

// finish brings every text to its clean form and judges the result.
func (p *page) finish() {
	for _, f := range []*string{&p.Title, &p.Lead, &p.Author, &p.Section, &p.SourceLine, &p.Site} {
		*f = squash(clean(*f))
	}
	p.Body = cleanLines(p.Body)
	p.Kind = p.findKind()
	p.Quality = viet.Quality(p.Body)
}

// flat is the article of a page that cannot be made a tree.
func flat(text, address string) Article {
	body := cleanLines(flatText(text))
	return Article{URL: address, Body: body, Kind: KindOther, Quality: viet.Quality(body)}
}

// cleanLines cleans a text of paragraphs and drops the empty ones.
func cleanLines(s string) string {
	var lines []string
	for line := range strings.Lines(clean(s)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
