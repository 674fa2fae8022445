// Package extract finds the article in a page: title, lead, body, author,
// section, source line, captions, times and canonical address, with site rules
// where they exist and without them everywhere else.
//
// It reads the bytes of a page and returns an Article; it fetches nothing. Site
// rules come first, then what the page says of itself (JSON-LD, OpenGraph,
// meta), then the page's own structure; the body is found by the density of
// its text and checked against the publisher's own articleBody, and go-
// readability is asked only where the page's structure says too little. It
// promises that menus, related links, counters, polls, breadcrumbs, datelines
// and buttons stay out of the body, that no time is invented, and that a
// hostile page costs bounded time and memory.
//
// Limit: text that a page draws with scripts is not seen.
package extract

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/diembao/diembao/viet"
	"golang.org/x/net/html"
)

// MaxBytes bounds a page after decompression. The largest of 181 articles
// measured had 3.1 MB.
const MaxBytes = 8 << 20

// Errors that a caller chooses by.
var (
	// ErrTooLarge says that the page exceeds MaxBytes.
	ErrTooLarge = errors.New("extract: page larger than 8 MiB")
	// ErrNotPage says that the bytes are no HTML and no text.
	ErrNotPage = errors.New("extract: not a page")
)

// Page extracts the article of a page. contentType is the HTTP header and
// address the page's address as found; both may be empty, as may rules. now is
// the time of fetching: no time later than now plus one hour is believed.
//
// A page without an article gives an Article with an empty Body and no error.
func Page(data []byte, contentType, address string, rules *Rules, now time.Time) (Article, error) {
	text, sound, err := decode(data, contentType)
	if err != nil {
		return Article{}, err
	}
	base, err := url.Parse(address)
	if err != nil {
		return Article{}, fmt.Errorf("extract: reading the address: %w", err)
	}
	p := &page{address: address, base: base, now: now, rules: rules}
	if !p.parse(text) {
		return flat(text, address), nil
	}
	if sound && p.tree.misread() {
		text, _, _ = viet.Decode([]byte(text), "")
		if !p.parse(text) {
			return flat(text, address), nil
		}
	}
	p.read()
	return p.Article, nil
}

// page is one page being read.
type page struct {
	address string
	base    *url.URL
	now     time.Time
	text    string // the page as UTF-8
	doc     *html.Node
	rules   *Rules
	head    head
	data    linked
	tree    *tree
	// picked marks the blocks of the body.
	picked []bool
	// told is the publisher's articleBody where the page itself shows no text.
	told string
	Article
}

// parse makes the tree of the page. It fails where the HTML parser does: on
// trees deeper than 512 elements; what is left is the plain text.
func (p *page) parse(text string) bool {
	page := lean(text, p.rules != nil)
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return false
	}
	p.text, p.doc = text, doc
	p.applyIgnore()
	p.head = readHead(doc)
	p.data = readLinked(p.head.linked)
	p.tree = grow(doc, len(page))
	return true
}

func (p *page) read() {
	p.URL = p.address
	p.Title = p.findTitle()
	p.locateTitle()
	p.findBody()
	p.promoteTitle()
	p.findFields()
	p.findTimes()
	p.applyRules()
	p.finish()
}
