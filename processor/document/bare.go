package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// bare reads a number without symbol after its type word: "Nghị định 168",
// "NĐ 70/2025", "Công văn số 837 ngày 9/3/2022", and the members of a list.
func (s *scanner) bare(i, end int, b before) (Ref, bool) {
	w, start := b.word, b.start
	inherited := w == nil && s.follows(i)
	if inherited {
		w, start = s.list.word, i
	}
	if w == nil {
		return Ref{}, false
	}
	r := Ref{Type: w.kind, Number: trimZeros(s.text[i:end]), Start: start, End: end, bare: true}
	if shared, ok := s.shared(end, w); ok && !asYear(s.text[i:end]) {
		r.Year, r.Body, r.Start = shared.Year, shared.Body, i
		return r, true
	}
	if year, after := slashYear(s.text, end); year != 0 {
		r.Year, r.End = year, after
	} else if end < len(s.text) && !endsNumber(s.text, end) {
		return r, false
	}
	if r.Type == "NĐ" {
		r.Body = "CP"
	}
	r.weak = inherited || !w.strong && !b.so || w.capitals != "" && w.kind != "NĐ" && w.kind != "NQ"
	r.said = b.so
	return r, r.Year != 0 && w.strong || s.citation(r, b)
}

// asYear reports whether a number without symbol is rather a year.
func asYear(digits string) bool {
	year, _ := scanYear(digits, 0)
	return year != 0
}

// citation reports whether a bare number may be one: "số" stands before it,
// or no word follows that makes it a quantity ("Nghị quyết 5 năm").
func (s *scanner) citation(r Ref, b before) bool {
	digits := strings.TrimLeft(s.text[b.start:r.End], " ")
	if asYear(digits[max(0, len(digits)-4):]) && !b.so {
		return false
	}
	return b.so || !counted(s.text, r.End)
}

// slashYear reads "/2025" where no symbol follows.
func slashYear(text string, i int) (year, end int) {
	if i >= len(text) || text[i] != '/' {
		return 0, i
	}
	year, end = scanYear(text, i+1)
	if year == 0 || end < len(text) && !endsNumber(text, end) {
		return 0, i
	}
	return year, end
}

// endsNumber reports whether a number may end at text[i]: no letter, digit,
// per cent or slash follows, nor a decimal.
func endsNumber(text string, i int) bool {
	r, n := utf8.DecodeRuneInString(text[i:])
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '%', r == '/', r == '_', r == '@':
		return false
	case r == '.' || r == ',' || isDash(r):
		return i+n >= len(text) || text[i+n]-'0' >= 10
	}
	return true
}

// quantities are the words that make the number before them a count.
var quantities = strings.Split("tháng,giờ,phút,tuần,người,triệu,tỷ,tỉ,nghìn,ngàn,đồng,điểm,điều,khoản,chương,trang,suất,hộ,xã,tỉnh,lần,nhóm,mức,"+
	"loại,vấn đề,nội dung,nhiệm vụ,bộ,cơ quan,giải pháp,dự án,chỉ tiêu,km,m,ha,tấn,kg,bước,đối tượng,cán bộ,trường hợp,đơn vị,doanh nghiệp,"+
	"chính sách,cơ sở,học sinh,địa phương,phường,quận,huyện,vụ,phần trăm,k,tr", ",")

// counted reports whether a quantity word follows text[i]; "năm" and "ngày"
// count unless a number follows them that is no span of years.
func counted(text string, i int) bool {
	i = skipSpace(text, i)
	for _, w := range [...]string{"nam", "ngay"} {
		if end, ok := startsWithWord(text, i, w); ok {
			end = skipSpace(text, end)
			_, after := scanYear(text, end)
			dash, n := utf8.DecodeRuneInString(text[skipSpace(text, after):])
			return end >= len(text) || text[end]-'0' >= 10 || after > end && n > 0 && isDash(dash)
		}
	}
	for _, w := range quantities {
		if spelled(text, i, w) || spelled(text, i, foldAll(w)) {
			return true
		}
	}
	return false
}

// spelled reports whether the word w, letter for letter but for its case,
// stands at text[i].
func spelled(text string, i int, w string) bool {
	end := i + len(w)
	if end > len(text) || !strings.EqualFold(text[i:end], w) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[end:])
	return end == len(text) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// shared looks for the symbol that the numbers of a list share: after "244"
// in "các Nghị định 244, 237/2026/NĐ-CP". w is the list's type word.
func (s *scanner) shared(i int, w *word) (Ref, bool) {
	for members := 0; members < 12; members++ {
		next := skipJoint(s.text, i)
		if next == i || next >= len(s.text) || s.text[next]-'0' >= 10 {
			return Ref{}, false
		}
		end := next
		for end < len(s.text) && s.text[end]-'0' < 10 {
			end++
		}
		r, ok := s.full(next, end, before{word: w, start: next})
		if ok {
			return r, r.Type == w.kind || assembly(r.Body)
		}
		i = end
	}
	return Ref{}, false
}

// skipJoint passes over what joins the members of a list.
func skipJoint(text string, i int) int {
	from := i
	i = skipSpace(text, i)
	for _, mark := range [...]string{",", ";"} {
		if strings.HasPrefix(text[i:], mark) {
			i = skipSpace(text, i+1)
		}
	}
	for _, w := range [...]string{"và", "hoặc", "số"} {
		if end, ok := startsWithWord(text, i, foldAll(w)); ok {
			i = skipSpace(text, end)
		}
	}
	if i == skipSpace(text, from) {
		return from // spaces alone join nothing
	}
	return i
}

func foldAll(w string) string {
	var b strings.Builder
	for _, r := range w {
		b.WriteRune(viet.FoldRune(r))
	}
	return b.String()
}
