package social

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/diembao/diembao/stream"
)

// books hold the spending of one API key in the bucket "state", so that
// neither a restart nor a second source with the same key spends a day twice.
// Without a bucket they last as long as the process.
type books struct {
	key   string
	quota Quota // where there is no bucket
}

// newBooks keep the key itself out of the bucket.
func newBooks(apiKey string) *books {
	sum := sha256.Sum256([]byte(apiKey))
	return &books{key: "youtube-quota." + hex.EncodeToString(sum[:8])}
}

// change has f look at the quota and change it.
func (b *books) change(ctx context.Context, bucket stream.Bucket, f func(*Quota)) error {
	if bucket == nil {
		f(&b.quota)
		return nil
	}
	return modify(ctx, bucket, b.key, func(old []byte) ([]byte, error) {
		var q Quota
		if json.Unmarshal(old, &q) != nil {
			q = Quota{} // begun anew: the platform refuses what is too much
		}
		f(&q)
		return json.Marshal(q)
	})
}

// share is what one visit may spend. It is on the books before the first call:
// a crash loses what was left of it, and never spends twice.
type share struct {
	search bool
	units  int
}

// reserve takes a visit's share of the day.
func (b *books) reserve(ctx context.Context, bucket stream.Bucket, searching bool, now time.Time) (share, error) {
	var s share
	err := b.change(ctx, bucket, func(q *Quota) {
		s = share{units: q.Units(now, pollHint)}
		q.Spent(now, s.units)
		if searching && s.units > 0 && q.MaySearch(now) {
			s.search = true
			q.Searched(now)
		}
	})
	return s, err
}

// modify replaces the value of a key by what f makes of it (nil: there was
// none; f answers nil to leave nothing), however many do so at a time.
func modify(ctx context.Context, bucket stream.Bucket, key string, f func([]byte) ([]byte, error)) error {
	for range 8 {
		e, err := bucket.Get(ctx, key)
		if err != nil && !errors.Is(err, stream.ErrNoKey) {
			return fmt.Errorf("social: state: %w", err)
		}
		value, err := f(e.Value)
		if err != nil {
			return fmt.Errorf("social: state: %s: %w", key, err)
		}
		switch {
		case value == nil && e.Revision == 0:
			return nil
		case value == nil:
			err = bucket.Delete(ctx, key, e.Revision)
		case e.Revision == 0:
			_, err = bucket.Create(ctx, key, value)
		default:
			_, err = bucket.Update(ctx, key, value, e.Revision)
		}
		if err == nil {
			return nil
		}
		if !errors.Is(err, stream.ErrConflict) {
			return fmt.Errorf("social: state: %w", err)
		}
	}
	return fmt.Errorf("social: state: %s: %w", key, stream.ErrConflict)
}
