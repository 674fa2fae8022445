package mask

import (
	"strings"
	"unicode/utf8"
)

// group is a run of digits and what separates it from the next.
type group struct {
	start, end int
	sep        string // up to the next group; only set where one follows
}

// maxGroups bounds what one number can be made of ("0 9 1 2 …").
const maxGroups = 16

// number is a chain of groups with at most a short separator between them.
type number struct {
	text   string
	groups []group
	digits []byte // of all groups
}

// appendNumbers looks at every chain of digits once.
func appendNumbers(spans []Span, text string) []Span {
	var store [maxGroups]group
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		if s, ok := plateAt(text, i); ok {
			spans = append(spans, s)
			i = s.End
			continue
		}
		groups := chain(store[:0], text, i)
		if s, ok := addressAt(text, i, groups[0].end); ok {
			spans = append(spans, s)
			i = s.End
			continue
		}
		var used int
		spans, used = classify(spans, text, groups)
		i = groups[used-1].end
	}
	return spans
}

// chain collects the groups that begin at i.
func chain(groups []group, text string, i int) []group {
	for len(groups) < maxGroups {
		end := i
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		groups = append(groups, group{start: i, end: end})
		n := separator(text[end:])
		if n == 0 {
			break
		}
		groups[len(groups)-1].sep = text[end : end+n]
		i = end + n
	}
	return groups
}

// separator measures what may stand inside a number: one of space, dot,
// hyphen, or these around each other (" - ", ". "), before another digit.
func separator(s string) int {
	n := 0
	for n < len(s) && n < 4 {
		switch {
		case s[n] == ' ' || s[n] == '.' || s[n] == '-' || s[n] == ')':
			n++
		case strings.HasPrefix(s[n:], "\u00A0"), strings.HasPrefix(s[n:], "–"):
			_, size := utf8.DecodeRuneInString(s[n:])
			n += size
		case n > 0 && isDigit(s[n]):
			return n
		default:
			return 0
		}
	}
	if n < len(s) && n > 0 && isDigit(s[n]) {
		return n
	}
	return 0
}

// classify names the number that begins with groups[0], if any, and tells how
// many groups it is done with.
func classify(spans []Span, text string, groups []group) ([]Span, int) {
	total := 0
	for _, g := range groups {
		total += g.end - g.start
	}
	if total < 6 {
		return spans, 1
	}
	if isDate(text, groups) {
		return spans, 3
	}
	n := newNumber(text, groups)
	if used := n.amount(); used > 0 {
		return spans, used
	}
	if kind, used := n.kind(); used > 0 {
		start := groups[0].start
		if kind == Phone {
			start = phoneStart(text, start)
		}
		return append(spans, Span{start, groups[used-1].end, kind}), used
	}
	return spans, 1
}

func newNumber(text string, groups []group) number {
	n := number{text: text, groups: groups}
	for _, g := range groups {
		n.digits = append(n.digits, text[g.start:g.end]...)
	}
	return n
}

// isDate tells dd-mm-yyyy in the first three groups.
func isDate(text string, groups []group) bool {
	if len(groups) < 3 || groups[0].sep != groups[1].sep {
		return false
	}
	d, m, y := groups[0], groups[1], groups[2]
	return d.end-d.start <= 2 && m.end-m.start <= 2 && y.end-y.start == 4 &&
		(text[y.start:y.start+2] == "20" || text[y.start:y.start+2] == "19") &&
		atMost(text[d.start:d.end], 31) && atMost(text[m.start:m.end], 12)
}

func atMost(s string, limit int) bool {
	v := 0
	for i := range len(s) {
		v = v*10 + int(s[i]-'0')
	}
	return v <= limit
}

// kind tries the readings of the number from the surest to the least sure;
// used is 0 where none fits.
func (n number) kind() (kind string, used int) {
	first := n.groups[0].start
	if glued(n.text, first) {
		return "", 0
	}
	before := cuesOf(context(n.text, first))
	switch {
	case before&saysIdentity != 0:
		if used := n.take(9, 15); used > 0 && !n.money(used) {
			return Identity, used
		}
	case before&saysAccount != 0:
		if used := n.take(6, 19); used > 0 && !n.money(used) {
			return Account, used
		}
	case before&saysDocument != 0:
		return "", 0
	}
	if used := n.phone(before); used > 0 {
		return Phone, used
	}
	if used := n.exactly(12); used > 0 && n.isCitizenNumber() && !n.money(used) {
		return Identity, used
	}
	if used := n.exactly(16); used > 0 && strings.HasPrefix(string(n.digits), "9704") {
		return Account, used
	}
	return "", 0
}

// maxAddress is how far back an address of the web is looked for, in bytes.
const maxAddress = 200

// glued tells whether the digits are the tail of a word, a document number or
// an address of the web, which only the page of a Zalo number is not.
func glued(text string, at int) bool {
	if at == 0 {
		return false
	}
	c := text[at-1]
	if isASCIILetter(c) || strings.IndexByte("_=%&", c) >= 0 {
		return true
	}
	if strings.IndexByte("/-.", c) < 0 {
		return false
	}
	word := tail(text[:at], maxAddress)
	word = word[strings.LastIndexAny(word, " \n\t")+1:]
	return !strings.HasSuffix(word, "zalo.me/") && (strings.Contains(word, "://") || strings.Contains(word, "www."))
}
