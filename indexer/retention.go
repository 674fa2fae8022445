package indexer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Keep is how long the mentions of one kind of source are kept, counted by
// their time in whole Vietnamese days.
type Keep struct {
	Kind string `yaml:"kind"` // press, portal, social
	Days int    `yaml:"days"` // 0: for ever
}

// Validate reports what is wrong, each with its place below path k.
func (k Keep) Validate(report func(path, message string)) {
	if !mention.Kind(k.Kind).Valid() {
		report("kind", "unknown kind "+strconv.Quote(k.Kind)+": want press, portal or social")
	}
	if k.Days < 0 {
		report("days", "days cannot be negative; 0 keeps for ever")
	}
}

// limit is the first moment whose mentions are kept; zero: all are.
func (k Keep) limit(now time.Time) time.Time {
	if k.Days <= 0 {
		return time.Time{}
	}
	y, m, d := now.In(viet.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, viet.Zone()).AddDate(0, 0, -k.Days)
}

// Expire removes what is older than it is kept, and tells how many mentions
// that were. It goes on with the other kinds where one fails.
func Expire(ctx context.Context, p Purger, keep []Keep, now time.Time) (n int, err error) {
	for _, k := range keep {
		limit := k.limit(now)
		if limit.IsZero() {
			continue
		}
		gone, bad := p.Purge(ctx, query.Filter{Kinds: []string{k.Kind}, To: limit})
		n += gone
		if bad != nil && err == nil {
			err = fmt.Errorf("indexer: expire %s: %w", k.Kind, bad)
		}
	}
	return n, err
}

// Kept is a feed without what is older than it is kept: the log remembers
// longer, and a rebuilt index must not bring it back.
func Kept(feed Feed, keep []Keep, now time.Time) Feed {
	limits := map[mention.Kind]time.Time{}
	for _, k := range keep {
		limits[mention.Kind(k.Kind)] = k.limit(now)
	}
	return func(write func([]*mention.Mention) error) error {
		return feed(func(batch []*mention.Mention) error {
			return write(slices.DeleteFunc(slices.Clone(batch), func(m *mention.Mention) bool {
				return m.When().Before(limits[m.Origin.Kind])
			}))
		})
	}
}
