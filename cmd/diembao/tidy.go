package main

import (
	"context"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
)

// Quiet hours of the daily tidying, after midnight in Vietnam: before the
// digest's cutoff, and not at the same time.
const (
	expireArchiveAt = 2*time.Hour + 30*time.Minute
	expireIndexAt   = 3*time.Hour + 30*time.Minute
)

// daily adds a part that does a task once a day, in one process of all.
func (a *app) daily(ctx context.Context, name string, at time.Duration, f func(context.Context) error) error {
	leases, err := a.bus.Bucket(ctx, stream.BucketLeases)
	if err != nil {
		return err
	}
	state, err := a.bus.Bucket(ctx, stream.BucketState)
	if err != nil {
		return err
	}
	d := stream.Daily{Name: name, At: at, Zone: viet.Zone(), Leases: leases, State: state, Holder: owner()}
	a.part(name, func(ctx context.Context) error {
		d.Run(ctx, func(err error) { a.Log.Warn("retention", "error", err) }, f)
		return nil
	})
	return nil
}

// expireArchive removes raw pages that are older than their kind is kept.
func (a *app) expireArchive(ctx context.Context) error {
	n, err := a.archive.Expire(ctx, time.Now())
	a.Log.Info("retention: archive", "removed_files", n, "keep", a.Config.Crawler.Archive.Retention)
	return err
}

// expireIndex removes mentions that are older than their kind is kept.
func (a *app) expireIndex(ctx context.Context) error {
	n, err := indexer.Expire(ctx, a.engine, a.Config.Index.Keep, time.Now())
	a.Log.Info("retention: index", "removed_mentions", n, "keep", a.Config.Index.Keep)
	return err
}
