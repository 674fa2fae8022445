package viet

import (
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{"Ông N.V.A. ở TP. Huế nộp 1.234 đồng.", "Sau đó?", `"Không rõ..."`, "Th.S Lan nói.", "Hết"},
		{"PGS.TS. Nguyễn Văn B và ThS. Lê C dự họp.", "BS. Hà vắng mặt!"},
		{"Theo số 1.234 ngày 3.8.2026 thì chưa rõ.", "Giá 12,5 nghìn."},
		{"Vào chinhphu.vn hoặc www.moh.gov.vn để xem.", "Xong."},
		{"“Dân hỏi, ai trả lời?”, ông nói.", "Không ai đáp."},
		{"“Tôi không biết.”", "Bà quay đi."},
		{"Thật sao?!", "Trời ơi!!!", "Hết chịu nổi…", "Mai tính."},
		{"Chờ… rồi lại chờ.", "Chờ... mãi không thấy."},
		{"(Theo TTXVN.)", "Sáng nay trời mưa."},
		{"Các bộ, ngành, v.v. đều dự.", "Ngoài ra còn có dân."},
		{"Quận 1, Q. 3 và P. 5 ngập.", "TP.HCM mưa lớn."},
		{"Đường xong.", "Sau đó xe chạy."},
		{"1.", "Mở đầu."},
		{"Trường hợp ông Lê Đ. Cường đã rõ."},
		{"Ông nói \"xong.\"", "Bà nói \"chưa.\""},
		{"ok bạn.", "👍 Hay quá!", "Cảm ơn."},
		{"Cty TNHH A. B. nợ lương.", "Công nhân nghỉ."},
	} {
		in := strings.Join(want, " ")
		if got := pieces(in); !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

func pieces(s string) (out []string) {
	for _, p := range Sentences(s) {
		out = append(out, p.In(s))
	}
	return out
}

func TestSentencesOfLines(t *testing.T) {
	for in, want := range map[string][]string{
		"Tiêu đề\nĐoạn một. Đoạn hai": {"Tiêu đề", "Đoạn một.", "Đoạn hai"},
		"a.\n\n \nb":                     {"a.", "b"},
		"Xong việc.Sau đó về.":           {"Xong việc.", "Sau đó về."},
		"ở TP.Huế và Q.Tân Bình hôm nay": {"ở TP.Huế và Q.Tân Bình hôm nay"},
		"":                               nil,
		" \n ":                           nil,
		"...":                            {"..."},
	} {
		if got := pieces(in); !slices.Equal(got, want) {
			t.Errorf("Sentences(%q) = %q, want %q", in, got, want)
		}
	}
}
