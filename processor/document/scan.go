package document

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner walks over the numbers of one text.
type scanner struct {
	text    string
	refs    []Ref
	guarded int // numbers before this offset stand in an address
	list    list
}

// list is the type word that the numbers of a list share:
// "các Nghị định 100, 123 và 168".
type list struct {
	word *word
	end  int // where the last member ended
}

// find gives the citations of a text in order, without what only a register
// or the rest of the text can tell.
func find(text string) []Ref {
	s := scanner{text: text}
	for i := 0; i < len(text); {
		if c := text[i]; c-'0' >= 10 {
			i++
			continue
		}
		i = s.number(i)
	}
	return s.refs
}

// number handles the digits at text[i] and returns where to go on.
func (s *scanner) number(i int) int {
	end := i
	for end < len(s.text) && s.text[end]-'0' < 10 {
		end++
	}
	if i < s.guarded || end-i > 5 || !s.boundary(i) {
		return end
	}
	if to := addressEnd(s.text, i); to > i {
		s.guarded = to
		return end
	}
	b := lookBefore(s.text, i)
	if b.form || strings.Trim(s.text[i:end], "0") == "" {
		return end
	}
	if n := len(s.refs); n > 0 && b.start < s.refs[n-1].End {
		b = before{start: i} // the word belongs to the citation before
	}
	if r, ok := s.full(i, s.dotted(end), b); ok {
		s.add(r, b.word)
		return r.End
	}
	if r, ok := s.bare(i, end, b); ok {
		s.add(r, b.word)
		return r.End
	}
	return end
}

// dotted passes over the part after the dot of a number such as
// 66.13/2026/NQ-CP; a sentence's dot is left alone.
func (s *scanner) dotted(end int) int {
	if end >= len(s.text) || s.text[end] != '.' {
		return end
	}
	i := end + 1
	for i < len(s.text) && i-end <= 3 && s.text[i]-'0' < 10 {
		i++
	}
	if i == end+1 || i >= len(s.text) || s.text[i] != '/' {
		return end
	}
	return i
}

func (s *scanner) add(r Ref, w *word) {
	if w == nil && s.follows(r.Start) {
		w = s.list.word
	}
	s.list = list{w, r.End}
	readContext(s.text, &r)
	s.refs = append(s.refs, r)
}

// spaced makes words of the marks of a list.
var spaced = strings.NewReplacer(",", " , ", ";", " ; ")

// follows reports whether text[i] continues a list: only a comma, a
// semicolon, "và", "hoặc", "số" stand between the last member and it.
func (s *scanner) follows(i int) bool {
	if s.list.word == nil || i <= s.list.end || i-s.list.end > 24 {
		return false
	}
	between := strings.Fields(spaced.Replace(s.text[s.list.end:i]))
	joined := false
	for _, w := range between {
		switch strings.ToLower(w) {
		case ",", ";", "và", "hoặc", "va", "với":
			joined = true
		case "số":
		default:
			return false
		}
	}
	return joined
}

// boundary reports whether a number may begin at text[i]: no letter, digit,
// slash, dash, dot or comma with a digit before it. A type word may stand
// right before it ("NĐ168", "số70").
func (s *scanner) boundary(i int) bool {
	if i == 0 {
		return true
	}
	r, n := utf8.DecodeLastRuneInString(s.text[:i])
	switch {
	case unicode.IsLetter(r):
		for _, w := range [...]string{"so", "nd", "nq", "qd", "tt", "cv", "dinh", "quyet", "tu", "thi"} {
			if _, ok := endsWithWord(s.text, i, w); ok {
				return true
			}
		}
		return false
	case unicode.IsDigit(r), r == '/', r == '_', r == '@', r == '#', r == '=', r == '.', isDash(r):
		return false
	case r == ',':
		return i-n == 0 || s.text[i-n-1]-'0' >= 10
	}
	return true
}

// full reads a number with its symbol, of any family.
func (s *scanner) full(i, end int, b before) (Ref, bool) {
	r := Ref{Number: trimZeros(s.text[i:end]), Start: i}
	at := end
	if at+1 < len(s.text) && isLetterDigit(s.text[at]) && !isLetterDigit(s.text[at+1]) {
		r.Number += strings.ToLower(s.text[at : at+1])
		at++
	}
	next, sep := separator(s.text, at, true)
	if sep == 0 {
		return s.spacedParty(r, at, b)
	}
	if sep == '/' {
		if year, after := scanYear(s.text, next); year != 0 {
			if n, sep2 := separator(s.text, after, true); sep2 != 0 {
				r.Year = year
				if r, ok := classifyYear(r, scanParts(s.text, n, sep2), b); ok {
					return r, true
				}
			}
			return r, false
		}
	}
	return classify(r, scanParts(s.text, next, sep), b)
}

func isLetterDigit(c byte) bool { return c|0x20-'a' < 26 || c-'0' < 10 || c >= utf8.RuneSelf }

// spacedParty reads "Nghị quyết 57 NQ/TW", where a space stands for the
// hyphen.
func (s *scanner) spacedParty(r Ref, at int, b before) (Ref, bool) {
	next := skipSpace(s.text, at)
	if b.word == nil || next == at {
		return r, false
	}
	parts := scanParts(s.text, next, '-')
	if len(parts) != 2 || parts[1].text != "TW" {
		return r, false
	}
	return classify(r, parts, b)
}

// scanYear reads a year of four digits at text[i]; 0 is none.
func scanYear(text string, i int) (year, end int) {
	if i+4 > len(text) || i+4 < len(text) && text[i+4]-'0' < 10 {
		return 0, i
	}
	year, err := strconv.Atoi(text[i : i+4])
	if err != nil || year < 1945 || year > 2099 {
		return 0, i
	}
	return year, i + 4
}

func trimZeros(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return "0"
}
