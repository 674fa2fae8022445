package dateline_test

import (
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
)

// now is the time of fetching in these tests: a Friday afternoon.
var now = time.Date(2026, 11, 27, 15, 0, 0, 0, dateline.Zone())

// forms holds every form that Vietnamese pages were seen to show.
var forms = []struct{ text, want string }{
	{"08:48 AM 31/03/2014", "2014-03-31T08:48:00+07:00"},
	{"08:48 AM 31/03/2014 | Lượt xem: 1917 | In bài viết", "2014-03-31T08:48:00+07:00"},
	{"20:16 - 24/11/2022", "2022-11-24T20:16:00+07:00"},
	{"Thứ ba, 19/09/2023 15:22", "2023-09-19T15:22:00+07:00"},
	{"Chủ nhật - 05/12/2021 22:20", "2021-12-05T22:20:00+07:00"},
	{"Thứ ba, 25 Tháng 1 2022 16:22", "2022-01-25T16:22:00+07:00"},
	{"Thứ ba, 25 Tháng Một 2022 16:22", "2022-01-25T16:22:00+07:00"},
	{"Thứ hai, 05 Tháng 12 2022 08:05", "2022-12-05T08:05:00+07:00"},
	{"05 Tháng Mười Hai 2022 08:05", "2022-12-05T08:05:00+07:00"},
	{"05 tháng mười một, 2022", "2022-11-05"},
	{"ngày 12 tháng 3 năm 2014", "2014-03-12"},
	{"Hà Nội, ngày 05 tháng 03 năm 2020", "2020-03-05"},
	{"13:53 22/06/2014 GMT+7", "2014-06-22T13:53:00+07:00"},
	{"22/06/2014 13:53 GMT+7", "2014-06-22T13:53:00+07:00"},
	{"13:45, 24/12/2017", "2017-12-24T13:45:00+07:00"},
	{"10/12/2025, 14:42", "2025-12-10T14:42:00+07:00"},
	{"12/08/2023 20:10", "2023-08-12T20:10:00+07:00"},
	{"18/08/2025 - 18:37", "2025-08-18T18:37:00+07:00"},
	{"18:40 | 8/8/2022", "2022-08-08T18:40:00+07:00"},
	{"11:17 | 13/04/2023", "2023-04-13T11:17:00+07:00"},
	{"Thứ Năm, 06/07/2023 9:54 CH", "2023-07-06T21:54:00+07:00"},
	{"Thứ Năm, 06/07/2023 9:54 SA", "2023-07-06T09:54:00+07:00"},
	{"06/07/2023 12:30 SA", "2023-07-06T00:30:00+07:00"},
	{"06/07/2023 12:30 CH", "2023-07-06T12:30:00+07:00"},
	{"thứ sáu, 12/5/2023 00:18 GMT+07", "2023-05-12T00:18:00+07:00"},
	{"thứ sáu, 12/5/2023 00:18 (GMT+07:00)", "2023-05-12T00:18:00+07:00"},
	{"Thứ bảy, 21/12/2019, 09:11 (GMT+7)", "2019-12-21T09:11:00+07:00"},
	{"21/03/2023 14:08 PM", "2023-03-21T14:08:00+07:00"},
	{"19-11-2022 - 15:32 PM", "2022-11-19T15:32:00+07:00"},
	{"19-11-2022 15:32 AM", "2022-11-19T15:32:00+07:00"},
	{"Cập nhật ngày: 01/12/2020 11:22 (Lượt xem: 965)", "2020-12-01T11:22:00+07:00"},
	{"Ngày đăng: 18/11/2020  16:22", "2020-11-18T16:22:00+07:00"},
	{"Thứ 4, Ngày 25/05/2022 -", "2022-05-25"},
	{"Thứ Ba, 21/4/2015 - 11:37", "2015-04-21T11:37:00+07:00"},
	{"11:15, 04/12/2024", "2024-12-04T11:15:00+07:00"},
	{"16:45 | 15/12/2025", "2025-12-15T16:45:00+07:00"},
	{"Thứ Sáu, 07/04/2023", "2023-04-07"},
	{"25/05/2022 9h30", "2022-05-25T09:30:00+07:00"},
	{"9 giờ 30 phút, ngày 25/05/2022", "2022-05-25T09:30:00+07:00"},
	{"14h ngày 25/05/2022", "2022-05-25T14:00:00+07:00"},
	{"25.05.2022, 14:05", "2022-05-25T14:05:00+07:00"},
	{"25/05/2022 lúc 14:05", "2022-05-25T14:05:00+07:00"},
	{"Đăng lúc: 14:05:36 25/05/2022", "2022-05-25T14:05:36+07:00"},
	{"25/5/22 14:05", "2022-05-25T14:05:00+07:00"},
	{"25 Thg 5, 2022", "2022-05-25"},
	{"Th5 25, 2022", "2022-05-25"},
	{"THỨ BA, NGÀY 19/09/2023", "2023-09-19"},
	{"Thu\u031b\u0301 ba, 25 Tha\u0301ng 1 2022 16:22", "2022-01-25T16:22:00+07:00"},
	{"Thứ\u00a0ba,\u00a019/09/2023\u00a015:22", "2023-09-19T15:22:00+07:00"},
	{"2022-01-25 16:22", "2022-01-25T16:22:00+07:00"},
	{"2022-01-25T16:22:05.123Z", "2022-01-25T16:22:05Z"},
	{"2022-01-25T16:22:05+07:00", "2022-01-25T16:22:05+07:00"},
	{"2022-01-25T16:22:05-0500", "2022-01-25T16:22:05-05:00"},
	{"20220125T162205", "2022-01-25"},
	{"Wed, 19 Apr 2017 19:49:15 +0700", "2017-04-19T19:49:15+07:00"},
	{"Wed, 19 Apr 2017 12:49:15 GMT", "2017-04-19T12:49:15Z"},
	{"Wed, 19 Apr 2017 19:49:15 GMT+7", "2017-04-19T19:49:15+07:00"},
	{"November 19, 2019 at 8:05 a.m. EST", "2019-11-19T08:05:00-05:00"},
	{"19th March 2019", "2019-03-19"},
	{"Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"25 de enero de 2022", "2022-01-25"},
	{"2022年1月25日", "2022-01-25"},
	{"2022年1月25日 18時30分", "2022-01-25T18:30:00+07:00"},
	{"2022年1月25日9时5分", "2022-01-25T09:05:00+07:00"},
	{"2022年01月25日09:12", "2022-01-25T09:12:00+07:00"},
	{"24 ноября 2022, 14:35", "2022-11-24T14:35:00+07:00"},
	{"5 мая 2022 в 08:05", "2022-05-05T08:05:00+07:00"},
	{"23 نوفمبر 2022 - 10:20", "2022-11-23T10:20:00+07:00"},
	{"2022.11.23 14:20", "2022-11-23T14:20:00+07:00"},
	{"23.11.2022, 21:40 Uhr", "2022-11-23T21:40:00+07:00"},
	{"17/11/2022 à 08h00", "2022-11-17T08:00:00+07:00"},
	{"4:05 PM EST, November 24, 2022", "2022-11-24T16:05:00-05:00"},
	{"Hôm nay, 09:05", "2026-11-27T09:05:00+07:00"},
	{"hôm qua 14:30", "2026-11-26T14:30:00+07:00"},
	{"14:30 hôm qua", "2026-11-26T14:30:00+07:00"},
	{"Hôm qua", "2026-11-26"},
	{"2 giờ trước", "2026-11-27T13:00:00+07:00"},
	{"một giờ trước", "2026-11-27T14:00:00+07:00"},
	{"15 phút trước", "2026-11-27T14:45:00+07:00"},
	{"3 ngày trước", "2026-11-24"},
	{"2 tuần trước", "2026-11-13"},
	{"2 hours ago", "2026-11-27T13:00:00+07:00"},
}

func show(s dateline.Stamp) string {
	if s.DateOnly {
		return s.Time.Format(time.DateOnly)
	}
	return s.Time.Format(time.RFC3339)
}

func TestForms(t *testing.T) {
	for _, f := range forms {
		s, ok := dateline.Line(f.text, now)
		if !ok {
			t.Errorf("%q: not found, want %s", f.text, f.want)
			continue
		}
		if got := show(s); got != f.want {
			t.Errorf("%q: %s, want %s", f.text, got, f.want)
		}
	}
}

// A line too long to be read without a look at it first gives the same.
func TestFormsAmongOtherWords(t *testing.T) {
	for _, f := range forms {
		if !strings.ContainsAny(f.text, "0123456789") {
			continue // words that count back are read in short lines only
		}
		text := f.text + " | " + strings.Repeat("k", max(0, 98-len(f.text)))
		if s, ok := dateline.Line(text, now); !ok || show(s) != f.want {
			t.Errorf("%q: %s %v, want %s", text, show(s), ok, f.want)
		}
	}
}

func TestFormsWithoutClockStartAtMidnight(t *testing.T) {
	s, ok := dateline.Line("Thứ Sáu, 07/04/2023", now)
	full, _ := dateline.Line("07/04/2023 10:00", now)
	if !ok || s.Time.Format(time.RFC3339) != "2023-04-07T00:00:00+07:00" || s.Confidence >= full.Confidence {
		t.Errorf("got %+v beside %+v", s, full)
	}
}

func TestRelativeIsLessSure(t *testing.T) {
	s, _ := dateline.Line("2 giờ trước", now)
	if !s.Relative || s.Confidence > 0.5 {
		t.Errorf("got %+v", s)
	}
	if _, ok := dateline.Line("2 giờ trước", time.Time{}); ok {
		t.Error("a relative form was resolved without a time of fetching")
	}
}

// refused holds what looks like a time of publishing and is none.
var refused = []string{
	"0:00 / 0:00", "0:00 / 3:45", "Nghe bài viết 0:00 / 0:00", "11:37", "Vừa xong", "Hôm nay", "",
	"31/02/2020", "32/12/2020", "12/13/2020", "00/00/2020", "25/05", "08/08 huyện", "10/63", "3%/năm",
	"28/11/2026", "27/11/2026 16:30", "01/01/2030 08:00", "ngày 1 tháng 1 năm 2099",
	"118.69.12.2020", "3.1.2.2020", "1900000000", "20221345", "phiên bản 10.1.12.2020",
	"Nghị định số 09/2017/NĐ-CP ngày 09/02/2017", "Nghị định 42/2022/NĐ-CP ngày 24/6/2022", "Công văn số 837 ngày 9/3/2022",
	"Căn cứ Luật Tiếp cận thông tin ngày 06 tháng 4 năm 2016", "Quyết định 07/2017/QĐ-UBND (11/4/2017)",
	"Chỉ thị 07/CT-TTg ngày 21/3/2023 của Thủ tướng", "có hiệu lực từ ngày 01/7/2026", "Áp dụng từ 01/7/2026",
	"Có hiệu lực kể từ ngày 15 tháng 8 năm 2024", "trước ngày 30/6/2025", "đến ngày 30/6/2025", "Hạn chót: 30/6/2025",
	"sinh ngày 12/3/1990", "ngày 12/3/2014 của Thủ tướng Chính phủ", "Thông báo số 12 ngày 1/2/2024",
	"Sáng ngày 12/3/2014, tại Hà Nội, Uỷ ban Dân tộc đã tổ chức hội nghị tổng kết công tác truyền thông và triển khai nhiệm vụ",
}

func TestRefused(t *testing.T) {
	for _, text := range refused {
		if s, ok := dateline.Line(text, now); ok {
			t.Errorf("%q: took %s", text, show(s))
		}
	}
}

func TestFutureWithinAnHourIsAClockAhead(t *testing.T) {
	if _, ok := dateline.Line("27/11/2026 15:59", now); !ok {
		t.Error("59 minutes ahead was refused")
	}
	if _, ok := dateline.Line("27/11/2026 16:01", now); ok {
		t.Error("61 minutes ahead was taken")
	}
}

func TestLineSkipsCounterAndBanner(t *testing.T) {
	for text, want := range map[string]string{
		"0:00 / 0:00 Thứ Năm, 24/11/2022 20:16":                      "2022-11-24T20:16:00+07:00",
		"Thứ 4, Ngày 25/05/2022 - Ngày đăng: 18/11/2020  16:22":      "2020-11-18T16:22:00+07:00",
		"Pháp luật - 12/03/2020 10:15":                               "2020-03-12T10:15:00+07:00",
		"Thông báo | Ngày đăng: 12/03/2020":                          "2020-03-12",
		"Văn bản số 5 | Cập nhật lúc: 12/03/2020 07:00":              "2020-03-12T07:00:00+07:00",
		"Minh Hiệu - Sở TT&TT Lai Châu 19/09/2023 15:22 08/08 huyện": "2023-09-19T15:22:00+07:00",
	} {
		s, ok := dateline.Line(text, now)
		if !ok || show(s) != want {
			t.Errorf("%q: %s %v, want %s", text, show(s), ok, want)
		}
	}
}

func TestFindListsEachWithItsOwnClock(t *testing.T) {
	stamps := dateline.Find("16:45 | 15/12/2025 18:40 | 8/8/2022", now)
	if len(stamps) != 2 || show(stamps[0]) != "2025-12-15T16:45:00+07:00" || show(stamps[1]) != "2022-08-08T18:40:00+07:00" {
		t.Errorf("got %+v", stamps)
	}
}

func TestOffsetsCoverTheStamp(t *testing.T) {
	text := "Cập nhật ngày: 01/12/2020 11:22 (Lượt xem: 965)"
	s, _ := dateline.Line(text, now)
	if got := text[s.Start:s.End]; got != "01/12/2020 11:22" {
		t.Errorf("got %q", got)
	}
}

func TestLabels(t *testing.T) {
	for text, want := range map[string]dateline.Label{
		"Ngày đăng: ": dateline.Published, "Cập nhật ngày: ": dateline.Updated, "Lượt xem: ": dateline.NoLabel, "Posted on ": dateline.Published,
		"Đăng lúc 7:00, cập nhật ": dateline.Updated,
	} {
		if got := dateline.LabelBefore(text, len(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
