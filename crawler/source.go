package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/feed"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/crawler/sitemap"
	"github.com/diembao/diembao/crawler/social"
	"github.com/diembao/diembao/mention"
)

// Source is a place to look for items. Look asks it once, through v.Fetch
// only, and lists what it shows, known items too; nothing new is no error. An
// error means that the source could not be heard, or could not be understood
// at all; single bad entries are counted in Finding.Bad.
type Source interface {
	Look(ctx context.Context, v intake.Visit) (intake.Finding, error)
}

// NewSource makes the source that a configuration describes. It fails for ways
// that are not polled (push, import, zalo).
func NewSource(c SourceConfig) (Source, error) {
	switch c.Via {
	case ViaFeed, ViaWebSub:
		return feedSource{c}, nil
	case ViaSitemap:
		return sitemapSource{c}, nil
	case ViaListing:
		return listingSource{c}, nil
	case ViaJSON:
		return jsonSource{c}, nil
	case ViaYouTube:
		y := c.YouTube
		return social.NewYouTube(c.blank(), social.YouTubeOptions{Key: y.Key, Channels: y.Channels, Videos: y.Videos, Searches: y.Searches, Endpoint: c.URL}), nil
	case ViaFacebook:
		f := c.Facebook
		return social.NewFacebook(c.blank(), social.FacebookOptions{Page: f.Page, Token: f.Token, AppSecret: f.AppSecret, VerifyToken: f.VerifyToken, Endpoint: c.URL}), nil
	}
	return nil, fmt.Errorf("crawler: source %s: %q is not polled", c.ID, c.Via)
}

// blank is an item of this source before anything is known of it.
func (c SourceConfig) blank() intake.Item {
	channel := c.Channel
	if channel == "" {
		channel = mention.Article
		if c.Kind == mention.Social {
			channel = mention.Post
		}
	}
	return intake.Item{Kind: c.Kind, Outlet: c.Outlet, OutletName: c.Name, SourceType: HostType(c),
		Source: c.ID, Channel: channel, Via: string(c.Via)}
}

// plainBody is the text of HTML that came inside a feed or an API.
func plainBody(html, base string, now time.Time) string {
	a, err := extract.Page([]byte("<article>"+html+"</article>"), "text/html; charset=utf-8", base, &extract.Rules{Body: "article"}, now)
	if err != nil {
		return ""
	}
	return a.Body
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// maxListed bounds what one look takes in, so that a record can remember all
// of it.
const maxListed = 400

// ask fetches what a source lists, unless it is as it was when the record's
// validators were kept: then, as after an error, there is no page.
func ask(ctx context.Context, v intake.Visit, r fetch.Request) (*fetch.Page, intake.Finding, error) {
	r.ETag, r.LastModified = v.Record.ETag, v.Record.LastModified
	page, err := v.Fetch.Get(ctx, r)
	if err != nil {
		return nil, intake.Finding{}, err
	}
	out := intake.Finding{NotModified: page.NotModified, ETag: page.Header.Get("ETag"), LastModified: page.Header.Get("Last-Modified")}
	if page.NotModified {
		return nil, out, nil
	}
	return page, out, nil
}

type feedSource struct{ c SourceConfig }

// Look implements Source.
func (s feedSource) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	page, out, err := ask(ctx, v, fetch.Request{URL: s.c.URL})
	if page == nil {
		return out, err
	}
	f, err := feed.Parse(page.Body, page.ContentType(), page.Final, v.Now)
	if err != nil {
		return out, fmt.Errorf("crawler: %s: %w", s.c.URL, err)
	}
	out.Hub, out.Self = f.Hub, f.Self
	for _, entry := range f.Items[:min(len(f.Items), maxListed)] {
		if !webAddress(entry.Link) {
			out.Bad++
			continue
		}
		out.Items = append(out.Items, s.item(entry, v.Now))
	}
	return out, nil
}

func (s feedSource) item(entry feed.Item, now time.Time) intake.Item {
	it := s.c.blank()
	it.URL = entry.Link
	it.Author = entry.Author
	it.Text = mention.Text{Title: entry.Title, Lead: entry.Summary, Author: entry.Author,
		Published: entry.Published.Time, Updated: entry.Updated.Time}
	if !entry.Published.IsZero() {
		it.Text.PublishedFrom, it.Text.PublishedConfidence = "feed", entry.Confidence
	}
	if s.c.FullText && entry.Content != "" {
		it.Complete = true
		it.Text.Body = plainBody(entry.Content, it.URL, now)
	}
	return it
}

// mapAt asks for a sitemap, which may be far larger than a page, and reads it
// into m as it comes.
func mapAt(address string, now time.Time, m *sitemap.Map) fetch.Request {
	return fetch.Request{URL: address, MaxBytes: sitemap.MaxBytes, Read: func(p *fetch.Page, body io.Reader) (err error) {
		if *m, err = sitemap.Read(body, p.ContentType(), p.Final, now); err != nil {
			return fmt.Errorf("crawler: %s: %w", address, err)
		}
		return nil
	}}
}

type sitemapSource struct{ c SourceConfig }

// Look implements Source. Of an index it reads the newest sitemaps.
func (s sitemapSource) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	var m sitemap.Map
	page, out, err := ask(ctx, v, mapAt(s.c.URL, v.Now, &m))
	if page == nil {
		return out, err
	}
	urls, err := s.below(ctx, v, m)
	for _, u := range newestFirst(urls) {
		if !webAddress(u.Loc) || len(out.Items) == maxListed {
			out.Bad++
			continue
		}
		out.Items = append(out.Items, s.item(u))
	}
	if len(m.Sitemaps) > 0 {
		out.ETag, out.LastModified = "", "" // the index may rest while its parts change
	}
	return out, err
}

// maxParts is how many sitemaps of an index a visit reads.
const maxParts = 3

func (s sitemapSource) below(ctx context.Context, v intake.Visit, m sitemap.Map) ([]sitemap.URL, error) {
	urls := m.URLs
	var errs []error
	for _, part := range newestFirst(m.Sitemaps)[:min(len(m.Sitemaps), maxParts)] {
		var sub sitemap.Map
		if _, err := v.Fetch.Get(ctx, mapAt(part.Loc, v.Now, &sub)); err != nil {
			errs = append(errs, err)
			continue
		}
		urls = append(urls, sub.URLs...)
	}
	if len(urls) > 0 {
		return urls, nil
	}
	return urls, errors.Join(errs...)
}

func (s sitemapSource) item(u sitemap.URL) intake.Item {
	it := s.c.blank()
	it.URL = u.Loc
	if u.News != nil {
		it.Text.Title = u.News.Title
		if at := u.News.Published.Time; !at.IsZero() {
			it.Text.Published, it.Text.PublishedFrom, it.Text.PublishedConfidence = at, "sitemap", 0.8
		}
	}
	return it
}
