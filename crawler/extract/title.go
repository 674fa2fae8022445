package extract

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/diembao/diembao/viet"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// findTitle prefers the headline that the page shows over the one it tells
// machines, and both over the browser's title.
func (p *page) findTitle() string {
	told := cmp.Or(p.data.headline, p.head.first("og:title", "twitter:title", "headline", "dc.title"))
	window := trimSite(p.head.title, p.head.first("og:site_name", "application-name"))
	told = trimSite(squash(told), p.head.first("og:site_name"))
	var shown []string
	for _, n := range p.head.h1 {
		if s := squash(textOf(n)); s != "" && len(s) < 500 && !isSiteName(n) {
			shown = append(shown, s)
		}
	}
	for _, h := range shown {
		if sameText(h, told) || sameText(h, window) || strings.Contains(key(p.head.title), key(h)) && len(h) > 15 {
			return h
		}
	}
	if told == "" && window == "" || len(shown) == 1 && len(told) < 10 {
		return cmp.Or(append(shown, window)...)
	}
	return cmp.Or(told, window)
}

// isSiteName reports whether a heading of the first rank is the outlet's name:
// a link to the front of the site.
func isSiteName(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.DataAtom != atom.A {
			continue
		}
		href := strings.TrimSpace(attr(c, "href"))
		if u, err := url.Parse(href); err == nil && href != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "" {
			return true
		}
	}
	return false
}

// trimSite takes the outlet's name off a browser's title.
func trimSite(title, site string) string {
	if site != "" {
		for _, sign := range []string{" | ", " - ", " – ", " — ", " :: ", " » "} {
			title = strings.TrimSuffix(title, sign+site)
		}
	}
	for _, sign := range []string{" | ", " :: ", " » "} {
		if i := strings.LastIndex(title, sign); i > 15 && i*2 > len(title) {
			title = title[:i]
		}
	}
	for _, sign := range []string{" - ", " – ", " — "} {
		if i := strings.LastIndex(title, sign); i > 20 && len(title)-i < 40 && i*3 > len(title)*2 && !strings.ContainsAny(title[i:], "0123456789?!") {
			title = title[:i]
		}
	}
	return strings.TrimSpace(title)
}

// key is a text for comparing: folded letters and digits.
func key(s string) string { return keyOf(viet.Fold(s)) }

// keyOf is the key of a folded text.
func keyOf(folded string) string {
	b := make([]byte, 0, len(folded))
	gap := false
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		if c < 0x80 && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			gap = len(b) > 0
			continue
		}
		if n := signAt(folded[i:]); n > 0 {
			gap = len(b) > 0
			i += n - 1
			continue
		}
		if gap {
			b = append(b, ' ')
			gap = false
		}
		b = append(b, c)
	}
	return string(b)
}

// signAt is how many bytes a dash, quotation mark or other sign of the blocks
// U+00A0 and U+2000 has at the beginning of s: outlets write "–" in the title
// and "-" in what they tell machines.
func signAt(s string) int {
	switch {
	case len(s) > 1 && s[0] == 0xC2 && s[1] >= 0xA0:
		return 2
	case len(s) > 2 && s[0] == 0xE2 && s[1] == 0x80:
		return 3
	}
	return 0
}

// longFold is how many bytes folding may add to a short text: a few letters of
// rare scripts grow by one.
const longFold = 16

func sameText(a, b string) bool { return a != "" && b != "" && key(a) == key(b) }

// locateTitle finds the block that shows the title: the first that does, or a
// heading soon after it; else the first heading of the first rank; else a line
// that is the greater part of the browser's title, which then is the title.
func (p *page) locateTitle() {
	t := p.tree
	want := key(p.Title)
	heading, part := -1, -1
	for i := range t.blocks {
		b := &t.blocks[i]
		n := t.elems[b.owner].node
		if n.Data == "h1" && heading < 0 {
			heading = i
		}
		if want == "" || len(b.text) > 2*len(p.Title)+20 {
			continue
		}
		if 2*len(b.text)+longFold < len(want) {
			continue // its key cannot be half of it
		}
		switch k := keyOf(b.folded()); {
		case k == want:
			if t.title < 0 || i < t.title+titleReach && isHeading(n) && !isHeading(t.elems[t.blocks[t.title].owner].node) {
				t.title = i
			}
		case part < 0 && len(k) > 15 && len(k)*2 > len(want) && strings.Contains(want, k) && b.mark&markFrame == 0:
			part = i
		}
	}
	if t.title < 0 && part >= 0 && heading >= 0 && t.isSiteAnd(heading, part, want) {
		heading = -1
	}
	if t.title < 0 || heading >= 0 && heading+titleReach < t.title {
		t.title = heading
	}
	if t.title < 0 && part >= 0 {
		t.title, p.Title = part, t.blocks[part].text
	}
}

// isSiteAnd reports whether the browser's title is made of a heading, which is
// then the site's name, and of a part.
func (t *tree) isSiteAnd(heading, part int, want string) bool {
	site, title := keyOf(t.blocks[heading].folded()), keyOf(t.blocks[part].folded())
	return want == site+" "+title || want == title+" "+site
}

// titleReach is how many blocks may lie between the title in a breadcrumb and
// the title itself.
const titleReach = 15
