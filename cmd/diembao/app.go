package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/notify"
)

// defaultData is the data folder of commands that are not told another.
const defaultData = "data"

// streamDir is where a data folder keeps the log.
func streamDir(data string) string { return filepath.Join(data, "stream") }

// stages in the order of the arrow.
func stages() []string { return []string{"crawler", "processor", "indexer", "watch", "desk"} }

// appOptions say what an app runs.
type appOptions struct {
	Config *configs.Config
	Only   []string // stages; empty: all
	Demo   *demoPress
	Log    *slog.Logger
}

// app is everything that one process runs. Two apps can live in one process.
type app struct {
	appOptions
	bus     stream.Bus
	parts   []part
	cleanup []cleanup         // undone last in, first out
	lists   *configs.Registry // loaded when first asked for
	archive *archive.Archive  // nil without a crawler
	engine  indexer.Engine
	ledger  *ledger.Ledger
	book    *watch.Book
	outbox  *notify.Outbox
	doors   http.Handler // where texts are pushed
	http    *http.Server
	address string

	running sync.WaitGroup
	stop    context.CancelFunc
	failed  chan error
	counts  counts
}

// part is a loop that runs until its context ends.
type part struct {
	name string
	run  func(context.Context) error
}

// cleanup is undone when the app stops.
type cleanup struct {
	name string
	undo func() error
}

// newApp opens everything and starts nothing. On error what was opened is
// closed again.
func newApp(ctx context.Context, o appOptions) (*app, error) {
	if len(o.Only) == 0 {
		o.Only = stages()
	}
	a := &app{appOptions: o, failed: make(chan error, 1)}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) has(stage string) bool { return slices.Contains(a.Only, stage) }

func (a *app) later(name string, undo func() error) {
	a.cleanup = append(a.cleanup, cleanup{name, undo})
}

func (a *app) part(name string, run func(context.Context) error) {
	a.parts = append(a.parts, part{name, run})
}

// close undoes what was opened, the last first.
func (a *app) close() error {
	var errs []error
	for _, c := range slices.Backward(a.cleanup) {
		if err := c.undo(); err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", c.name, err))
		}
	}
	a.cleanup = nil
	return errors.Join(errs...)
}

// open builds the parts in the order of the arrow.
func (a *app) open(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		a.openBus, a.openCrawler, a.openProcessor, a.openIndexer, a.openWatch, a.openDesk,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) openBus(ctx context.Context) error {
	open := openBus
	if a.Config.NATS.URL == "" {
		open = holdBus // what runs the stages holds its folder alone
	}
	bus, err := open(ctx, a.Config, a.Log)
	if err != nil {
		return err
	}
	a.bus = bus
	a.later("log", bus.Close)
	_, err = stream.Apply(ctx, bus)
	return err
}

// Start runs the parts. It returns once the desk listens, if there is one.
func (a *app) Start(ctx context.Context) error {
	ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	if a.http != nil {
		if err := a.listen(ctx); err != nil {
			return err
		}
	}
	for _, p := range a.parts {
		a.running.Go(func() {
			if err := p.run(ctx); err != nil && ctx.Err() == nil {
				a.fail(fmt.Errorf("%s: %w", p.name, err))
			}
		})
	}
	return nil
}

// listen opens the desk's address and serves until the app stops.
func (a *app) listen(ctx context.Context) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", a.Config.Listen)
	if err != nil {
		return usage(fmt.Errorf("listen: %w", err))
	}
	a.address = l.Addr().String()
	a.http.BaseContext = func(net.Listener) context.Context { return ctx }
	a.running.Go(func() {
		if err := a.http.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			a.fail(fmt.Errorf("desk: serve: %w", err))
		}
	})
	return nil
}

// fail remembers the first failure; Wait returns it.
func (a *app) fail(err error) {
	select {
	case a.failed <- err:
	default:
		a.Log.Error("another part failed", "error", err)
	}
}

// Addr is the address the desk listens on; "" without a desk.
func (a *app) Addr() string { return a.address }

// Wait returns when ctx ends or a part fails.
func (a *app) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-a.failed:
		return err
	}
}

// stopWithin is how long a stop may take before connections are cut.
const stopWithin = 3 * time.Second

// Stop ends the parts, waits for them and closes everything, the last opened
// first. What was acknowledged is kept; what was not is delivered again.
func (a *app) Stop() error {
	var errs []error
	if a.stop != nil {
		a.stop()
	}
	if a.http != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		if err := a.http.Shutdown(ctx); err != nil {
			errs = append(errs, a.http.Close())
		}
	}
	a.running.Wait()
	return errors.Join(append(errs, a.close())...)
}
