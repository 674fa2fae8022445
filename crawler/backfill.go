package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

// ErrNoArchive says that there is nothing to read again.
var ErrNoArchive = errors.New("crawler: no archive")

// Filled counts what a backfill did.
type Filled struct {
	Read       int `json:"read"`
	Published  int `json:"published"`
	Unreadable int `json:"unreadable"`
}

// Backfill reads the archived pages of a source again ("" is every source),
// those fetched from from to to, with today's rules, and publishes every one
// as the revision it was: same mention, same second. It neither fetches nor
// touches the frontier, and may be repeated.
func (c *Crawler) Backfill(ctx context.Context, source string, from, to time.Time) (Filled, error) {
	var f Filled
	if c.opts.Archive == nil {
		return f, ErrNoArchive
	}
	if source != "" && c.sources[source] == nil {
		return f, fmt.Errorf("%w: %q", ErrSource, source)
	}
	past := past{}
	err := c.opts.Archive.Walk(ctx, source, from, to, func(e archive.Entry, r archive.Record) error {
		f.Read++
		it, ok := c.reread(e, r)
		if !ok {
			f.Unreadable++
			return nil
		}
		if it.Change == nil {
			it.Change = past.change(c.intake, it, r.Fetched)
		}
		if err := c.intake.Again(ctx, it, e.Digest, r.Fetched); err != nil {
			return err
		}
		f.Published++
		return nil
	})
	return f, err
}

// past holds the newest texts of a walk, so that revisions say what they
// changed.
type past map[uint64]archived

type archived struct {
	text mention.Text
	at   time.Time
}

// maxPast bounds a past, some 20 MB; a full one is begun anew: most revisions
// follow within days.
const maxPast = 5000

func (p past) change(in *intake.Intake, it intake.Item, fetched time.Time) *mention.Change {
	old, ok := p[it.Address()]
	if !ok && len(p) >= maxPast {
		clear(p)
	}
	p[it.Address()] = archived{it.Text, fetched}
	if !ok {
		return nil
	}
	c := in.Change(old.text, it.Text)
	if c != nil {
		c.Since = old.at.Unix()
	}
	return c
}

func (c *Crawler) reread(e archive.Entry, r archive.Record) (intake.Item, bool) {
	s := c.sources[e.Source]
	if s == nil {
		return intake.Item{}, false
	}
	if r.Header.Get("Content-Type") == intake.ItemType {
		var it intake.Item
		return it, json.Unmarshal(r.Body, &it) == nil
	}
	a, err := extract.Page(r.Body, r.Header.Get("Content-Type"), e.URL, s.Rules, r.Fetched)
	if err != nil || a.Body == "" && a.Lead == "" {
		return intake.Item{}, false
	}
	it := s.blank()
	it.URL = e.URL
	return c.filled(it, a), true
}
