package viet

import "strings"

// neighbours are the tokens beside a doubtful spelling, small and without
// marks.
type neighbours struct {
	before, after string
}

// beside gives the tokens before and after tokens[i], "" where a sentence
// mark or a line end stands between.
func beside(s string, tokens []Token, i int) (n neighbours) {
	if i > 0 && strings.Trim(s[tokens[i-1].End:tokens[i].Start], " ") == "" {
		n.before = Fold(tokens[i-1].Text)
	}
	if i+1 < len(tokens) && strings.Trim(s[tokens[i].End:tokens[i+1].Start], " ") == "" {
		n.after = Fold(tokens[i+1].Text)
	}
	return n
}

// Words that decide, without marks.
var (
	negations  = wordSet(`ko k khong chua chx hok hong kh khg dau hay`)
	predicates = wordSet(`biet co duoc dc dk hieu thay phai can con ai lam cho di ra muon thich dam the bao mua ban noi
		nen hoc an uong tra nhan ky giai cap tot on hop dung dong vao len gi sao nghe tin ngo hai chiu ho tro de dang
		bi la ve duyet nop dong xu quan tam ro`)
	verbs = wordSet(`lam mua nhan hoc noi an di xin co giam tra ban vay xem ve vao doi gui nop nghi o thi xai dung keo phep
		giu quay cuu lay cong chua da se moi dang cung thi la ma neu cu ca khong ko k nao`)
)

func in(set map[string]struct{}, word string) bool {
	_, ok := set[word]
	return ok
}

func isNumber(s string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// choose gives the reading the neighbours decide for, or "".
func (n neighbours) choose(typed string) string {
	switch typed {
	case "k", "kh":
		if isNumber(n.before) {
			if typed == "k" {
				return "nghìn"
			}
			return ""
		}
		return "không"
	case "0":
		if in(predicates, n.after) && !isNumber(n.before) && n.after != "dong" {
			return "không"
		}
	case "h":
		return "giờ"
	case "e":
		if n.after != "ngai" && n.after != "de" && n.after != "rang" {
			return "em"
		}
	case "dc":
		if in(verbs, n.before) || in(negations, n.after) {
			return "được"
		}
	case "đk", "dk":
		return n.chooseDK()
	case "bt":
		if in(negations, n.before) && n.before != "hay" {
			return "biết"
		}
	case "bth":
		return "bình thường"
	case "hk":
		if n.after == "" || in(predicates, n.after) {
			return "không"
		}
	case "v":
		if n.after == "" || n.after == "a" || n.after == "mn" || n.after == "nhi" {
			return "vậy"
		}
	}
	return ""
}

func (n neighbours) chooseDK() string {
	switch {
	case n.before == "du" || n.before == "dieu":
		return "điều kiện"
	case in(negations, n.after) && in(verbs, n.before):
		return "được"
	case n.after == "tam" || n.after == "xe" || n.after == "kinh" || n.after == "online":
		return "đăng ký"
	}
	return ""
}
