package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// How the publisher's own articleBody is used: one of fewer runes is an
// excerpt, and a body that holds at least half of it is believed as found.
const (
	toldRunes = 300
	toldShare = 0.5
)

// checkTold compares the body with the articleBody that the page tells
// machines. Where most of that is missing from the body, the blocks that hold
// it are picked instead; where the page shows none of it (scripts draw the
// text), it is the body.
func (p *page) checkTold() {
	told := plainTold(p.data.body)
	if len([]rune(told)) < toldRunes || p.coverage(told) >= toldShare {
		return
	}
	text := " " + key(told) + " "
	picked := make([]bool, len(p.tree.blocks))
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		picked[i] = b.runes >= 20 && i != p.tree.title && strings.Contains(text, " "+key(b.text)+" ")
	}
	if p.tree.pickedRunes(picked)*10 >= len([]rune(told))*7 {
		p.picked = picked
		return
	}
	p.told = told
}

// coverage is the share of the told text's words that the body holds, counted
// by its sentences' beginnings.
func (p *page) coverage(told string) float64 {
	body := " " + key(p.bodyText()) + " "
	words := strings.Fields(key(told))
	hits, tries := 0, 0
	for i := 0; i+5 <= len(words); i += 5 {
		tries++
		if strings.Contains(body, " "+strings.Join(words[i:i+5], " ")+" ") {
			hits++
		}
	}
	return float64(hits) / float64(max(1, tries))
}

// plainTold is the articleBody as lines of text; some publishers put HTML in.
func plainTold(s string) string {
	if strings.Contains(s, "</") || strings.Contains(s, "<br") || strings.Contains(s, "&") {
		if strings.Contains(s, "<") {
			s = flatText(s)
		}
		s = html.UnescapeString(s)
	}
	var lines []string
	for line := range strings.Lines(s) {
		if line = squash(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
