package watch

import (
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// likely is the calibrated probability from which a judgement that is not sure
// still counts: more likely unfavourable than not. Half of the unfavourable
// texts of the press are never sure, so leaving them out would halve the
// signal; below one half more wrong ones than right ones would come in.
const likely = 0.5

// sighting is one mention as the watch remembers it.
type sighting struct {
	id      mention.ID
	when    time.Time
	group   string // story of copies
	thread  string // article, post or message that starts the conversation
	outlet  string
	weight  int      // of the outlet's articles; 0 for citizens' texts
	names   []string // watched policies that it names
	against []string // those towards which it is unfavourable
	neg     bool     // unfavourable in tone
}

// Unfavourable reports whether a mention counts as unfavourable towards a
// policy: it speaks against it, or its tone is unfavourable and it does not
// speak for it. A judgement counts if it is sure, or likelier than not.
func Unfavourable(m *mention.Mention, policy string) bool {
	if m.Reading == nil || !names(m.Reading, policy) {
		return false
	}
	favour := false
	for _, s := range m.Reading.Stances {
		if s.Policy != policy {
			continue
		}
		if says(s.Label, "against") {
			return true
		}
		favour = favour || says(s.Label, "favour")
	}
	return !favour && says(m.Reading.Tone, "neg")
}

func says(l mention.Label, value string) bool {
	return l.Value == value && (l.Sure || l.Score >= likely)
}

func names(r *mention.Reading, policy string) bool {
	for _, p := range r.Named() {
		if p.ID == policy {
			return true
		}
	}
	for _, s := range r.Stances {
		if s.Policy == policy {
			return true
		}
	}
	return false
}

// see takes from a hit what the watch counts.
func (c RuleConfig) see(h query.Hit) sighting {
	m := h.Mention
	s := sighting{id: m.ID, when: m.When(), group: h.Group, outlet: m.Origin.Outlet, weight: c.weight(m)}
	if s.group == "" {
		s.group = string(m.ID)
	}
	s.thread = s.group
	if m.Origin.Parent != "" {
		s.thread = string(m.Origin.Parent)
	}
	if m.Reading == nil {
		return s
	}
	s.neg = says(m.Reading.Tone, "neg")
	for _, p := range m.Reading.Named() {
		if !c.watches(p.ID) {
			continue
		}
		s.names = append(s.names, p.ID)
		if Unfavourable(m, p.ID) {
			s.against = append(s.against, p.ID)
		}
	}
	return s
}

// remark tells whether a hit is a surely unfavourable comment that names no
// policy. It speaks of what it stands under: "tăng thế thì ai chịu nổi" below
// an article on the price table is about the price table.
func remark(h query.Hit) bool {
	r := h.Mention.Reading
	return h.Mention.Origin.Parent != "" && r != nil && len(r.Named()) == 0 && r.Tone.Value == "neg" && r.Tone.Sure
}

// weight is that of an article's outlet; citizens' texts have none, and
// neither have portals unless the rule gives them one: they speak for the
// authority.
func (c RuleConfig) weight(m *mention.Mention) int {
	if m.Origin.Channel.Citizen() {
		return 0
	}
	if w, ok := c.Authority[m.Origin.Outlet]; ok {
		return w
	}
	if m.Origin.Kind == mention.Press {
		return 1
	}
	return 0
}
