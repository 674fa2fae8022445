package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/crawler/extract"
)

// extracted is a line of `diembao extract`.
type extracted struct {
	File string `json:"file"`
	extract.Article
	Error string `json:"error,omitempty"`
}

func newExtract() *cobra.Command {
	var address, contentType string
	c := &cobra.Command{
		Use: "extract FILE…", Args: cobra.MinimumNArgs(1),
		Short: "saved pages (also .gz, - for standard input) → one JSON line each, in the order given",
		RunE: func(cmd *cobra.Command, args []string) error {
			return extractFiles(cmd, args, contentType, address)
		},
	}
	c.Flags().StringVar(&address, "url", "", "address that the page was fetched from")
	c.Flags().StringVar(&contentType, "content-type", "", "the server's Content-Type")
	return c
}

// extractFiles reads the files on all cores and prints in order. A file that
// cannot be read gives a line with its error, and the others go on.
func extractFiles(cmd *cobra.Command, args []string, contentType, address string) error {
	lines := inOrder(args, func(name string) extracted {
		e := extracted{File: name}
		data, err := readInput(name, cmd.InOrStdin(), extract.MaxBytes)
		if err == nil {
			e.Article, err = extract.Page(data, contentType, address, nil, time.Now())
		}
		if err != nil {
			e.Error = err.Error()
		}
		return e
	})
	failed := 0
	for e := range lines {
		if e.Error != "" {
			failed++
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", e.File, e.Error)
		}
		if err := printJSON(cmd.OutOrStdout(), e); err != nil {
			return err
		}
	}
	if failed > 0 {
		return usage(fmt.Errorf("extract: %d of %d files could not be read", failed, len(args)))
	}
	return nil
}

// inOrder maps over items on all cores and gives the results in order. At most
// two results a core wait to be taken.
func inOrder[T, R any](items []T, f func(T) R) <-chan R {
	workers := runtime.GOMAXPROCS(0)
	pending := make(chan chan R, 2*workers)
	out := make(chan R)
	go func() {
		defer close(pending)
		var busy sync.WaitGroup
		slots := make(chan struct{}, workers)
		for _, item := range items {
			result := make(chan R, 1)
			slots <- struct{}{}
			pending <- result
			busy.Go(func() {
				result <- f(item)
				<-slots
			})
		}
		busy.Wait()
	}()
	go func() {
		defer close(out)
		for result := range pending {
			out <- <-result
		}
	}()
	return out
}
