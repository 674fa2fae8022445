package elastic

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Purge removes what the filter matches, and the older texts of that.
func (e *Engine) Purge(ctx context.Context, filter query.Filter) (n int, err error) {
	plan, err := indexer.NewPurge(filter)
	if err != nil {
		return 0, err
	}
	e.write.Lock()
	defer e.write.Unlock()
	targets, err := e.targets(ctx)
	if err != nil {
		return 0, wrap("purge", err)
	}
	for _, index := range targets.all() {
		out := map[string]*stored{}
		err := e.scan(ctx, index, filters(plan), purgeFields(), func(s *stored) { out[string(s.ID)] = s })
		if err == nil {
			err = e.takeOut(ctx, index, out, deletion)
		}
		if err != nil {
			return 0, wrap("purge", err)
		}
		if index == targets.live {
			n = len(out)
		}
	}
	return n, nil
}

func purgeFields() []string { return []string{"id", "state", "version", "revision", "at", "copy"} }

// deletion removes a document at its own version, so that it can be written
// again.
func deletion(s *stored) (put, error) {
	id := string(s.ID)
	if s.State == older {
		id = fmt.Sprintf("%s@%d", s.ID, s.Revision)
	}
	return put{id: id, version: s.Version, action: "delete"}, nil
}

// Forget writes over mentions what nothing can be written over.
func (e *Engine) Forget(ctx context.Context, ids ...mention.ID) (n int, err error) {
	e.write.Lock()
	defer e.write.Unlock()
	targets, err := e.targets(ctx)
	if err != nil {
		return 0, wrap("forget", err)
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	for _, index := range targets.all() {
		have, err := e.fetch(ctx, index, names, purgeFields()...)
		if err != nil {
			return 0, wrap("forget", err)
		}
		there := 0
		for _, id := range ids {
			if have[string(id)] == nil {
				have[string(id)] = &stored{ID: id, State: gone}
			} else if have[string(id)].State == live {
				there++
			}
		}
		if err := e.takeOut(ctx, index, have, func(s *stored) (put, error) { return putGone(s.ID) }); err != nil {
			return 0, wrap("forget", err)
		}
		if index == targets.live {
			n = there
		}
	}
	return n, nil
}

// takeOut replaces documents by what instead gives, removes the older texts,
// and settles the stories that they leave.
func (e *Engine) takeOut(ctx context.Context, index string, out map[string]*stored, instead func(*stored) (put, error)) error {
	if len(out) == 0 {
		return nil
	}
	var puts []put
	var left []*indexer.Copy
	var bad error
	add := func(s *stored, f func(*stored) (put, error)) {
		p, err := f(s)
		bad = errors.Join(bad, err)
		puts = append(puts, p)
	}
	for _, s := range out {
		add(s, instead)
		if c := s.copied(); c != nil {
			left = append(left, c)
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(out)), maxBands) {
		filter := []object{{"term": object{"state": older}}, {"terms": object{"id": ids}}}
		if err := e.scan(ctx, index, filter, purgeFields(), func(s *stored) { add(s, deletion) }); err != nil {
			return err
		}
	}
	if bad != nil {
		return bad
	}
	if _, err := e.bulk(ctx, index, puts); err != nil {
		return err
	}
	if err := e.refresh(ctx, index); err != nil {
		return err
	}
	return e.settle(ctx, index, newBatch(nil), left)
}
