package query

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/diembao/diembao/viet"
)

// Bounds of a query: what a person types is far below them, what an attacker
// sends is refused before it costs anything.
const (
	maxBytes = 4096
	maxParts = 256
	maxDepth = 32
)

// ParseError says what is wrong with a query and where, for people.
type ParseError struct {
	Offset     int // in bytes
	Column     int // in letters, from 1
	Vietnamese string
	English    string
}

func (e *ParseError) Error() string {
	return fmt.Sprintf("query: column %d: %s", e.Column, e.English)
}

// Parse reads the query language:
//
//	giá đất            both words, anywhere
//	"bảng giá đất"     the words next to one another
//	-đấu giá           not the word that follows the minus
//	thuế OR phí        one or the other; OR (HOẶC, |) binds looser than a space
//	( … )              brackets
//	nguồn:dvhn         a field: nguồn, chính-sách, sắc-thái, lập-trường, nơi,
//	                   văn-bản, loại, chủ-đề, hành-vi, cơ-quan, là, từ, đến;
//	                   or outlet, policy, tone, stance, place, doc, kind, topic,
//	                   act, body, is, from, to
//	từ:02/11/2026      from that day on; đến: up to and with that day
//
// Marks and hyphens in field names may be left out. The empty query is the
// empty And. An error is a *ParseError.
func Parse(text string) (Node, error) {
	src := viet.NFC(strings.ToValidUTF8(text, "�"))
	p := &parser{lexer: lexer{src: src}}
	if len(src) > maxBytes {
		return nil, p.wrong(0, "câu tìm dài quá "+strconv.Itoa(maxBytes)+" byte", "the query is longer than "+strconv.Itoa(maxBytes)+" bytes")
	}
	node, err := p.query()
	if err != nil {
		return nil, err
	}
	return node, nil
}

type parser struct {
	lexer
	now   lexeme
	parts int
	depth int
}

func (p *parser) query() (Node, *ParseError) {
	if err := p.step(); err != nil {
		return nil, err
	}
	if p.now.kind == lexEnd {
		if speaksNot := firstSign(p.src); speaksNot >= 0 {
			return nil, p.wrong(speaksNot, "không có chữ hay số nào để tìm", "there is no letter or digit to look for")
		}
		return And(nil), nil
	}
	node, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.now.kind == lexClose {
		return nil, p.wrong(p.now.at, "dấu “)” thừa", "a “)” too many")
	}
	return node, nil
}

// firstSign finds the first thing in s that is not a space, or -1.
func firstSign(s string) int {
	for i, r := range s {
		if r != ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\u00a0' {
			return i
		}
	}
	return -1
}

func (p *parser) step() (err *ParseError) {
	p.now, err = p.next()
	return err
}

func (p *parser) or() (Node, *ParseError) {
	first, err := p.and()
	if err != nil || p.now.kind != lexOr {
		return first, err
	}
	out := Or{}
	out = joinOr(out, first)
	for p.now.kind == lexOr {
		if err := p.step(); err != nil {
			return nil, err
		}
		part, err := p.and()
		if err != nil {
			return nil, err
		}
		out = joinOr(out, part)
	}
	return out, nil
}

func joinOr(out Or, part Node) Or {
	if inner, ok := part.(Or); ok {
		return append(out, inner...)
	}
	return append(out, part)
}

func (p *parser) and() (Node, *ParseError) {
	var out And
	for p.now.kind != lexEnd && p.now.kind != lexOr && p.now.kind != lexClose {
		part, err := p.part()
		if err != nil {
			return nil, err
		}
		if inner, ok := part.(And); ok {
			out = append(out, inner...)
		} else {
			out = append(out, part)
		}
	}
	switch len(out) {
	case 0:
		return nil, p.missing()
	case 1:
		return out[0], nil
	}
	return out, nil
}

// missing complains that something should stand where the parser is.
func (p *parser) missing() *ParseError {
	return p.wrong(p.now.at, "thiếu từ cần tìm ở đây", "something to look for is missing here")
}

func (p *parser) part() (Node, *ParseError) {
	if p.parts++; p.parts > maxParts {
		return nil, p.wrong(p.now.at, "câu tìm có quá nhiều phần", "the query has too many parts")
	}
	x := p.now
	if err := p.step(); err != nil {
		return nil, err
	}
	switch x.kind {
	case lexTerm:
		return Term{Text: x.text, Quoted: x.quoted}, nil
	case lexField:
		return Field{Name: x.name, Value: x.text}, nil
	case lexNot:
		return p.not(x.at)
	}
	return p.bracket(x.at)
}

func (p *parser) not(at int) (Node, *ParseError) {
	if p.now.kind == lexEnd || p.now.kind == lexOr || p.now.kind == lexClose {
		return nil, p.missing()
	}
	if err := p.deeper(at); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	inner, err := p.part()
	if err != nil {
		return nil, err
	}
	if twice, ok := inner.(Not); ok {
		return twice.Node, nil
	}
	return Not{inner}, nil
}

func (p *parser) bracket(open int) (Node, *ParseError) {
	if err := p.deeper(open); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	inner, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.now.kind != lexClose {
		return nil, p.wrong(open, "dấu “(” chưa được đóng", "the “(” is not closed")
	}
	return inner, p.step()
}

func (p *parser) deeper(at int) *ParseError {
	if p.depth++; p.depth > maxDepth {
		return p.wrong(at, "quá nhiều lớp ngoặc", "the brackets are nested too deeply")
	}
	return nil
}
