package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// configOf gives the configuration that the flags name: a file's, or that of a
// demo's data folder.
func (o *where) configOf() (*configs.Config, error) {
	if o.config != "" {
		c, err := configs.Load(o.config)
		return c, usage(err)
	}
	if o.data == "" {
		o.data = defaultData
	}
	if _, err := os.Stat(o.data); err != nil {
		return nil, usage(fmt.Errorf("data folder %s: not there; name one with --data, or a configuration with --config", o.data))
	}
	return demoConfig(o.data, configs.DefaultListen), nil
}

// openIndex opens the index for reading beside whatever runs.
func (o *where) openIndex(ctx context.Context) (indexer.Engine, *configs.Config, error) {
	c, err := o.configOf()
	if err != nil {
		return nil, nil, err
	}
	e, err := openEngine(ctx, c)
	return e, c, err
}

func newSearch() *cobra.Command {
	var o where
	var asJSON bool
	var limit int
	c := &cobra.Command{
		Use: "search QUERY", Args: cobra.MinimumNArgs(1), Short: "what the desk's search would answer",
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, _, err := o.openIndex(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { _ = engine.Close() }() // only read
			page, err := engine.Search(cmd.Context(), query.Request{Text: strings.Join(args, " "), Limit: limit, Sort: query.ByRelevance})
			var mistake *query.ParseError
			if errors.As(err, &mistake) {
				return usage(err)
			}
			if err != nil {
				return err
			}
			return printHits(cmd.OutOrStdout(), page, asJSON)
		},
	}
	o.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON lines")
	c.Flags().IntVar(&limit, "limit", 20, "at most so many hits")
	return c
}

func printHits(w io.Writer, page query.Page, asJSON bool) error {
	if asJSON {
		for _, h := range page.Hits {
			if err := printJSON(w, struct {
				*mention.Mention
				Group  string `json:"group"`
				Copies int    `json:"copies"`
			}{h.Mention, h.Group, h.Copies}); err != nil {
				return err
			}
		}
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, h := range page.Hits {
		m := h.Mention
		title := m.Text.Title
		if title == "" {
			title = firstRunes(m.Text.Body, 70)
		}
		tone := "chưa rõ"
		if m.Reading != nil && m.Reading.Tone.Sure {
			tone = m.Reading.Tone.Value
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", m.ID, viet.DateClock(m.When()), m.Origin.Outlet, tone, title)
	}
	fmt.Fprintf(t, "%d of %d\t\t\t\t\n", len(page.Hits), page.Total)
	return t.Flush()
}

func firstRunes(s string, n int) string {
	if r := []rune(strings.ReplaceAll(s, "\n", " ")); len(r) > n {
		return string(r[:n]) + "…"
	}
	return strings.ReplaceAll(s, "\n", " ")
}

func newRules() *cobra.Command {
	var o where
	var from, to string
	test := &cobra.Command{
		Use: "test [RULE]", Args: cobra.MaximumNArgs(1), Short: "the alerts that a rule would have opened over history, as JSON lines",
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, c, err := o.openIndex(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { _ = engine.Close() }() // only read
			rule, err := ruleOf(c, args)
			if err != nil {
				return err
			}
			d, err := detection(c, rule)
			if err != nil {
				return err
			}
			start, end, err := span(from, to, time.Now())
			if err != nil {
				return err
			}
			alerts, err := watch.Backtest(cmd.Context(), engine, d, start, end)
			for _, a := range alerts {
				if err := printJSON(cmd.OutOrStdout(), a); err != nil {
					return err
				}
			}
			return err
		},
	}
	o.flags(test)
	test.Flags().StringVar(&from, "from", "", "first day (default: 28 days ago)")
	test.Flags().StringVar(&to, "to", "", "end (default: now)")
	return group("rules", "try rules over what the index holds", test)
}

func ruleOf(c *configs.Config, args []string) (watch.RuleConfig, error) {
	for _, r := range c.Rules {
		if len(args) == 0 || r.ID == args[0] {
			return r, nil
		}
	}
	return watch.RuleConfig{}, usage(fmt.Errorf("rule %q: not in the configuration", strings.Join(args, " ")))
}

func detection(c *configs.Config, rule watch.RuleConfig) (watch.Detection, error) {
	d := watch.Detection{Rule: rule, Zone: viet.Zone()}
	r, err := configs.LoadRegistry(c.Registry, c.Base)
	if err != nil {
		return d, usage(err)
	}
	for _, p := range r.Policies.Policies {
		d.Policies = append(d.Policies, p.ID)
	}
	return d, nil
}

func span(from, to string, now time.Time) (start, end time.Time, err error) {
	start, end = now.AddDate(0, 0, -28), now
	if from != "" {
		if start, err = parseTime(from); err != nil {
			return start, end, usage(fmt.Errorf("--from: %w: want yyyy-mm-dd or RFC 3339", err))
		}
	}
	if to != "" {
		if end, err = parseTime(to); err != nil {
			return start, end, usage(fmt.Errorf("--to: %w: want yyyy-mm-dd or RFC 3339", err))
		}
	}
	return start, end, nil
}

func newAlert() *cobra.Command {
	var o where
	verify := &cobra.Command{
		Use: "verify ID", Args: cobra.ExactArgs(1), Short: "recompute an alert from the index and tell what differs; exits 1 on a mismatch",
		RunE: func(cmd *cobra.Command, args []string) error {
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				return verifyAlert(ctx, &o, bus, cmd.OutOrStdout(), args[0])
			})
		},
	}
	o.flags(verify)
	return group("alert", "look at alerts", verify)
}

func verifyAlert(ctx context.Context, o *where, bus stream.Bus, w io.Writer, id string) error {
	l, err := ledger.Open(ctx, bus)
	if err != nil {
		return err
	}
	defer func() { _ = l.Close() }() // only read
	book := watch.NewBook(l)
	a, err := book.Get(id)
	if err != nil {
		return usage(err)
	}
	engine, c, err := o.openIndex(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }() // only read
	rule, err := ruleOf(c, []string{a.Rule})
	if err != nil {
		return err
	}
	d, err := detection(c, rule)
	if err != nil {
		return err
	}
	d.Past = book.List()
	v, err := watch.Verify(ctx, engine, d, a)
	if err != nil {
		return err
	}
	if err := printJSON(w, v); err != nil {
		return err
	}
	if v.Verdict == watch.Mismatch {
		return fmt.Errorf("alert %s: the index does not bear it out", id)
	}
	return nil
}
