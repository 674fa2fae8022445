package frontier

import (
	"context"
	"errors"
	"fmt"

	"github.com/diembao/diembao/stream"
)

// Store keeps the records in a bucket, one key a source.
type Store struct{ bucket stream.Bucket }

// NewStore keeps records in the bucket, which is stream.BucketFrontier.
func NewStore(b stream.Bucket) *Store { return &Store{b} }

// Load gives the record of a source and the revision to save it over: an empty
// record and 0 for a source that was never visited or whose record makes no
// sense (it is then begun anew: everything is fetched again, under the same
// IDs).
func (s *Store) Load(ctx context.Context, source string) (*Record, uint64, error) {
	e, err := s.bucket.Get(ctx, source)
	if errors.Is(err, stream.ErrNoKey) {
		return &Record{}, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("frontier: load %s: %w", source, err)
	}
	r, broken := Decode(e.Value)
	if broken != nil {
		r = &Record{}
	}
	return r, e.Revision, nil
}

// Save stores the record over the revision it was loaded from and returns the
// new one. It fails with stream.ErrConflict if somebody else has saved since:
// then the host is somebody else's now.
func (s *Store) Save(ctx context.Context, source string, r *Record, over uint64) (uint64, error) {
	var revision uint64
	var err error
	if over == 0 {
		revision, err = s.bucket.Create(ctx, source, r.Encode())
	} else {
		revision, err = s.bucket.Update(ctx, source, r.Encode(), over)
	}
	if err != nil {
		return 0, fmt.Errorf("frontier: save %s: %w", source, err)
	}
	return revision, nil
}
