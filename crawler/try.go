package crawler

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/feed"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/crawler/sitemap"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Trial is what a source would give.
type Trial struct {
	URL     string `json:"url"`
	Problem string `json:"problem,omitempty"` // in Vietnamese; "" if the source would work
	Error   string `json:"error,omitempty"`   // technically
	// Doors are the ways found to hear the site, best first.
	Doors []Door `json:"doors,omitempty"`
	// Suggested is the source to keep in the list.
	Suggested SourceConfig `json:"-"`
	Listed    int          `json:"listed"` // items the suggested way lists
	Samples   []Sample     `json:"samples,omitempty"`
}

// Door is one way to hear a site.
type Door struct {
	Via   Via    `json:"via"`
	URL   string `json:"url"`
	Links string `json:"links,omitempty"` // selector, for a listing
	Items int    `json:"items"`
}

// Sample is one item as it would be read.
type Sample struct {
	URL     string           `json:"url"`
	Article *extract.Article `json:"article,omitempty"`
	Error   string           `json:"error,omitempty"`
}

// samples is how many items a trial reads.
const samples = 3

// Try finds out how an address can be heard: as the feed, sitemap or API it
// is, or by the doors its page announces or its links show; then it reads a
// few items. It fetches about a dozen pages, at the usual pace, and some more
// where the first door leads nowhere.
func Try(ctx context.Context, f *fetch.Fetcher, address string, now time.Time) Trial {
	t := Trial{URL: address}
	if !webAddress(address) {
		t.Problem = "Địa chỉ phải bắt đầu bằng http:// hoặc https://."
		return t
	}
	page, err := f.Get(ctx, fetch.Request{URL: address})
	if d, ok := large(ctx, f, address, err, now); ok {
		t.Doors = []Door{d}
		return t.best(ctx, f, &fetch.Page{URL: address, Final: address}, now)
	}
	if err != nil {
		t.Problem, t.Error = fetch.Explain(err), err.Error()
		return t
	}
	t.Doors = doorsOf(ctx, f, page, now)
	if len(t.Doors) == 0 {
		t.Problem = "Không tìm thấy RSS, sitemap hay danh sách bài trên trang này."
		return t
	}
	return t.best(ctx, f, page, now)
}

// maxDoors is how many doors a trial goes through.
const maxDoors = 3

// best suggests the first door whose items can be read; where none is, the
// first, with what is wrong with it.
func (t Trial) best(ctx context.Context, f *fetch.Fetcher, page *fetch.Page, now time.Time) Trial {
	var first *Trial
	for _, d := range t.Doors[:min(len(t.Doors), maxDoors)] {
		trial := Trial{URL: t.URL, Doors: t.Doors, Suggested: suggest(page, d)}
		if trial.run(ctx, f, now); trial.Problem == "" {
			return trial
		}
		if first == nil {
			first = &trial
		}
	}
	return *first
}

// run lists and reads what the suggested source would give.
func (t *Trial) run(ctx context.Context, f *fetch.Fetcher, now time.Time) {
	source, err := NewSource(t.Suggested)
	if err != nil {
		t.Problem, t.Error = "Nguồn này không phải loại được truy cập định kỳ.", err.Error()
		return
	}
	finding, err := source.Look(ctx, intake.Visit{Now: now, Record: &frontier.Record{}, Fetch: f})
	if err != nil {
		t.Problem, t.Error = explain(err), err.Error()
		return
	}
	t.Listed = len(finding.Items)
	good := 0
	for _, it := range finding.Items[:min(len(finding.Items), samples)] {
		s := sample(ctx, f, t.Suggested, it, now)
		if s.Article != nil && s.Article.Body != "" {
			good++
		}
		t.Samples = append(t.Samples, s)
	}
	switch {
	case t.Listed == 0:
		t.Problem = "Nguồn trả lời nhưng không có bài nào."
	case good == 0:
		t.Problem = "Liệt kê được bài nhưng không đọc được nội dung; cần đặt bộ chọn (rules)."
	}
}

func sample(ctx context.Context, f *fetch.Fetcher, c SourceConfig, it intake.Item, now time.Time) Sample {
	s := Sample{URL: it.URL}
	if it.Complete {
		s.Article = &extract.Article{URL: it.URL, Title: it.Text.Title, Body: it.Text.Body}
		return s
	}
	page, err := f.Get(ctx, fetch.Request{URL: it.URL})
	if err != nil {
		s.Error = err.Error()
		return s
	}
	a, err := extract.Page(page.Body, page.ContentType(), page.Final, c.Rules, now)
	if err != nil {
		s.Error = err.Error()
		return s
	}
	s.Article = &a
	return s
}

