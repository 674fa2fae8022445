package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/crawler/dateline"
	"golang.org/x/net/html/atom"
)

// edge is how many lines at either end of the body may be of the page: a
// breadcrumb, a byline and a dateline before, a source, a name and a poll
// behind.
const edge = 4

// trimEdges takes from the ends of the body what belongs to other fields, and
// gives it to them.
func (p *page) trimEdges() {
	for range edge {
		first, _ := p.bodyEnds()
		if first < 0 || !p.trimFirst(first) {
			break
		}
	}
	for range edge {
		_, last := p.bodyEnds()
		if last < 0 || !p.trimLast(last) {
			break
		}
	}
	p.sourceNear()
	p.sourceAbove()
}

func (p *page) trimFirst(i int) bool {
	b := &p.tree.blocks[i]
	if b.runes > 140 {
		return false
	}
	if p.isDateline(b) || isBreadcrumb(b.text) || sameText(b.text, p.Title) {
		p.picked[i] = false
		return true
	}
	if name, ok := bylineOf(b.text); ok {
		p.takeAuthor(name)
		p.picked[i] = false
		return true
	}
	return false
}

func (p *page) trimLast(i int) bool {
	b := &p.tree.blocks[i]
	if b.runes > 140 {
		return false
	}
	switch {
	case isSourceLine(b.text):
		p.SourceLine = b.text
	case p.isDateline(b), isPoll(b.text), isEditorLine(b.text), isHashtags(b.text), b.isRelatedHeading(), sameText(b.text, p.Title):
	case p.isSignature(b):
		p.takeAuthor(b.text)
	default:
		return false
	}
	p.picked[i] = false
	return true
}

// sourceNear looks for the source line right behind the body.
func (p *page) sourceNear() {
	_, last := p.bodyEnds()
	for i := last + 1; last >= 0 && p.SourceLine == "" && i < min(len(p.tree.blocks), last+6); i++ {
		b := &p.tree.blocks[i]
		if b.mark&markFrame != 0 {
			continue
		}
		if isSourceLine(b.text) || p.isSourceBlock(b) {
			p.SourceLine = b.text
		} else if name, ok := bylineOf(b.text); ok {
			p.takeAuthor(name)
		}
	}
}

// sourceAbove looks for the source between title and body, where it often
// shares a line with the time: "20/11/2026 | Nguồn: TTXVN", and for a byline
// that no name marks.
func (p *page) sourceAbove() {
	first, _ := p.bodyEnds()
	for i := p.tree.title + 1; p.tree.title >= 0 && i < min(first, p.tree.title+leadReach); i++ {
		b := &p.tree.blocks[i]
		if b.runes > 140 || b.mark&(markFrame|markComment) != 0 {
			continue
		}
		if name, ok := bylineOf(b.text); ok {
			p.takeAuthor(name)
		}
		for part := range strings.FieldsFuncSeq(b.text, func(r rune) bool { return r == '|' || r == '•' || r == '·' || r == '\u3000' }) {
			if part = strings.TrimSpace(part); p.SourceLine == "" && isSourceLine(part) && !strings.HasPrefix(part, "Theo ") {
				p.SourceLine = part
			}
		}
	}
}

// isSourceBlock recognises the element named for the source.
func (p *page) isSourceBlock(b *block) bool {
	if b.runes > 100 || b.linked*2 > b.runes && b.linked > 60 {
		return false
	}
	for class := range strings.FieldsSeq(namesOfNode(p.tree.elems[b.owner].node)) {
		for w := range wordsOf(class) {
			if w == "source" || w == "src" || w == "nguon" || w == "nguontin" {
				return true
			}
		}
	}
	return false
}

func (p *page) takeAuthor(name string) {
	if p.Author == "" {
		p.Author = strings.Trim(name, " .:-–")
	}
}

// isDateline reports whether a line holds a time and little else.
func (p *page) isDateline(b *block) bool {
	s, ok := b.line(p.now)
	if !ok || b.runes > 110 {
		return false
	}
	rest := strings.TrimSpace(b.text[:s.Start] + b.text[s.End:])
	return utf8.RuneCountInString(rest) <= 45 && !endsSentence(rest) || dateline.LabelBefore(b.text, s.Start) != dateline.NoLabel
}

// isSignature recognises the author's name that ends a Vietnamese article: a
// short bold, slanted or right-aligned line that looks like a name.
func (p *page) isSignature(b *block) bool {
	if name, ok := bylineOf(b.text); ok {
		p.takeAuthor(name)
		return true
	}
	if isDesk(b.text) {
		return true
	}
	words := strings.Fields(b.text)
	bare := len(words) >= 2 && len(words) <= 4 && !strings.ContainsAny(b.text, ".,")
	return isNameLike(b.text) && (b.bold*2 > b.runes || p.isRight(b.owner) || bare) && strings.HasPrefix(p.language(), "vi")
}

func (p *page) isRight(i int) bool {
	n := p.tree.elems[i].node
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "text-align:right") || strings.EqualFold(attr(n, "align"), "right") || strings.Contains(attr(n, "class"), "right") ||
		strings.Contains(strings.ToLower(attr(n, "class")), "author")
}

func (p *page) language() string {
	if p.head.language != "" {
		return strings.ToLower(p.head.language)
	}
	if strings.ContainsAny(strings.ToLower(p.Title), "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ") {
		return "vi"
	}
	return ""
}

// links are the addresses in the body.
func (p *page) bodyLinks() []string {
	var out []string
	seen := map[string]bool{}
	for i, ok := range p.picked {
		if !ok {
			continue
		}
		for _, n := range p.tree.blocks[i].links {
			address := p.absolute(attr(n, "href"))
			if isAddress(address) && !seen[address] && n.DataAtom == atom.A && len(out) < 100 {
				seen[address] = true
				out = append(out, address)
			}
		}
	}
	return out
}
