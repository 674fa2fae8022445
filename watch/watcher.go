package watch

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch/baseline"
)

// Options are what a watch works with.
type Options struct {
	Bus      stream.Bus
	Book     *Book
	Searcher Searcher
	Rules    []RuleConfig
	// Policies are the ids of the registry.
	Policies []string
	// PolicyName gives what people call a policy; nil: its id.
	PolicyName func(id string) string
	// Silent tells which sources were not heard in a window; nil: none is known.
	Silent func(from, to time.Time) []string
	Zone   *time.Location // of hours and weekdays; nil: UTC+7
	// Holidays keep Sunday hours; nil: those of Viet Nam.
	Holidays baseline.Holidays
	// Every is how often the index is looked at; 0: 30 s. A burst is seen that
	// soon after its mentions are in the index.
	Every time.Duration
	// Owner names this process in the lease; two watches must differ.
	Owner string
	// AnnounceWithin is how old an alert may be, when a gap is caught up, for
	// people still to be told; 0: 72 h.
	AnnounceWithin time.Duration
	Log            *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Every == 0 {
		o.Every = 30 * time.Second
	}
	if o.AnnounceWithin == 0 {
		o.AnnounceWithin = 72 * time.Hour
	}
	if o.PolicyName == nil {
		o.PolicyName = func(id string) string { return id }
	}
	if o.Silent == nil {
		o.Silent = func(time.Time, time.Time) []string { return nil }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Progress counts what a watch has done since it was started.
type Progress struct {
	Leading bool      // this watch holds the lease
	Cursor  time.Time // every hour up to here has been judged
	Looked  time.Time // last look at the index
	Windows int       // hours judged, late arrivals included
	Opened  int       // alerts
	Raised  int
	Failed  int    // looks that failed
	Problem string // why the last look failed, "" if it did not
}

// Watch judges what the index holds by every rule.
type Watch struct {
	options Options
	guards  []*guard

	mu       sync.Mutex
	progress Progress
}

// New makes a watch. Nothing runs before Run.
func New(o Options) *Watch {
	o = o.withDefaults()
	w := &Watch{options: o}
	for _, rule := range o.Rules {
		d := Detection{Rule: rule, Policies: o.Policies, Zone: o.Zone, Holidays: o.Holidays}
		w.guards = append(w.guards, newGuard(o, d.withDefaults()))
	}
	return w
}

// Progress is a snapshot.
func (w *Watch) Progress() Progress {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.progress
}

func (w *Watch) note(f func(*Progress)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f(&w.progress)
}

// Run judges until ctx ends, and returns nil then. Of several watches on one
// bus one judges and the others stand by.
func (w *Watch) Run(ctx context.Context) error {
	bucket, err := w.options.Bus.Bucket(ctx, stream.BucketLeases)
	if err != nil {
		return fmt.Errorf("watch: open leases: %w", err)
	}
	l := &lease{bucket: bucket, owner: w.options.Owner}
	for ctx.Err() == nil {
		ours, err := l.acquire(ctx)
		if ours {
			w.note(func(p *Progress) { p.Leading = true })
			err = l.hold(ctx, w.lead)
			w.note(func(p *Progress) { p.Leading = false })
		}
		if err != nil && ctx.Err() == nil {
			w.options.Log.Warn("watch: not judging", "err", err)
		}
		wait(ctx, leaseRenew)
	}
	return nil
}

// lead looks at the index again and again.
func (w *Watch) lead(ctx context.Context) error {
	for _, g := range w.guards {
		if err := g.restore(ctx); err != nil {
			return err
		}
	}
	for ctx.Err() == nil {
		w.look(ctx, time.Now())
		wait(ctx, w.options.Every)
	}
	return nil
}

// look judges once by every rule. A failure is counted and tried again at the
// next look; nothing is skipped by it.
func (w *Watch) look(ctx context.Context, now time.Time) {
	var problem string
	for _, g := range w.guards {
		done, err := g.look(ctx, now)
		w.note(func(p *Progress) {
			p.Windows, p.Opened, p.Raised = p.Windows+done.windows, p.Opened+done.opened, p.Raised+done.raised
			p.Cursor = g.cursor
		})
		if err != nil && ctx.Err() == nil {
			problem = err.Error()
			w.options.Log.Warn("watch: look failed", "rule", g.rule.ID, "err", err)
		}
	}
	w.note(func(p *Progress) {
		p.Looked, p.Problem = now, problem
		if problem != "" {
			p.Failed++
		}
	})
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
