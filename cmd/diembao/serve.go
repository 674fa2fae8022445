package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
)

func newServe() *cobra.Command {
	var config string
	var quiet bool
	c := &cobra.Command{
		Use: "serve --config FILE", Args: cobra.NoArgs, Short: "everything in one process for real sources",
		RunE: func(cmd *cobra.Command, _ []string) error { return serve(cmd, config, nil, quiet) },
	}
	c.Flags().StringVar(&config, "config", "diembao.yaml", "configuration file")
	c.Flags().BoolVar(&quiet, "quiet", false, "log warnings and errors only")
	return c
}

func newRun() *cobra.Command {
	var config string
	var only []string
	var quiet bool
	c := &cobra.Command{
		Use: "run --only STAGE,… --config FILE", Args: cobra.NoArgs,
		Short: "some stages (" + strings.Join(stages(), ", ") + ") against NATS and Elasticsearch",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkStages(only); err != nil {
				return err
			}
			return serve(cmd, config, only, quiet)
		},
	}
	c.Flags().StringVar(&config, "config", "diembao.yaml", "configuration file")
	c.Flags().StringSliceVar(&only, "only", nil, "stages of this process")
	c.Flags().BoolVar(&quiet, "quiet", false, "log warnings and errors only")
	return c
}

func checkStages(only []string) error {
	if len(only) == 0 {
		return usage(errors.New("run: name the stages with --only; all in one process is `diembao serve`"))
	}
	for _, s := range only {
		if !slices.Contains(stages(), s) {
			return usage(fmt.Errorf("run: stage %q: want %s", s, strings.Join(stages(), ", ")))
		}
	}
	return nil
}

func serve(cmd *cobra.Command, file string, only []string, quiet bool) error {
	c, err := configs.Load(file)
	if err != nil {
		return usage(err)
	}
	if len(only) > 0 && c.NATS.URL == "" {
		return usage(errors.New("run --only: stages in several processes meet in NATS: set nats.url"))
	}
	level := slog.LevelInfo
	if quiet {
		level = slog.LevelWarn
	}
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level}))
	a, err := newApp(cmd.Context(), appOptions{Config: c, Only: only, Log: log})
	if err != nil {
		return listenHint(err)
	}
	return runApp(cmd, a)
}

// runApp starts an app, shows its progress until the context ends or a part
// fails, and stops it.
func runApp(cmd *cobra.Command, a *app) (err error) {
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	defer func() { err = errors.Join(err, a.Stop()) }()
	if err := a.Start(ctx); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if a.Addr() != "" && a.has("desk") {
		fmt.Fprintf(out, "desk: http://%s/\n", a.Addr())
	}
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		a.progress(ctx, out, 2*time.Second)
	}()
	err = a.Wait(ctx)
	cancel()
	<-shown
	return err
}
