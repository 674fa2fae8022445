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
	ID       string            `json:"id"`
	Rule     string            `json:"rule"`   // id of the rule that opened it
	Policy   string            `json:"policy"` // id of the policy concerned
	Level    Level             `json:"level"`
	State    State             `json:"state"`
	Evidence `json:"evidence"` // of the window that told most
	Opened   time.Time         `json:"opened"`
	Updated  time.Time         `json:"updated"`
	By       string            `json:"by,omitempty"` // who acknowledged or closed it
	Note     string            `json:"note,omitempty"`
	History  []Change          `json:"history"`
	// Since and Until are begin and end of all windows that fired so far.
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	// Noticed is when the first of them allowed the alert to be seen: the end
	// of that window, or the moment it was judged while still running. Before
	// Opened by as much as the program was late.
	Noticed time.Time `json:"noticed"`
	// Determined is when a person determined ("xác định") that public opinion
	// is or may be affected; it starts the legal clock. Zero: nobody has.
	Determined time.Time `json:"determined,omitzero"`
	closed     time.Time // when it was closed last
	// Version counts what somebody who decides should have seen: level and
	// decisions, not mere growth or deliveries. It is handed back with a
	// decision.
	Version uint64 `json:"version"`
}

// Measure is which count of stories surprised.
type Measure string

// The measures.
const (
	// Stories counts all independent unfavourable stories.
	Stories Measure = "stories"
	// Authority counts articles by outlets of weight: few, but heard.
	Authority Measure = "authority"
)

// Evidence is what an alert rests on; it recomputes from the index.
type Evidence struct {
	Measure   Measure      `json:"measure"`
	From      time.Time    `json:"from"` // window, [From, To)
	To        time.Time    `json:"to"`
	Judged    time.Time    `json:"judged"`   // what was published later was not counted
	Stories   int          `json:"stories"`  // independent stories in the window
	Mentions  int          `json:"mentions"` // with copies
	Articles  int          `json:"articles"` // stories that are articles of outlets of weight
	Threads   int          `json:"threads"`  // articles, posts and what stands under them, each once
	Outlets   int          `json:"outlets"`  // outlets with a story of their own
	Reach     int          `json:"reach"`    // outlets with copies
	Expected  float64      `json:"expected"` // what Measure counts, in a usual window
	Low       float64      `json:"low"`      // eight of ten usual windows lie
	High      float64      `json:"high"`     // between Low and High
	Tail      float64      `json:"tail"`     // probability of so many or more by chance
	Threshold float64      `json:"threshold"`
	Ratio     float64      `json:"ratio"`             // over Expected
	Basis     string       `json:"basis"`             // which history the expectation leans on, in Vietnamese
	First     mention.ID   `json:"first"`             // the first source
	IDs       []mention.ID `json:"ids"`               // mentions behind it, first published first
	Missing   []string     `json:"missing,omitempty"` // sources not heard in the window
}

// Change is one step in an alert's life.
type Change struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Type  string    `json:"type"` // opened, raised, grown, acknowledged, closed, reopened, delivered
	Level Level     `json:"level,omitempty"`
	Note  string    `json:"note,omitempty"`
}
