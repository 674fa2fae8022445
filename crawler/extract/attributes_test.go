package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestAttributesThatAreRead(t *testing.T) {
	for _, key := range []string{"class", "ID", "itemprop", "property", "role", "rel", "Href", "align", "hidden", "aria-hidden", "datetime", "name", "content", "http-equiv", "type", "lang", "amp", "⚡", "title", "aria-label", "itemtype"} {
		if !isRead(key, "x") {
			t.Errorf("%s is dropped", key)
		}
	}
	for _, key := range []string{"", "src", "onclick", "data-id", "data-class", "width", "srcset", strings.Repeat("a", 1000), "classy"} {
		if isRead(key, "x") {
			t.Errorf("%s is kept", key)
		}
	}
}

func TestStylesThatSaySomething(t *testing.T) {
	for style, want := range map[string]bool{
		"display:none": true, "DISPLAY : None": true, "visibility:hidden": true, "text-align:right": true, "text-align: CENTER": true, "font-weight:bold": true, "font-style:italic": true, "display&#58;n&#111;ne": true,
		"": false, "color:red": false, "margin:0 auto": false, "none" + strings.Repeat(" ", 1000): false,
	} {
		if got := isRead("style", style); got != want {
			t.Errorf("%.40q: %v", style, got)
		}
	}
}

// The reading of a tag stops where the tokenizer's does, whatever stands in it.
func TestTagsEndWhereTheTokenizerEndsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tag := "<p" + strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			" ", "\n", "/", "=", `"`, "'", ">", "<", "class", "a", "data-x", "=\"", `="x>y"`, "='z'", "=b", "đ",
		})).Draw(t, "tag"), "") + ">"
		z := html.NewTokenizer(strings.NewReader(tag + "text"))
		z.Next()
		raw := string(z.Raw())
		l := leaner{page: tag + "text", at: len("<p")}
		if name := l.name(1); name != "p" {
			return // another element
		}
		if _, ok := l.attributes(false, nil); ok && l.page[:l.at] != raw {
			t.Fatalf("%q: read %q, the tokenizer %q", tag, l.page[:l.at], raw)
		}
	})
}
