package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/fetch"
)

func newSources() *cobra.Command {
	return group("sources", "try an address, check the list", newSourcesTry(), newSourcesCheck())
}

// fetcher makes a fetcher of the configuration, or of flags alone.
func fetcher(config, contact string, allow []string) (*fetch.Fetcher, *configs.Config, error) {
	c := &configs.Config{Crawler: crawler.Config{Contact: contact, Allow: allow}}
	if config != "" {
		var err error
		if c, err = configs.Load(config); err != nil {
			return nil, nil, usage(err)
		}
		c.Crawler.Allow = append(c.Crawler.Allow, allow...)
	}
	f, err := crawler.NewFetcher(c.Crawler, crawler.Options{Log: slog.New(slog.DiscardHandler)})
	return f, c, err
}

func newSourcesTry() *cobra.Command {
	var config, contact string
	var allow []string
	var asJSON bool
	c := &cobra.Command{
		Use: "try URL", Args: cobra.ExactArgs(1),
		Short: "feeds and sitemaps of a site, what would be extracted, and the YAML to keep",
		RunE: func(cmd *cobra.Command, args []string) error {
			f, _, err := fetcher(config, contact, allow)
			if err != nil {
				return err
			}
			defer f.Close()
			t := crawler.Try(cmd.Context(), f, args[0], time.Now())
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), t)
			} else {
				printTrial(cmd, t)
			}
			if err == nil && t.Problem != "" {
				err = usage(fmt.Errorf("%s: %s", args[0], t.Problem))
			}
			return err
		},
	}
	c.Flags().StringVar(&config, "config", "", "configuration whose contact, pace and allow-list are used")
	c.Flags().StringVar(&contact, "contact", "https://github.com/diembao/diembao", "contact sent in the user agent")
	c.Flags().StringSliceVar(&allow, "allow", nil, "hosts or networks of your own that may be visited: intranet.example, 10.1.0.0/16")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// printTrial tells a person what a source would give.
func printTrial(cmd *cobra.Command, t crawler.Trial) {
	w := cmd.OutOrStdout()
	for _, d := range t.Doors {
		fmt.Fprintf(w, "%-8s %4d  %s %s\n", d.Via, d.Items, d.URL, d.Links)
	}
	for _, s := range t.Samples {
		fmt.Fprintf(w, "\n%s\n", s.URL)
		if s.Error != "" {
			fmt.Fprintf(w, "  lỗi / error: %s\n", s.Error)
			continue
		}
		a := s.Article
		when := "chưa rõ / unknown"
		if !a.Published.IsZero() {
			when = fmt.Sprintf("%s (%s, %.2f)", a.Published.Format(time.RFC3339), a.PublishedFrom, a.PublishedConfidence)
		}
		fmt.Fprintf(w, "  tiêu đề / title:    %s\n  giờ đăng / time:    %s\n  tác giả / author:   %s\n  sapô / lead:        %s\n  thân bài / body:    %s\n",
			a.Title, when, a.Author, firstRunes(a.Lead, 120), firstRunes(a.Body, 160))
	}
	if t.Problem == "" {
		fmt.Fprintf(w, "\n# thêm vào danh sách nguồn / add to the list of sources:\n%s", t.YAML())
	}
}

func newSourcesCheck() *cobra.Command {
	var config, out string
	c := &cobra.Command{
		Use: "check --config FILE", Args: cobra.NoArgs, Short: "try every source of the list and write a report (JSON lines)",
		RunE: func(cmd *cobra.Command, _ []string) error {
			f, c, err := fetcher(config, "", nil)
			if err != nil {
				return err
			}
			defer f.Close()
			bad := 0
			var lines strings.Builder
			crawler.Check(cmd.Context(), f, c.Crawler.Sources, time.Now(), func(s crawler.SourceConfig, t crawler.Trial) {
				state := "ok"
				if t.Problem != "" {
					state = t.Problem
					bad++
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%-24s %s\n", s.ID, state)
				err = errors.Join(err, printJSON(&lines, struct {
					Source string `json:"source"`
					crawler.Trial
				}{s.ID, t}))
			})
			if out != "" {
				err = errors.Join(err, writeWhole(out, []byte(lines.String())))
			}
			if err == nil && bad > 0 {
				err = fmt.Errorf("sources: %d would not work as they are", bad)
			}
			return err
		},
	}
	c.Flags().StringVar(&config, "config", "diembao.yaml", "configuration file")
	c.Flags().StringVar(&out, "report", "", "file for the whole report, JSON lines")
	return c
}
