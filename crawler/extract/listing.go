package extract

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A listing is shown from minListed links on; more than maxListings would only
// confuse whoever chooses.
const (
	minListed   = 4
	maxListings = 5
	maxSamples  = 3
)

// listings groups the linked headlines of a page by the selector of their
// place and returns the largest groups.
func listings(p *page) []Listing {
	t := grow(p.doc, 0)
	groups := map[string]*Listing{}
	for i := range t.blocks {
		b := &t.blocks[i]
		if !b.isLinkedTitle() || b.mark&(markFrame|markComment) != 0 {
			continue
		}
		selector := selectorOf(b.links[0])
		g := groups[selector]
		if g == nil {
			g = &Listing{Selector: selector}
			groups[selector] = g
		}
		g.Count++
		if len(g.Samples) < maxSamples {
			g.Samples = append(g.Samples, clean(b.text))
		}
	}
	out := []Listing{}
	for _, g := range groups {
		if g.Count >= minListed {
			out = append(out, *g)
		}
	}
	slices.SortFunc(out, func(a, b Listing) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Selector, b.Selector))
	})
	return out[:min(len(out), maxListings)]
}

// selectorOf names a link by itself and the three named elements above it.
func selectorOf(n *html.Node) string {
	parts := []string{stepOf(n)}
	for up := n.Parent; up != nil && len(parts) < 4 && up.DataAtom != atom.Body && up.Type == html.ElementNode; up = up.Parent {
		if step := stepOf(up); step != "" && (strings.Contains(step, ".") || isHeading(up) || up.DataAtom == atom.Article) {
			parts = append(parts, step)
		}
	}
	slices.Reverse(parts)
	return strings.Join(parts, " ")
}

// stepOf is an element's tag with its first class that is a plain word.
func stepOf(n *html.Node) string {
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if isPlainClass(class) {
			return n.Data + "." + class
		}
	}
	return n.Data
}

// isPlainClass refuses classes with figures, which number items rather than
// name them, and those that need escaping.
func isPlainClass(class string) bool {
	for i := 0; i < len(class); i++ {
		if c := class[i]; !isLetter(c) && c != '-' && c != '_' {
			return false
		}
	}
	return class != "" && class[0] != '-' && len(class) < 40
}
