package feed

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plain turns the HTML of a title or summary into text: tags go, blocks become
// blanks, entities are read once. What is no known tag stays: "giá < 5 triệu".
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return clean(collapse(s))
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	skip := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return clean(collapse(b.String()))
		}
		raw := string(z.Raw())
		name, _ := z.TagName()
		switch kind {
		case html.TextToken:
			if skip == 0 {
				b.WriteString(html.UnescapeString(raw))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			a := atom.Lookup(name)
			skip = skipped(a, kind, skip)
			writeTag(&b, a, raw)
		}
	}
}

func skipped(a atom.Atom, kind html.TokenType, skip int) int {
	if a != atom.Script && a != atom.Style {
		return skip
	}
	if kind == html.StartTagToken {
		return 1
	}
	return 0
}

func writeTag(b *strings.Builder, a atom.Atom, raw string) {
	switch a {
	case 0:
		b.WriteString(raw)
	case atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.Span, atom.Font, atom.U, atom.Sup, atom.Sub, atom.Small, atom.Code, atom.Abbr:
	default:
		b.WriteByte(' ')
	}
}

// collapse makes every run of blanks one blank.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
