package extract

import (
	"cmp"
	"strings"
)

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
		if name := trimByline(b.text); name != "" && len(strings.Fields(name)) <= 8 && !strings.ContainsAny(name, "0123456789?!@") && !endsSentence(name) {
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
		previous := ""
		for w := range wordsOf(class) {
			switch w {
			case "author", "byline", "createdby", "writer", "tacgia", "reporter":
				return true
			case "gia":
				return previous == "tac"
			}
			previous = w
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
