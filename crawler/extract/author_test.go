package extract

import "testing"

func TestAuthors(t *testing.T) {
	const body = `<p>Ủy ban nhân dân xã cho biết mức thu thủy lợi phí vụ mùa năm nay được giữ như năm ngoái, sau khi lấy ý kiến của các hộ dân.</p>`
	const head = `<html lang="vi"><head><meta property="og:site_name" content="Báo Mẫu">`
	for name, c := range map[string]struct{ head, before, after, want string }{
		"told by meta":               {`<meta name="author" content="Hà Linh">`, "", "", "Hà Linh"},
		"told with a word before":    {`<meta name="author" content="Tác giả: Hà Linh">`, "", "", "Hà Linh"},
		"told in JSON-LD first":      {`<meta name="author" content="Bạch Dương"><script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Hà Linh"}}</script>`, "", "", "Hà Linh"},
		"an address is no name":      {`<meta property="article:author" content="https://facebook.com/baomau">`, "", "", ""},
		"the system is no name":      {`<meta name="author" content="Administrator">`, "", "", ""},
		"the system in Vietnamese":   {`<meta name="author" content="Quản trị">`, "", "", ""},
		"the outlet is no name":      {`<meta name="author" content="BÁO MẪU">`, "", "", ""},
		"a byline by class":          {"", `<p class="author">Hà Linh</p>`, "", "Hà Linh"},
		"a byline in Vietnamese":     {"", `<div class="tac-gia">Tác giả: Hà Linh</div>`, "", "Hà Linh"},
		"a byline by microdata":      {"", `<p>Viết bởi <span itemprop="author">Hà Linh</span></p>`, "", "Hà Linh"},
		"a sentence is no name":      {"", `<p class="author">Bà Linh viết từ Lai Châu.</p>`, "", ""},
		"a figure is no name":        {"", `<p class="author">12 bài viết</p>`, "", ""},
		"a reader is not the author": {"", "", `<div class="comments"><p class="author">Bác Năm</p></div>`, ""},
		"a signature":                {"", "", `<p style="text-align: right"><b>Hà Linh</b></p>`, "Hà Linh"},
		"nobody":                     {"", "", "", ""},
	} {
		p := found(t, head+c.head+`</head><body><h1>Xã trả lời về thủy lợi phí</h1>`+c.before+`<div class="article-body">`+body+body+c.after+`</div></body></html>`)
		if p.Author != c.want {
			t.Errorf("%s: %q, want %q", name, p.Author, c.want)
		}
	}
}

func TestTrimBylineIsIdempotent(t *testing.T) {
	for _, s := range []string{"Tác giả: Hà Linh", "Bởi Hà Linh |", " - Hà Linh - ", "Written by: Tom Arden", "Hà Linh", "", "By\u00a0Tom"} {
		if once := trimByline(s); trimByline(once) != once {
			t.Errorf("%q: %q, then %q", s, once, trimByline(once))
		}
	}
}