// doorsOf lists the ways to hear a page: itself, what it announces, what its
// links show; best first.
func doorsOf(ctx context.Context, f *fetch.Fetcher, page *fetch.Page, now time.Time) []Door {
	if d, ok := itself(page, now); ok {
		return []Door{d}
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(decoded(page)))
	if err != nil {
		return nil
	}
	var doors []Door
	for _, address := range candidates(doc, page.Final) {
		p, err := f.Get(ctx, fetch.Request{URL: address})
		d, ok := large(ctx, f, address, err, now)
		if err == nil {
			d, ok = itself(p, now)
		}
		if ok && d.Items > 0 && !slices.ContainsFunc(doors, func(e Door) bool { return e.URL == d.URL }) {
			doors = append(doors, d)
		}
	}
	slices.SortStableFunc(doors, func(a, b Door) int { return cmp.Compare(rankOf(a.Via), rankOf(b.Via)) })
	if d, ok := listingOf(doc, page.Final); ok {
		doors = append(doors, d)
	}
	return doors
}

func rankOf(v Via) int { return slices.Index(Vias(), v) }

func decoded(page *fetch.Page) []byte {
	_, params, _ := mime.ParseMediaType(page.ContentType())
	text, _, _ := viet.Decode(page.Body, params["charset"])
	return []byte(text)
}

// itself tells whether the page is a feed or a sitemap.
func itself(page *fetch.Page, now time.Time) (Door, bool) {
	if fd, err := feed.Parse(page.Body, page.ContentType(), page.Final, now); err == nil {
		return Door{Via: ViaFeed, URL: page.URL, Items: len(fd.Items)}, true
	}
	if m, err := sitemap.Parse(page.Body, page.ContentType(), page.Final, now); err == nil && len(m.URLs)+len(m.Sitemaps) > 0 {
		return Door{Via: ViaSitemap, URL: page.URL, Items: len(m.URLs) + len(m.Sitemaps)}, true
	}
	return Door{}, false
}

// large tells whether what is too large for a page is a sitemap.
func large(ctx context.Context, f *fetch.Fetcher, address string, err error, now time.Time) (Door, bool) {
	if !errors.Is(err, fetch.ErrTooLarge) {
		return Door{}, false
	}
	var m sitemap.Map
	_, err = f.Get(ctx, mapAt(address, now, &m))
	n := len(m.URLs) + len(m.Sitemaps)
	return Door{Via: ViaSitemap, URL: address, Items: n}, err == nil && n > 0
}

// candidates are the addresses where feeds and sitemaps may be: announced ones
// first, then the usual places.
func candidates(doc *goquery.Document, base string) []string {
	var out []string
	add := func(ref string) {
		if address := resolveAgainst(base, ref); webAddress(address) && !slices.Contains(out, address) && len(out) < 8 {
			out = append(out, address)
		}
	}
	doc.Find(`link[rel~="alternate"]`).Each(func(_ int, s *goquery.Selection) {
		if kind := s.AttrOr("type", ""); strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || strings.Contains(kind, "feed+json") {
			add(s.AttrOr("href", ""))
		}
	})
	doc.Find(`a[href*="rss"]`).Each(func(i int, s *goquery.Selection) {
		if i < 3 {
			add(s.AttrOr("href", ""))
		}
	})
	for _, usual := range []string{"/rss/home.rss", "/rss", "/sitemap.xml"} {
		add(usual)
	}
	return out
}

// listingOf guesses the selector of the links to items: the place on the page
// that holds the most links with the length of a headline.
func listingOf(doc *goquery.Document, base string) (Door, bool) {
	counts := map[string]int{}
	host := hostOf(base)
	doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		address := resolveAgainst(base, s.AttrOr("href", ""))
		if hostOf(address) == host && len([]rune(strings.TrimSpace(s.Text()))) >= 25 {
			counts[selectorOf(s)]++
		}
	})
	best := ""
	for selector, n := range counts {
		if n > counts[best] || n == counts[best] && selector < best {
			best = selector
		}
	}
	if counts[best] < 3 {
		return Door{}, false
	}
	return Door{Via: ViaListing, URL: base, Links: best, Items: counts[best]}, true
}

