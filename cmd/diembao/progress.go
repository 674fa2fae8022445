package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/watch"
)

// progress prints a line a stage whenever its counts have changed, at most
// once every interval: a person sees that work goes on, not a flood.
func (a *app) progress(ctx context.Context, out io.Writer, every time.Duration) {
	last := map[string]string{}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, line := range a.lines(ctx) {
			stage, _, _ := strings.Cut(line, ":")
			if last[stage] != line {
				last[stage] = line
				fmt.Fprintln(out, line)
			}
		}
	}
}

// lines tells what each stage of this process has done since the start.
func (a *app) lines(ctx context.Context) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if p := a.counts.crawler; p != nil {
		say("crawler: %d sources, %d visits, %d found, %d changed, %d removed, %d failed visits",
			p.Sources.Load(), p.Visits.Load(), p.Found.Load(), p.Changed.Load(), p.Removed.Load(), p.Failed.Load())
	}
	if w := a.counts.worker; w != nil {
		line := fmt.Sprintf("processor: %d read, %d carefully", w.QuickCounts.Get(processor.Read), w.CarefulCounts.Get(processor.Read))
		if lag, err := w.Lag(ctx); err == nil && lag.Urgent+lag.Careful > 0 {
			line += fmt.Sprintf(", %d wait for their careful reading", lag.Urgent+lag.Careful)
		}
		say("%s", line)
	}
	if w := a.counts.indexer; w != nil {
		say("indexer: %d indexed", w.Counts.Get(indexer.Indexed))
	}
	if w := a.counts.watch; w != nil {
		p := w.Progress()
		say("watch: %d windows judged, %d alerts opened", p.Windows, p.Opened)
	}
	if a.book != nil {
		open := 0
		for _, alert := range a.book.List() {
			if alert.State == watch.Open {
				open++
			}
		}
		say("desk: %d open alerts", open)
	}
	return out
}
