// Package watch notices: it compares what the index counts with what an hour
// usually brings, opens alerts, follows their life and has people told.
//
// Promises: every window is judged once, in order, also those missed while the
// program was down; an alert carries the counts, the expectation and the
// mentions it rests on, so that it can be recomputed; it is delivered once a
// channel. Stories are counted, not copies.
//
// Limit: it sees what the index holds; a source that is silent is reported as
// silent, never as quiet.
package watch

import (
	"time"

	"github.com/diembao/diembao/mention"
)

// Level is how loud an alert is.
type Level string

// The levels: chú ý, cảnh báo, khủng hoảng.
const (
	Notice  Level = "notice"
	Warning Level = "warning"
	Crisis  Level = "crisis"
)

// State is where an alert is in its life.
type State string

// The states. Open becomes Acknowledged or Closed; Acknowledged becomes Closed.
const (
	Open         State = "open"
	Acknowledged State = "acknowledged"
	Closed       State = "closed"
)

// Alert is one alert as the ledger has it.
type Alert struct {
	ID       string `json:"id"`
	Rule     string `json:"rule"`   // id of the rule that opened it
	Policy   string `json:"policy"` // id of the policy concerned
	Level    Level  `json:"level"`
	State    State  `json:"state"`
	Evidence `json:"evidence"`
	Opened   time.Time `json:"opened"`
	Updated  time.Time `json:"updated"`
	By       string    `json:"by,omitempty"` // who acknowledged or closed it
	Note     string    `json:"note,omitempty"`
	History  []Change  `json:"history"`
	// Version is the ledger sequence to hand back with a decision.
	Version uint64 `json:"version"`
}

// Evidence is what an alert rests on; it recomputes from the index.
type Evidence struct {
	From      time.Time    `json:"from"` // window, [From, To)
	To        time.Time    `json:"to"`
	Stories   int          `json:"stories"`  // independent stories in the window
	Mentions  int          `json:"mentions"` // with copies
	Expected  float64      `json:"expected"` // stories that this hour of the week usually brings
	Low, High float64      `json:"-"`
	Tail      float64      `json:"tail"` // probability of so many or more by chance
	Ratio     float64      `json:"ratio"`
	Basis     string       `json:"basis"`             // which history the expectation leans on, in Vietnamese
	First     mention.ID   `json:"first"`             // the first source
	IDs       []mention.ID `json:"ids"`               // mentions behind it, first published first
	Missing   []string     `json:"missing,omitempty"` // sources not heard in the window
}

// Change is one step in an alert's life.
type Change struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Type  string    `json:"type"` // opened, raised, acknowledged, closed, reopened, delivered
	Level Level     `json:"level,omitempty"`
	Note  string    `json:"note,omitempty"`
}
