package dateline

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The date of an act, of a term or of a birth is none of publishing.
func TestDatesOfOtherThingsAreLeftOut(t *testing.T) {
	for _, text := range []string{
		"Nghị định số 244/2026/NĐ-CP ngày 01/07/2026", "Nghị định 09/2017/NĐ-CP ngày 9 tháng 2 năm 2017", "Quyết định số 407/QĐ-TTg, ngày 30/3/2022", "Chỉ thị số 07/CT-TTg ngày 21/3/2023",
		"Thông tư 15 (12/3/2024)", "Luật Báo chí số 126 ngày 10/12/2025", "Kế hoạch số 5/KH-UBND ngày 12/3/2024", "Nghị quyết số 202 ngày 12/6/2025", "Công điện 33 ngày 12/6/2025", "Tờ trình số 8 ngày 12/6/2025",
		"NGHỊ ĐỊNH SỐ 42 NGÀY 24/6/2022", "Nghi dinh so 42 ngay 24/6/2022", "Văn bản ngày 12/3/2024", "Hướng dẫn số 2, ngày 12/3/2024", "Báo cáo số 135 ngày 12/3/2024",
		"có hiệu lực từ ngày 01/7/2026", "có hiệu lực kể từ 01/7/2026", "hết hiệu lực ngày 01/7/2026", "áp dụng từ ngày 01/7/2026", "thi hành từ 01/7/2026", "ban hành ngày 01/7/2026", "ký ngày 01/7/2026",
		"kể từ ngày 01/7/2026", "tính từ ngày 01/7/2026", "đến ngày 01/7/2026", "đến hết ngày 01/7/2026", "trước ngày 01/7/2026", "sau ngày 01/7/2026", "hạn chót 01/7/2026", "thời hạn: 01/7/2026",
		"chậm nhất ngày 01/7/2026", "dự kiến ngày 01/7/2026", "sinh ngày 12/3/1990", "born 12/3/1990", "effective 01/7/2026", "until 01/7/2026", "since 01/7/2026", "before 01/7/2026",
		"01/7/2026 của Thủ tướng", "01/7/2026 về việc sắp xếp", "01/7/2026 quy định chi tiết", "01/7/2026 có hiệu lực",
	} {
		if stamps := Find(text, fetched); len(stamps) != 0 {
			t.Errorf("%q: took %s", text, stamps[0].Time)
		}
	}
}

// What only stands near the words of the law is kept.
func TestDatesNearTheLawAreKept(t *testing.T) {
	for _, text := range []string{
		"Pháp luật 12/03/2024", "Pháp luật - 12/03/2024 10:15", "Thứ tư, 12/03/2024", "Thứ Sáu ngày 12/03/2024", "Thông báo 12/03/2024", "Văn bản | 12/03/2024", "Nghị định 09 | 12/03/2024", "Kế hoạch số 5; 12/03/2024",
		"Nghị định số 42 nói gì. 12/03/2024", "Nghị định số 42! 12/03/2024", "Nghị định số 42 có gì mới? 12/03/2024", "Văn bản số 5 - Ngày đăng: 12/03/2024", "Quyết định số 7, cập nhật 12/03/2024", "có hiệu lực, đăng lúc 12/03/2024",
		"12/03/2024 Về đích nông thôn mới", "12/03/2024 Có mặt", "Hà Nội, ngày 12/03/2024", "Từ Sơn 12/03/2024",
	} {
		if stamps := Find(text, fetched); len(stamps) != 1 {
			t.Errorf("%q: %+v", text, stamps)
		}
	}
}

func TestTheNearestLabelCounts(t *testing.T) {
	for text, want := range map[string]Label{
		"": NoLabel, "Ngày": NoLabel, "Lượt xem:": NoLabel, "Ngày đăng:": Published, "NGÀY ĐĂNG :": Published, "Nga\u0300y đa\u0306ng:": Published, "Ngay dang": Published, "Đăng lúc": Published, "Đăng ngày": Published,
		"Ngày xuất bản": Published, "Xuất bản:": Published, "Ngày tạo:": Published, "Ngày viết:": Published, "Gửi lúc": Published, "Thời gian đăng": Published, "Đăng tải": Published, "Published:": Published, "Posted on": Published,
		"Cập nhật:": Updated, "Cập nhật lần cuối": Updated, "Sửa lần cuối": Updated, "Chỉnh sửa:": Updated, "Updated": Updated, "Last modified:": Updated,
		"Ngày đăng 7:00, cập nhật": Updated, "Cập nhật 7:00. Ngày đăng:": Published,
	} {
		if got := LabelBefore(text, len(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// A label is looked for in the words directly before, wherever they are cut.
func TestLabelsFarAwayDoNotCount(t *testing.T) {
	text := "Ngày đăng: " + strings.Repeat("ơ", 40)
	if got := LabelBefore(text, len(text)); got != NoLabel {
		t.Errorf("a label %d bytes before counts: %v", len(text), got)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := pieces().Draw(t, "text")
		at := rapid.IntRange(0, len(text)+3).Draw(t, "at")
		if got, want := LabelBefore(text, at), LabelBefore(text[:min(at, len(text))], len(text)); got != want {
			t.Fatalf("%q at %d: %v, want %v", text, at, got, want)
		}
	})
}
