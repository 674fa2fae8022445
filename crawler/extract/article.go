package extract

import (
	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/mention"
)

// Kind says what a page is.
type Kind string

// The kinds. Print, AMP and mobile are variants of an article whose canonical
// address is another; a list or tag page is no article.
const (
	KindArticle Kind = "article"
	KindList    Kind = "listing"
	KindTag     Kind = "tag"
	KindPrint   Kind = "print"
	KindAMP     Kind = "amp"
	KindMobile  Kind = "mobile"
	KindOther   Kind = "other"
)

// Article is what a page says. Its texts are clean NFC UTF-8; paragraphs of
// Body are separated by "\n".
type Article struct {
	URL        string   `json:"url"`
	Title      string   `json:"title"`
	Lead       string   `json:"lead"`
	Body       string   `json:"body"`
	Author     string   `json:"author"`
	Section    string   `json:"section"`
	SourceLine string   `json:"source_line"` // "Nguồn: …", "Theo …"
	Captions   []string `json:"captions,omitempty"`
	// Published and Updated are zero ("" in JSON) where unknown.
	Published           dateline.Moment `json:"published"`
	PublishedFrom       string          `json:"published_from"`
	PublishedConfidence float64         `json:"published_confidence"`
	Updated             dateline.Moment `json:"updated"`
	Canonical           string          `json:"canonical"`
	Kind                Kind            `json:"kind"`
	Quality             string          `json:"quality"` // a verdict of viet.Quality, "" is good
	Language            string          `json:"language,omitempty"`
	Site                string          `json:"site,omitempty"` // the outlet's name as the page has it
	// Links are the addresses that the body links to.
	Links []string `json:"links,omitempty"`
}

// Text is the article as a mention carries it.
func (a *Article) Text() mention.Text {
	return mention.Text{
		Title: a.Title, Lead: a.Lead, Body: a.Body, Author: a.Author, Section: a.Section, SourceLine: a.SourceLine,
		Captions: a.Captions, Published: a.Published.Time, PublishedFrom: a.PublishedFrom,
		PublishedConfidence: a.PublishedConfidence, Updated: a.Updated.Time, Quality: a.Quality,
	}
}

// Lists tells whether the page shows other articles and is none itself: a
// section's front, a tag, an archive of a month. None of 181 articles of an
// open benchmark and 201 of the fixture press was taken for one.
func (a *Article) Lists() bool { return a.Kind == KindList || a.Kind == KindTag }
