package crawler

import (
	"context"
	"slices"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/intake"
)

// clocks watches the dates of one source's pages, by where they come from
// (dateline, feed, …). Where nearly all pages read within minutes bear the same
// minute, or the minute in which they were read, it is a clock that was read
// and no date of publishing: such dates are not believed until they look like
// dates again. Only a visit touches it.
type clocks struct {
	seen   []stamped
	broken []string // origins
	loaded bool
}

// stamped is the date of one page, from one origin.
type stamped struct {
	address uint64
	from    string
	at      time.Time
	fetched time.Time
	out     *intake.Item // as it was published with this date; nil if it was not
}

// recallClocks reads, on the first visit after a start, what is known of the
// source's dates. Without it the clock is found out again.
func (c *Crawler) recallClocks(ctx context.Context, s *source) {
	if s.clocks.loaded {
		return
	}
	h, err := loadHealth(ctx, c.health, s.ID)
	if err == nil {
		s.clocks.broken, s.clocks.loaded = h.Clocks, true
	}
}

// Bounds of what is taken for a clock. No outlet publishes five articles in a
// minute; one that is read every minute may well be read in the minute of one.
const (
	clockPages  = 5
	clockShare  = 0.8
	clockWindow = 15 * time.Minute // pages of one or two visits
	clockSlack  = 2 * time.Minute  // between a page's clock and ours
	maxStamps   = 80
)

// note remembers a date and forgets those that were read long before.
func (k *clocks) note(s stamped) {
	if s.from == "" || s.at.IsZero() {
		return
	}
	k.seen = slices.DeleteFunc(k.seen, func(o stamped) bool {
		return s.fetched.Sub(o.fetched) > clockWindow || o.address == s.address && o.from == s.from
	})
	k.seen = append(k.seen, s)
	k.seen = k.seen[max(0, len(k.seen)-maxStamps):]
}

// judge tells whether the dates of an origin are a clock, as far as enough of
// them are known.
func (k *clocks) judge(from string) (clock, known bool) {
	n, now, most := 0, 0, 0
	same := map[int64]int{}
	for _, s := range k.seen {
		if s.from != from {
			continue
		}
		n++
		off := s.at.Sub(s.fetched).Abs()
		if off <= clockSlack {
			now++
		}
		// Many articles share a day without an hour, or the round hour that a
		// program puts for it; a clock that stood still stood so of late.
		if s.at.Minute() != 0 && off < 26*time.Hour {
			minute := s.at.Unix() / 60
			same[minute]++
			most = max(most, same[minute])
		}
	}
	enough := max(float64(clockPages), clockShare*float64(n))
	return float64(now) >= enough || float64(most) >= enough, n >= clockPages
}

// learn judges an origin again. It returns what was published with dates that
// have just turned out to be a clock's.
func (k *clocks) learn(from string) (wrong []intake.Item) {
	clock, known := k.judge(from)
	switch before := slices.Contains(k.broken, from); {
	case !known || clock == before:
	case clock:
		k.broken = append(k.broken, from)
		for i, s := range k.seen {
			if s.from == from && s.out != nil {
				wrong = append(wrong, *s.out)
				k.seen[i].out = nil
			}
		}
	default:
		k.broken = slices.DeleteFunc(k.broken, func(b string) bool { return b == from })
	}
	return wrong
}

// dated takes out of a listed item and its page the dates that are not to be
// believed, and notes both.
func (k *clocks) dated(it intake.Item, a extract.Article, fetched time.Time) (intake.Item, extract.Article) {
	address := it.Address()
	k.note(stamped{address: address, from: it.Text.PublishedFrom, at: it.Text.Published, fetched: fetched})
	k.note(stamped{address: address, from: a.PublishedFrom, at: a.Published.Time, fetched: fetched})
	if slices.Contains(k.broken, it.Text.PublishedFrom) {
		it.Text.Published, it.Text.PublishedFrom, it.Text.PublishedConfidence = time.Time{}, "", 0
	}
	if slices.Contains(k.broken, a.PublishedFrom) {
		a.Published, a.PublishedFrom, a.PublishedConfidence = dateline.Moment{}, "", 0
	}
	return it, a
}

// origins lists where the dates come from that are known.
func (k *clocks) origins() []string {
	var out []string
	for _, s := range k.seen {
		if !slices.Contains(out, s.from) {
			out = append(out, s.from)
		}
	}
	return out
}

// published notes that an item went out with its date.
func (k *clocks) published(it intake.Item) {
	for i, s := range k.seen {
		if s.address == it.Address() && s.from == it.Text.PublishedFrom {
			k.seen[i].out = &it
		}
	}
}

// undated is an item whose date is not believed.
func undated(it intake.Item) intake.Item {
	it.Text.Published, it.Text.PublishedFrom, it.Text.PublishedConfidence = time.Time{}, "", 0
	return it
}
