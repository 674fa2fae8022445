package extract

import (
	"math"
	"strings"
	"unicode/utf8"

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
	runes := utf8.RuneCountInString(told)
	if runes < toldRunes || p.covers(told) {
		return
	}
	text := " " + key(told) + " "
	picked := make([]bool, len(p.tree.blocks))
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		picked[i] = b.runes >= 20 && i != p.tree.title && strings.Contains(text, " "+key(b.text)+" ")
	}
	if p.tree.pickedRunes(picked)*10 >= runes*7 {
		p.picked = picked
		return
	}
	p.told = told
}

// covers reports whether the body holds toldShare of the told text, counted by
// runs of five words.
func (p *page) covers(told string) bool {
	body := " " + key(p.bodyText()) + " "
	words := strings.Fields(key(told))
	enough := int(math.Ceil(toldShare * float64(max(1, len(words)/5))))
	for i := 0; i+5 <= len(words) && enough > 0; i += 5 {
		if strings.Contains(body, " "+strings.Join(words[i:i+5], " ")+" ") {
			enough--
		}
	}
	return enough == 0
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
