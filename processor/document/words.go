package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// word is what may stand before a number and tell what kind it is.
type word struct {
	text string // folded
	kind string
	// strong words make a bare number a citation ("Nghị định 168"); after the
	// others, which are ordinary verbs and nouns too, it also takes "số" and
	// a date or an issuer, or a register that knows it.
	strong bool
	// capitals: an abbreviation, counted only as it is usually written.
	capitals string
}

// words, longest first where one ends in another.
var words = []word{
	{text: "thong tu lien tich", kind: "TTLT", strong: true},
	{text: "nghi quyet lien tich", kind: "NQLT", strong: true},
	{text: "van ban hop nhat", kind: "VBHN"},
	{text: "nghi dinh", kind: "NĐ", strong: true},
	{text: "nghi quyet", kind: "NQ", strong: true},
	{text: "quyet dinh", kind: "QĐ"},
	{text: "thong tu", kind: "TT", strong: true},
	{text: "chi thi", kind: "CT", strong: true},
	{text: "cong dien", kind: "CĐ", strong: true},
	{text: "cong van", kind: "CV"},
	{text: "van ban", kind: "CV"},
	{text: "phap lenh", kind: "PL"},
	{text: "ket luan", kind: "KL"},
	{text: "ke hoach", kind: "KH"},
	{text: "thong bao", kind: "TB"},
	{text: "bao cao", kind: "BC"},
	{text: "to trinh", kind: "TTr"},
	{text: "huong dan", kind: "HD"},
	{text: "quy dinh", kind: "QĐ"},
	{text: "quy che", kind: "QC"},
	{text: "thong cao", kind: "TC"},
	{text: "de an", kind: "ĐA"},
	{text: "lenh", kind: "L"},
	{text: "luat", kind: "L"},
	{text: "nd", kind: "NĐ", strong: true, capitals: "NĐ ND nđ Nđ nd"},
	{text: "nq", kind: "NQ", strong: true, capitals: "NQ nq"},
	{text: "qd", kind: "QĐ", capitals: "QĐ QD qđ"},
	{text: "tt", kind: "TT", capitals: "TT"},
	{text: "ct", kind: "CT", capitals: "CT"},
	{text: "cd", kind: "CĐ", capitals: "CĐ"},
	{text: "kl", kind: "KL", capitals: "KL"},
	{text: "cv", kind: "CV", capitals: "CV"},
}

// before is what stands before a number.
type before struct {
	word  *word
	start int  // where the type word begins
	so    bool // "số" stands between
	form  bool // a form's code: "Mẫu số 01/TB-TNCN"
}

// lookBefore reads the words that end at text[at].
func lookBefore(text string, at int) before {
	var b before
	i := backSpace(text, at)
	if j, ok := endsWithWord(text, i, "so"); ok {
		b.so, i = true, backSpace(text, j)
	} else if j, ok := endsWithWord(text, trimColon(text, i), "so"); ok {
		b.so, i = true, backSpace(text, j)
	}
	b.start = i
	for _, f := range [...]string{"mau", "bieu", "phu luc", "to khai", "ma", "mau bieu"} {
		if _, ok := endsWithWord(text, i, f); ok {
			b.form = true
			return b
		}
	}
	last, _ := utf8.DecodeLastRuneInString(text[:i])
	last = viet.FoldRune(last)
	for k := range words {
		w := &words[k]
		if rune(w.text[len(w.text)-1]) != last {
			continue
		}
		j, ok := endsWithWord(text, i, w.text)
		if !ok || w.capitals != "" && !hasWord(w.capitals, text[j:i]) {
			continue
		}
		b.word, b.start = w, j
		break
	}
	return b
}

func hasWord(list, s string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == s {
			return true
		}
	}
	return false
}

// trimColon passes back over the colon of "Số:".
func trimColon(text string, i int) int {
	if i > 0 && text[i-1] == ':' {
		return backSpace(text, i-1)
	}
	return i
}

// backSpace passes back over spaces.
func backSpace(text string, i int) int {
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if r != ' ' && r != '\u00a0' && r != '\n' {
			break
		}
		i -= n
	}
	return i
}

// endsWithWord reports whether the folded words w stand just before text[i],
// with spaces as they may be, and where they begin.
func endsWithWord(text string, i int, w string) (start int, ok bool) {
	for len(w) > 0 {
		if i == 0 {
			return 0, false
		}
		want, wn := utf8.DecodeLastRuneInString(w)
		w = w[:len(w)-wn]
		if want == ' ' {
			j := backSpace(text, i)
			if j == i {
				return 0, false
			}
			i = j
			continue
		}
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if r != want && viet.FoldRune(r) != want {
			return 0, false
		}
		i -= n
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i, i == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// startsWithWord is the same forwards: the folded words w stand at text[i].
func startsWithWord(text string, i int, w string) (end int, ok bool) {
	for _, want := range w {
		if want == ' ' {
			j := skipSpace(text, i)
			if j == i {
				return 0, false
			}
			i = j
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if n == 0 || r != want && viet.FoldRune(r) != want {
			return 0, false
		}
		i += n
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return i, i == len(text) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
