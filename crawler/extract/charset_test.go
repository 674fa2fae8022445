package extract_test

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/crawler/extract"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

const vietnamese = `<html><head>%CHARSET%<title>x</title></head><body><h1>Giá đất mới: người dân hỏi, tỉnh trả lời</h1>
<p>Ủy ban nhân dân tỉnh cho biết bảng giá đất mới được xây dựng theo giá giao dịch thực tế của từng khu vực trong hai năm qua.</p>
<p>Nhiều hộ dân ở các xã ven sông đề nghị giãn lộ trình vì thu nhập từ ruộng vườn không theo kịp mức thuế dự kiến.</p></body></html>`

func TestCharsets(t *testing.T) {
	page := func(declared string) string {
		return strings.Replace(vietnamese, "%CHARSET%", `<meta charset="`+declared+`">`, 1)
	}
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(page("utf-16"))
	var twice strings.Builder // UTF-8 read as windows-1252 and encoded again
	for _, c := range []byte(page("utf-8")) {
		r := charmap.Windows1252.DecodeByte(c)
		if r == '\ufffd' {
			r = rune(c)
		}
		twice.WriteRune(r)
	}
	for name, p := range map[string]string{
		"utf-8":                   page("utf-8"),
		"utf-8 called iso-8859-1": page("iso-8859-1"),
		"utf-8 called nothing":    strings.Replace(vietnamese, "%CHARSET%", "", 1),
		"utf-16":                  utf16,
		"decomposed":              norm.NFD.String(page("utf-8")),
		"encoded twice":           twice.String(),
		"one bad byte":            strings.Replace(page("utf-8"), "</p>", "\xff</p>", 1),
	} {
		a, err := extract.Page([]byte(p), "", "https://bao.example/1", nil, now)
		if err != nil || a.Title != "Giá đất mới: người dân hỏi, tỉnh trả lời" || !strings.Contains(a.Body, "Nhiều hộ dân ở các xã ven sông đề nghị giãn lộ trình") {
			t.Errorf("%s: %v %q %q", name, err, a.Title, a.Body)
		}
	}
}

func TestQualityIsFlagged(t *testing.T) {
	for want, body := range map[string]string{
		"no-spaces": "Báocáotổnghợpnêurõnhữngkếtquảđạtđượctrongnămvừaquavànhiệmvụcủanămtới,trênđịabàncủatỉnhMẫucùngcácgiảipháptrọngtâm.",
		"noise":     strings.Repeat("aGVsbG8gd29ybGQgdGhpcyBpcyBub2lzZQ8xKz93QmFzZTY0 ", 5),
	} {
		a, err := extract.Page([]byte("<html><body><h1>Báo cáo tổng hợp của tỉnh</h1><div><p>"+body+"</p><p>"+body+"</p></div></body></html>"), "", "https://bao.example/1", nil, now)
		if err != nil || a.Quality != want {
			t.Errorf("%q, want %q: %v %.80q", a.Quality, want, err, a.Body)
		}
	}
}
