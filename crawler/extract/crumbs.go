package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isCrumbs recognises a breadcrumb by its name.
func isCrumbs(n *html.Node) bool {
	if n.DataAtom == atom.Span || n.DataAtom == atom.Time || n.DataAtom == atom.Abbr {
		return false
	}
	return indexFold(attr(n, "class"), "crumb") >= 0 || indexFold(attr(n, "id"), "crumb") >= 0 || indexFold(attr(n, "itemtype"), "breadcrumblist") >= 0 ||
		indexFold(attr(n, "aria-label"), "breadcrumb") >= 0 || attr(n, "class") == "path" || attr(n, "class") == "breadcumb"
}

// crumbsOf are the texts of the links of a breadcrumb.
func crumbsOf(n *html.Node) []string {
	var out []string
	for c := range n.Descendants() {
		if c.DataAtom != atom.A {
			continue
		}
		if len(out) == maxCrumbs {
			return nil
		}
		if s := strings.Trim(squash(textOf(c)), " >/»›|"); s != "" && len(s) < 100 {
			out = append(out, s)
		}
	}
	return out
}

// maxCrumbs bounds a breadcrumb; what has more links is a menu.
const maxCrumbs = 8

// maxTrails bounds how many breadcrumbs are looked at: they may lie in each
// other.
const maxTrails = 4
