package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNames bounds the class and id that are read; style systems write hundreds.
const maxNames = 400

// named is what a class and an id say of their element.
type named struct {
	mark mark
	hint bool // they name the body of an article
}

// nameOf reads the class and id of an element. Pages repeat the same few names
// hundreds of times, so what they say is kept.
func (g *grower) nameOf(n *html.Node) named {
	class, id := attr(n, "class"), attr(n, "id")
	if class == "" && id == "" {
		return named{}
	}
	a, b := g.nameSays(class), g.nameSays(id)
	return named{mark: a.mark | b.mark, hint: (a.hint || b.hint) && len(class)+len(id) < maxNames}
}

func (g *grower) nameSays(name string) named {
	if name == "" {
		return named{}
	}
	said, ok := g.names[name]
	if !ok {
		said = named{mark: nameMark(name), hint: namesBody(name)}
		g.names[name] = said
	}
	return said
}

// nameMark reads what words a class or id is made of. A word after "has",
// "no", "with" speaks of the layout, not of the element.
func nameMark(names string) mark {
	if len(names) > maxNames {
		names = names[:maxNames]
	}
	var m mark
	for class := range strings.FieldsSeq(names) {
		previous := ""
		for word := range wordsOf(class) {
			if !isLayoutWord(previous) {
				m |= wordMark(word, previous)
			}
			previous = word
		}
	}
	return m
}

func isLayoutWord(w string) bool {
	switch w {
	case "has", "no", "with", "without", "is", "not", "hide", "before", "after", "and", "js", "col", "row":
		return true
	}
	return false
}

// wordsOf cuts a class into lower-case words at signs, figures and capitals.
func wordsOf(class string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i <= len(class); i++ {
			border := i == len(class) || !isLetter(class[i]) || i > start && isUpper(class[i]) && !isUpper(class[i-1])
			if !border {
				continue
			}
			if i > start && !yield(strings.ToLower(class[start:i])) {
				return
			}
			start = i
			if i < len(class) && !isLetter(class[i]) {
				start = i + 1
			}
		}
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || isUpper(c) }
func isUpper(c byte) bool  { return c >= 'A' && c <= 'Z' }

// wordMark is what one word of a name says. The words are those that
// publishing systems use the world over, and the Vietnamese ones.
func wordMark(w, previous string) mark {
	switch w {
	case "comment", "comments", "commentlist", "respond", "disqus", "binhluan", "ykien", "replies":
		return markComment
	case "related", "recommend", "recommended", "recommendations", "recirc", "recirculation", "share", "sharing", "sharebar", "sharedaddy", "shares",
		"social", "socials", "addthis", "newsletter", "newsletters", "subscribe", "subscription", "signup", "promo", "promotion", "promos", "advert",
		"advertisement", "ads", "adv", "adsense", "adbox", "dfp", "sponsor", "sponsored", "taboola", "outbrain", "mgid", "cookie", "cookies", "gdpr", "consent",
		"popup", "modal", "lightbox", "overlay", "breadcrumb", "breadcrumbs", "pagination", "pager", "poll", "polls", "survey",
		"vote", "voting", "rating", "ratings", "widget", "widgets", "trending", "popular", "mostread", "mostpopular", "morenews", "readmore", "skip", "skiplink",
		"toolbar", "tinlienquan", "lienquan", "tinkhac", "docthem", "xemthem", "chiase", "thamdo", "quangcao", "luotxem", "inbaiviet",
		"jp", "sociable", "linkwithin", "zergnet", "teads", "donate", "donation", "printfriendly", "toc", "mucluc", "tableofcontents", "hidden", "invisible", "offscreen", "screenreader":
		return markJunk
	case "ad", "readers":
		if previous == "" || previous == "google" || previous == "article" || previous == "banner" {
			return markJunk
		}
	case "sidebar", "footer", "nav", "navbar", "navigation", "navigator", "menu", "menus", "masthead", "sitenav", "rightcol", "siderail", "rail":
		return markFrame
	case "caption", "captions", "figcaption", "wpcaption", "photocredit", "imagecaption", "picturecaption", "chuthich", "photocms":
		return markCaption
	case "byline", "dateline", "timestamp", "pubdate", "postmeta", "entrymeta", "metadata", "posted", "breadcumb", "counter", "viewcount", "authorbox", "bio":
		return markMeta
	case "meta", "author", "date", "createdby", "hits", "tacgia":
		return markMeta
	case "sapo", "standfirst", "hometext", "introtext", "tomtat", "chapo", "entradilla", "bajada", "vorspann", "ingress":
		return markLead
	case "tat":
		if previous == "tom" {
			return markLead
		}
	case "gia":
		if previous == "tac" {
			return markMeta
		}
	case "nguon", "reporter":
		return markMeta
	case "tags", "taglist", "tagcloud", "hashtags", "keywords":
		return markTags
	case "pullquote":
		return markQuote
	}
	return 0
}

// hintOf is 2 where an element is named as the body of an article, 1 where as
// an article.
func hintOf(n *html.Node, name named) int {
	if len(n.Attr) > 0 {
		switch attr(n, "itemprop") {
		case "articleBody", "reviewBody", "text":
			return 2
		}
		if attr(n, "property") == "articleBody" {
			return 2
		}
	}
	hint := 0
	if name.hint {
		hint = 2
	}
	switch n.DataAtom {
	case atom.Article, atom.Main:
		return max(1, hint)
	case atom.Div, atom.Section, atom.Td:
		if attr(n, "role") == "main" {
			return max(1, hint)
		}
		return hint
	}
	return 0
}

// namesBody reports whether a class or id is one under which publishing
// systems keep the body of an article.
func namesBody(names string) bool {
	if len(names) > maxNames {
		return false
	}
	names = strings.ToLower(names)
	if !mayNameBody(names) {
		return false
	}
	names = strings.ReplaceAll(strings.ReplaceAll(names, "_", "-"), "--", "-")
	for _, name := range bodyNames() {
		if strings.Contains(names, name) {
			return true
		}
	}
	return false
}

// mayNameBody is a cheap test that every name of bodyNames passes.
func mayNameBody(names string) bool {
	for _, part := range [...]string{"body", "content", "entry", "text", "detail", "main", "noidung", "rtestate"} {
		if strings.Contains(names, part) {
			return true
		}
	}
	return false
}

// bodyNames are the names under which publishing systems keep the body of an
// article.
func bodyNames() []string {
	return []string{
		"article-body", "articlebody", "article-content", "articlecontent", "article-text", "articletext", "article-detail",
		"story-body", "storybody", "story-content", "story-text", "post-body", "postbody", "post-content", "postcontent", "post-entry", "entry-content",
		"entry-body", "entrycontent", "single-content", "blog-content", "blog-post-content", "news-content", "news-body", "news-text", "newscontent", "content-body", "body-content",
		"body-text", "bodytext", "body-copy", "bodycopy", "detail-content", "content-detail", "contentdetail", "detailcontent", "detail-cmain", "fck-detail",
		"news-bodyhtml", "the-content", "theme-content", "field-name-body", "field-body", "page-content-body", "journal-content-article", "ms-rtestate-field",
		"com-content-article-body", "cms-body", "rich-text-body", "main-text", "article-main", "articlemain", "noidung", "chitiet-noidung", "td-post-content", "text-content",
	}
}
