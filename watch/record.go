package watch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/diembao/diembao/ledger"
)

// record writes a finding down: a new alert, a louder or larger one, or
// nothing. It answers the type of change, "" for nothing. When another watch
// writes first, it looks again.
func (b *Book) record(ctx context.Context, rule RuleConfig, f finding, now time.Time) (string, error) {
	for range tries {
		last, nth := b.last(rule.ID, f.Policy)
		a, change := opened(rule, f, nth+1, now), ChangeOpened
		var seq uint64
		switch {
		case nth > 0 && last.State != Closed:
			if a, change = last.with(f, now); change == "" {
				return "", nil
			}
			_, seq, _ = b.view.Get(a.ID)
		case nth > 0 && rule.resting(last, f):
			return "", nil
		}
		a.History = nil // the ledger itself is the history
		id := fmt.Sprintf("alert:%s:%s:%d:%d", a.ID, change, a.Version, f.Evidence.To.Unix())
		err := b.append(ctx, id, a.ID, change, "rule:"+rule.ID, now, entry{Alert: &a}, seq)
		if err == nil {
			return change, nil
		}
		if !errors.Is(err, ledger.ErrConflict) {
			return "", err
		}
	}
	return "", fmt.Errorf("%w: rule %s, policy %s", ErrConflict, rule.ID, f.Policy)
}

// last gives the newest alert of a rule on a policy and how many there are.
func (b *Book) last(rule, policy string) (last Alert, nth int) {
	for _, item := range b.view.All() {
		if a := item.State; a.Rule == rule && a.Policy == policy {
			last, nth = a, nth+1
		}
	}
	return last, nth
}

// resting tells whether a closed alert still covers a finding: its window
// begins before the closing, whose person knew of it, or it comes soon after
// and is no louder.
func (c RuleConfig) resting(closed Alert, f finding) bool {
	if f.Evidence.From.Before(closed.closed) && f.Level.rank() <= closed.Level.rank() {
		return true
	}
	return !f.Evidence.To.After(closed.closed) ||
		f.Evidence.From.Before(closed.closed.Add(c.cooldown())) && f.Level.rank() <= closed.Level.rank()
}
