package extract

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// findAuthor prefers what machines are told, then the byline near the title.
func (p *page) findAuthor() string {
	told := trimByline(squash(cmp.Or(p.data.author, notAddress(p.head.first("author", "article:author", "dc.creator")))))
	if p.isOutlet(told) {
		told = ""
	}
	if told != "" {
		return told
	}
	for i := range p.tree.blocks {
		b := &p.tree.blocks[i]
		if b.runes > 80 || b.mark&markComment != 0 || !p.isAuthorBlock(b) {
			continue
		}
		if name := trimByline(b.text); name != "" && len(strings.Fields(name)) <= 8 && !strings.ContainsAny(name, "0123456789?!@") && !endsSentence(name) {
			return name
		}
	}
	return ""
}

// isOutlet reports whether a name is that of the outlet or of its system rather
// than a person's.
func (p *page) isOutlet(name string) bool {
	switch key(name) {
	case "admin", "administrator", "quan tri", "quantri", "super user", "webmaster", "editor":
		return true
	}
	return sameText(name, p.head.first("og:site_name")) || sameText(name, p.data.site)
}

func (p *page) isAuthorBlock(b *block) bool {
	n := p.tree.elems[b.owner].node
	if attr(n, "itemprop") == "author" || attr(n, "rel") == "author" {
		return true
	}
	if b.mark&markFrame != 0 {
		return false
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
	for _, start := range []string{"Viết bởi", "Tác giả", "Người viết", "Người đăng", "Đăng bởi", "Bởi", "Theo", "By", "by", "Written by", "Author", "Von", "Por", "Par", "Autor", "Auteur", //nolint:misspell // Spanish
		"Автор", "Текст", "作者", "记者", "文"} {
		rest, ok := strings.CutPrefix(s, start)
		if ok && strings.Trim(rest, " :") == "" {
			return "" // the name stands elsewhere
		}
		if next, _ := utf8.DecodeRuneInString(rest); ok && strings.ContainsRune(" :/：\u00a0", next) {
			return strings.Trim(rest, " :：/,|-–\u00a0")
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