// selectorOf names the place of a link: its parent, and the nearest element
// above that has a class.
func selectorOf(s *goquery.Selection) string {
	place := goquery.NodeName(s.Parent()) + " > a"
	for p := s.Parent(); p.Length() > 0 && goquery.NodeName(p) != "body"; p = p.Parent() {
		if class, _, _ := strings.Cut(strings.TrimSpace(p.AttrOr("class", "")), " "); plainName(class) {
			if p.Get(0) == s.Parent().Get(0) {
				return "." + class + " > a"
			}
			return "." + class + " " + place
		}
	}
	return place
}

func plainName(class string) bool {
	return class != "" && !strings.ContainsFunc(class, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) && (class[0] < '0' || class[0] > '9')
}

// suggest makes the source to keep.
func suggest(page *fetch.Page, d Door) SourceConfig {
	host := hostOf(page.Final)
	id := slugOf(host)
	c := SourceConfig{ID: id, Outlet: id, Name: host, Kind: mention.Press, Via: d.Via, URL: d.URL, SourceType: TypeOf("", host)}
	if c.SourceType == TypePortal {
		c.Kind = mention.Portal
	}
	if doc, err := goquery.NewDocumentFromReader(bytes.NewReader(decoded(page))); err == nil {
		if title := strings.Join(strings.Fields(doc.Find("title").First().Text()), " "); title != "" {
			c.Name = title
		}
	}
	if d.Via == ViaListing {
		c.Listing = &ListingConfig{Links: d.Links}
	}
	return c
}

func slugOf(host string) string {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	slug := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, strings.TrimSuffix(host, ".vn"))
	return strings.Trim(slug[:min(len(slug), 64)], "-")
}

// YAML is the entry to keep in the source list.
func (t Trial) YAML() string {
	c := t.Suggested
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "    %s: %s\n", name, quoted(value))
		}
	}
	fmt.Fprintf(&b, "  - id: %s\n", quoted(c.ID))
	line("outlet", c.Outlet)
	line("name", c.Name)
	if c.SourceType == "" { // the host does not tell
		fmt.Fprintf(&b, "    kind: %s # báo chí; cổng thì portal, mạng xã hội, diễn đàn thì social / check: press, portal or social\n", c.Kind)
	} else {
		line("kind", string(c.Kind))
	}
	line("via", string(c.Via))
	line("url", c.URL)
	line("source_type", c.SourceType)
	if c.Listing != nil {
		fmt.Fprintf(&b, "    listing:\n      links: %s\n", quoted(c.Listing.Links))
	}
	fmt.Fprintf(&b, "    verified: %t\n", t.Problem == "")
	return b.String()
}

// quoted writes a YAML scalar, in double quotes unless it is a plain word.
func quoted(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '.' && r != '/' && r != ':' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}) && s[0] >= 'a' && s[0] <= 'z' && !strings.HasSuffix(s, ":") {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}

// Check tries every polled source of a list as it is configured, and answers
// in the list's order. report, if not nil, is told each result as it comes.
func Check(ctx context.Context, f *fetch.Fetcher, list []SourceConfig, now time.Time, report func(SourceConfig, Trial)) []Trial {
	var out []Trial
	for _, c := range list {
		if !c.Via.Polled() || c.Off || ctx.Err() != nil {
			continue
		}
		t := Trial{URL: c.URL, Suggested: c}
		t.run(ctx, f, now)
		out = append(out, t)
		if report != nil {
			report(c, t)
		}
	}
	return out
}

// NewFetcher is the web client of a configuration, for trials.
func NewFetcher(c Config, o Options) (*fetch.Fetcher, error) {
	return fetch.New(fetch.Options{UserAgent: UserAgent(c.Contact), Transport: o.Transport, Hosts: o.Hosts, Allow: c.Allow, Delay: c.Delay})
}

// Paste takes in one link that a person has found: the page is fetched and
// read, and becomes a mention of the source named.
func (c *Crawler) Paste(ctx context.Context, source, address string) (mention.ID, error) {
	s := c.sources[source]
	if s == nil || !webAddress(address) {
		return "", fmt.Errorf("%w: %q, %s", ErrSource, source, address)
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("crawler: paste: %w", err)
	}
	page, err := c.fetch.Get(ctx, fetch.Request{URL: u.String()})
	if err != nil {
		return "", err
	}
	a, err := extract.Page(page.Body, page.ContentType(), page.Final, s.Rules, page.Fetched)
	if err != nil {
		return "", fmt.Errorf("crawler: paste: %w", err)
	}
	if a.Body == "" {
		return "", fmt.Errorf("crawler: paste %s: no text", address)
	}
	it := s.blank()
	it.URL, it.Via = address, string(ViaImport)
	it = c.filled(it, a)
	return it.ID(), errors.Join(c.Receive(ctx, source, []intake.Item{it})...)
}
