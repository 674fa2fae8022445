package extract

import (
	"cmp"
	"math"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
)

// publishedNames are the metas that carry the time of publishing, best first.
func publishedNames() []string {
	return []string{
		"article:published_time", "datepublished", "pubdate", "og:article:published_time", "published_time", "og:published_time", "publishdate", "publish-date",
		"publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "article.published",
		"parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date",
	}
}

// findTimes gathers what the page says of its time and chooses.
func (p *page) findTimes() {
	var c []dateline.Candidate
	add := func(from string, s dateline.Stamp, ok bool) {
		if ok {
			c = append(c, dateline.Candidate{Stamp: s, From: from})
		}
	}
	if p.rules != nil && p.rules.Published != "" {
		s, ok := dateline.Line(p.value(p.rules.Published), p.now)
		add(dateline.FromRule, s, ok)
	}
	s, ok := dateline.Value(p.data.published, p.now)
	add(dateline.FromJSONLD, s, ok)
	s, ok = dateline.Value(cmp.Or(p.head.first(publishedNames()...), p.head.dates[0]), p.now)
	add(dateline.FromMeta, s, ok)
	shown := p.shownTimes()
	add(dateline.FromDateline, shown.published, !shown.published.Time.IsZero())
	s, ok = dateline.FromURL(p.address, p.now)
	add(dateline.FromAddress, s, ok)
	if best, ok := dateline.Choose(c, p.now); ok {
		p.Published = dateline.Moment{Time: best.Time}
		p.PublishedFrom, p.PublishedConfidence = best.From, math.Round(best.Confidence*100)/100
	}
	p.findUpdated(shown.updated)
}

func (p *page) findUpdated(shown dateline.Stamp) {
	values := []string{p.data.modified, p.head.first("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "lastmod"), p.head.dates[1]}
	if p.rules != nil && p.rules.Updated != "" {
		values = append([]string{p.value(p.rules.Updated)}, values...)
	}
	for _, v := range values {
		if s, ok := dateline.Value(v, p.now); ok && p.setUpdated(s.Time) {
			return
		}
	}
	if !shown.Time.IsZero() {
		p.setUpdated(shown.Time)
	}
}

// setUpdated refuses a change that does not come after the publishing.
func (p *page) setUpdated(t time.Time) bool {
	if !t.After(p.Published.Time) {
		return false
	}
	p.Updated = dateline.Moment{Time: t}
	return true
}
