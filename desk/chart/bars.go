package chart

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// Share is one part of a whole.
type Share struct {
	Class string // CSS class of the part: "pos", "neu", "neg", "unsure"
	Label string
	Count int
}

// Stack draws the parts of a whole as one bar from zero to all. Parts of no
// size are left out; an empty whole draws nothing.
func Stack(title string, parts []Share) template.HTML {
	total := 0
	for _, p := range parts {
		total += p.Count
	}
	if total == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="stack" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="%s">`,
		html.EscapeString(title))
	x := 0.0
	for _, p := range parts {
		w := 100 * float64(p.Count) / float64(total)
		if p.Count > 0 {
			fmt.Fprintf(&b, `<rect class="%s" x="%.2f" y="0" width="%.2f" height="6"><title>%s</title></rect>`,
				html.EscapeString(p.Class), x, w, html.EscapeString(p.Label))
		}
		x += w
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text above went through EscapeString
}

// Spark draws a source's rhythm: one thin bar a step, the failed ones marked.
func Spark(title string, counts []int, failed []bool) template.HTML {
	if len(counts) == 0 {
		return ""
	}
	most := 1
	for _, c := range counts {
		most = max(most, c)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="spark" viewBox="0 0 %d 16" role="img" aria-label="%s">`,
		len(counts)*4, html.EscapeString(title))
	for i, c := range counts {
		class, h := "bar", 1+13*float64(c)/float64(most)
		if i < len(failed) && failed[i] {
			class = "bar over"
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="%.1f" width="3" height="%.1f"/>`, class, i*4, 16-h, h)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text above went through EscapeString
}
