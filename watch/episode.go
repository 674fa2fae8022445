package watch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Types of Change, which are also the types of the ledger's events on alerts.
const (
	ChangeOpened       = "opened"
	ChangeRaised       = "raised"       // louder than before, or again after days of calm
	ChangeGrown        = "grown"        // more of it, no louder
	ChangeAcknowledged = "acknowledged" // somebody has taken it
	ChangeDetermined   = "determined"   // somebody determined an effect on public opinion
	ChangeClosed       = "closed"
	ChangeReopened     = "reopened"
	ChangeDelivered    = "delivered"
)

// calm is how long no window may have fired for the next one to be news again.
const calm = 72 * time.Hour

// keep is how far Until moves before it is written down without other news.
const keep = 6 * time.Hour

// alertID names the nth alert of a rule on a policy. Two watches that see the
// same burst by different windows still choose the same name, and the ledger
// lets only one of them open it. A rule's id has no "--", so no two rules meet
// in one name.
func alertID(rule, policy string, nth int) string {
	id := fmt.Sprintf("%s--%s-%d", rule, policy, nth)
	if len(id) <= 64 {
		return id
	}
	sum := sha256.Sum256([]byte(policy))
	return fmt.Sprintf("%s--%s-%d", rule, hex.EncodeToString(sum[:8]), nth)
}

// opened is the alert that a finding opens at now.
func opened(rule RuleConfig, f finding, nth int, now time.Time) Alert {
	e := f.Evidence
	seen := earlier(e.To, e.Judged)
	return Alert{
		ID: alertID(rule.ID, f.Policy, nth), Rule: rule.ID, Policy: f.Policy,
		Level: f.Level, State: Open, Evidence: e, Opened: now, Updated: now,
		Since: e.From, Until: seen, Noticed: seen, Version: 1,
		History: []Change{{At: now, By: "rule:" + rule.ID, Type: ChangeOpened, Level: f.Level}},
	}
}

// with takes another window into an alert that is not closed and names the
// change, "" if it adds nothing worth writing down. The window that told most
// stands as evidence; the first source stays the first.
func (a Alert) with(f finding, now time.Time) (Alert, string) {
	e, seen := f.Evidence, earlier(f.Evidence.To, f.Evidence.Judged)
	change := a.changeBy(f, seen)
	if e.From.Before(a.Since) {
		a.Since = e.From
	}
	if seen.After(a.Until) {
		a.Until = seen
	}
	if change == "" {
		return a, ""
	}
	if change == ChangeRaised || e.Stories > a.Stories {
		first := a.First
		a.Level, a.Evidence = louderOf(a.Level, f.Level), e
		a.First = first
	}
	return a.log(Change{At: now, By: "rule:" + a.Rule, Type: change, Level: a.Level}), change
}

func (a Alert) changeBy(f finding, seen time.Time) string {
	switch {
	case f.Level.rank() > a.Level.rank(), f.Evidence.From.Sub(a.Until) >= calm:
		return ChangeRaised
	case f.Level == a.Level && f.Evidence.Stories > a.Stories && f.Evidence.Mentions > a.Mentions,
		seen.Sub(a.Until) >= keep:
		return ChangeGrown
	}
	return ""
}

// log appends a change without touching a copy's history.
func (a Alert) log(c Change) Alert {
	a.History = append(a.History[:len(a.History):len(a.History)], c)
	a.Updated = c.At
	if c.Type != ChangeGrown && c.Type != ChangeDelivered {
		a.Version++
	}
	return a
}

func louderOf(a, b Level) Level {
	if b.rank() > a.rank() {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
