package newsroom

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

func itoa(n int) string { return strconv.Itoa(n) }

// newest is how many items a feed or sitemap shows.
const newest = 60

// door answers the pages that list items: home page, feed, sitemap, API.
func (p *Press) door(r *http.Request, host string, site Outlet, now time.Time) (document, bool) {
	path := r.URL.Path
	articles := func() []Item { return p.of(site.ID, mention.Article, now, newest) }
	switch {
	case path == "/rss/home.rss" && (site.Face == FaceFullFeed || site.Face == FaceBroken || site.Face == FaceRedirect),
		path == "/vi/news/rss/" && site.Face == FaceNukeViet,
		path == "/-/asset_publisher/rss" && site.Face == FaceLiferay:
		return p.rss(host, site, articles()), true
	case path == "/atom.xml" && site.Face == FaceAtom:
		return p.atom(host, site, articles()), true
	case path == "/sitemap.xml":
		return sitemapIndex(host), true
	case path == "/news-sitemap.xml.gz":
		return p.newsSitemap(host, site, articles()), true
	case path == "/api/news" && site.Face == FaceJSON:
		return p.api(site, articles()), true
	case path == "/threads.rss" && site.Face == FaceForum:
		return p.rss(host, site, p.of(site.ID, mention.Thread, now, newest)), true
	}
	return p.listing(r, host, site, now)
}

func address(host string, site Outlet, it Item) string { return "http://" + host + foundPath(site, it) }

func tagOf(items []Item) string {
	var b strings.Builder
	for _, it := range items {
		fmt.Fprintln(&b, it.ID, len(it.Body))
	}
	return b.String()
}

func (p *Press) rss(host string, site Outlet, items []Item) document {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>`)
	fmt.Fprintf(&b, "<title>%s</title><link>http://%s/</link><description>%s</description>\n",
		html.EscapeString(site.Name), host, html.EscapeString(site.Name))
	for _, it := range items {
		b.WriteString(rssItem(host, site, it))
	}
	b.WriteString("</channel></rss>")
	doc := document{contentType: "application/rss+xml; charset=utf-8", body: b.String()}
	if site.Face != FaceRedirect {
		doc.tag = tagOf(items)
	}
	if len(items) > 0 {
		doc.modified = items[0].Published
	}
	return doc
}

func rssItem(host string, site Outlet, it Item) string {
	link, title, lead := address(host, site, it), html.EscapeString(it.Title), html.EscapeString(it.Lead)
	date := it.Published.In(zone).Format(time.RFC1123Z)
	switch site.Face {
	case FaceFullFeed, FaceForum:
		return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid isPermaLink=\"true\">%s</guid><pubDate>%s</pubDate><dc:creator>%s</dc:creator><description>%s</description><content:encoded><![CDATA[%s]]></content:encoded></item>\n",
			title, link, link, date, html.EscapeString(it.Author), lead, feedBody(it))
	case FaceBroken: // title and link padded with newlines, invalid </br>, unclosed tags
		return fmt.Sprintf("<item>\n<title>\n  %s\n</title>\n<description><![CDATA[<a href=\"%s\"><img src=\"http://%s/i/%s.jpg\" ></a></br>%s<b>]]></description>\n<pubDate>%s</pubDate>\n<link>\n%s\n</link>\n<slash:comments>%d</slash:comments></item>\n",
			title, link, host, slugOf(it), lead, date, link, it.At%97)
	case FaceRedirect: // no guid, "GMT+7"
		return fmt.Sprintf("<item><title>%s</title><link>%s</link><description>%s</description><pubDate>%s GMT+7</pubDate></item>\n",
			title, link, lead, it.Published.In(zone).Format("Mon, 02 Jan 2006 15:04:05"))
	}
	return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid isPermaLink=\"false\">%s-%s</guid><description>%s</description><pubDate>%s</pubDate></item>\n",
		title, link, site.ID, it.ID, lead, date)
}

func feedBody(it Item) string {
	var b strings.Builder
	for _, par := range strings.Split(it.Body, "\n") {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(par))
	}
	return b.String()
}

func (p *Press) atom(host string, site Outlet, items []Item) document {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>%s</title><id>http://%s/</id>`, html.EscapeString(site.Name), host)
	for _, it := range items {
		fmt.Fprintf(&b, "<entry><title type=\"html\">%s</title><link rel=\"alternate\" href=\"%s\"/><id>tag:%s,%s</id><published>%s</published><updated>%s</updated><summary>%s</summary></entry>\n",
			html.EscapeString(html.EscapeString(it.Title)), foundPath(site, it), host, it.ID,
			it.Published.In(zone).Format(time.RFC3339), it.Published.In(zone).Format(time.RFC3339), html.EscapeString(it.Lead))
	}
	b.WriteString("</feed>")
	return document{contentType: "application/atom+xml", body: b.String(), tag: tagOf(items)}
}

func sitemapIndex(host string) document {
	return document{contentType: "application/xml", body: fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://%s/news-sitemap.xml.gz</loc></sitemap></sitemapindex>`, host)}
}

func (p *Press) newsSitemap(host string, site Outlet, items []Item) document {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`)
	for _, it := range items {
		fmt.Fprintf(&b, "<url><loc>%s</loc><news:news><news:publication><news:name>%s</news:name><news:language>vi</news:language></news:publication><news:publication_date>%s</news:publication_date><news:title>%s</news:title></news:news></url>\n",
			html.EscapeString(address(host, site, it)), html.EscapeString(site.Name), it.Published.In(zone).Format(time.RFC3339), html.EscapeString(it.Title))
	}
	b.WriteString("</urlset>")
	return document{contentType: "application/gzip", body: b.String(), tag: tagOf(items), encode: gzipped}
}

// api answers {"data":{"items":[…]}}, and "data":[] when there is nothing, as
// some real ones do. Times are Unix seconds, as a string for old items.
func (p *Press) api(site Outlet, items []Item) document {
	type entry struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		Sapo    string `json:"sapo"`
		Path    string `json:"path"`
		Created any    `json:"created_time"`
	}
	list := make([]entry, 0, len(items))
	for i, it := range items {
		created := any(it.Published.Unix())
		if i%2 == 1 {
			created = itoa(int(it.Published.Unix()))
		}
		list = append(list, entry{it.ID, it.Title, it.Lead, foundPath(site, it), created})
	}
	var data any = map[string]any{"total": len(list), "items": list}
	if len(list) == 0 {
		data = []any{}
	}
	body, _ := json.Marshal(map[string]any{"error": 0, "data": data})
	return document{contentType: "application/json", body: string(body), tag: tagOf(items)}
}
