// Package sources is the source list of the fixture press: how a unit would
// write it in its configuration, with site rules that read every page of the
// press exactly.
//
// It reads nothing and writes nothing. Config is what the demo, the end-to-end
// tests and the benchmark crawl; Rows are the texts of the social channels as
// a unit would push or import them.
//
// Limit: the social channels are pushed; their platforms are simulated apart,
// in the tests of crawler/social.
package sources

import (
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/mention"
)

// Contact is what the demo's crawler gives as its contact.
const Contact = "https://diembao.example/lien-he"

// Config is the configuration of a crawler of the fixture press. delay is the
// pace of a host. A fraction of a second is polite enough to a server of one's
// own: then it is the demo, and every source is looked at each minute, so that
// what appears is soon seen; otherwise polling follows the learned rhythm.
func Config(delay time.Duration) crawler.Config {
	c := crawler.Config{Contact: Contact, Delay: delay, Sources: List()}
	for i := range c.Sources {
		if delay < time.Second && c.Sources[i].Via.Polled() {
			c.Sources[i].Every = time.Minute
		}
	}
	return c
}

// List is the source list: thirteen polled sources and four that are pushed.
func List() []crawler.SourceConfig {
	var list []crawler.SourceConfig
	for _, o := range newsroom.Outlets() {
		if o.Kind == mention.Social {
			list = append(list, social(o))
			continue
		}
		s := crawler.SourceConfig{ID: o.ID, Outlet: o.ID, Name: o.Name, Kind: o.Kind, SourceType: o.SourceType,
			Rules: rules(o.Face), Verified: true}
		door(&s, o)
		list = append(list, s)
		if o.Face == newsroom.FaceSharePoint {
			list = append(list, petitions(o))
		}
	}
	return list
}

// door sets how the source is heard.
func door(s *crawler.SourceConfig, o newsroom.Outlet) {
	at := func(via crawler.Via, path string) { s.Via, s.URL = via, "http://"+o.Host+path }
	switch o.Face {
	case newsroom.FaceFullFeed, newsroom.FaceBroken, newsroom.FaceRedirect:
		at(crawler.ViaFeed, "/rss/home.rss")
	case newsroom.FaceNukeViet:
		at(crawler.ViaFeed, "/vi/news/rss/")
	case newsroom.FaceLiferay:
		at(crawler.ViaFeed, "/-/asset_publisher/rss")
	case newsroom.FaceAtom:
		at(crawler.ViaFeed, "/atom.xml")
	case newsroom.FaceSitemap:
		at(crawler.ViaSitemap, "/sitemap.xml")
	case newsroom.FaceJSON:
		at(crawler.ViaJSON, "/api/news")
		s.JSON = &crawler.JSONConfig{Items: "data.items", URL: "path", Title: "title", Lead: "sapo", Published: "created_time"}
	case newsroom.FaceBare, newsroom.FacePaged, newsroom.FaceCommune, newsroom.FaceSharePoint:
		at(crawler.ViaListing, "/")
		s.Listing = &crawler.ListingConfig{Links: ".list h3 a", Next: "a.next", Pages: 3}
	}
}

// petitions are the citizens' letters on the portal of Lai Châu.
func petitions(o newsroom.Outlet) crawler.SourceConfig {
	return crawler.SourceConfig{ID: o.ID + "-kien-nghi", Outlet: o.ID, Name: o.Name, Kind: o.Kind, SourceType: o.SourceType,
		Via: crawler.ViaListing, URL: "http://" + o.Host + "/hoi-dap/Pages/danh-sach.aspx", Channel: mention.Message,
		Listing: &crawler.ListingConfig{Links: ".list h3 a", Next: "a.next", Pages: 3}, Verified: true,
		Basis: "Tiếp nhận phản ánh, kiến nghị của người dân trên cổng thông tin điện tử",
		Rules: &extract.Rules{Title: ".QuestionTitle", Body: ".QuestionContent", Author: ".QuestionSender", Published: ".QuestionDate"}}
}

func social(o newsroom.Outlet) crawler.SourceConfig {
	return crawler.SourceConfig{ID: o.ID, Outlet: o.ID, Name: o.Name, Kind: o.Kind, SourceType: o.SourceType, Via: crawler.ViaPush,
		Basis: "Theo dõi dư luận trên trang, kênh chính thức của đơn vị", Verified: true}
}

// rules are the selectors of a face.
func rules(f newsroom.Face) *extract.Rules {
	r := func(title, lead, body, author, source, published string) *extract.Rules {
		return &extract.Rules{Title: title, Lead: lead, Body: body, Author: author, Source: source, Published: published,
			Caption: body + " figcaption"}
	}
	switch f {
	case newsroom.FaceFullFeed:
		return r("h1.title-detail", "p.description", ".fck_detail", "p.author", "p.source", ".date")
	case newsroom.FaceBroken:
		return r("h1", "h2.sapo", ".content", ".byline", ".src", ".meta")
	case newsroom.FaceRedirect:
		return r("h1.article-title", ".article-sapo", ".article-body", ".article-author", ".article-source", ".article-date")
	case newsroom.FaceSitemap:
		return r("h1", ".chapo", ".detail", "span[itemprop=author]", ".nguon", "meta[itemprop=datePublished]@content")
	case newsroom.FaceBare:
		return r(".tieude", ".tomtat", ".noidung", ".tacgia", ".nguon", ".ngay")
	case newsroom.FacePaged:
		return r("section h1", ".lead", ".entry", "section p.author", "section p.source", "section time")
	case newsroom.FaceAtom:
		return r(".post-title", ".post-lead", ".post-content", ".post-author", ".post-source", ".post-time")
	case newsroom.FaceJSON:
		return r("h1", ".sapo", ".body", ".reporter", ".source", ".time")
	case newsroom.FaceSharePoint:
		return r(".ArticleTitle", ".ArticleSummary", ".ArticleContent", ".ArticleAuthor", ".ArticleSource", ".ArticleDate")
	case newsroom.FaceNukeViet:
		return r("h1.title", ".hometext", "#news-bodyhtml", ".author", ".text-right.source", "em.time")
	case newsroom.FaceLiferay:
		return r(".asset-title", ".asset-summary", ".journal-content-article", ".asset-author", ".asset-source", ".metadata-publish-date")
	}
	return r(".tin-tieu-de", ".tin-tom-tat", ".tin-noi-dung", ".tin-tac-gia", ".tin-nguon", ".tin-ngay")
}
