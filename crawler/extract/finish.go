package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/viet"
)

// finish brings every text to its clean form and judges the result.
func (p *page) finish() {
	for _, f := range []*string{&p.Title, &p.Lead, &p.Author, &p.Section, &p.SourceLine, &p.Site} {
		*f = squash(clean(*f))
	}
	p.Body = cleanLines(p.Body)
	p.Kind = p.findKind()
	if p.Kind == KindList || p.Kind == KindTag {
		p.dropAnnounced()
	}
	p.Quality = viet.Quality(p.Body)
}

// dropAnnounced takes from a list what is of the articles it announces.
func (p *page) dropAnnounced() {
	p.Author, p.Captions, p.SourceLine = "", nil, ""
	p.Lead = clean(p.toldLead())
	if p.PublishedFrom == dateline.FromDateline {
		p.Published, p.Updated, p.PublishedFrom, p.PublishedConfidence = dateline.Moment{}, dateline.Moment{}, "", 0
	}
}

// flat is the article of a page that cannot be made a tree.
func flat(text, address string) Article {
	body := cleanLines(flatText(text))
	return Article{URL: address, Body: body, Kind: KindOther, Quality: viet.Quality(body)}
}

// cleanLines cleans a text of paragraphs and drops the empty ones.
func cleanLines(s string) string {
	s = clean(s)
	if isTidy(s) {
		return s
	}
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// isTidy reports whether no line of a trimmed text is empty or begins or ends
// with a blank.
func isTidy(s string) bool {
	for i := strings.IndexByte(s, '\n'); i >= 0; {
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if unicode.IsSpace(before) || unicode.IsSpace(after) {
			return false
		}
		next := strings.IndexByte(s[i+1:], '\n')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return true
}
