package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// person is a title and a name: "bà Nguyễn Thị Hoa".
type person struct {
	start, end int // of the name alone
	title      int // where the title begins
}

var titles = map[string]bool{"ông": true, "bà": true, "anh": true, "chị": true, "cô": true, "chú": true, "bác": true, "em": true, "cụ": true}

// maxNames bounds the work on a hostile text; no real one names as many.
const maxNames = 50

// appendDenouncers hides the names of those who denounce: "ông A tố cáo",
// "bà B (người tố cáo)", "đơn tố cáo của chị C", "người tố cáo là ông D", and
// every other place of the text with the same name. Those denounced ("tố cáo
// ông E") are not hidden.
func appendDenouncers(spans []Span, text string) []Span {
	if !strings.Contains(text, "tố cáo") && !strings.Contains(text, "tố giác") && !strings.Contains(text, "Tố cáo") &&
		!strings.Contains(text, "TỐ CÁO") && !strings.Contains(text, "Tố giác") {
		return spans
	}
	names := map[string]bool{}
	people := findPeople(text)
	for _, p := range people {
		if len(names) < maxNames && denounces(text, p) {
			name := text[p.start:p.end]
			names[name] = true
			if short, _, ok := strings.Cut(name, ". "); ok {
				names[short] = true // "ông Nguyễn Văn A. Chiều nay": a sentence may have ended there
			}
		}
	}
	for name := range names {
		spans = appendAll(spans, text, name)
		if at := strings.LastIndexByte(name, ' '); at >= 0 {
			for _, p := range people {
				if text[p.start:p.end] == name[at+1:] {
					spans = append(spans, Span{p.start, p.end, Denouncer})
				}
			}
		}
	}
	return spans
}

func appendAll(spans []Span, text, name string) []Span {
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return spans
		}
		at += from
		from = at + len(name)
		if wholeWord(text, at, from) {
			spans = append(spans, Span{at, from, Denouncer})
		}
	}
}

func wholeWord(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return (start == 0 || !unicode.IsLetter(before)) && (end == len(text) || !unicode.IsLetter(after))
}

// findPeople finds every title followed by capitalised words.
func findPeople(text string) []person {
	var out []person
	var p person
	open, words := false, 0
	last := 0
	tokens := viet.Tokens(text)
	for i, t := range tokens {
		first, _ := utf8.DecodeRuneInString(t.Text)
		gap := text[last:t.Start]
		last = t.End
		if open && unicode.IsUpper(first) && words < 5 && (gap == " " || words > 0 && afterInitial(text, tokens, i)) {
			if words == 0 {
				p.start = t.Start
			}
			p.end = t.End
			words++
			continue
		}
		if open && words > 0 {
			out = append(out, p)
		}
		open, words = titles[strings.ToLower(t.Text)], 0
		p = person{title: t.Start}
	}
	if open && words > 0 {
		out = append(out, p)
	}
	return out
}

// afterInitial tells whether the dot before tokens[i] is that of an initial
// ("N. V. A"), and not the end of a sentence after which the next person
// stands ("ông A. Bà Hoa").
func afterInitial(text string, tokens []viet.Token, i int) bool {
	before, t := tokens[i-1], tokens[i]
	if gap := text[before.End:t.Start]; gap != "." && gap != ". " || utf8.RuneCountInString(before.Text) > 1 {
		return false
	}
	if !titles[strings.ToLower(t.Text)] || i+1 == len(tokens) || text[t.End:tokens[i+1].Start] != " " {
		return true
	}
	next, _ := utf8.DecodeRuneInString(tokens[i+1].Text)
	return !unicode.IsUpper(next)
}

// denounces judges the words right after and right before the person.
func denounces(text string, p person) bool {
	after := viet.Key(clip(text[p.end:], 90))
	for _, s := range [...]string{" (người tố cáo", ", người tố cáo", " (người tố giác", ", người tố giác", " - người tố cáo", " - người tố giác", " là người tố cáo", " là người tố giác"} {
		if strings.HasPrefix(after, s) {
			return true
		}
	}
	if sentence, _, _ := strings.Cut(after, "."); activeVerb(sentence) {
		return true
	}
	before := viet.Key(tail(text[:p.title], 70))
	before = strings.TrimRight(before, " :\"“")
	for _, s := range [...]string{"tố cáo của", "tố giác của", "người tố cáo", "người tố giác", "người tố cáo là", "người tố giác là", "đứng đơn tố cáo là", "theo tố cáo của", "người đứng đơn tố cáo"} {
		if strings.HasSuffix(before, s) {
			return true
		}
	}
	return false
}

// activeVerb tells whether the person is the one who denounces in what
// follows the name: only words of manner and time may stand before the verb.
func activeVerb(s string) bool {
	at := max(strings.Index(s, "tố cáo"), 0)
	if at == 0 {
		at = max(strings.Index(s, "tố giác"), 0)
	}
	if at == 0 {
		return false
	}
	for word := range strings.FieldsSeq(s[:at]) {
		if !leadsToVerb[strings.Trim(word, ",()")] {
			return false
		}
	}
	return true
}

var leadsToVerb = map[string]bool{
	"đã": true, "vừa": true, "mới": true, "có": true, "gửi": true, "đơn": true, "làm": true, "viết": true, "nộp": true, "tiếp": true,
	"tục": true, "nhiều": true, "lần": true, "cũng": true, "đứng": true, "ra": true, "lên": true, "tiếng": true, "trực": true, "thư": true,
	"tiếp tục": true, "từng": true, "liên": true, "tục gửi": true, "đang": true, "sẽ": true, "muốn": true, "quyết": true, "định": true, "kí": true, "ký": true,
}

func clip(s string, n int) string { return s[:runeStart(s, min(n, len(s)))] }

func tail(s string, n int) string { return s[runeEnd(s, max(len(s)-n, 0)):] }
