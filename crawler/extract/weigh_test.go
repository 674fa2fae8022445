package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func TestSentencesEnd(t *testing.T) {
	for s, want := range map[string]bool{
		"Hết.": true, "Sao?": true, "Ừ!": true, "Gồm:": true, "Một;": true, "Còn nữa…": true, "“Đúng.”": true, `"Đúng."`: true, "(Theo TTXVN.)": true, "結束。": true, "吗？": true, "نعم؟": true, "Hết. ": true,
		"": false, "Hết": false, "Hết,": false, "Đường phố": false, "Huế": false, "(ảnh)": false, "”": false, " ": false, "1.000": false,
	} {
		if got := endsSentence(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestValues(t *testing.T) {
	long := strings.Repeat("chữ ", 25) // 100 runes
	p := &html.Node{Data: "p", DataAtom: atom.P}
	for name, c := range map[string]struct {
		b     *block
		owner *html.Node
		want  int
	}{
		"running text":         {blockOf(long), p, 100},
		"a short sentence":     {blockOf(strings.Repeat("a", 49) + "."), p, 50},
		"a shorter sentence":   {blockOf(strings.Repeat("a", 29) + "."), p, 15},
		"a line":               {blockOf(strings.Repeat("a", 50)), p, 10},
		"a heading":            {blockOf(long), &html.Node{Data: "h2", DataAtom: atom.H2}, 0},
		"ideographs say twice": {blockOf(strings.Repeat("字", 50)), p, 100},
		"a menu":               {&block{text: long, runes: 100, linked: 60}, p, 0},
		"a linked sentence":    {&block{text: long, runes: 200, linked: 110}, p, 90},
		"partly linked":        {&block{text: long, runes: 120, linked: 20}, p, 100},
	} {
		if got := valueOf(c.b, c.owner); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestWideScripts(t *testing.T) {
	for s, want := range map[string]bool{"": false, "Đường xuống cấp": false, strings.Repeat("字", 9): true, strings.Repeat("字", 8): false, "新闻" + strings.Repeat("a", 200): false, "ニュースをお届けします": true, "русский текст": false} {
		if got := wide(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
