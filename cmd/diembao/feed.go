package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/crawler/feed"
)

func newFeed() *cobra.Command {
	var base, contentType string
	c := &cobra.Command{
		Use: "feed FILE…", Args: cobra.MinimumNArgs(1),
		Short: "saved feeds (also .gz, - for standard input) → one JSON line an item",
		RunE: func(cmd *cobra.Command, args []string) error {
			var failed []error
			for _, name := range args {
				if err := printFeed(cmd, name, contentType, base); err != nil {
					fmt.Fprintln(cmd.ErrOrStderr(), err)
					failed = append(failed, err)
				}
			}
			if len(failed) > 0 {
				return usage(fmt.Errorf("feed: %d of %d files could not be read", len(failed), len(args)))
			}
			return nil
		},
	}
	c.Flags().StringVar(&base, "url", "", "address that the feed was fetched from, for relative links")
	c.Flags().StringVar(&contentType, "content-type", "", "the server's Content-Type")
	return c
}

func printFeed(cmd *cobra.Command, name, contentType, base string) error {
	data, err := readInput(name, cmd.InOrStdin(), feed.MaxBytes)
	if err != nil {
		return err
	}
	f, err := feed.Parse(data, contentType, base, time.Now())
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	for _, item := range f.Items {
		line := struct {
			File string `json:"file"`
			feed.Item
		}{name, item}
		if perr := printJSON(cmd.OutOrStdout(), line); perr != nil {
			return errors.Join(err, perr)
		}
	}
	return err
}
