// Package feed reads RSS, Atom, RDF and JSON feeds as they are found: broken
// XML, wrong charsets, local dates, HTML in titles.
//
// It reads bytes and returns a Feed; it fetches nothing. It mends the document,
// hands it to gofeed, and then reads every date again by the rules of package
// dateline, because gofeed takes zone-less and "GMT+7" times for UTC. It
// promises never to fail on an empty feed, never to date an item later than
// now plus one hour or as "now", and to end in time and memory linear in a
// bounded input.
//
// Limit: an item that was cut off by a truncated transfer is dropped, since
// its link cannot be trusted.
package feed

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
)

// Bounds of what is read. The largest feed seen among the watched outlets is
// below 2 MB and holds 500 items.
const (
	MaxBytes = 8 << 20 // after decompression
	MaxItems = 5000
	maxDepth = 100
)

// Errors that a caller chooses by.
var (
	// ErrNotFeed says that the document is something else, often a page.
	ErrNotFeed = errors.New("feed: not a feed")
	// ErrTooLarge says that the document exceeds MaxBytes.
	ErrTooLarge = errors.New("feed: larger than 8 MiB")
)

// Feed is one feed document.
type Feed struct {
	Title    string    `json:"title"`
	Link     string    `json:"link"`          // the site's page
	Self     string    `json:"self"`          // the feed's own address, rel=self
	Hub      string    `json:"hub,omitempty"` // the WebSub hub, rel=hub
	Language string    `json:"language,omitempty"`
	Updated  time.Time `json:"updated,omitzero"`
	Format   string    `json:"format"` // rss, atom, json
	Items    []Item    `json:"items"`
	// Mended counts the faults of the document that were put right; a source
	// whose every poll is mended deserves a note to its owner.
	Mended int `json:"mended,omitempty"`
	// Truncated says that the document ended early and its last item was lost.
	Truncated bool `json:"truncated,omitempty"`
}

// Parse reads a feed. contentType is the HTTP header (it may be empty), base
// the address the document came from, now the time of fetching. A feed without
// items is not an error.
func Parse(data []byte, contentType, base string, now time.Time) (Feed, error) {
	text, err := decode(data, contentType)
	if err != nil {
		return Feed{}, err
	}
	text = strings.TrimLeft(text, " \t\r\n\ufeff")
	if strings.HasPrefix(text, "{") {
		return parseJSON(text, base, now)
	}
	return parseXML(text, base, now)
}

func parseXML(text, base string, now time.Time) (Feed, error) {
	mended := mend(text)
	if !isFeedRoot(mended.root) {
		return Feed{}, ErrNotFeed
	}
	parsed, err := parseOne(mended.text)
	if err != nil {
		return Feed{}, fmt.Errorf("feed: reading %s: %w", mended.root, err)
	}
	f := convert(parsed, base, now)
	f.Mended, f.Truncated = mended.faults, mended.truncated
	return f, nil
}

func isFeedRoot(name string) bool {
	switch strings.ToLower(local(name)) {
	case "rss", "rdf", "feed", "channel":
		return true
	}
	return false
}

func parseJSON(text, base string, now time.Time) (Feed, error) {
	if jsonDepth(text) > maxDepth {
		return Feed{}, ErrNotFeed
	}
	parsed, err := parseOne(text)
	truncated := false
	if err != nil {
		cut, ok := completeItems(text)
		if !ok {
			return Feed{}, fmt.Errorf("feed: reading json: %w", err)
		}
		if parsed, err = parseOne(cut); err != nil {
			return Feed{}, fmt.Errorf("feed: reading cut json: %w", err)
		}
		truncated = true
	}
	if parsed.FeedVersion == "" && len(parsed.Items) == 0 {
		return Feed{}, ErrNotFeed
	}
	f := convert(parsed, base, now)
	f.Truncated = truncated
	return f, nil
}

func parseOne(text string) (*gofeed.Feed, error) {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true // the only way to the rel of Atom's links
	return p.ParseString(text)
}
