package feed

import (
	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
)

// hubAndSelf finds the links that WebSub needs. gofeed's common form keeps
// only one address of a feed: Atom's links are in the original, RSS carries
// them as an extension.
func hubAndSelf(f *gofeed.Feed) (hub, self string) {
	take := func(rel, href string) {
		switch {
		case rel == "hub" && hub == "":
			hub = href
		case rel == "self" && self == "":
			self = href
		}
	}
	if a, ok := f.OriginalFeed().(*atom.Feed); ok {
		for _, l := range a.Links {
			take(l.Rel, l.Href)
		}
	}
	for _, prefix := range []string{"atom", "atom10", "atom03", "a10"} {
		for _, l := range links(f.Extensions, prefix) {
			take(l.Attrs["rel"], l.Attrs["href"])
		}
	}
	if self == "" {
		self = f.FeedLink
	}
	return hub, self
}

func links(e ext.Extensions, prefix string) []ext.Extension { return e[prefix]["link"] }
