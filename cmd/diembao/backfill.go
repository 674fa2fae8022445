package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/stream"
)

// The ways of filling gaps.
const (
	walkArchive = "archive"
	walkSitemap = "sitemap"
)

// filling is what a backfill is asked for.
type filling struct {
	source   string
	from, to time.Time
	walk     []string
	undated  bool
}

func newBackfill() *cobra.Command {
	var o where
	var f filling
	var from, to string
	c := &cobra.Command{
		Use: "backfill --source ID --from DAY --to DAY", Args: cobra.NoArgs,
		Short: "fill gaps: archived pages read again with today's extraction, then pages that the site's sitemaps list and nobody has read",
		Long: `backfill reads the archived pages of a source again with today's extraction and publishes
them as the revisions they were; it fetches nothing for that. Then it walks the sitemaps of
the source (its own address, or what robots.txt names, or /sitemap.xml) and reads the pages of
the range that the archive does not know, at the host's pace and by its robots.txt; a running
crawler lends it the host. It prints what it found, skipped and could not read, and may be
repeated: what is published is known the next time.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(from, to, time.Now()); err != nil {
				return err
			}
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				return backfill(ctx, cmd, &o, bus, f)
			})
		},
	}
	o.flags(c)
	c.Flags().StringVar(&f.source, "source", "", "id of a source of the list; without it, the archived pages of all")
	c.Flags().StringVar(&from, "from", "", "first day (default: 28 days ago)")
	c.Flags().StringVar(&to, "to", "", "last day, or a time (default: now)")
	c.Flags().StringSliceVar(&f.walk, "walk", nil, "only this: archive or sitemap (default: both)")
	c.Flags().BoolVar(&f.undated, "undated", false, "read pages too that a sitemap lists without a date")
	return c
}

// check fills in the range and refuses what makes no sense.
func (f *filling) check(from, to string, now time.Time) (err error) {
	if f.from, f.to, err = span(from, to, now); err != nil {
		return err
	}
	if len(to) == len(time.DateOnly) { // a day: to its end
		f.to = f.to.AddDate(0, 0, 1).Add(-time.Second)
	}
	if f.to.Before(f.from) {
		return usage(fmt.Errorf("backfill: --to %s lies before --from %s", to, from))
	}
	if len(f.walk) == 0 {
		f.walk = []string{walkArchive}
		if f.source != "" {
			f.walk = append(f.walk, walkSitemap)
		}
	}
	for _, w := range f.walk {
		if w != walkArchive && w != walkSitemap {
			return usage(fmt.Errorf("backfill: --walk %s: want archive or sitemap", w))
		}
	}
	if f.source == "" && slices.Contains(f.walk, walkSitemap) {
		return usage(errors.New("backfill: --walk sitemap goes to the site: name one with --source"))
	}
	return nil
}

// filled is what a backfill prints.
type filled struct {
	Source  string          `json:"source,omitempty"`
	From    time.Time       `json:"from"`
	To      time.Time       `json:"to"`
	Archive *crawler.Filled `json:"archive,omitempty"`
	Sitemap *crawler.Walked `json:"sitemap,omitempty"`
}

func backfill(ctx context.Context, cmd *cobra.Command, o *where, bus stream.Bus, f filling) (err error) {
	c, err := o.configOf()
	if err != nil {
		return err
	}
	made, err := newCollector(ctx, c, crawler.Options{Bus: bus})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, made.close()) }()
	out := filled{Source: f.source, From: f.from, To: f.to}
	if slices.Contains(f.walk, walkArchive) {
		report, bad := made.Backfill(ctx, f.source, f.from, f.to)
		out.Archive, err = &report, bad
	}
	if err == nil && slices.Contains(f.walk, walkSitemap) {
		out.Sitemap, err = walkSitemaps(ctx, cmd.ErrOrStderr(), made.Crawler, f)
	}
	if errors.Is(err, crawler.ErrSource) {
		return usage(err)
	}
	return errors.Join(err, printJSON(cmd.OutOrStdout(), out))
}

// walkSitemaps walks, and says from time to time how far it is. A source
// without sitemaps is a mistake only where nothing else was asked for.
func walkSitemaps(ctx context.Context, w io.Writer, c *crawler.Crawler, f filling) (*crawler.Walked, error) {
	said := time.Now()
	report, err := c.Walk(ctx, f.source, crawler.WalkOptions{From: f.from, To: f.to, Undated: f.undated, Progress: func(now crawler.Walked) {
		if time.Since(said) >= 30*time.Second {
			said = time.Now()
			fmt.Fprintf(w, "backfill: %d pages published, %d left\n", now.Published, now.Left)
		}
	}})
	if errors.Is(err, crawler.ErrNoSitemap) {
		if strings.Join(f.walk, "") == walkSitemap {
			return nil, usage(err)
		}
		report.Problems = append(report.Problems, err.Error())
		err = nil
	}
	return &report, err
}
