// Package digest composes the press review ("điểm báo") of a day from the
// index: what was said, by whom, how often, and what needs an answer.
//
// It reads through query.Searcher and writes nothing. It promises that a
// digest covers one stated period, that every entry names outlet, time and
// address and quotes at most MaxQuote characters, that reprints are one entry,
// and that unfavourable coverage is never left out for being unfavourable.
//
// Limit: it composes a draft; wording and judgement stay with the press office.
package digest

import (
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// MaxQuote bounds a quotation, in characters. The law names no number (Luật
// SHTT Điều 25 asks for "reasonable"); two sentences or 300 characters is the
// setting this project suggests.
const MaxQuote = 300

// Config is how a unit wants its digest.
type Config struct {
	// Cutoff is the hour and minute at which a day's digest ends: "06:00".
	Cutoff string `yaml:"cutoff"`
	// Items is the most entries a part lists before it says how many more
	// there are; 12.
	Items int `yaml:"items"`
}

// DefaultCutoff leaves an officer who starts at 06:10 the night's coverage.
const DefaultCutoff = "06:00"

// Validate reports every problem with its path.
func (c Config) Validate(report func(path, message string)) {
	if _, err := time.Parse("15:04", c.WithDefaults().Cutoff); err != nil {
		report("cutoff", "want an hour and minute such as \"06:00\"")
	}
	if c.Items < 0 || c.Items > 100 {
		report("items", "want 0 (the default, 12) to 100")
	}
}

// WithDefaults fills what the file leaves out.
func (c Config) WithDefaults() Config {
	if c.Cutoff == "" {
		c.Cutoff = DefaultCutoff
	}
	if c.Items == 0 {
		c.Items = 12
	}
	return c
}

// Digest is the press review of one day.
type Digest struct {
	Day   string    `json:"day"` // yyyy-mm-dd
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Final bool      `json:"final"` // the cut-off has passed: the period is complete
	Total Overview  `json:"overview"`
	Parts []Part    `json:"parts"`
	After int       `json:"after"` // mentions since the cut-off, for tomorrow
}

// Overview is the counts of a period beside those of the one before.
type Overview struct {
	Mentions int            `json:"mentions"`
	Stories  int            `json:"stories"`
	Before   int            `json:"before"` // mentions of the period before
	Kinds    map[string]int `json:"kinds"`
	Tones    map[string]int `json:"tones"`
	Was      map[string]int `json:"tones_before"`
	Outlets  []Count        `json:"outlets"`
}

// Count is a value and how often it occurs.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Part is one numbered part of the digest.
type Part struct {
	Key    string  `json:"key"` // featured, direction, policies, issues, people, false, social, results
	Groups []Group `json:"groups"`
	Total  int     `json:"total"` // entries there are, also those not listed
}

// Group is the entries under one heading; Policy is empty where the part has
// no headings.
type Group struct {
	Policy string `json:"policy,omitempty"`
	Items  []Item `json:"items"`
}

// Item is one entry: what was said, where, and how far it spread.
type Item struct {
	ID       mention.ID `json:"id"`
	Title    string     `json:"title"`
	Outlet   string     `json:"outlet"`
	Author   string     `json:"author,omitempty"`
	At       time.Time  `json:"published"`
	Unknown  bool       `json:"time_unknown,omitempty"` // At is when it was found
	URL      string     `json:"url,omitempty"`
	Tone     string     `json:"tone"` // "unsure" below the threshold
	Act      string     `json:"act"`
	Quote    string     `json:"quote"`
	Copies   int        `json:"copies"`
	Group    string     `json:"group"`
	Differs  bool       `json:"differs,omitempty"`
	Policies []string   `json:"policies"`
}

// Period gives the span that the digest of the day of now covers: from the
// cut-off of the day before to that of the day, or to now while the cut-off is
// still ahead (final is false then). Cut-offs are Vietnamese clock time.
func Period(now time.Time, cutoff string) (from, to time.Time, final bool) {
	at, err := time.Parse("15:04", cutoff)
	if err != nil {
		at = time.Date(0, 1, 1, 6, 0, 0, 0, time.UTC)
	}
	y, m, d := now.In(viet.Zone()).Date()
	end := time.Date(y, m, d, at.Hour(), at.Minute(), 0, 0, viet.Zone())
	from = end.AddDate(0, 0, -1)
	if now.Before(end) {
		return from, now, false
	}
	return from, end, true
}
