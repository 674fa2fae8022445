package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// newRoot builds the whole command line. Each command is a constructor in a
// file of its own; there is no registry.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "diembao",
		Short:         "Theo dõi báo chí và dư luận về chính sách / media monitoring for policy communication",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		newDemo(), newServe(), newRun(), newCheck(),
		newExtract(), newFeed(), newRead(), newImport(),
		newSearch(), newRules(), newAlert(), newAccount(),
		newStreams(), newDead(), newIndex(), newBackup(), newRestore(), newReread(),
		newSources(), newBackfill(), newEval(), newTrain(), newCorrections(), newDoctor(),
	)
	return root
}

// group is a command that only holds others.
func group(use, short string, children ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return cmd.Help()
	}}
	c.AddCommand(children...)
	return c
}

// printJSON writes one JSON line.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}
