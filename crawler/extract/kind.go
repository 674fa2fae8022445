package extract

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// findKind says what the page is: by its address and what it tells machines
// first, then by the share of links in it.
func (p *page) findKind() Kind {
	switch {
	case p.head.isAMP || isAMPAddress(p.base):
		return KindAMP
	case isPrint(p.base):
		return KindPrint
	case p.isTag():
		return KindTag
	case p.isList():
		return KindList
	case len(p.Body) < 160 && utf8.RuneCountInString(p.Body) < 80 && !(p.saysArticle() && p.Lead != ""): // ideographs say more a rune
		return KindOther
	case isMobile(p.base):
		return KindMobile
	}
	return KindArticle
}

func isAMPAddress(u *url.URL) bool {
	path := strings.ToLower(u.Path)
	q := u.Query()
	return strings.HasPrefix(u.Host, "amp.") || strings.HasSuffix(path, "/amp") || strings.HasSuffix(path, "/amp/") || strings.HasPrefix(path, "/amp/") ||
		strings.HasSuffix(path, ".amp") || strings.HasSuffix(path, ".amp.html") || strings.HasSuffix(path, "-amp.html") || q.Has("amp") || q.Get("outputType") == "amp"
}

func isPrint(u *url.URL) bool {
	path := strings.ToLower(u.Path)
	q := u.Query()
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '.' || r == '-' || r == '_' }) {
		if part == "print" || part == "printer" || part == "printpage" || part == "inbaiviet" || part == "printview" || part == "savefile" {
			return true
		}
	}
	return q.Has("print") || q.Get("tmpl") == "component" || q.Get("view") == "print" || q.Get("mode") == "print" || strings.Contains(strings.ToLower(u.RawQuery), "p_p_state=pop_up")
}

func isMobile(u *url.URL) bool {
	return strings.HasPrefix(u.Host, "m.") || strings.HasPrefix(u.Host, "mobile.") || strings.HasPrefix(u.Host, "wap.") || strings.HasPrefix(u.Path, "/mobile/")
}

func (p *page) isTag() bool {
	path := strings.ToLower(p.base.Path)
	for _, part := range []string{"/tag/", "/tags/", "/tu-khoa/", "/chu-de/", "/topic/", "/topics/", "/hashtag/", "/tim-kiem", "/search"} {
		if strings.Contains(path+"/", part) {
			return !p.saysArticle()
		}
	}
	return (strings.HasSuffix(path, ".tag") || strings.HasSuffix(path, "-ptag.html") || strings.HasSuffix(path, "-tag.html") || strings.Contains(path, "-tags")) && !p.saysArticle()
}

// saysArticle reports whether the page calls itself one article.
func (p *page) saysArticle() bool {
	return rankOf(p.data.kind) == 2 || strings.EqualFold(p.head.first("og:type"), "article") && p.head.first("article:published_time") != ""
}

// isList recognises fronts and sections: the site's root, or a page of links
// with little text of its own.
func (p *page) isList() bool {
	if p.saysArticle() {
		return false
	}
	if path := strings.Trim(p.base.Path, "/"); p.base.Host != "" && (path == "" || path == "index.html" || path == "index.php" || path == "default.aspx") && p.base.RawQuery == "" {
		return true
	}
	n, runes := p.listed(0, len(p.tree.blocks))
	body := utf8.RuneCountInString(p.Body)
	if n >= 8 && runes > 2*body || n >= 4 && body < 80 {
		return true
	}
	first, last := p.bodyEnds()
	n, _ = p.listed(max(first-2, 0), last+1)
	return n >= minTeasers && body < teaserRunes*n
}

// A text with so many linked headlines in it, and so little text for each, is
// a list of announcements.
const (
	minTeasers  = 5
	teaserRunes = 250
)

// listed counts, among blocks from…to, the lines outside menus that are a
// linked headline, and their runes.
func (p *page) listed(from, to int) (n, runes int) {
	for i := from; i < to; i++ {
		if b := &p.tree.blocks[i]; b.isListed() && b.mark&markFrame == 0 {
			n++
			runes += b.runes
		}
	}
	return n, runes
}

// isListed is a linked headline with at most a date beside it.
func (b *block) isListed() bool {
	return b.isLinkedTitle() || len(b.links) == 1 && b.linked >= 25 && b.linked <= 200 && b.runes-b.linked <= 25
}

// isLinkedTitle: a line of 25 to 200 runes that is one link.
func (b *block) isLinkedTitle() bool {
	return b.runes >= 25 && b.runes <= 200 && b.linked*10 >= b.runes*9 && len(b.links) == 1
}
