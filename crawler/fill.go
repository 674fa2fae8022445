package crawler

import (
	"context"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

// filled puts what the page says over what the listing said. A feed's time
// stands in where the page gives none, and where the page's is less sure.
func (c *Crawler) filled(it intake.Item, a extract.Article) intake.Item {
	hint := it.Text
	it.Text = a.Text()
	it.Canonical = a.Canonical
	if it.Text.Title == "" {
		it.Text.Title = hint.Title
	}
	if it.Text.Published.IsZero() || !hint.Published.IsZero() && hint.PublishedConfidence > it.Text.PublishedConfidence {
		it.Text.Published, it.Text.PublishedFrom, it.Text.PublishedConfidence = hint.Published, hint.PublishedFrom, hint.PublishedConfidence
	}
	if it.Channel.Citizen() && it.Author == "" {
		it.Author = a.Author
	}
	if Correction(it.Text) {
		it.Corrects = c.corrected(it, a.Links)
	}
	return it
}

// corrected finds the mention a correction is about: the first article of the
// same outlet that its body links to.
func (c *Crawler) corrected(it intake.Item, links []string) mention.ID {
	for _, link := range links {
		o, ok := c.outlets[hostOf(link)]
		if ok && o.id == it.Outlet && link != it.URL {
			return mention.NewID(o.kind, o.id, link)
		}
	}
	return ""
}

// past is an item as the archive has it.
func (c *Crawler) past(ctx context.Context, it intake.Item) (intake.Item, error) {
	s := c.sources[it.Source]
	if s == nil {
		return it, ErrSource
	}
	return c.recall(ctx, s, it)
}

// recall reads an item from the archive again.
func (c *Crawler) recall(ctx context.Context, s *source, it intake.Item) (intake.Item, error) {
	r, whole, old, err := c.intake.Recall(ctx, it)
	if err != nil || whole {
		return old, err
	}
	a, err := extract.Page(r.Body, r.Header.Get("Content-Type"), it.URL, s.Rules, r.Fetched)
	if err != nil {
		return it, err
	}
	blank := s.blank()
	blank.URL = it.URL
	return c.filled(blank, a), nil
}
