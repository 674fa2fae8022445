package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/stream"
)

func newIndex() *cobra.Command {
	var o where
	rebuild := &cobra.Command{
		Use: "rebuild", Args: cobra.NoArgs, Short: "build the index anew from the log and put it in the place of the old one",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := notHeld(cmd.Context(), &o); err != nil {
				return err
			}
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				return rebuildIndex(ctx, cmd, &o, bus)
			})
		},
	}
	o.flags(rebuild)
	return group("index", "look after the index", rebuild)
}

// notHeld refuses where a process holds the data folder: the embedded index
// belongs to it.
func notHeld(ctx context.Context, o *where) error {
	c, err := o.configOf()
	if err != nil || c.Index.URL != "" {
		return err
	}
	j, err := stream.Join(ctx, streamDir(c.Data))
	if err != nil {
		return nil //nolint:nilerr // nobody to join: that is what is wanted
	}
	return errors.Join(usage(errors.New("index rebuild: a process holds this data folder and its index; stop it first")), j.Close())
}

// rebuildIndex replays the log into a new index.
func rebuildIndex(ctx context.Context, cmd *cobra.Command, o *where, bus stream.Bus) (err error) {
	engine, c, err := o.openIndex(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	bad := 0
	feed := indexer.Replay(ctx, bus, func(err error) {
		bad++
		fmt.Fprintln(cmd.ErrOrStderr(), err)
	})
	if err := engine.Rebuild(ctx, indexer.Kept(feed, c.Index.Keep, time.Now())); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "index: rebuilt; %d records could not be read\n", bad)
	return nil
}

func newReread() *cobra.Command {
	var o where
	var from, filter string
	var steps []string
	var generation int64
	c := &cobra.Command{
		Use: "reread", Args: cobra.NoArgs, Short: "read history again with today's steps, into a new generation of readings",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := o.configOf()
			if err != nil {
				return err
			}
			if generation <= c.Processor.Generation {
				return usage(fmt.Errorf("--generation %d: want more than the configuration's %d, so that the new reading wins", generation, c.Processor.Generation))
			}
			c.Processor.Generation, c.Processor.Careful = generation, processor.CarefulOff
			r, err := loadReaders(c.Registry, c.Processor, c.Base, slog.New(slog.DiscardHandler))
			if err != nil {
				return err
			}
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				return reread(ctx, cmd, bus, r.quick, steps, filter, from)
			})
		},
	}
	o.flags(c)
	c.Flags().StringVar(&from, "from", "", "only what was found from this day on")
	c.Flags().StringVar(&filter, "subject", "", "only these subjects: mention.tagged.press.>")
	c.Flags().StringSliceVar(&steps, "step", nil, "only these steps (default: all)")
	c.Flags().Int64Var(&generation, "generation", 1, "number of the new generation; write it into the configuration afterwards")
	return c
}

func reread(ctx context.Context, cmd *cobra.Command, bus stream.Bus, p *processor.Pipeline, steps []string, filter, from string) error {
	var err error
	if len(steps) > 0 {
		if p, err = p.Only(steps...); err != nil {
			return usage(err)
		}
	}
	o := processor.RereadOptions{Filter: filter}
	if from != "" {
		since, err := parseTime(from)
		if err != nil {
			return usage(fmt.Errorf("--from: %w: want yyyy-mm-dd", err))
		}
		if o.From, err = firstSince(ctx, bus, since); err != nil {
			return err
		}
	}
	report, err := processor.Reread(ctx, bus, p, o)
	if err != nil {
		return err
	}
	return printJSON(cmd.OutOrStdout(), report)
}

// errFound ends a replay early.
var errFound = errors.New("found")

// firstSince gives the sequence of the first reading stored at or after since.
func firstSince(ctx context.Context, bus stream.Bus, since time.Time) (seq uint64, err error) {
	err = bus.Replay(ctx, "mention.tagged.>", 1, false, func(m stream.Message) error {
		seq = m.Seq
		if m.Time.Before(since) {
			return nil
		}
		return errFound
	})
	if errors.Is(err, errFound) {
		return seq, nil
	}
	return seq + 1, err // nothing is that young
}

func newCorrections() *cobra.Command {
	var o where
	export := &cobra.Command{
		Use: "export", Args: cobra.NoArgs, Short: "people's corrections as labelled texts, JSON lines for `diembao train`",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				l, err := ledger.Open(ctx, bus)
				if err != nil {
					return err
				}
				defer func() { _ = l.Close() }() // only read
				engine, _, err := o.openIndex(ctx)
				if err != nil {
					return err
				}
				defer func() { _ = engine.Close() }() // only read
				n, err := desk.ExportCorrections(ctx, l, engine, func(line desk.Labelled) error {
					return printJSON(cmd.OutOrStdout(), line)
				})
				if err == nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "%d corrected texts\n", n)
				}
				return err
			})
		},
	}
	o.flags(export)
	return group("corrections", "what people corrected on the desk", export)
}

func newDoctor() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "doctor", Args: cobra.NoArgs, Short: "look whether every part is in order, and say what to do where it is not",
		RunE: func(cmd *cobra.Command, _ []string) error {
			var bad []string
			note := func(what string, err error) {
				state := "ok"
				if err != nil {
					state = err.Error()
					bad = append(bad, what)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%-22s %s\n", what, state)
			}
			c, err := o.configOf()
			note("configuration", err)
			if err == nil {
				note("archive", examineArchive(cmd.Context(), c))
			}
			note("log", withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error { return examineLog(ctx, bus, note) }))
			engine, _, err := o.openIndex(cmd.Context())
			if err == nil {
				err = engine.Ready(cmd.Context())
				err = errors.Join(err, engine.Close())
			}
			note("index", err)
			if len(bad) > 0 {
				return fmt.Errorf("doctor: look at: %s", strings.Join(bad, ", "))
			}
			return nil
		},
	}
	o.flags(c)
	return c
}

// mostWaiting is how many full files may wait for the bucket before somebody
// should look: a few hours of every kind.
const mostWaiting = 24

// examineArchive asks the bucket, if there is one, and counts what waits.
func examineArchive(ctx context.Context, c *configs.Config) error {
	keep, err := openArchive(c, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	h, err := keep.Health()
	if err == nil {
		err = keep.Check(ctx)
	}
	if err == nil && h.Waiting > mostWaiting {
		err = fmt.Errorf("archive: %d files (%d MB) wait for the bucket; the log of the crawler says why", h.Waiting, h.Bytes>>20)
	}
	return err
}

// examineLog compares the topology and counts what is dead or lags far.
func examineLog(ctx context.Context, bus stream.Bus, note func(string, error)) error {
	differences, err := stream.Compare(ctx, bus)
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		err = fmt.Errorf("%d differences; run `diembao streams --apply`", len(differences))
	}
	note("topology", err)
	dead, err := stream.Dead(bus).Counts(ctx)
	if err == nil && len(dead) > 0 {
		err = fmt.Errorf("%v; look with `diembao dead list`", dead)
	}
	note("dead letters", err)
	return nil
}
