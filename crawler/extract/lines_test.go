package extract

import (
	"testing"
	"unicode/utf8"
)

// blockOf is a block of nothing but text.
func blockOf(text string) *block {
	return &block{text: text, runes: utf8.RuneCountInString(text)}
}

// The junk of real portals must go, what only looks like it must stay.
func TestJunkLines(t *testing.T) {
	for _, line := range []string{
		"Lượt xem: 1917", "In bài viết", "0:00 / 0:00", "0:00", "Ảnh: VGP", "Đọc tiếp", "content:", "|", "HT1.jpg", "Xem chi tiết icon", "Top", "Đang trực tuyến: 573",
		"Số lượt truy cập: 368891", "Skip Ribbon Commands", "Skip to main content", "Chia sẻ", "Image 2 of 5", "Ảnh 2/5", "Advertisement", "Nghe đọc bài", "Theo dõi chúng tôi trên Zalo",
		"Ảnh minh họa", "URL bài viết: https://a.vn/1", "Share this:", "• • •", "Read more: The harbour bus",
	} {
		if !blockOf(line).isJunkLine() {
			t.Errorf("%q was kept", line)
		}
	}
	for _, line := range []string{
		"Ảnh: Nhẫn trơn được bày bán tại một cửa hàng ở phố chợ.", "Tổng số tiền phải hoàn là 214 triệu đồng.", "Topo của vùng này rất dốc.", "Kết luận", "In ấn và xuất bản",
		"Anh Tư kể lại chuyện cũ", "Theo dõi lũ trên sông Mã", "8.500 đồng một mét khối", "More than ten people came.", "Loading docks were closed on Monday because of the strike, the port said.",
	} {
		if blockOf(line).isJunkLine() {
			t.Errorf("%q was dropped", line)
		}
	}
}

func TestRelatedHeadings(t *testing.T) {
	for _, line := range []string{"Tin liên quan", "TIN LIÊN QUAN:", "Xem thêm »", "Bình luận", "Related articles", "Những tin cũ hơn", "Thăm dò ý kiến"} {
		if !blockOf(line).isRelatedHeading() {
			t.Errorf("%q was not recognised", line)
		}
	}
	for _, line := range []string{"Kết luận", "Tin vui từ vùng cao", "Bình luận của chuyên gia về giá đất", "Related work"} {
		if blockOf(line).isRelatedHeading() {
			t.Errorf("%q was taken for one", line)
		}
	}
}

func TestSourceLines(t *testing.T) {
	for _, line := range []string{"Nguồn: baophapluat.vn", "Theo TTXVN", "(Theo Sức khỏe Đời sống)", "Theo Tin Nhanh 24", "NGUỒN: Cổng TTĐT tỉnh", "Theo Báo Chính phủ", "Nguồn tin: tinhmau.gov.vn", "Source: Reuters"} {
		if !isSourceLine(line) {
			t.Errorf("%q was not recognised", line)
		}
	}
	for _, line := range []string{"Theo bà Sửu, mức thu năm nay cao hơn", "Theo dõi lũ", "Theo quy định", "Nguồn nước cạn kiệt", "Theo ông Lê Văn Đoàn, nhà thầu đã xin lỗi và hẹn xong trước Tết Nguyên đán năm nay."} {
		if isSourceLine(line) {
			t.Errorf("%q was taken for one", line)
		}
	}
}

func TestPollsAndBreadcrumbs(t *testing.T) {
	if !isPoll("Theo bạn, Môi trường đầu tư của Ninh Bình như thế nào ?") || isPoll("Bao giờ xã trả lời dân?") {
		t.Error("polls")
	}
	for line, want := range map[string]bool{"Trang chủ > Tin tức": true, "Trang nhất » Hoạt động": true, "Home / News": true, "Home owners protest": false, "Trang chủ mới của tỉnh": false, "Trang chủ": true} {
		if isBreadcrumb(line) != want {
			t.Errorf("%q: %v", line, !want)
		}
	}
}

