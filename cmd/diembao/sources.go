package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
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
				err = usage(fmt.Errorf("%s: %s%s", args[0], t.Problem, hint(t)))
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

// hint says what a keeper can do where more than waiting helps.
func hint(t crawler.Trial) string {
	if strings.Contains(t.Error, fetch.ErrTarget.Error()) {
		return " Nếu là trang trong mạng của đơn vị, thêm --allow / if it is your own network's, add --allow HOST"
	}
	return ""
}

// printTrial tells a person what a source would give.
func printTrial(cmd *cobra.Command, t crawler.Trial) {
	w := cmd.OutOrStdout()
	for _, d := range t.Doors {
		fmt.Fprintf(w, "%-8s %4d  %s %s\n", d.Via, d.Items, d.URL, d.Links)
	}
	printSamples(w, t)
	if t.Problem == "" {
		fmt.Fprintf(w, "\n# thêm vào danh sách nguồn / add to the list of sources:\n%s", t.YAML())
	}
}

// printSamples shows how the items would be read.
func printSamples(w io.Writer, t crawler.Trial) {
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
}

func newSourcesCheck() *cobra.Command {
	var config, out string
	c := &cobra.Command{
		Use: "check [ID…] --config FILE", Short: "try every source of the list, or show what those named would give; --report writes all of it (JSON lines)",
		RunE: func(cmd *cobra.Command, ids []string) error {
			f, c, err := fetcher(config, "", nil)
			if err != nil {
				return err
			}
			defer f.Close()
			list, err := named(c.Crawler.Sources, ids)
			if err != nil {
				return err
			}
			bad := 0
			var lines strings.Builder
			crawler.Check(cmd.Context(), f, list, time.Now(), func(s crawler.SourceConfig, t crawler.Trial) {
				state := "ok"
				if t.Problem != "" {
					state = t.Problem
					bad++
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%-24s %s\n", s.ID, state)
				if len(ids) > 0 {
					printSamples(cmd.OutOrStdout(), t)
				}
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

// named gives the sources of the list that are asked for; all without ids.
func named(list []crawler.SourceConfig, ids []string) ([]crawler.SourceConfig, error) {
	if len(ids) == 0 {
		return list, nil
	}
	var out []crawler.SourceConfig
	for _, id := range ids {
		i := slices.IndexFunc(list, func(s crawler.SourceConfig) bool { return s.ID == id })
		switch {
		case i < 0:
			return nil, usage(fmt.Errorf("sources check: the list has no source %q", id))
		case !list[i].Via.Polled():
			return nil, usage(fmt.Errorf("sources check: %s comes by itself (via: %s): there is nothing to visit", id, list[i].Via))
		case list[i].Off:
			return nil, usage(fmt.Errorf("sources check: %s is off", id))
		}
		out = append(out, list[i])
	}
	return out, nil
}
