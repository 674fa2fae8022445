package watch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// KindUnfavourable is the kind of rule that compares the unfavourable stories
// about each policy with what the hour usually brings.
const KindUnfavourable = "unfavourable"

// RuleConfig is one alert rule as the user's file has it. Zero values take
// the defaults named.
type RuleConfig struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"` // what people call it
	Kind string `yaml:"kind"` // unfavourable
	// Policies are those watched; empty: every policy of the registry.
	Policies []string `yaml:"policies"`
	// Windows are the lengths looked at, in hours, each at most 24; 1, 3, 6, 24.
	Windows []int `yaml:"windows"`
	// MinStories is the least number of independent stories; 3.
	MinStories int `yaml:"min_stories"`
	// FalseAlarms is how many alerts a week, over all policies together, the
	// unit accepts when nothing happens; 1. All thresholds follow from it.
	FalseAlarms float64 `yaml:"false_alarms"`
	// Authority gives the weight of outlets whose articles are heard: 0 not
	// counted, 1 a newspaper (the default of the press), 2 or 3 a national
	// broadcaster, an inspectorate's or assembly's page.
	Authority map[string]int `yaml:"authority"`
	// HistoryWeeks is how far back the usual is learnt; 8.
	HistoryWeeks int `yaml:"history_weeks"`
	// CatchUpDays is how far back missed windows are judged; 14.
	CatchUpDays int `yaml:"catch_up_days"`
	// CooldownHours is for how long after closing an alert no new one opens for
	// the policy, unless louder than the closed one was; 12.
	CooldownHours int `yaml:"cooldown_hours"`
	// Channels name the notification channels told; empty: none.
	Channels []string `yaml:"channels"`
}

// WithDefaults fills what the file leaves out.
func (c RuleConfig) WithDefaults() RuleConfig {
	c.Kind = cmp.Or(c.Kind, KindUnfavourable)
	c.MinStories = cmp.Or(c.MinStories, 3)
	c.FalseAlarms = cmp.Or(c.FalseAlarms, 1)
	c.HistoryWeeks = cmp.Or(c.HistoryWeeks, 8)
	c.CatchUpDays = cmp.Or(c.CatchUpDays, 14)
	c.CooldownHours = cmp.Or(c.CooldownHours, 12)
	if len(c.Windows) == 0 {
		c.Windows = []int{1, 3, 6, longest}
	}
	return c
}

// Validate reports every problem of the rule with its path.
func (c RuleConfig) Validate(report func(path, message string)) {
	check := func(bad bool, path, format string, args ...any) {
		if bad {
			report(path, fmt.Sprintf(format, args...))
		}
	}
	check(!mention.Slug(c.ID) || len(c.ID) > 24 || strings.Contains("-"+c.ID+"-", "--"),
		"id", "%q: want words of [a-z0-9] joined by single hyphens, at most 24 characters", c.ID)
	check(c.Kind != "" && c.Kind != KindUnfavourable, "kind", "%q: the only kind is %q", c.Kind, KindUnfavourable)
	for i, hours := range c.Windows {
		check(hours < 1 || hours > longest, fmt.Sprintf("windows[%d]", i), "%d hours: want 1…%d", hours, longest)
		check(slices.Contains(c.Windows[:i], hours), fmt.Sprintf("windows[%d]", i), "%d hours stand twice", hours)
	}
	check(c.MinStories < 0, "min_stories", "%d: want 1 or more", c.MinStories)
	check(c.FalseAlarms < 0 || c.FalseAlarms > 100, "false_alarms", "%g a week: want more than 0 and at most 100", c.FalseAlarms)
	check(c.HistoryWeeks < 0 || c.HistoryWeeks > 52, "history_weeks", "%d: want 1…52", c.HistoryWeeks)
	check(c.CatchUpDays < 0 || c.CatchUpDays > 60, "catch_up_days", "%d: want 1…60", c.CatchUpDays)
	check(c.CooldownHours < 0, "cooldown_hours", "%d: want 0 or more", c.CooldownHours)
	for outlet, weight := range c.Authority {
		check(!mention.Slug(outlet), "authority."+outlet, "not an outlet's slug")
		check(weight < 0 || weight > 3, "authority."+outlet, "weight %d: want 0…3", weight)
	}
	for i, channel := range c.Channels {
		check(!mention.Slug(channel), fmt.Sprintf("channels[%d]", i), "%q: want [a-z0-9-]{1,64}", channel)
	}
}

// longest is the longest window in hours. History is cut that long before a
// window's end, so that no burst is measured against itself.
const longest = 24

func (c RuleConfig) history() time.Duration {
	return time.Duration(c.HistoryWeeks) * 7 * 24 * time.Hour
}

func (c RuleConfig) catchUp() time.Duration { return time.Duration(c.CatchUpDays) * 24 * time.Hour }

func (c RuleConfig) cooldown() time.Duration { return time.Duration(c.CooldownHours) * time.Hour }

// watches tells whether the rule is for the policy.
func (c RuleConfig) watches(policy string) bool {
	return len(c.Policies) == 0 || slices.Contains(c.Policies, policy)
}
