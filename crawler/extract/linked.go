package extract

import (
	"encoding/json"
	"strings"
)

// linked is what JSON-LD says of the article.
type linked struct {
	kind      string // the @type it was taken from
	headline  string
	lead      string
	body      string
	author    string
	section   string
	published string
	modified  string
	site      string
	url       string
	crumbs    []string
}

// Bounds of one JSON-LD script.
const (
	maxScript      = 1 << 20
	maxLinkedDepth = 12
)

func readLinked(scripts []string) linked {
	var l linked
	for _, s := range scripts {
		if len(s) > maxScript {
			continue
		}
		if v, ok := parseLinked(s); ok {
			l.walk(v, 0)
		}
	}
	return l
}

// parseLinked forgives what publishing systems do to JSON: comment marks
// around it, raw line breaks in strings, a comma too many.
func parseLinked(s string) (any, bool) {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "/*]]>*/", "]]>", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	return v, json.Unmarshal([]byte(dropCommas(s)), &v) == nil
}

// dropCommas takes out commas before a closing bracket.
func dropCommas(s string) string {
	var b strings.Builder
	inString := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && inString && i+1 < len(s):
			b.WriteByte(c)
			i++
			c = s[i]
		case c == '"':
			inString = !inString
		case c == ',' && !inString:
			if next := strings.TrimLeft(s[i+1:], " "); next != "" && (next[0] == '}' || next[0] == ']') {
				continue
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

func (l *linked) walk(v any, depth int) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.walk(e, depth+1)
		}
	case map[string]any:
		l.object(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"} {
			if key == "itemListElement" && l.isCrumbs(v) {
				continue
			}
			l.walk(v[key], depth+1)
		}
	}
}

// rankOf orders the types whose fields are taken: an article before a page.
func rankOf(kind string) int {
	switch {
	case strings.HasSuffix(kind, "Article"), kind == "BlogPosting", kind == "Report", kind == "LiveBlogPosting", kind == "SocialMediaPosting", kind == "DiscussionForumPosting":
		return 2
	case kind == "WebPage", kind == "Recipe", kind == "Product", kind == "VideoObject", kind == "CreativeWork":
		return 1
	}
	return 0
}

func (l *linked) object(m map[string]any) {
	kind := typeOf(m)
	if l.isCrumbs(m) && len(l.crumbs) == 0 {
		l.crumbs = crumbs(m["itemListElement"])
		return
	}
	if rankOf(kind) == 0 || rankOf(kind) < rankOf(l.kind) || l.kind != "" && rankOf(kind) == rankOf(l.kind) {
		return
	}
	l.kind = kind
	l.headline = pick(l.headline, m, "headline", "name")
	l.lead = pick(l.lead, m, "description")
	l.body = pick(l.body, m, "articleBody", "text")
	l.section = pick(l.section, m, "articleSection")
	l.published = pick(l.published, m, "datePublished", "dateCreated", "uploadDate")
	l.modified = pick(l.modified, m, "dateModified")
	l.url = pick(l.url, m, "url", "@id")
	if names := namesOf(m["author"]); names != "" {
		l.author = names
	}
	if name := namesOf(m["publisher"]); name != "" {
		l.site = name
	}
}

func (l *linked) isCrumbs(m map[string]any) bool { return typeOf(m) == "BreadcrumbList" }

func typeOf(m map[string]any) string {
	switch t := m["@type"].(type) {
	case string:
		return strings.TrimPrefix(strings.TrimPrefix(t, "http://schema.org/"), "https://schema.org/")
	case []any:
		for _, e := range t {
			if s, ok := e.(string); ok && rankOf(s) > 0 {
				return s
			}
		}
	}
	return ""
}

// pick is the first of the fields that holds text, else old.
func pick(old string, m map[string]any, fields ...string) string {
	for _, f := range fields {
		switch v := m[f].(type) {
		case string:
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		case []any:
			if len(v) > 0 {
				if s, ok := v[0].(string); ok && s != "" {
					return s
				}
			}
		}
	}
	return old
}

// namesOf reads an author or publisher: a string, an object with a name, or a
// list of either.
func namesOf(v any) string {
	switch v := v.(type) {
	case string:
		if isAddress(v) {
			return ""
		}
		return squash(v)
	case map[string]any:
		return namesOf(v["name"])
	case []any:
		var names []string
		for _, e := range v {
			if n := namesOf(e); n != "" && len(names) < 10 {
				names = append(names, n)
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "//")
}

func crumbs(v any) []string {
	list, _ := v.([]any)
	var out []string
	for _, e := range list {
		m, _ := e.(map[string]any)
		name := pick("", m, "name")
		if item, ok := m["item"].(map[string]any); ok && name == "" {
			name = pick("", item, "name")
		}
		if name != "" {
			out = append(out, squash(name))
		}
	}
	return out
}
