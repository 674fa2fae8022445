package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// quotes are the marks that open and close a phrase, as keyboards and word
// processors write them.
const quotes = `"“”„«»`

type lexKind int

const (
	lexEnd lexKind = iota
	lexTerm
	lexField
	lexNot
	lexOr
	lexOpen
	lexClose
)

type lexeme struct {
	kind   lexKind
	text   string // of a term; value of a field
	name   string // of a field
	quoted bool
	at     int // byte offset
}

// lexer cuts a query into lexemes. What holds neither letter nor digit and is
// no sign of the language is passed over.
type lexer struct {
	src string
	at  int
}

func (l *lexer) next() (lexeme, *ParseError) {
	for l.at < len(l.src) {
		start := l.at
		r, n := utf8.DecodeRuneInString(l.src[start:])
		switch {
		case unicode.IsSpace(r):
			l.at += n
		case r == '(' || r == ')':
			l.at += n
			kind := lexOpen
			if r == ')' {
				kind = lexClose
			}
			return lexeme{kind: kind, at: start}, nil
		case r == '|':
			l.at += n
			return lexeme{kind: lexOr, at: start}, nil
		case l.negates(r, n):
			l.at += n
			return lexeme{kind: lexNot, at: start}, nil
		case strings.ContainsRune(quotes, r):
			text, err := l.quoted()
			if err != nil {
				return lexeme{}, err
			}
			if speaks(text) {
				return lexeme{kind: lexTerm, text: text, quoted: true, at: start}, nil
			}
		default:
			if x, ok, err := l.word(); ok || err != nil {
				return x, err
			}
		}
	}
	return lexeme{kind: lexEnd, at: len(l.src)}, nil
}

// negates tells a minus that negates what follows at once from a dash between
// words.
func (l *lexer) negates(r rune, n int) bool {
	if r != '-' && r != '−' || l.at+n >= len(l.src) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(l.src[l.at+n:])
	return unicode.IsLetter(next) || unicode.IsDigit(next) || next == '(' || strings.ContainsRune(quotes, next)
}

// quoted reads a quotation whose opening mark stands at l.at.
func (l *lexer) quoted() (string, *ParseError) {
	start := l.at
	_, n := utf8.DecodeRuneInString(l.src[start:])
	rest := l.src[start+n:]
	end := strings.IndexAny(rest, quotes)
	if end < 0 {
		return "", l.wrong(start, "dấu ngoặc kép chưa được đóng", "the quotation is not closed")
	}
	_, m := utf8.DecodeRuneInString(rest[end:])
	l.at = start + n + end + m
	return strings.Join(strings.Fields(rest[:end]), " "), nil
}

// word reads up to the next space, quotation or bracket: an operator, a field
// with its value, or a term. ok is false where it says nothing.
func (l *lexer) word() (x lexeme, ok bool, err *ParseError) {
	start := l.at
	text := l.run()
	switch text {
	case "OR", "HOẶC":
		return lexeme{kind: lexOr, at: start}, true, nil
	case "AND":
		return x, false, nil
	case "NOT":
		return lexeme{kind: lexNot, at: start}, true, nil
	}
	if name, value, has := strings.Cut(text, ":"); has {
		if known, is := fieldName(name); is {
			x, err = l.field(known, value, start)
			return x, true, err
		}
	}
	term := trim(text)
	return lexeme{kind: lexTerm, text: term, quoted: means(term), at: start}, term != "", nil
}

// trim leaves out what stands before the first token and after the last.
func trim(s string) string {
	start, end := -1, 0
	for t := range viet.EachToken(s) {
		if start < 0 {
			start = t.Start
		}
		end = t.End
	}
	if start < 0 {
		return ""
	}
	return s[start:end]
}

// means reports whether a term would be read as something else if it were
// written without quotation marks.
func means(term string) bool {
	switch term {
	case "OR", "HOẶC", "AND", "NOT":
		return true
	}
	name, _, has := strings.Cut(term, ":")
	_, known := fieldName(name)
	return has && known
}

func (l *lexer) run() string {
	rest := l.src[l.at:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || r == '|' || strings.ContainsRune(quotes, r)
	})
	if end < 0 {
		end = len(rest)
	}
	l.at += end
	return rest[:end]
}

func (l *lexer) field(name, value string, start int) (lexeme, *ParseError) {
	at := l.at - len(value)
	if value == "" && l.at < len(l.src) {
		if r, _ := utf8.DecodeRuneInString(l.src[l.at:]); strings.ContainsRune(quotes, r) {
			var err *ParseError
			if value, err = l.quoted(); err != nil {
				return lexeme{}, err
			}
		}
	}
	if !speaks(value) {
		title := fieldTitle(name)
		return lexeme{}, l.wrong(at, "sau “"+title+":” cần một giá trị", "“"+title+":” needs a value")
	}
	value, vi, en := fieldValue(name, value)
	if vi != "" {
		return lexeme{}, l.wrong(at, vi, en)
	}
	return lexeme{kind: lexField, name: name, text: value, at: start}, nil
}

func (l *lexer) wrong(at int, vi, en string) *ParseError {
	return &ParseError{Offset: at, Column: utf8.RuneCountInString(l.src[:at]) + 1, Vietnamese: vi, English: en}
}

// speaks reports whether s holds something that can be found.
func speaks(s string) bool {
	for range viet.EachToken(s) {
		return true
	}
	return false
}
