package extract

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Discovery is what a page tells about the site for whoever adds it to the
// list of sources.
type Discovery struct {
	Site      string `json:"site"`
	Language  string `json:"language"`
	Generator string `json:"generator"` // as the page says
	// System is the publishing system: nukeviet, sharepoint, liferay, joomla,
	// wordpress, drupal, webcenter, blogger, or "".
	System string     `json:"system"`
	Feeds  []FeedLink `json:"feeds"`
	// Sitemaps are addresses the page links to.
	Sitemaps []string `json:"sitemaps"`
	// TryFeeds and TrySitemaps are addresses at which such systems keep them;
	// nothing says yet that they exist there.
	TryFeeds    []string `json:"try_feeds"`
	TrySitemaps []string `json:"try_sitemaps"`
	// Listings are selectors of the page's lists of articles, longest first.
	Listings []Listing `json:"listings"`
}

// FeedLink is a feed that a page links to.
type FeedLink struct {
	URL   string `json:"url"`
	Title string `json:"title"`
}

// Listing is a selector of links to articles, with how many it finds and the
// first of them.
type Listing struct {
	Selector string   `json:"selector"`
	Count    int      `json:"count"`
	Samples  []string `json:"samples"`
}

// Discover reads a front or section page for its feeds, sitemaps, publishing
// system and lists. An unreadable page gives the addresses to try.
func Discover(data []byte, address string) Discovery {
	d := Discovery{Feeds: []FeedLink{}, Sitemaps: []string{}, Listings: []Listing{}}
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	text, _, err := decode(data, "")
	if err == nil {
		if doc, err := html.Parse(strings.NewReader(text)); err == nil {
			d.read(&page{doc: doc, base: base, head: readHead(doc)})
		}
	}
	d.TryFeeds, d.TrySitemaps = d.guesses(base)
	return d
}

func (d *Discovery) read(p *page) {
	d.Site = clean(p.head.first("og:site_name", "application-name"))
	d.Language = strings.ToLower(p.head.language)
	d.Generator = clean(p.head.first("generator"))
	d.System = systemOf(p)
	for n := range p.doc.Descendants() {
		switch n.DataAtom {
		case atom.Link:
			d.link(p, n)
		case atom.A:
			d.anchor(p, n)
		}
	}
	d.Listings = listings(p)
}

func (d *Discovery) link(p *page, n *html.Node) {
	rel, kind := strings.ToLower(attr(n, "rel")), strings.ToLower(attr(n, "type"))
	switch {
	case strings.Contains(rel, "alternate") && (strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || strings.Contains(kind, "feed+json")):
		d.addFeed(p.absolute(attr(n, "href")), attr(n, "title"))
	case rel == "sitemap":
		d.addSitemap(p.absolute(attr(n, "href")))
	}
}

// anchor takes links that look like feeds or sitemaps: many outlets link them
// from a page "RSS" and nowhere else.
func (d *Discovery) anchor(p *page, n *html.Node) {
	href := p.absolute(attr(n, "href"))
	lower := strings.ToLower(href)
	if i := strings.IndexAny(lower, "?#"); i >= 0 {
		lower = lower[:i]
	}
	switch {
	case !isAddress(href):
	case strings.Contains(lower, "sitemap") && (strings.HasSuffix(lower, ".xml") || strings.HasSuffix(lower, ".xml.gz") || strings.HasSuffix(lower, ".rss")):
		d.addSitemap(href)
	case strings.HasSuffix(lower, ".rss") || strings.HasSuffix(lower, "/rss") || strings.HasSuffix(lower, "/rss.xml") || strings.HasSuffix(lower, "/feed") ||
		strings.HasSuffix(lower, "/feed/") || strings.HasSuffix(lower, "/atom.xml") || strings.Contains(lower, "/rss/") && strings.HasSuffix(lower, ".xml"):
		d.addFeed(href, textOf(n))
	}
}

// maxFound bounds each list of a discovery.
const maxFound = 100

func (d *Discovery) addFeed(address, title string) {
	known := slices.ContainsFunc(d.Feeds, func(f FeedLink) bool { return f.URL == address })
	if isAddress(address) && !known && len(d.Feeds) < maxFound {
		d.Feeds = append(d.Feeds, FeedLink{URL: address, Title: clean(squash(title))})
	}
}

func (d *Discovery) addSitemap(address string) {
	if isAddress(address) && !slices.Contains(d.Sitemaps, address) && len(d.Sitemaps) < maxFound {
		d.Sitemaps = append(d.Sitemaps, address)
	}
}

// systemOf recognises the publishing system by its generator and its traces.
func systemOf(p *page) string {
	generator := strings.ToLower(p.head.first("generator"))
	for _, name := range []string{"nukeviet", "joomla", "wordpress", "drupal", "sharepoint", "liferay", "blogger"} {
		if strings.Contains(generator, name) {
			return name
		}
	}
	for n := range p.doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if system := traceOf(n); system != "" {
			return system
		}
	}
	return ""
}

func traceOf(n *html.Node) string {
	address := strings.ToLower(attr(n, "src") + attr(n, "href"))
	id := attr(n, "id")
	switch {
	case id == "aspnetForm" || strings.Contains(address, "/_layouts/15/") || strings.HasPrefix(id, "s4-"):
		return "sharepoint"
	case strings.Contains(address, "/o/") && strings.Contains(address, "-theme/") || strings.Contains(attr(n, "class"), "portlet-asset-publisher") || strings.Contains(address, "/asset_publisher/"):
		return "liferay"
	case strings.Contains(address, "/wp-content/") || strings.Contains(address, "/wp-json/"):
		return "wordpress"
	case strings.Contains(address, "/media/jui/") || strings.Contains(address, "/components/com_content"):
		return "joomla"
	case strings.Contains(address, "/themes/default/js/nv.") || strings.Contains(address, "/assets/js/nv."):
		return "nukeviet"
	case strings.Contains(address, "/webcenter/") || strings.Contains(address, "/_adfvp"):
		return "webcenter"
	}
	return ""
}

func (d *Discovery) guesses(base *url.URL) (feeds, sitemaps []string) {
	paths := []string{"/rss/home.rss", "/rss.xml", "/feed/", "/rss", "/atom.xml"}
	switch d.System {
	case "wordpress":
		paths = []string{"/feed/"}
	case "nukeviet":
		paths = []string{"/vi/news/rss/", "/news/rss/", "/rss/"}
	case "joomla":
		paths = []string{"/?format=feed&type=rss"}
	case "drupal":
		paths = []string{"/rss.xml"}
	case "blogger":
		paths = []string{"/feeds/posts/default"}
	}
	maps := []string{"/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemaps/index.rss"}
	return resolveAll(base, paths), resolveAll(base, maps)
}

func resolveAll(base *url.URL, paths []string) []string {
	out := []string{}
	for _, path := range paths {
		if u, err := base.Parse(path); err == nil && base.Host != "" {
			out = append(out, u.String())
		}
	}
	return out
}
