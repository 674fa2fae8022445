package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

func newImport() *cobra.Command {
	var o where
	var source string
	c := &cobra.Command{
		Use: "import FILE|LINK… --source ID", Args: cobra.MinimumNArgs(1),
		Short: "texts from JSONL, CSV or XLSX files, and pages that links lead to; rows that are refused go to a file with the reason",
		RunE: func(cmd *cobra.Command, args []string) error {
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				return importFiles(ctx, cmd, &o, bus, source, args)
			})
		},
	}
	o.flags(c)
	c.Flags().StringVar(&source, "source", "", "id of a source of the list, with `via: import` or push")
	return c
}

func importFiles(ctx context.Context, cmd *cobra.Command, o *where, bus stream.Bus, source string, files []string) (err error) {
	c, err := o.configOf()
	if err != nil {
		return err
	}
	made, err := newCollector(ctx, c, crawler.Options{Bus: bus})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, made.close()) }()
	rejected := 0
	for _, file := range files {
		if isLink(file) {
			if err := paste(ctx, cmd.OutOrStdout(), made, source, file); err != nil {
				return err
			}
			continue
		}
		report, err := made.Doors().Import(ctx, file, source, filepath.Join(c.Data, "rejected"), time.Now())
		if err != nil {
			return usage(fmt.Errorf("import %s: %w", file, err))
		}
		rejected += report.Rejected
		if err := printJSON(cmd.OutOrStdout(), report); err != nil {
			return err
		}
	}
	if rejected > 0 {
		return usage(fmt.Errorf("import: %d rows were refused; the file named above has them with the reasons", rejected))
	}
	return nil
}

func isLink(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// paste takes in the page that a link leads to.
func paste(ctx context.Context, w io.Writer, c *collector, source, link string) error {
	id, err := c.Paste(ctx, source, link)
	if err != nil {
		return usage(fmt.Errorf("import: %w", err))
	}
	return printJSON(w, struct {
		URL string     `json:"url"`
		ID  mention.ID `json:"id"`
	}{link, id})
}
