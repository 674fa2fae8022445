package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/stream"
)

// where says which log a command works on: the data folder of a demo or serve
// (running or not), or the servers of a configuration.
type where struct {
	data, config string
}

// flags adds --data and --config.
func (o *where) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.data, "data", "", "data folder of a demo or serve, running or stopped")
	c.Flags().StringVar(&o.config, "config", "", "configuration file; says where the data are")
}

// open gives the bus. A folder that a running process holds is joined; one
// that nobody holds is opened for the time of the command.
func (o *where) open(ctx context.Context) (*stream.JetStream, error) {
	if o.config != "" {
		c, err := configs.Load(o.config)
		if err != nil {
			return nil, usage(err)
		}
		return openBus(ctx, c, slog.New(slog.DiscardHandler))
	}
	if o.data == "" {
		o.data = defaultData
	}
	if _, err := os.Stat(o.data); err != nil {
		return nil, usage(fmt.Errorf("data folder %s: not there; name one with --data, or a configuration with --config", o.data))
	}
	return stream.Local(ctx, stream.EmbeddedOptions{Dir: streamDir(o.data)})
}

// openBus gives the bus of a configuration: its servers, or its data folder,
// joined where a process holds it.
func openBus(ctx context.Context, c *configs.Config, log *slog.Logger) (*stream.JetStream, error) {
	if c.NATS.URL == "" {
		return stream.Local(ctx, stream.EmbeddedOptions{Dir: streamDir(c.Data), Log: log})
	}
	token, err := secret(c.NATS.TokenFile)
	if err != nil {
		return nil, usage(err)
	}
	return stream.Remote(ctx, stream.RemoteOptions{
		URL: c.NATS.URL, Token: token, Creds: c.NATS.CredsFile, CA: c.NATS.CAFile,
		Replicas: c.NATS.Replicas, Wait: time.Minute, Log: log,
	})
}

// holdBus starts the embedded server of a data folder that nobody holds.
func holdBus(ctx context.Context, c *configs.Config, log *slog.Logger) (*stream.JetStream, error) {
	return stream.Embedded(ctx, stream.EmbeddedOptions{Dir: streamDir(c.Data), Log: log})
}

// secret reads a one-line secret from a file; no file, no secret.
func secret(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	data, err := os.ReadFile(file) //nolint:gosec // the file is the user's own configuration
	if err != nil {
		return "", fmt.Errorf("secret: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}
