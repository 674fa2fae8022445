package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/stream"
)

// withBus runs f on the bus that the flags name and closes it.
func withBus(cmd *cobra.Command, o *where, f func(context.Context, *stream.JetStream) error) (err error) {
	bus, err := o.open(cmd.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bus.Close()) }()
	return f(cmd.Context(), bus)
}

func newStreams() *cobra.Command {
	var o where
	var apply, asJSON bool
	c := &cobra.Command{
		Use: "streams", Args: cobra.NoArgs,
		Short: "what the log holds, and whether it is as the topology says (--apply makes it so)",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				return showStreams(ctx, bus, cmd.OutOrStdout(), apply, asJSON)
			})
		},
	}
	o.flags(c)
	c.Flags().BoolVar(&apply, "apply", false, "create and change what differs; nothing is deleted")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func showStreams(ctx context.Context, bus *stream.JetStream, w io.Writer, apply, asJSON bool) error {
	look := stream.Compare
	if apply {
		look = stream.Apply
	}
	differences, err := look(ctx, bus)
	if err != nil {
		return err
	}
	stats, err := stream.Stats(ctx, bus)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(w, struct {
			stream.Statistics
			Differences []stream.Difference `json:"differences"`
		}{stats, differences})
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "STREAM\tMESSAGES\tBYTES")
	for _, s := range stats.Streams {
		fmt.Fprintf(t, "%s\t%d\t%d\n", s.Name, s.Messages, s.Bytes)
	}
	fmt.Fprintln(t, "\t\t\nCONSUMER\tWAITING\tWORKING\tREDELIVERED")
	for _, c := range stats.Consumers {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\n", c.Name, c.Waiting, c.Working, c.Redelivered)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, d := range differences {
		fmt.Fprintln(w, d)
	}
	if len(differences) > 0 && !apply {
		return fmt.Errorf("streams: %d differences from the topology; --apply mends them", len(differences))
	}
	return nil
}

func newDead() *cobra.Command {
	return group("dead", "messages that no try could mend: list, show, redrive", newDeadList(), newDeadShow(), newDeadRedrive())
}

func newDeadList() *cobra.Command {
	var o where
	var consumer string
	var limit int
	c := &cobra.Command{
		Use: "list", Args: cobra.NoArgs, Short: "JSON lines, newest first, without the message itself",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				letters, err := stream.Dead(bus).List(ctx, consumer, limit)
				for _, l := range letters {
					if err := printJSON(cmd.OutOrStdout(), l); err != nil {
						return err
					}
				}
				return err
			})
		},
	}
	o.flags(c)
	c.Flags().StringVar(&consumer, "consumer", "", "only what this consumer gave up")
	c.Flags().IntVar(&limit, "limit", 100, "at most so many; 0: all")
	return c
}

func newDeadShow() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "show SEQUENCE", Args: cobra.ExactArgs(1), Short: "one dead letter whole: who gave up, when, why, and the message",
		RunE: func(cmd *cobra.Command, args []string) error {
			seqs, err := sequences(args)
			if err != nil {
				return err
			}
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				l, err := stream.Dead(bus).Show(ctx, seqs[0])
				if err != nil {
					return err
				}
				return printJSON(cmd.OutOrStdout(), struct {
					stream.Letter
					Text string `json:"text"`
				}{l, string(l.Data)})
			})
		},
	}
	o.flags(c)
	return c
}

func newDeadRedrive() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "redrive SEQUENCE…", Args: cobra.MinimumNArgs(1), Short: "send messages on their way again, under a new message id",
		RunE: func(cmd *cobra.Command, args []string) error {
			seqs, err := sequences(args)
			if err != nil {
				return err
			}
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				n, err := stream.Dead(bus).Redrive(ctx, seqs...)
				fmt.Fprintf(cmd.OutOrStdout(), "%d sent again\n", n)
				return err
			})
		},
	}
	o.flags(c)
	return c
}

func sequences(args []string) ([]uint64, error) {
	var out []uint64
	for _, a := range args {
		n, err := strconv.ParseUint(a, 10, 64)
		if err != nil {
			return nil, usage(fmt.Errorf("sequence %q: want a number from `diembao dead list`", a))
		}
		out = append(out, n)
	}
	return out, nil
}

// saved are the streams that nothing else can replace.
func saved() []string { return []string{"LEDGER", "TAGGED"} }

func newBackup() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "backup FILE", Args: cobra.ExactArgs(1),
		Short: "save what nothing else can replace (" + strings.Join(saved(), ", ") + "), also beside a running serve",
		RunE: func(cmd *cobra.Command, args []string) error {
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				n, err := backupTo(ctx, bus, args[0])
				if err == nil {
					fmt.Fprintf(cmd.OutOrStdout(), "%d messages saved in %s\n", n, args[0])
				}
				return err
			})
		},
	}
	o.flags(c)
	return c
}

// backupTo writes beside the target and renames, so that a backup is whole or
// not there.
func backupTo(ctx context.Context, bus stream.Bus, file string) (n int, err error) {
	part := file + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) //nolint:gosec // the user names the file
	if err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(part) //nolint:errcheck // gone already after the rename
	if n, err = stream.Backup(ctx, bus, saved(), f); err != nil {
		f.Close()
		return n, err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return n, fmt.Errorf("backup: %w", err)
	}
	return n, os.Rename(part, file)
}

func newRestore() *cobra.Command {
	var o where
	c := &cobra.Command{
		Use: "restore FILE", Args: cobra.ExactArgs(1), Short: "put a backup into an empty data folder or empty servers",
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return usage(fmt.Errorf("restore: %w", err))
			}
			defer f.Close()
			if o.config == "" && o.data != "" {
				if err := os.MkdirAll(o.data, 0o700); err != nil {
					return fmt.Errorf("restore: %w", err)
				}
			}
			return withBus(cmd, &o, func(ctx context.Context, bus *stream.JetStream) error {
				n, err := stream.Restore(ctx, bus, f)
				if err == nil {
					fmt.Fprintf(cmd.OutOrStdout(), "%d messages restored; the index follows by itself at the next start\n", n)
				}
				return err
			})
		},
	}
	o.flags(c)
	return c
}
