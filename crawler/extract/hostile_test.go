package extract_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/diembao/diembao/crawler/extract"
)

func TestBombs(t *testing.T) {
	for name, page := range map[string]string{
		"depth":              strings.Repeat("<div>", 200_000) + "chữ",
		"depth of inline":    strings.Repeat("<b><i>", 20_000) + "chữ",
		"many elements":      strings.Repeat("<p>a</p>", 300_000),
		"attributes":         "<p " + strings.Repeat("a=b ", 200_000) + ">chữ</p>",
		"tables":             strings.Repeat("<table><tr><td>", 2_000) + "chữ",
		"json-ld depth":      `<script type="application/ld+json">` + strings.Repeat(`[`, 100_000) + `</script>`,
		"related headings":   strings.Repeat("<div><h3>Tin liên quan</h3><p>Một câu đủ dài để có giá trị trong việc tính toán mật độ chữ.</p></div>", 5_000),
		"nested lists":       strings.Repeat("<ul><li>", 200) + strings.Repeat("<li><a href=x>một hai ba</a>", 20_000),
		"unclosed anchors":   strings.Repeat("<a href=x>một ", 20_000),
		"hints within hints": strings.Repeat("<div class=article-body>", 400) + strings.Repeat("<p>Một câu đủ dài để có giá trị trong việc tính toán mật độ chữ.</p>", 2_000),
		"crumbs in crumbs":   strings.Repeat("<div class=breadcrumb>", 400) + strings.Repeat("<p>a</p>", 100_000),
		"pictures":           strings.Repeat("<center><img><i>Một câu đủ dài để có giá trị trong việc tính toán mật độ chữ</i><br>", 400) + strings.Repeat("<img><i>chữ</i><br>", 20_000),
		"datelines":          strings.Repeat("<p>Đăng 11/11/2026 08:30 | Cập nhật 12/11/2026 02:15</p>", 10_000),
		"marks within marks": strings.Repeat("<div class=share>", 400) + strings.Repeat("<p>Một câu đủ dài để có giá trị trong việc tính toán mật độ chữ.</p>", 2_000),
	} {
		start := time.Now()
		_, err := extract.Page([]byte(page), "", "https://bao.example/1", nil, now)
		// Seventy times the slowest: it catches the square of a size, not a busy machine.
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s: %v, %v", name, took, err)
		} else {
			t.Logf("%-20s %8d bytes %6d ms", name, len(page), took.Milliseconds())
		}
	}
}

func TestSizeAfterUnpacking(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 16 {
		_, _ = z.Write(bytes.Repeat([]byte("a "), 1<<19))
	}
	_ = z.Close()
	if _, err := extract.Page(b.Bytes(), "", "https://bao.example/1", nil, now); !errors.Is(err, extract.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(plainArticle))
	f.Add([]byte(ruled))
	f.Add([]byte(placed("<div>Thứ Sáu, 27/11/2026</div>", "<p>Ngày đăng: 18/11/2020  16:22</p>", "<p>Nguồn: a.vn</p>")))
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"a","author":[{"name":"x"}],}</script><table><tr><td>1<td>2<tr><td>3`))
	rules := &extract.Rules{Body: "p", Ignore: []string{"table"}}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range []*extract.Rules{nil, rules} {
			a, err := extract.Page(data, "", "https://bao.example/1", r, now)
			if err != nil {
				continue
			}
			if a.Published.After(now.Add(time.Hour)) || !utf8.ValidString(a.Body) || strings.Contains(a.Body, "\n\n") {
				t.Fatalf("got %+v", a)
			}
			if _, err := json.Marshal(a); err != nil {
				t.Fatal(err)
			}
		}
		extract.Discover(data, "https://bao.example/")
	})
}
