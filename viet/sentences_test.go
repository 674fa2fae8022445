package viet

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
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

func TestIsAbbreviation(t *testing.T) {
	for word, want := range map[string]bool{
		"TP": true, "tp": true, "Th.S": true, "PGS.TS": true, "N.V.A": true, "A": true, "a": false, "v.v": true, "": false, "dân": false, "TPP": false, "N.Văn": false,
		"Mr": true, "NĐ": true, "Đ": true, "5": false, "HCM": false,
	} {
		if got := isAbbreviation(word); got != want {
			t.Errorf("isAbbreviation(%q) = %v", word, got)
		}
	}
}

// TestNoAbbreviationEndsASentence: in whatever case it is written.
func TestNoAbbreviationEndsASentence(t *testing.T) {
	for a := range abbreviations {
		for _, a := range []string{a, strings.ToUpper(a)} {
			in := "Theo " + a + ". Minh Anh thì đúng."
			if got := pieces(in); len(got) != 1 {
				t.Errorf("%q is cut into %q", in, got)
			}
		}
	}
}

func TestClosingTakesMarksAndQuotes(t *testing.T) {
	for in, want := range map[string]string{
		".": ".", "...": "...", "?!": "?!", "….": "….", ".”": ".”", "!)]": "!)]", ". ”": ".", ".a": ".", `."')`: `."')`, ".»}": ".»}", "": "",
	} {
		if got := in[:closing(in, 0)]; got != want {
			t.Errorf("closing of %q after %q, want %q", in, got, want)
		}
	}
}

func TestLastWord(t *testing.T) {
	for in, want := range map[string]string{
		"ở TP": "TP", "(TP": "TP", "“TS": "TS", "a\u00A0TP": "TP", "Th.S": "Th.S", "": "", "x ": "", "3/TP": "TP", strings.Repeat("dài", 40): "",
	} {
		got := lastWord(in)
		if len(in) > maxWord {
			if len(got) > maxWord {
				t.Errorf("%d bytes looked at", len(got))
			}
			continue
		}
		if got != want {
			t.Errorf("lastWord(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestSentencesComeBack: sentences joined by a space or a line end are cut
// where they were joined, in both languages.
func TestSentencesComeBack(t *testing.T) {
	whole := []string{
		"Dân hỏi gì?", "Không ai đáp!", "Vốn là 1.234,5 tỷ đồng.", "Xem chinhphu.vn nhé.", "Ở TP. Huế mưa to.", "“Xong rồi.”", "Ông N.V.A. vắng mặt…",
		"The minister left.", "Mr. Smith paid 3.50 dollars.", "Who is next?", "Đúng 9.30 thì họp.", "(Theo TTXVN.)",
	}
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.SampledFrom(whole), 1, 8).Draw(t, "sentences")
		sep := rapid.SampledFrom([]string{" ", "\n", "\n\n", "  ", "\u00A0"}).Draw(t, "sep")
		if got := pieces(strings.Join(want, sep)); !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}
