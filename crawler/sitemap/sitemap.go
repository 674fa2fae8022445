// Package sitemap reads sitemaps, sitemap indexes, news sitemaps and plain
// lists of addresses, packed or not, whatever their names end in.
//
// It reads bytes and returns addresses with what the sitemap says of them; it
// fetches nothing. XML is streamed, so memory is bounded by the addresses kept.
// It promises to end within its bounds on any input, to keep what was read
// before a fault, and never to date a page later than now plus one hour.
//
// Limit: lastmod is often the time at which the sitemap was made; it is kept
// as a hint for visiting, not as the page's time.
package sitemap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Bounds. The first two are those of sitemaps.org.
const (
	MaxURLs  = 50_000
	MaxBytes = 50 << 20 // after decompression
	maxDepth = 32
	maxLoc   = 4096
)

// ErrNotSitemap says that the document is something else.
var ErrNotSitemap = errors.New("sitemap: not a sitemap")

// Map is one sitemap document: pages, or further sitemaps, or (by mistake)
// both.
type Map struct {
	URLs     []URL `json:"urls,omitempty"`
	Sitemaps []URL `json:"sitemaps,omitempty"`
	// Truncated says that a bound was met or that the document broke off; what
	// stood before is there.
	Truncated bool `json:"truncated,omitempty"`
}

// URL is one entry.
type URL struct {
	Loc        string          `json:"loc"` // absolute where base allowed
	LastMod    dateline.Moment `json:"lastmod"`
	ChangeFreq string          `json:"changefreq,omitempty"`
	News       *News           `json:"news,omitempty"`
}

// News is what a news sitemap says of a page.
type News struct {
	Publication string          `json:"publication,omitempty"` // the outlet's name
	Language    string          `json:"language,omitempty"`
	Title       string          `json:"title"`
	Published   dateline.Moment `json:"published"`
	Confidence  float64         `json:"published_confidence,omitempty"`
	Keywords    []string        `json:"keywords,omitempty"`
}

// Parse reads a sitemap. contentType is the HTTP header (it may be empty),
// base the address of the document, now the time of fetching. A sitemap
// without entries is not an error.
func Parse(data []byte, contentType, base string, now time.Time) (Map, error) {
	return Read(bytes.NewReader(data), contentType, base, now)
}

// Read is Parse for a document as it comes; it takes in no more than MaxBytes
// and holds only what it returns. A fault of in is an end to it.
func Read(in io.Reader, contentType, base string, now time.Time) (Map, error) {
	r, err := open(in)
	if err != nil {
		return Map{}, err
	}
	head := make([]byte, 512)
	n, _ := io.ReadFull(r, head)
	head = head[:n]
	rest := io.MultiReader(bytes.NewReader(head), r)
	p := &parser{now: now, base: parseBase(base)}
	start := strings.TrimLeft(string(head), " \t\r\n\ufeff")
	switch {
	case strings.HasPrefix(start, "<"):
		err = p.xml(rest)
	case strings.HasPrefix(start, "http://") || strings.HasPrefix(start, "https://"):
		p.lines(rest)
	default:
		err = ErrNotSitemap
	}
	return p.Map, err
}

// open unpacks gzip by its first bytes and bounds and repairs what is read.
func open(in io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(io.LimitReader(in, MaxBytes))
	var r io.Reader = buffered
	if start, _ := buffered.Peek(2); bytes.Equal(start, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, ErrNotSitemap
		}
		r = z
	}
	r = io.LimitReader(r, MaxBytes)
	return transform.NewReader(r, unicode.BOMOverride(unicode.UTF8.NewDecoder())), nil
}

func parseBase(base string) *url.URL {
	u, err := url.Parse(base)
	if err != nil || base == "" {
		return nil
	}
	return u
}

// resolve returns the address of a loc, or "" where it is none.
func (p *parser) resolve(loc string) string {
	loc = strings.Join(strings.Fields(loc), "")
	if loc == "" || len(loc) > maxLoc {
		return ""
	}
	if p.base != nil {
		if u, err := p.base.Parse(loc); err == nil {
			loc = u.String()
		}
	}
	if !strings.HasPrefix(loc, "http://") && !strings.HasPrefix(loc, "https://") {
		return ""
	}
	return loc
}
