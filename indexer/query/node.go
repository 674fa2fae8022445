package query

import (
	"strings"
	"unicode"
)

// Node is one part of a parsed query: And, Or, Not, Term or Field. String
// writes it so that Parse reads the same node back.
type Node interface {
	String() string
	// write appends the node as it stands inside a node that binds as tightly
	// as outer.
	write(b *strings.Builder, outer int)
}

// How tightly the parts bind, loosest first.
const (
	bindOr = iota
	bindAnd
	bindNot
)

// And is met where every part is; the empty And is met everywhere.
type And []Node

// Or is met where one part is.
type Or []Node

// Not is met where its part is not.
type Not struct{ Node Node }

// Term is words to be found next to one another in one paragraph. A word that
// is typed without marks finds every way to accent it; a term with marks
// finds itself and the same words in text without any marks.
type Term struct {
	Text   string
	Quoted bool // typed in quotation marks
}

// Field is met where a field has a value: {FieldOutlet, "dvhn"}. Values of
// FieldFrom and FieldTo are days, "02/11/2026", both included.
type Field struct {
	Name  string
	Value string
}

func (n And) String() string   { return text(n) }
func (n Or) String() string    { return text(n) }
func (n Not) String() string   { return text(n) }
func (n Term) String() string  { return text(n) }
func (n Field) String() string { return text(n) }

func text(n Node) string {
	var b strings.Builder
	n.write(&b, bindOr)
	return b.String()
}

func (n And) write(b *strings.Builder, outer int) { writeList(b, n, " ", bindAnd, outer) }
func (n Or) write(b *strings.Builder, outer int)  { writeList(b, n, " OR ", bindOr, outer) }

func writeList(b *strings.Builder, parts []Node, between string, bind, outer int) {
	if bind < outer && len(parts) > 1 {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	for i, part := range parts {
		if i > 0 {
			b.WriteString(between)
		}
		part.write(b, bind+1)
	}
}

func (n Not) write(b *strings.Builder, _ int) {
	b.WriteByte('-')
	n.Node.write(b, bindNot)
}

func (n Term) write(b *strings.Builder, _ int) {
	if n.Quoted {
		b.WriteString(quote(n.Text))
		return
	}
	b.WriteString(n.Text)
}

func (n Field) write(b *strings.Builder, _ int) {
	b.WriteString(fieldTitle(n.Name))
	b.WriteByte(':')
	if plainValue(n.Value) {
		b.WriteString(n.Value)
		return
	}
	b.WriteString(quote(n.Value))
}

func plainValue(s string) bool {
	return s != "" && !strings.ContainsAny(s, quotes+"()|") && strings.IndexFunc(s, unicode.IsSpace) < 0
}

// quote leaves out what would end the quotation.
func quote(s string) string {
	return `"` + strings.Map(func(r rune) rune {
		if strings.ContainsRune(quotes, r) {
			return ' '
		}
		return r
	}, s) + `"`
}
