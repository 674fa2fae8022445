package extract

import (
	"strings"
	"testing"
)

const twoLong = `<p>Ủy ban nhân dân xã cho biết mức thu thủy lợi phí vụ mùa năm nay được giữ như năm ngoái, sau khi lấy ý kiến của các hộ dân.</p>` +
	`<p>Các hộ nghèo được miễn toàn bộ khoản thu này cho đến hết năm sau, theo danh sách niêm yết ở nhà văn hóa của từng bản.</p>`

// What stands at the ends of a body goes to its own field, or away.
func TestEdgesOfTheBody(t *testing.T) {
	plain := found(t, edged("", "")).Body
	if strings.Count(plain, "\n") != 1 {
		t.Fatalf("the body is %q", plain)
	}
	for name, c := range map[string]struct{ before, after, author, source string }{
		"a source":            {"", `<p>Nguồn: baophapluat.vn</p>`, "", "Nguồn: baophapluat.vn"},
		"a source, told so":   {"", `<p>(Theo TTXVN)</p>`, "", "(Theo TTXVN)"},
		"a dateline":          {`<p>Thứ ba, 19/09/2023 15:22</p>`, "", "", ""},
		"a breadcrumb":        {`<p>Trang chủ &gt; Xã hội</p>`, "", "", ""},
		"a byline":            {`<p>Tác giả: Hà Linh</p>`, "", "Hà Linh", ""},
		"a signature":         {"", `<p><b>Hà Linh</b></p>`, "Hà Linh", ""},
		"source, then name":   {"", `<p><b>Hà Linh</b></p><p>Nguồn: TTXVN</p>`, "Hà Linh", "Nguồn: TTXVN"},
		"a poll":              {"", `<p>Theo bạn, xã phục vụ dân như thế nào?</p>`, "", ""},
		"tags":                {"", `<p>#thủylợi #xã</p>`, "", ""},
		"the title once more": {`<p>Xã trả lời về thủy lợi phí</p>`, "", "", ""},
	} {
		p := found(t, edged(c.before, c.after))
		if p.Body != plain || p.Author != c.author || p.SourceLine != c.source {
			t.Errorf("%s: author %q, source %q, body %q", name, p.Author, p.SourceLine, p.Body)
		}
	}
}

func edged(before, after string) string {
	return `<html lang="vi"><body><h1>Xã trả lời về thủy lợi phí</h1><div class="article-body">` + before + twoLong + after + `</div></body></html>`
}

func TestLinksOfTheBody(t *testing.T) {
	p := found(t, edged("", `<p>Xem <a href="/a">văn bản</a>, <a href="/a">lần nữa</a>, <a href="javascript:x()">nút</a>, <a href="mailto:x@bao.example">thư</a>, <a href="https://khac.example/b">nơi khác</a> và những điều khác nữa trong bài này.</p>`))
	if got := strings.Join(p.Links, " "); got != "https://bao.example/a https://khac.example/b" {
		t.Errorf("got %q", got)
	}
}

func TestLanguageOfThePage(t *testing.T) {
	for page, want := range map[string]string{`<html lang="VI-vn"><h1>News</h1>`: "vi-vn", `<h1>Đường phố</h1>`: "vi", `<h1>News of the day</h1>`: "", `<html lang=en><h1>Đường phố</h1>`: "en"} {
		if got := found(t, page).language(); got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
