package extract_test

import (
	"fmt"
	"testing"
)

const twoParagraphs = `<p>Ủy ban nhân dân xã cho biết mức thu thủy lợi phí vụ mùa năm nay được giữ như năm ngoái, sau khi lấy ý kiến.</p>
<p>Theo Nghị định số 42/2022/NĐ-CP ngày 24/6/2022, các hộ nghèo được miễn toàn bộ khoản thu này cho đến hết năm sau.</p>`

// placed puts lines around a title and a body.
func placed(before, after, behind string) string {
	return fmt.Sprintf(`<html lang="vi"><body>%s<h1>Xã trả lời về thủy lợi phí</h1>%s<div class="noi-dung">%s</div>%s</body></html>`, before, after, twoParagraphs, behind)
}

func TestVisibleTimes(t *testing.T) {
	banner := `<div class="top-banner">Thứ Ba, 21/4/2015 - 11:37</div>`
	sidebar := `<div class="box"><h3>Tin mới</h3><p>16:45 | 15/12/2025</p></div>`
	for name, c := range map[string]struct{ page, want, updated string }{
		"behind the title":           {placed("", "<p>Thứ ba, 19/09/2023 15:22</p>", ""), "2023-09-19T15:22:00+07:00", ""},
		"before the title":           {placed("<span>18:40 | 8/8/2022</span>", "", ""), "2022-08-08T18:40:00+07:00", ""},
		"constant banner":            {placed(banner, "", ""), "", ""},
		"banner of today":            {placed("<div>Thứ Sáu, 27/11/2026</div>", "", ""), "", ""},
		"banner and label":           {placed("<div>Thứ 4, Ngày 25/05/2022 -</div>", "<p>Ngày đăng: 18/11/2020  16:22</p>", ""), "2020-11-18T16:22:00+07:00", ""},
		"sidebar of others":          {placed("", "", sidebar), "", ""},
		"label behind the body":      {placed("", "", "<p>Ngày đăng: 11:15, 04/12/2024</p>"), "2024-12-04T11:15:00+07:00", ""},
		"counter":                    {placed("", "<p>0:00 / 0:00</p>", ""), "", ""},
		"counter and date":           {placed("", "<p>0:00 / 0:00</p><p>10/12/2025, 14:42</p>", ""), "2025-12-10T14:42:00+07:00", ""},
		"only the law's":             {placed("", "", ""), "", ""},
		"future":                     {placed("", "<p>01/07/2027 08:00</p>", ""), "", ""},
		"published and updated":      {placed("", "<p>Đăng lúc 19/09/2023 15:22</p><p>Cập nhật: 20/09/2023 07:10</p>", ""), "2023-09-19T15:22:00+07:00", "2023-09-20T07:10:00+07:00"},
		"only updated":               {placed("", "<p>Cập nhật ngày: 01/12/2020 11:22 (Lượt xem: 965)</p>", ""), "2020-12-01T11:22:00+07:00", ""},
		"relative":                   {placed("", "<p>2 giờ trước</p>", ""), "2026-11-27T13:00:00+07:00", ""},
		"relative in a time element": {placed("", `<p><time datetime="2026-11-27T12:41:00+07:00">2 giờ trước</time></p>`, ""), "2026-11-27T12:41:00+07:00", ""},
		"comment's time":             {placed("", "", `<div class="comments"><p>19/09/2023 15:22</p></div>`), "", ""},
	} {
		a := read(t, c.page)
		published, _ := a.Published.MarshalText()
		updated, _ := a.Updated.MarshalText()
		if string(published) != c.want || string(updated) != c.updated {
			t.Errorf("%s: published %q updated %q, want %q %q", name, published, updated, c.want, c.updated)
		}
	}
}

func TestToldTimesAndConflict(t *testing.T) {
	meta := `<meta property="article:published_time" content="2023-09-19T15:22:00+07:00">`
	agreed := read(t, meta+placed("", "<p>15:22 19/09/2023</p>", ""))
	alone := read(t, meta+placed("", "", ""))
	conflict := read(t, meta+placed("", "<p>15:22 19/09/2019</p>", ""))
	if agreed.PublishedFrom != "meta" || !(agreed.PublishedConfidence > alone.PublishedConfidence && alone.PublishedConfidence > conflict.PublishedConfidence) {
		t.Errorf("confidence: agreed %v, alone %v, conflict %v", agreed.PublishedConfidence, alone.PublishedConfidence, conflict.PublishedConfidence)
	}
}
