package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/diembao/diembao/crawler/feed"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/crawler/sitemap"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// tally is what one visit or delivery brought.
type tally struct {
	New, Changed, Same, Removed int
	Empty, Undated, Unreadable  int
	Bad                         int
	Dated                       bool     // the dates of pages were judged
	Clocks                      []string // origins of dates that are a clock's
	PageError                   error    // the last page that could not be read
	Err                         error    // why the visit failed
	Next                        time.Time
}

func (t *tally) add(outcome intake.Outcome, it intake.Item) {
	switch outcome {
	case intake.New:
		t.New++
		if it.Text.Published.IsZero() {
			t.Undated++
		}
	case intake.Changed:
		t.Changed++
	case intake.Same:
		t.Same++
	case intake.Removed:
		t.Removed++
	}
}

func (t tally) with(err error, next time.Time) tally {
	t.Err, t.Next = err, next
	return t
}

// Health gives what is known of every source, in the order of their ids.
func Health(ctx context.Context, b stream.Bucket) ([]mention.SourceHealth, error) {
	keys, err := b.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("crawler: health: %w", err)
	}
	var out []mention.SourceHealth
	for _, key := range keys {
		h, err := loadHealth(ctx, b, key)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

func loadHealth(ctx context.Context, b stream.Bucket, id string) (mention.SourceHealth, error) {
	var h mention.SourceHealth
	e, err := b.Get(ctx, id)
	if errors.Is(err, stream.ErrNoKey) {
		return h, nil
	}
	if err != nil {
		return h, fmt.Errorf("crawler: health of %s: %w", id, err)
	}
	if broken := json.Unmarshal(e.Value, &h); broken != nil {
		h = mention.SourceHealth{} // begun anew
	}
	return h, nil
}

// note keeps what a visit tells of its source.
func (c *Crawler) note(ctx context.Context, s *source, t tally) {
	h, err := loadHealth(ctx, c.health, s.ID)
	if err == nil {
		now := time.Now()
		h.Source, h.Outlet, h.OutletName, h.Kind, h.Via = s.ID, s.Outlet, s.Name, s.Kind, string(s.Via)
		before := h.State
		learn(&h, t, now)
		judgeState(&h, now)
		if h.State != before && h.State.Alarm() {
			c.log.Warn("crawler: source", "source", s.ID, "state", h.State, "problem", h.Problem)
		}
		err = c.saveHealth(ctx, h)
	}
	if err != nil && ctx.Err() == nil {
		c.warn(err)
	}
}

func (c *Crawler) saveHealth(ctx context.Context, h mention.SourceHealth) error {
	data, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("crawler: health of %s: %w", h.Source, err)
	}
	if _, err := c.health.Put(ctx, h.Source, data); err != nil {
		return fmt.Errorf("crawler: health of %s: %w", h.Source, err)
	}
	return nil
}

const (
	maxGaps  = 40
	maxHours = 72
	minGaps  = 5  // fewer gaps are no rhythm
	window   = 50 // items over which shares are counted
	enough   = 8  // fewer items are no share
)

// learn takes a visit into the record.
func learn(h *mention.SourceHealth, t tally, now time.Time) {
	now = now.UTC().Truncate(time.Second)
	h.LastTry, h.Next = now, t.Next.UTC().Truncate(time.Second)
	hour := lastHour(h, now)
	hour.Visits++
	if t.Err != nil {
		h.Failures++
		hour.Errors++
		h.LastError, h.Problem = t.Err.Error(), explain(t.Err)
		return
	}
	// A 304 is heard, but does not clear the failures of pages; an empty
	// listing is heard and is no failure.
	h.Failures, h.LastHeard = 0, now
	h.LastError, h.Problem = "", ""
	if t.PageError != nil {
		h.LastError = t.PageError.Error()
	}
	hour.Found += t.New
	if t.New > 0 {
		if !h.LastNew.IsZero() && now.After(h.LastNew) {
			h.Gaps = append(h.Gaps, int64(now.Sub(h.LastNew)/time.Second))
			h.Gaps = h.Gaps[max(0, len(h.Gaps)-maxGaps):]
		}
		h.LastNew = now
	}
	h.UsualGap = usual(h.Gaps)
	h.Total += int64(t.New)
	h.Found += float64(t.New + t.Empty)
	h.Empty += float64(t.Empty)
	h.Undated += float64(t.Undated)
	if t.Dated {
		h.Clocks = slices.Clone(t.Clocks)
	}
	if h.Found > window {
		h.Found, h.Empty, h.Undated = h.Found/2, h.Empty/2, h.Undated/2
	}
}

func lastHour(h *mention.SourceHealth, now time.Time) *mention.SourceHour {
	hour := now.Unix() / 3600
	if n := len(h.Hours); n == 0 || h.Hours[n-1].Hour != hour {
		h.Hours = append(h.Hours, mention.SourceHour{Hour: hour})
		h.Hours = h.Hours[max(0, len(h.Hours)-maxHours):]
	}
	return &h.Hours[len(h.Hours)-1]
}

// usual is the 90th percentile of the gaps: nights are in it, the odd holiday
// is not.
func usual(gaps []int64) int64 {
	if len(gaps) < minGaps {
		return 0
	}
	sorted := slices.Sorted(slices.Values(gaps))
	return sorted[(len(sorted)*9-1)/10]
}

// judgeState names the state of a source at now.
func judgeState(h *mention.SourceHealth, now time.Time) {
	state, problem := mention.SourceGood, h.Problem
	overdue := h.Overdue()
	switch {
	case h.Failures >= 2:
		state = mention.SourceFailing
	case h.Found >= enough && h.Empty/h.Found > 0.5:
		state, problem = mention.SourceShrinking, "Nhiều trang không còn nội dung đọc được."
	case len(h.Clocks) > 0:
		state, problem = mention.SourceClock, "Giờ trên trang là đồng hồ, không phải giờ đăng: giờ đăng được ghi là chưa rõ."
	case h.Found >= enough && h.Undated/h.Found > 0.5:
		state, problem = mention.SourceClock, "Nhiều bài không có giờ đăng hoặc giờ đăng ở tương lai."
	case !overdue.IsZero() && !now.Before(overdue):
		state, problem = mention.SourceSilent, "Không có bài mới lâu hơn hai lần thường lệ."
	case h.LastNew.IsZero():
		state = mention.SourceNew
	}
	if state != h.State {
		h.State, h.Since = state, now.UTC().Truncate(time.Second)
	}
	h.Problem = problem
}

// explain says in Vietnamese what went wrong with a visit.
func explain(err error) string {
	switch {
	case errors.Is(err, feed.ErrNotFeed):
		return "Địa chỉ không phải là RSS/Atom."
	case errors.Is(err, sitemap.ErrNotSitemap):
		return "Địa chỉ không phải là sitemap."
	case errors.Is(err, errLost):
		return "Một tiến trình thu thập khác đã nhận nguồn này."
	}
	return fetch.Explain(err)
}

// watchRhythm notices silence of sources that are not visited but come by
// themselves.
func (c *Crawler) watchRhythm(ctx context.Context) {
	tick := time.NewTicker(5 * time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, s := range c.sources {
			if s.look != nil || s.Off {
				continue
			}
			h, err := loadHealth(ctx, c.health, s.ID)
			if err != nil || h.Source == "" {
				continue
			}
			before := h.State
			if judgeState(&h, time.Now()); h.State == before {
				continue
			}
			if err := c.saveHealth(ctx, h); err != nil && ctx.Err() == nil {
				c.warn(err)
			}
		}
	}
}
