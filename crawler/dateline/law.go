package dateline

import "strings"

// Label is what the words before a time call it.
type Label int

// The labels that datelines carry.
const (
	NoLabel   Label = iota
	Published       // "Ngày đăng", "Đăng lúc", "Posted on"
	Updated         // "Cập nhật", "Sửa lần cuối"
)

// labelReach is how many tokens before a time are read for a label or for the
// document that the time belongs to.
const labelReach = 16

// LabelBefore tells what the words before byte offset start call the time.
func LabelBefore(text string, start int) Label {
	if start > len(text) {
		start = len(text)
	}
	return labelIn(foldedBefore(text[:start], 60))
}

func labelIn(words string) Label {
	best, label := -1, NoLabel
	for _, e := range [...]struct {
		words string
		label Label
	}{
		{"ngay dang", Published}, {"dang luc", Published}, {"dang ngay", Published}, {"ngay xuat ban", Published},
		{"xuat ban", Published}, {"ngay tao", Published}, {"ngay viet", Published}, {"gui luc", Published},
		{"thoi gian dang", Published}, {"dang tai", Published}, {"published", Published}, {"posted", Published},
		{"cap nhat", Updated}, {"sua lan cuoi", Updated}, {"chinh sua", Updated}, {"updated", Updated}, {"modified", Updated},
	} {
		if at := strings.LastIndex(words, e.words); at > best {
			best, label = at, e.label
		}
	}
	return label
}

// foldedBefore is the folded words of the last n bytes of text.
func foldedBefore(text string, n int) string {
	if len(text) > n {
		text = strings.ToValidUTF8(text[len(text)-n:], "")
	}
	return foldedWords(scan(text).tokens)
}

func foldedWords(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.word != "" {
			b.WriteString(t.word)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// isLaw reports whether the day at tokens i…next is the date of a legal act, a
// term, or somebody's birth rather than of the page.
func (l *line) isLaw(i, next int) bool {
	first := max(0, i-labelReach)
	for j := i - 1; j >= first; j-- {
		if s := l.sign(j); s == ';' || s == '!' || s == '?' || s == '|' || s == '.' && l.at(j+1).gap && !l.at(j-1).isNum() {
			first = j + 1
			break
		}
	}
	before := l.tokens[first:i]
	words := " " + foldedWords(before)
	if labelIn(words) != NoLabel {
		return false
	}
	return endsInTerm(words) || l.isAct(before, words) || l.isOfIssuer(next)
}

// endsInTerm reports whether the words directly before speak of a term, an
// effect or a birth.
func endsInTerm(words string) bool {
	words = strings.TrimSuffix(words, "ngay ")
	if strings.HasSuffix(words, " thu tu ") || strings.HasSuffix(words, " thu sau ") {
		return false // Wednesday, Friday
	}
	for _, w := range [...]string{
		" hieu luc ", " hieu luc tu ", " hieu luc ke tu ", " ke tu ", " tinh tu ", " tu ", " den ", " den het ", " truoc ", " sau ",
		" han ", " han chot ", " thoi han ", " ap dung ", " ap dung tu ", " thi hanh ", " thi hanh tu ", " ban hanh ", " ky ", " sinh ",
		" cham nhat ", " du kien ", " het ", " effective ", " until ", " since ", " before ", " born ",
	} {
		if strings.HasSuffix(words, w) {
			return true
		}
	}
	return false
}

// isAct reports whether an act's name stands before the day together with its
// number, "số" or "ngày": "Nghị định 09/2017/NĐ-CP ngày 09/02/2017".
func (l *line) isAct(before []token, words string) bool {
	if !namesAct(words) {
		return false
	}
	for _, t := range before {
		if t.isNum() && t.digits < 8 || t.word == "so" {
			return true
		}
	}
	return strings.HasSuffix(words, " ngay ")
}

func namesAct(words string) bool {
	words = strings.ReplaceAll(words, " phap luat ", " ")
	for _, w := range [...]string{
		" nghi dinh ", " quyet dinh ", " thong tu ", " luat ", " chi thi ", " cong van ", " ke hoach ", " nghi quyet ",
		" cong dien ", " thong bao ", " to trinh ", " phap lenh ", " van ban ", " huong dan ", " quy dinh ", " bao cao ", " thong cao ",
	} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// isOfIssuer reports whether "của Chính phủ", "về việc" follow the day.
func (l *line) isOfIssuer(next int) bool {
	a, b := l.word(next), l.word(next+1)
	return a == "cua" || a == "ve" && b == "viec" || a == "quy" && b == "dinh" || a == "co" && b == "hieu"
}
