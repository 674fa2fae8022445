// Command diembao is the media-monitoring system of a policy-communication
// unit: one binary whose subcommands run everything in one process, single
// stages of a cluster, or one step offline on a text.
//
// It reads a YAML configuration and keeps its state in a data folder or in the
// servers named there. Commands that print data print JSON lines, or take
// --json; a mistake of the user ends with exit code 2, a failure with 1.
//
// Limit: `serve` and `demo` hold their data folder alone; other commands join
// them through it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Vietnamese time on machines without zone files

	"github.com/diembao/diembao/processor/train"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := newRoot().ExecuteContext(ctx)
	stop()
	os.Exit(report(err))
}

// errUsage marks mistakes of the user: a wrong file, flag or address.
var errUsage = errors.New("usage")

// usage marks err as the user's mistake.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return &usageError{err}
}

type usageError struct{ error }

func (u *usageError) Unwrap() error        { return u.error }
func (u *usageError) Is(target error) bool { return target == errUsage }

// report tells the user what went wrong and gives the exit code.
func report(err error) int {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return 0
	case errors.Is(err, errUsage), errors.Is(err, train.ErrLabels):
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	fmt.Fprintln(os.Stderr, "diembao:", err)
	return 1
}
