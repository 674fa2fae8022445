package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/crawler/push"
	"github.com/diembao/diembao/desk/digest"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/notify"
)

// demoOptions are the demo's flags.
type demoOptions struct {
	data, listen string
	every        time.Duration
	verbose      bool
}

func newDemo() *cobra.Command {
	var o demoOptions
	c := &cobra.Command{
		Use: "demo", Args: cobra.NoArgs,
		Short: "everything in one process beside the fixture press",
		Long: `Starts everything in one process (log, index, crawler, processor, watch, desk)
beside a fictional press of twelve sites and four social channels, crawls it
over HTTP on loopback and prints the desk's address. What lies in the past of
the fictional fortnight is there at once; then one item appears every 20 s.
Ctrl-C stops; a second start with the same --data resumes.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd, o) },
	}
	c.Flags().StringVar(&o.data, "data", "", "folder that keeps the demo's state (default: diembao-demo in the user's cache)")
	c.Flags().StringVar(&o.listen, "listen", configs.DefaultListen, "address of the desk; :0 chooses a free port")
	c.Flags().DurationVar(&o.every, "every", 20*time.Second, "how often a new item appears; kept from the first start on")
	c.Flags().BoolVar(&o.verbose, "verbose", false, "also print what is logged")
	return c
}

func runDemo(cmd *cobra.Command, o demoOptions) error {
	data, err := demoData(o.data)
	if err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	if o.verbose {
		log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	}
	press, err := openPress(cmd.Context(), data, o.every)
	if err != nil {
		return err
	}
	defer press.close()
	a, err := newApp(cmd.Context(), appOptions{Config: demoConfig(data, o.listen), Demo: press, Log: log})
	if err != nil {
		return listenHint(err)
	}
	return runApp(cmd, a)
}

// listenHint tells what to do when the demo's usual address is taken.
func listenHint(err error) error {
	var held *stream.HeldError
	if errors.As(err, &held) {
		return usage(fmt.Errorf("%w\nanother demo or serve uses this folder; stop it, or choose another with --data", err))
	}
	return err
}

func demoData(data string) (string, error) {
	if data == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", usage(fmt.Errorf("demo: %w; name a folder with --data", err))
		}
		data = filepath.Join(cache, "diembao-demo")
	}
	return data, os.MkdirAll(data, 0o700)
}

// demoConfig is the configuration that a unit would write for this press.
func demoConfig(data, listen string) *configs.Config {
	c := &configs.Config{
		Unit: "Sở VHTTDL tỉnh Thanh Hóa (trình diễn)", Data: data, Listen: listen,
		Crawler: sources.Config(50 * time.Millisecond),
		Rules:   []watch.RuleConfig{watch.RuleConfig{ID: "bat-loi", Name: "Tin bất lợi về một chính sách", Channels: []string{notify.OutboxName}}.WithDefaults()},
		Digest:  digest.Config{}.WithDefaults(),
	}
	c.Crawler.PushToken = rand.Text()
	c.Crawler.PagesPerVisit = 400 // the whole fortnight at the first visit
	return c
}

// demoPress is the fixture press on a loopback port.
type demoPress struct {
	press  *newsroom.Press
	hosts  map[string]string
	server *http.Server
	done   chan struct{}
}

// openPress serves the fixture press; its clock is kept in the data folder, so
// that a second start shows the same fortnight.
func openPress(ctx context.Context, data string, every time.Duration) (*demoPress, error) {
	clock, err := demoClock(filepath.Join(data, "clock.json"), every)
	if err != nil {
		return nil, err
	}
	press, err := newsroom.New(clock.Options())
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("demo: press: %w", err)
	}
	p := &demoPress{press: press, hosts: map[string]string{}, done: make(chan struct{}),
		server: &http.Server{Handler: press, ReadHeaderTimeout: 5 * time.Second}}
	for _, host := range newsroom.Hosts() {
		p.hosts[host] = l.Addr().String()
	}
	go func() {
		defer close(p.done)
		_ = p.server.Serve(l) // ends with ErrServerClosed
	}()
	return p, nil
}

func (p *demoPress) close() {
	_ = p.server.Close()
	<-p.done
}

// feed pushes the texts of the social channels, as a unit's own bridge would.
func (p *demoPress) feed(ctx context.Context, c *crawler.Crawler) error {
	sources.Feed(ctx, p.press, time.Now, 2*time.Second, func(rows []push.Row) error {
		return pushRows(ctx, c, rows)
	})
	return nil
}

// pushRows hands rows to the crawler's door for pushed texts; rows that it
// refuses are an error, so that they are tried again and seen in the log.
func pushRows(ctx context.Context, c *crawler.Crawler, rows []push.Row) error {
	raw := make([]json.RawMessage, len(rows))
	for i, r := range rows {
		data, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("demo: row %s: %w", r.ID, err)
		}
		raw[i] = data
	}
	answer := c.Doors().Take(ctx, raw, "push", time.Now())
	for _, item := range answer.Items {
		if item.Error != "" {
			return fmt.Errorf("demo: push: row %d: %s", item.Row, item.Error)
		}
	}
	return nil
}

// demoClock reads the fortnight's place in time, or places it now and writes
// it down before anything is published by it.
func demoClock(file string, every time.Duration) (newsroom.DemoClock, error) {
	var clock newsroom.DemoClock
	data, err := os.ReadFile(file) //nolint:gosec // in the demo's data folder
	if err == nil {
		if err := json.Unmarshal(data, &clock); err != nil {
			return clock, usage(fmt.Errorf("demo: %s: %w; delete the folder to begin anew", file, err))
		}
		return clock, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return clock, fmt.Errorf("demo: %w", err)
	}
	clock = newsroom.NewDemoClock(time.Now())
	clock.Every = every
	if data, err = json.Marshal(clock); err != nil {
		return clock, fmt.Errorf("demo: %w", err)
	}
	return clock, writeWhole(file, data)
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(file string, data []byte) error {
	part := file + ".part"
	if err := os.WriteFile(part, data, 0o600); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return os.Rename(part, file)
}
