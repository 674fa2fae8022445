package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

func isBreadcrumb(text string) bool {
	folded := viet.Fold(text)
	for _, home := range []string{"trang chu", "home", "trang nhat"} {
		if rest, ok := strings.CutPrefix(folded, home); ok {
			rest = strings.TrimSpace(rest)
			return rest == "" || strings.ContainsAny(rest[:1], ">/|-") || strings.HasPrefix(rest, "»") || strings.HasPrefix(rest, "›")
		}
	}
	return false
}

// bylineOf reads "By Jane Doe", "Tác giả: Xuân Thường".
func bylineOf(text string) (string, bool) {
	for _, start := range []string{"Tác giả:", "Tác giả bài viết:", "Người viết:", "Bài, ảnh:", "Bài và ảnh:", "Tin, ảnh:", "Tin bài:", "Tin, bài:", "By ", "Von ", "Por ", "Par "} {
		if rest, ok := strings.CutPrefix(text, start); ok && isNameLike(strings.TrimSpace(rest)) {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// isNameLike reports whether a line looks like one or two persons' names, with
// or without an office behind a dash.
func isNameLike(s string) bool {
	if i := strings.IndexAny(s, "(["); i > 0 {
		s = s[:i]
	}
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 10 || len(s) > 80 || strings.ContainsAny(s, "?!:;0123456789\"“") || strings.HasSuffix(s, "…") {
		return false
	}
	capitals := 0
	for _, w := range words {
		if r := []rune(w)[0]; strings.ToUpper(string(r)) == string(r) && strings.ToLower(string(r)) != string(r) || w == "-" || w == "–" || w == "&" {
			capitals++
		}
	}
	return capitals*10 >= len(words)*8
}

// isSourceLine recognises "Nguồn: …" and a short "Theo …".
func isSourceLine(text string) bool {
	apart := strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")")
	text = strings.Trim(text, " ()[].*")
	if utf8.RuneCountInString(text) > 80 {
		return false
	}
	folded := viet.Fold(text)
	for _, start := range []string{"nguon:", "nguon :", "nguon tin:", "source:", "nguon bai viet:", "nguon dan:", "theo nguon", "来源：", "来源:", "來源：", "источник:", "fuente:", "fonte:", "quelle:"} {
		if strings.HasPrefix(folded, start) {
			return true
		}
	}
	rest, ok := strings.CutPrefix(text, "Theo ")
	if !ok {
		rest, ok = strings.CutPrefix(text, "THEO ")
	}
	return ok && len(strings.Fields(rest)) <= 7 && !strings.ContainsAny(rest, ",;?!") && (apart || isOutletLike(rest))
}

// isOutletLike reports whether a word after "Theo" names an outlet: it begins
// with a capital or is a host.
func isOutletLike(s string) bool {
	if strings.Contains(s, ".vn") || strings.Contains(s, ".com") || strings.HasPrefix(viet.Fold(s), "bao ") || strings.HasPrefix(viet.Fold(s), "cong ") {
		return true
	}
	return isNameLike(strings.TrimRight(s, " 0123456789"))
}

// isPoll recognises the question of a poll at the end of a portal's page.
func isPoll(text string) bool {
	folded := viet.Fold(text)
	return strings.HasSuffix(strings.TrimSpace(text), "?") &&
		(strings.HasPrefix(folded, "theo ban") || strings.HasPrefix(folded, "ban danh gia") || strings.HasPrefix(folded, "ban co hai long") || strings.HasPrefix(folded, "ban thay"))
}

// isDesk recognises the signature of a portal's desk.
func isDesk(text string) bool {
	switch strings.Trim(viet.Fold(text), " .()-*") {
	case "ban bien tap", "bbt", "bien tap vien", "phong vien", "pv", "nhom phong vien", "nhom pv", "ctv", "cong tac vien", "ban bt":
		return true
	}
	return false
}

// isEditorLine recognises the line that names who edited, which ends articles
// in China, and its like elsewhere.
func isEditorLine(text string) bool {
	text = strings.TrimLeft(text, " (（[【")
	for _, start := range [...]string{"责编", "责任编辑", "编辑：", "编辑:", "責任編輯", "Biên tập:", "Biên tập viên:", "Редактор:"} {
		if strings.HasPrefix(text, start) {
			return utf8.RuneCountInString(text) < 50
		}
	}
	return false
}

// isHashtags recognises a line of nothing but tags.
func isHashtags(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if !strings.HasPrefix(word, "#") {
			return false
		}
	}
	return text != ""
}
