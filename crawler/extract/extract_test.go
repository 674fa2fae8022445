package extract_test

import (
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/crawler/extract"
)

var now = time.Date(2026, 11, 27, 15, 0, 0, 0, dateline.Zone())

func read(t *testing.T, page string) extract.Article {
	t.Helper()
	a, err := extract.Page([]byte(page), "text/html; charset=utf-8", "https://bao.example/tin/1.html", nil, now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPlainPage(t *testing.T) {
	a := read(t, `<html lang="vi"><head><title>Xã Hạc Thành trả lời về thủy lợi phí | Báo Mẫu</title></head><body><nav><a href="/">Trang chủ</a></nav>
<h1>Xã Hạc Thành trả lời về thủy lợi phí</h1><p>Thứ ba, 19/09/2023 15:22 | Lượt xem: 12</p>
<p>Ủy ban nhân dân xã cho biết mức thu thủy lợi phí vụ mùa năm nay được giữ như năm ngoái, sau khi lấy ý kiến của các hộ dân trong xã.</p>
<p>Theo Quyết định số 07/2017/QĐ-UBND ngày 11/4/2017, các hộ nghèo được miễn toàn bộ khoản thu này cho đến hết năm.</p></body></html>`)
	if a.Title != "Xã Hạc Thành trả lời về thủy lợi phí" || strings.Count(a.Body, "\n") != 1 || !strings.HasPrefix(a.Body, "Ủy ban") {
		t.Errorf("got %+v", a)
	}
	if a.Published.Format(time.RFC3339) != "2023-09-19T15:22:00+07:00" || a.PublishedFrom != "dateline" {
		t.Errorf("published %v from %q", a.Published, a.PublishedFrom)
	}
}
