package feed

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/viet"
	"github.com/mmcdole/gofeed"
)

// Item is one entry of a feed. Title, Summary and Author are plain text;
// Content is the HTML that the feed carries, unchecked.
type Item struct {
	Title      string          `json:"title"`
	Link       string          `json:"link"`
	GUID       string          `json:"guid"`
	Published  dateline.Moment `json:"published"` // zero where unknown
	Updated    dateline.Moment `json:"updated"`
	Summary    string          `json:"summary"`
	Content    string          `json:"content"`
	Author     string          `json:"author"`
	Categories []string        `json:"categories"`
	// Confidence is that of Published, 0…1.
	Confidence float64 `json:"published_confidence,omitempty"`
	// Image is the address of the item's picture.
	Image string `json:"image,omitempty"`
}

// Key identifies the item among the polls of one feed: its link, because many
// publishing systems make a new guid at every poll; then its guid; then title.
func (i Item) Key() string { return cmp.Or(i.Link, i.GUID, i.Title) }

func convert(f *gofeed.Feed, base string, now time.Time) Feed {
	hub, self := hubAndSelf(f)
	out := Feed{
		Title: plain(f.Title), Link: resolve(f.Link, base), Self: resolve(self, base), Hub: resolve(hub, base),
		Language: strings.TrimSpace(f.Language), Format: f.FeedType, Items: []Item{},
	}
	if s, ok := dateline.Value(f.Updated, now); ok {
		out.Updated = s.Time
	}
	base = cmp.Or(base, absolute(out.Self), absolute(out.Link))
	for _, item := range f.Items {
		if item != nil && len(out.Items) < MaxItems {
			out.Items = append(out.Items, convertItem(item, f.FeedType, base, now))
		}
	}
	return out
}

func convertItem(item *gofeed.Item, format, base string, now time.Time) Item {
	out := Item{
		Title: plain(item.Title), GUID: strings.TrimSpace(item.GUID), Content: strings.TrimSpace(item.Content),
		Summary: plain(item.Description), Author: author(item), Categories: categories(item.Categories),
	}
	out.Link = resolve(link(item, format), base)
	if item.Image != nil {
		out.Image = resolve(item.Image.URL, base)
	}
	published, ok := when(item.Published, item.PublishedParsed, now)
	if ok {
		out.Published, out.Confidence = dateline.Moment{Time: published.Time}, published.Confidence
	}
	if updated, ok := when(item.Updated, item.UpdatedParsed, now); ok {
		out.Updated = dateline.Moment{Time: updated.Time}
	}
	return out
}

// sureByLibrary is the confidence of a date that only gofeed could read.
const sureByLibrary = 0.5

// when reads a date as written; gofeed's reading is used only for forms that
// name no clock in figures with strokes, where it would guess the order.
func when(written string, parsed *time.Time, now time.Time) (dateline.Stamp, bool) {
	if s, ok := dateline.Value(written, now); ok {
		return s, true
	}
	if parsed == nil || strings.ContainsAny(written, "/:") {
		return dateline.Stamp{}, false
	}
	y, m, d := parsed.Date()
	s := dateline.Stamp{Time: time.Date(y, m, d, 0, 0, 0, 0, dateline.Zone()), DateOnly: true, Confidence: sureByLibrary}
	return s, y >= 1990 && !s.Time.After(now)
}

// link prefers the item's link, then, in RSS, a guid that is an address (an
// Atom id only looks like one).
func link(item *gofeed.Item, format string) string {
	if l := squeeze(item.Link); l != "" {
		return l
	}
	for _, l := range item.Links {
		if l = squeeze(l); l != "" {
			return l
		}
	}
	if format != "rss" {
		return ""
	}
	return absolute(squeeze(item.GUID))
}

// squeeze takes the blanks and line breaks out of an address that was padded
// or wrapped.
func squeeze(address string) string {
	return strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(strings.TrimSpace(address))
}

func absolute(address string) string {
	if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
		return address
	}
	return ""
}

// resolve makes an address absolute where base allows; an address that cannot
// be parsed is kept as written, for it is the item's identity.
func resolve(address, base string) string {
	address = squeeze(address)
	if address == "" || base == "" || absolute(address) != "" {
		return address
	}
	b, err := url.Parse(base)
	if err != nil {
		return address
	}
	u, err := b.Parse(address)
	if err != nil {
		return address
	}
	return u.String()
}

func author(item *gofeed.Item) string {
	var names []string
	for _, p := range item.Authors {
		if p != nil {
			if name := plain(cmp.Or(p.Name, p.Email)); name != "" {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

func categories(in []string) []string {
	out := make([]string, 0, len(in))
	for _, c := range in {
		if c = plain(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// clean is the form in which every text leaves this package.
func clean(s string) string { return strings.TrimSpace(viet.Clean(s)) }
