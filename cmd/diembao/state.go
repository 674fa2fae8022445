package main

import (
	"context"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// deskSources turns the crawler's records of its sources into the desk's.
func deskSources(ctx context.Context, health stream.Bucket) ([]desk.Source, error) {
	all, err := crawler.Health(ctx, health)
	if err != nil {
		return nil, err
	}
	out := make([]desk.Source, 0, len(all))
	for _, h := range all {
		s := desk.Source{ID: h.Source, Name: h.OutletName, Outlet: h.Outlet, Kind: string(h.Kind), Via: h.Via,
			State: string(h.State), Since: h.Since, Problem: h.Problem, Error: h.LastError, Asked: h.LastTry,
			Heard: h.LastHeard, Newest: h.LastNew, Gap: time.Duration(h.UsualGap) * time.Second}
		for _, hour := range h.Hours {
			s.Counts = append(s.Counts, hour.Found)
			s.Failed = append(s.Failed, hour.Errors > 0)
		}
		out = append(out, s)
	}
	return out, nil
}

// notHeard names the sources that have not been heard since before to.
func notHeard(health stream.Bucket, to time.Time) []string {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	all, err := crawler.Health(ctx, health)
	if err != nil {
		return nil
	}
	var out []string
	for _, h := range all {
		if h.State == mention.SourceFailing && h.Since.Before(to) {
			out = append(out, h.OutletName)
		}
	}
	return out
}

// waiting counts what has been found and not yet been read and indexed.
func (a *app) waiting(ctx context.Context) (int, error) {
	total := 0
	for _, consumer := range []string{stream.ConsumeFound, stream.ConsumeTagged} {
		waiting, working, err := a.bus.Pending(ctx, consumer)
		if err != nil {
			return 0, err
		}
		total += int(waiting + working)
	}
	return total, nil
}

// notices are the messages of the demo's outbox.
func (a *app) notices() []desk.Notice {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	sent, err := a.outbox.List(ctx)
	if err != nil {
		a.Log.Warn("outbox", "error", err)
	}
	var out []desk.Notice
	for _, s := range sent {
		out = append(out, desk.Notice{At: s.At, Channel: "thư điện tử", To: a.Config.Unit, Subject: s.Message.Subject, Body: s.Message.Text})
	}
	return out
}
