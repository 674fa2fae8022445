package watch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/stream"
)

// guard judges by one rule and remembers how far.
type guard struct {
	options   Options
	detection Detection
	rule      RuleConfig
	reader    reader

	tally   *tally
	read    time.Time       // when the tally was read from the index as a whole
	cursor  time.Time       // every hour that ends up to here has been judged
	pending map[int64]bool  // hours that changed since they were judged
	filling bool            // the last look found old hours changed
	told    map[string]bool // notices published since the start
	held    int             // looks that waited for a backfill to settle
}

// done counts the work of one look.
type done struct{ windows, opened, raised int }

func newGuard(o Options, d Detection) *guard {
	return &guard{options: o, detection: d, rule: d.Rule, reader: d.reader(o.Searcher), pending: map[int64]bool{}, told: map[string]bool{}}
}

func (g *guard) cursorKey() string { return "watch.cursor." + g.rule.ID }

// restore reads the cursor that the last leader left.
func (g *guard) restore(ctx context.Context) error {
	g.tally, g.cursor = nil, time.Time{}
	bucket, err := g.options.Bus.Bucket(ctx, stream.BucketState)
	if err != nil {
		return fmt.Errorf("watch: open state: %w", err)
	}
	kept, err := bucket.Get(ctx, g.cursorKey())
	if errors.Is(err, stream.ErrNoKey) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("watch: read cursor: %w", err)
	}
	if g.cursor, err = time.Parse(time.RFC3339, string(kept.Value)); err != nil {
		g.options.Log.Warn("watch: cursor unreadable; judging again what is within reach", "rule", g.rule.ID, "err", err)
		g.cursor = time.Time{}
	}
	return nil
}

// advance moves the cursor and keeps it.
func (g *guard) advance(ctx context.Context, to time.Time) error {
	if !to.After(g.cursor) {
		return nil
	}
	bucket, err := g.options.Bus.Bucket(ctx, stream.BucketState)
	if err == nil {
		_, err = bucket.Put(ctx, g.cursorKey(), []byte(to.UTC().Format(time.RFC3339)))
	}
	if err != nil {
		return fmt.Errorf("watch: keep cursor: %w", err)
	}
	g.cursor = to
	return nil
}

// look reads what is new, judges every hour it touches in order, and tells
// people. What fails is pending again at the next look.
func (g *guard) look(ctx context.Context, now time.Time) (done, error) {
	if err := g.update(ctx, now); err != nil {
		return done{}, err
	}
	if g.settling() {
		return done{}, nil
	}
	d, err := g.judgeAll(ctx, now)
	if err != nil {
		return d, err
	}
	clear(g.pending)
	if err := g.advance(ctx, now.Truncate(time.Hour)); err != nil {
		return d, err
	}
	return d, g.announce(ctx, now)
}

// update brings the tally up to date and notes the hours that changed.
func (g *guard) update(ctx context.Context, now time.Time) error {
	until := now.Truncate(time.Hour).Add(time.Hour)
	if g.tally == nil || now.Sub(g.read) >= 24*time.Hour {
		return g.reload(ctx, until, now)
	}
	from := until.Add(-g.rule.catchUp())
	bars, err := g.options.Searcher.Histogram(ctx, query.Request{
		Filter: query.Filter{From: from, To: until, Policies: g.reader.policies},
	}, query.Hour)
	if err != nil {
		return fmt.Errorf("watch: look for news: %w", err)
	}
	g.filling = false
	for _, span := range spans(g.suspect(bars, until)) {
		before := g.tally.hours(span[0], span[1])
		if err := g.reader.refresh(ctx, g.tally, span[0], span[1]); err != nil {
			return err
		}
		g.mark(before, span[0], span[1], now)
	}
	return g.reader.cover(ctx, g.tally, until)
}

// mark notes the hours in [from, to) that are no longer as they were before.
func (g *guard) mark(before map[int64][]sighting, from, to, now time.Time) {
	for hour := hourOf(from); hour < hourOf(to); hour++ {
		if !slices.EqualFunc(before[hour], g.tally.seen[hour], sameSighting) {
			g.pending[hour] = true
			g.filling = g.filling || hour < hourOf(now)-24
		}
	}
}

// hours copies what was published in [from, to).
func (t *tally) hours(from, to time.Time) map[int64][]sighting {
	out := map[int64][]sighting{}
	for hour := hourOf(from); hour < hourOf(to); hour++ {
		out[hour] = t.seen[hour]
	}
	return out
}

// reload reads everything, at the start and once a day, which also finds what
// was read again with another result.
func (g *guard) reload(ctx context.Context, until, now time.Time) error {
	before, from := g.tally, until.Add(-g.rule.catchUp())
	t, err := g.reader.read(ctx, until.Add(-g.rule.history()), until)
	if err != nil {
		return err
	}
	g.tally, g.read = t, now
	if before != nil {
		g.mark(before.hours(from, until), from, until, now)
	}
	return nil
}

func sameSighting(a, b sighting) bool {
	return a.id == b.id && a.group == b.group && slices.Equal(a.against, b.against) && slices.Equal(a.names, b.names) && a.neg == b.neg
}

// rereadHours are read at every look though their counts are unchanged: the
// careful reading follows the quick one and may change a tone.
const rereadHours = 3

// suspect lists the hours to read again: the youngest, and those whose count
// in the index is not the tally's.
func (g *guard) suspect(bars []query.Bucket, until time.Time) (hours []int64) {
	for _, b := range bars {
		hour := hourOf(b.Start)
		young := hour >= hourOf(until)-rereadHours
		if young || b.Count != g.tally.named(hour) {
			hours = append(hours, hour)
		}
	}
	return hours
}

// named counts what names a watched policy in an hour; comments that name
// none are found by reading the young hours again, and all once a day.
func (t *tally) named(hour int64) (n int) {
	for _, s := range t.seen[hour] {
		if len(s.names) > 0 {
			n++
		}
	}
	return n
}

// spans joins neighbouring hours.
func spans(hours []int64) (out [][2]time.Time) {
	for i := 0; i < len(hours); {
		j := i + 1
		for j < len(hours) && hours[j] == hours[j-1]+1 {
			j++
		}
		out = append(out, [2]time.Time{time.Unix(hours[i]*3600, 0), time.Unix((hours[j-1]+1)*3600, 0)})
		i = j
	}
	return out
}

// patience is how many looks judging waits while old hours are still filling
// up, as after a first start: half a history makes the usual look unusual.
const patience = 10

func (g *guard) settling() bool {
	if !g.filling || g.held >= patience {
		g.held = 0
		return false
	}
	g.held++
	return true
}
