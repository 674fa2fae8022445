package sitemap

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/viet"
)

type parser struct {
	Map
	now  time.Time
	base *url.URL
	// The entry being read: its fields, and whether it is of an index.
	entry   *URL
	inIndex bool
	field   strings.Builder
}

// errBound stops the reading at a bound.
var errBound = errors.New("sitemap: bound met")

// xml streams the document. A fault ends the reading; what came before stays.
func (p *parser) xml(r io.Reader) error {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for depth, root := 0, false; ; {
		token, err := d.RawToken()
		if err != nil {
			p.Truncated = p.Truncated || !errors.Is(err, io.EOF) || depth > 0
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !root && !isRoot(t.Name.Local) {
				return ErrNotSitemap
			}
			root = true
			depth++
			err = p.start(t.Name, depth)
		case xml.EndElement:
			depth--
			err = p.end(t.Name)
		case xml.CharData:
			p.text(t)
		}
		if err != nil {
			p.Truncated = true
			break
		}
	}
	if len(p.URLs) == 0 && len(p.Sitemaps) == 0 && p.Truncated && p.entry == nil {
		return ErrNotSitemap
	}
	return nil
}

func isRoot(name string) bool { return name == "urlset" || name == "sitemapindex" }

func (p *parser) start(name xml.Name, depth int) error {
	if depth > maxDepth {
		return errBound
	}
	p.field.Reset()
	switch name.Local {
	case "url", "sitemap":
		p.entry, p.inIndex = &URL{}, name.Local == "sitemap"
	case "news":
		if p.entry != nil && p.entry.News == nil {
			p.entry.News = &News{}
		}
	}
	return nil
}

// maxField bounds the text of one element.
const maxField = 16 << 10

func (p *parser) text(t []byte) {
	if p.entry != nil && p.field.Len() < maxField {
		p.field.Write(t)
	}
}

func (p *parser) end(name xml.Name) error {
	if p.entry == nil {
		return nil
	}
	value := strings.TrimSpace(p.field.String())
	p.field.Reset()
	if name.Local == "url" || name.Local == "sitemap" {
		return p.keep()
	}
	if value == "" || name.Space == "image" || name.Space == "video" {
		return nil
	}
	switch name.Local {
	case "loc":
		p.entry.Loc = p.resolve(value)
	case "lastmod":
		if s, ok := dateline.Value(value, p.now); ok {
			p.entry.LastMod = dateline.Moment{Time: s.Time}
		}
	case "changefreq":
		p.entry.ChangeFreq = value
	default:
		if p.entry.News != nil {
			p.news(name.Local, value)
		}
	}
	return nil
}

func (p *parser) news(name, value string) {
	n := p.entry.News
	switch name {
	case "title":
		n.Title = viet.Clean(value)
	case "name":
		n.Publication = viet.Clean(value)
	case "language":
		n.Language = value
	case "publication_date":
		if s, ok := dateline.Value(value, p.now); ok {
			n.Published, n.Confidence = dateline.Moment{Time: s.Time}, s.Confidence
		}
	case "keywords":
		for _, k := range strings.Split(value, ",") {
			if k = strings.TrimSpace(viet.Clean(k)); k != "" {
				n.Keywords = append(n.Keywords, k)
			}
		}
	}
}

// keep adds the entry just ended; one without an address is left out.
func (p *parser) keep() error {
	entry := *p.entry
	p.entry = nil
	if entry.Loc == "" {
		return nil
	}
	if p.inIndex {
		p.Sitemaps = append(p.Sitemaps, entry)
	} else {
		p.URLs = append(p.URLs, entry)
	}
	if len(p.URLs)+len(p.Sitemaps) >= MaxURLs {
		return errBound
	}
	return nil
}

// lines reads a plain list, one address a line.
func (p *parser) lines(r io.Reader) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 4*maxLoc)
	for s.Scan() {
		loc := p.resolve(strings.TrimPrefix(s.Text(), "\ufeff"))
		if loc == "" {
			continue
		}
		if len(p.URLs) >= MaxURLs {
			p.Truncated = true
			return
		}
		p.URLs = append(p.URLs, URL{Loc: loc})
	}
	p.Truncated = s.Err() != nil
}
