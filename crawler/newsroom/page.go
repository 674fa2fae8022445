package newsroom

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"
)

// captionLine matches the paragraphs of a body that are captions of pictures
// or videos.
var captionLine = regexp.MustCompile(`^\(?(Ảnh|Video)( \([^)]*\))?:|[.\s(](Ảnh|Video): [^.]{1,40}\)?$`)

// Paragraphs gives the running text of an item and, apart from it, its caption
// lines: what an extractor should call body and captions.
func (it Item) Paragraphs() (body, captions []string) {
	for _, par := range strings.Split(it.Body, "\n") {
		if len(par) < 300 && captionLine.MatchString(par) {
			captions = append(captions, par)
			continue
		}
		body = append(body, par)
	}
	return body, captions
}

// part is a paragraph; Linked is the piece of it that links to the article a
// correction is about.
type part struct {
	Text, Linked, After string
	Caption             bool
}

type pageView struct {
	Item
	Site     Outlet
	URL      string
	Host     string
	Parts    []part
	When     string // in the site's own form
	ISO      string
	Updated  string
	Clock    string // the banner's, which is now
	Views    int
	Related  []listItem
	Corrects string // address of the article a correction is about
	Meta     map[string]any
}

func (p *Press) page(host string, site Outlet, it Item, now time.Time) document {
	local := it.Published.In(zone)
	view := pageView{Item: it, Site: site, Host: host, URL: "http://" + host + pagePath(site, it),
		When: written(site, local), ISO: local.Format(time.RFC3339), Updated: p.updated(it, now).In(zone).Format(time.RFC3339),
		Clock: clock(now.In(zone)), Views: p.seen(host)}
	wrong, corrects := p.Item(it.Corrects)
	for _, par := range strings.Split(it.Body, "\n") {
		one := part{Text: par, Caption: len(par) < 300 && captionLine.MatchString(par)}
		if before, after, quoted := strings.Cut(par, wrong.Title); corrects && quoted && wrong.Title != "" {
			one = part{Text: before, Linked: wrong.Title, After: after}
			view.Corrects = p.URL(wrong)
		}
		view.Parts = append(view.Parts, one)
	}
	for _, other := range p.of(site.ID, it.Channel, now, 6) {
		if other.ID != it.ID {
			view.Related = append(view.Related, listItem{other.Title, foundPath(site, other), other.Published.In(zone).Format("15:04 | 02/01/2006")})
		}
	}
	view.Meta = view.jsonLD()
	doc := render(site, faceTemplate(site, it), view)
	if site.Face == FaceFullFeed || site.Face == FaceNukeViet || site.Face == FaceLiferay {
		doc.tag, doc.modified = it.ID+it.Body, p.updated(it, now)
	}
	return doc
}

func (v pageView) jsonLD() map[string]any {
	article := map[string]any{"@type": "NewsArticle", "headline": v.Title, "description": v.Lead,
		"datePublished": v.ISO, "dateModified": v.Updated, "mainEntityOfPage": v.URL,
		"author": map[string]any{"@type": "Person", "name": v.Author}, "publisher": map[string]any{"@type": "Organization", "name": v.Site.Name}}
	if v.Site.Face == FaceRedirect {
		crumbs := map[string]any{"@type": "BreadcrumbList", "itemListElement": []any{map[string]any{"@type": "ListItem", "position": 1, "name": "Pháp luật"}}}
		return map[string]any{"@context": "https://schema.org", "@graph": []any{crumbs, article}}
	}
	article["@context"] = "https://schema.org"
	return article
}

var weekdays = [...]string{"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"}

// written gives the time in the site's own form, as DOMAIN-like pages do.
func written(site Outlet, t time.Time) string {
	day := weekdays[t.Weekday()]
	switch site.Face {
	case FaceBroken:
		return t.Format("02/01/2006 - 15:04")
	case FaceRedirect:
		return t.Format("15:04 02/01/2006") + " GMT+7"
	case FaceBare:
		return t.Format("15:04 - 02/01/2006")
	case FacePaged: // a 24-hour clock and AM/PM
		return t.Format("02/01/2006 15:04 PM")
	case FaceAtom:
		return t.Format("02-01-2006 15:04") + " GMT+07"
	case FaceJSON:
		return t.Format("15:04 | 2/1/2006")
	case FaceNukeViet:
		return day + " - " + t.Format("02/01/2006 15:04")
	case FaceLiferay:
		return t.Format("15:04, 02/01/2006")
	case FaceCommune:
		return "Ngày đăng: " + t.Format("02/01/2006  15:04")
	}
	return day + ", " + t.Format("02/01/2006 15:04")
}

// clock is the banner clock of a portal: always today.
func clock(now time.Time) string {
	if now.Weekday() == time.Sunday {
		return "Chủ nhật, Ngày " + now.Format("02/01/2006") + " -"
	}
	return fmt.Sprintf("Thứ %d, Ngày %s -", int(now.Weekday())+1, now.Format("02/01/2006"))
}

func faceTemplate(site Outlet, it Item) *template.Template {
	name := string(site.Face)
	if petition(it) {
		name = "petition"
	}
	if t := faces.Lookup(name); t != nil {
		return t
	}
	return faces.Lookup(string(FaceFullFeed))
}
