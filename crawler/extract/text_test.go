package extract

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// pieces are what texts of pages are made of, blanks of every width among it.
func pieces() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			" ", "  ", "\n", "\t", "\u00a0", "\u2003", "\u3000", "\u0085", "\u1680", "a", "Ạ", "đường", "字", ".", "(6)", "é", "\U0001F44D", "\xc2", "\xe2\x80", "ß", "İ",
		})).Draw(t, "pieces"), "")
	})
}

// The quick ways give what the long ways do.
func TestQuickWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := pieces().Draw(t, "s")
		if got, want := squash(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Fatalf("squash(%q) is %q, want %q", s, got, want)
		}
		var lines []string
		for line := range strings.Lines(clean(s)) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		if got, want := cleanLines(s), strings.Join(lines, "\n"); got != want {
			t.Fatalf("cleanLines(%q) is %q, want %q", s, got, want)
		}
		if k := key(s); key(k) != k || strings.Contains(k, "  ") || strings.TrimFunc(k, unicode.IsSpace) != strings.TrimSpace(k) {
			t.Fatalf("the key of %q is %q, and its key %q", s, k, key(k))
		}
	})
}

// Names that differ in case and signs are compared as the long way does.
func TestFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-zA-Z<>/ \-]{0,40}`).Draw(t, "s")
		for _, word := range []string{"script", "<script", "breadcrumb", "none"} {
			if got, want := indexFold(s, word), strings.Index(strings.ToLower(s), word); got != want {
				t.Fatalf("%q in %q: %d, want %d", word, s, got, want)
			}
		}
	})
}

// Only text that was decoded wrongly, or may have been, is judged.
func TestReadsSound(t *testing.T) {
	for _, s := range []string{"", "Trang chu", "Người dân phản ánh đường xuống cấp", "Cấp điện « tạm » 30° ở phố Huế", "Ủy ban\u00a0nhân dân"} {
		if !readsSound(s) {
			t.Errorf("%q is judged", s)
		}
	}
	for _, s := range []string{"Céng hoµ x· héi chñ nghÜa", "Coäng hoøa xaõ hoäi", "Ä‘Æ°á»ng phá»‘", "Người ch¸u", "é"} {
		if readsSound(s) {
			t.Errorf("%q is not judged", s)
		}
	}
}

func TestBylines(t *testing.T) {
	for in, want := range map[string]string{
		"Tác giả: Hà Linh": "Hà Linh", "Theo Thanh Tú": "Thanh Tú", "By Tom Arden": "Tom Arden", "Автор: Ирина Соколова": "Ирина Соколова", "记者：王明": "王明",
		"Bởi": "", "By:": "", "Byron Tran": "Byron Tran", "Theodor Fontane": "Theodor Fontane", "Paru Nair": "Paru Nair", "Người đăng: Bác Năm": "Bác Năm", "文/李华": "李华",
	} {
		if got := trimByline(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestLinesOfThePage(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"desk", isDesk, []string{"Ban Biên tập", "(PV)", "BBT"}, []string{"Ban Chỉ đạo", "Phóng viên hỏi"}},
		{"editor", isEditorLine, []string{"(责编：李华、赵强)", "Biên tập: Hà"}, []string{"Biên tập sách là nghề khó", "责任在谁"}},
		{"hashtags", isHashtags, []string{"#a #b", "#rác"}, []string{"", "#a và b"}},
		{"source", isSourceLine, []string{"来源：模范日报", "Nguồn: TTXVN", "Theo TTXVN"}, []string{"来源不明", "Nguồn vốn còn thiếu", "Theo đó, xã đã báo cáo"}},
	} {
		for _, s := range c.yes {
			if !c.is(s) {
				t.Errorf("%s: %q was not recognised", c.name, s)
			}
		}
		for _, s := range c.no {
			if c.is(s) {
				t.Errorf("%s: %q was taken for one", c.name, s)
			}
		}
	}
}

func TestRelatedHeadingsWithNumbers(t *testing.T) {
	for _, s := range []string{"Bình luận (6)", "12 comments", "Ý kiến (0)", "2 nhận xét:"} {
		if b := blockOf(s); !b.isRelatedHeading() || !b.headsComments() {
			t.Errorf("%q does not head comments", s)
		}
	}
	if blockOf("14 tháng vận hành").isRelatedHeading() || blockOf("2026").isRelatedHeading() {
		t.Error("a number alone makes no heading")
	}
}