func TestNameLike(t *testing.T) {
	for line, want := range map[string]bool{
		"Xuân Thường": true, "Minh Hiệu - Sở TT&TT Lai Châu": true, "Hà Linh": true, "Ảnh: Q.V.": false, "Kết quả bước đầu": false, "Năm 2022": false, "": false, "Ai chịu trách nhiệm?": false,
	} {
		if isNameLike(line) != want {
			t.Errorf("%q: %v", line, !want)
		}
	}
}

func TestNameMarks(t *testing.T) {
	for names, want := range map[string]mark{
		"article-comments": markComment, "commentList": markComment, "has-sidebar": 0, "no-comments": 0, "share-bar": markJunk, "relatedNews": markJunk, "tin-lien-quan": 0,
		"box-tinlienquan": markJunk, "main-footer": markFrame, "wp-caption": markCaption, "PhotoCMS_Caption": markCaption, "detail-sapo": markLead, "post-meta": markMeta,
		"entry-content": 0, "adventure": 0, "badge": 0, "header-ad": 0, "ad": markJunk, "tags-list": markTags, "tin-tac-gia": markMeta,
	} {
		if got := nameMark(names); got != want {
			t.Errorf("%s: %b, want %b", names, got, want)
		}
	}
}

func TestTrimSite(t *testing.T) {
	for _, c := range [...]struct{ title, site, want string }{
		{"Thủy lợi phí: dân hỏi, xã trả lời - Báo Mẫu", "Báo Mẫu", "Thủy lợi phí: dân hỏi, xã trả lời"},
		{"Thủy lợi phí: dân hỏi, xã trả lời | Báo Mẫu", "", "Thủy lợi phí: dân hỏi, xã trả lời"},
		{"Hỗ trợ bữa trưa năm học 2026 - 2027", "", "Hỗ trợ bữa trưa năm học 2026 - 2027"},
		{"Báo Mẫu", "Báo Mẫu", "Báo Mẫu"},
		{"Nắng - mưa", "", "Nắng - mưa"},
	} {
		if got := trimSite(c.title, c.site); got != c.want {
			t.Errorf("%q: %q, want %q", c.title, got, c.want)
		}
	}
}

func TestLinkedForgivesPublishers(t *testing.T) {
	for name, script := range map[string]string{
		"plain":        `{"@type":"NewsArticle","headline":"Tin","datePublished":"2022-01-25","author":{"name":"Hà Linh"}}`,
		"comma":        `{"@type":"NewsArticle","headline":"Tin","datePublished":"2022-01-25","author":[{"name":"Hà Linh"},],}`,
		"line break":   "{\"@type\":\"NewsArticle\",\"headline\":\"Tin\",\"description\":\"a\nb\",\"datePublished\":\"2022-01-25\",\"author\":\"Hà Linh\"}",
		"cdata":        `//<![CDATA[` + "\n" + `{"@type":"NewsArticle","headline":"Tin","datePublished":"2022-01-25","author":["Hà Linh"]}` + "\n//]]>",
		"graph":        `{"@graph":[{"@type":"WebPage","name":"Trang"},{"@type":["ReportageNewsArticle","Thing"],"headline":"Tin","datePublished":"2022-01-25","author":{"name":"Hà Linh"}}]}`,
		"list":         `[{"@type":"Organization","name":"Báo"},{"@type":"http://schema.org/NewsArticle","headline":"Tin","datePublished":"2022-01-25","author":{"name":"Hà Linh"}}]`,
		"main entity":  `{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Tin","datePublished":"2022-01-25","author":{"name":["Hà Linh"]}}}`,
		"author a url": `{"@type":"NewsArticle","headline":"Tin","datePublished":"2022-01-25","author":["https://a.example/x",{"name":"Hà Linh"}]}`,
	} {
		l := readLinked([]string{script})
		if l.headline != "Tin" || l.published != "2022-01-25" || l.author != "Hà Linh" {
			t.Errorf("%s: %+v", name, l)
		}
	}
	if l := readLinked([]string{"not json", `"x"`, `{"@type":5}`, `null`}); l.kind != "" {
		t.Errorf("got %+v", l)
	}
}
