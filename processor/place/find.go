package place

import (
	"cmp"
	"slices"
	"strings"

	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
)

// hit is one name met in a text.
type hit struct {
	field      int
	start, end int // with its level word, if that belongs to the name
	written    string
	name       string // keyed, without its level word
	lead       lead
	units      []*unit
	foreign    bool // the text says so
	plainCase  bool // the capitals say that it is a name
	alone      bool // no other capital beside it, so not a part of a longer name
	common     bool
	followed   *hit // a province named right after it: "Cửa Lò, Nghệ An"
	joined     bool // beside another place in a list
}

// finder collects the hits of one field.
type finder struct {
	g      *Gazetteer
	text   string
	tokens []phrase.Token
	bare   bool
	names  []names
}

// hits gives the names of one field, the longer ones first where they
// overlap, then in order.
func (g *Gazetteer) hits(field int, text string, bare bool) []hit {
	f := finder{g: g, text: text, bare: bare, names: g.names}
	set := g.marked
	if bare {
		set, f.names = g.bare, g.plain
	}
	var out []hit
	set.Search(text, func(tokens []phrase.Token, matches []phrase.Match) {
		f.tokens = tokens
		for _, m := range longest(matches) {
			if n := &f.names[m.Phrase]; !n.not && len(n.units) > 0 {
				out = append(out, f.hit(field, m, n))
			}
		}
	})
	link(text, out)
	return out
}

// longest keeps the longest of overlapping matches, in order.
func longest(ms []phrase.Match) []phrase.Match {
	slices.SortStableFunc(ms, func(a, b phrase.Match) int {
		return cmp.Or(cmp.Compare(b.Last-b.First, a.Last-a.First), cmp.Compare(a.First, b.First))
	})
	var kept []phrase.Match
	var taken phrase.Taken
	for _, m := range ms {
		if _, _, met := taken.Meets(m.First, m.Last+1); !met {
			taken.Take(m.First, m.Last+1)
			kept = append(kept, m)
		}
	}
	slices.SortFunc(kept, func(a, b phrase.Match) int { return cmp.Compare(a.First, b.First) })
	return kept
}

func (f *finder) hit(field int, m phrase.Match, n *names) hit {
	h := hit{field: field, start: f.tokens[m.First].Start, end: f.tokens[m.Last].End, units: n.units, common: n.common}
	l, from := leadOf(f.text, f.tokens, m.First, f.bare)
	h.lead = l
	if l >= leadProvince && l <= leadCommune {
		h.start = f.tokens[from].Start
	}
	h.foreign = saidAfter(f.text, h.end, ofForeign)
	if saidAfter(f.text, h.end, ofPersons) {
		h.lead = leadPerson
	}
	h.written, h.name = f.text[h.start:h.end], viet.Key(f.text[f.tokens[m.First].Start:h.end])
	h.plainCase, h.alone = f.capitals(m, n), f.alone(from, m.Last)
	return h
}

// capitals reports whether the name has the capitals of the table and they
// tell something: not where everything is in capitals.
func (f *finder) capitals(m phrase.Match, n *names) bool {
	shouted := true
	for i := m.First; i <= m.Last; i++ {
		word := f.text[f.tokens[i].Start:f.tokens[i].End]
		if k := i - m.First; k < len(n.capitals) && n.capitals[k] && !capital(word) {
			return false
		}
		shouted = shouted && shouting(word)
	}
	return !shouted || m.Last == m.First || !f.shoutedBeside(m)
}

// shoutedBeside reports whether a neighbour is in capitals too.
func (f *finder) shoutedBeside(m phrase.Match) bool {
	for _, i := range [...]int{m.First - 1, m.Last + 1} {
		if i >= 0 && i < len(f.tokens) && shouting(f.text[f.tokens[i].Start:f.tokens[i].End]) {
			return true
		}
	}
	return len(f.tokens) == m.Last-m.First+1
}

// alone reports whether neither neighbour has a capital: "Nguyễn Hòa Bình"
// and "Hòa Bình Xanh" are other names.
func (f *finder) alone(first, last int) bool {
	beside := func(i, mark int) bool {
		if i < 0 || i >= len(f.tokens) || f.tokens[mark].Break || f.tokens[mark].Comma {
			return false
		}
		if gap := f.text[f.tokens[mark-1].End:f.tokens[mark].Start]; strings.TrimSpace(gap) != "" {
			return false // a dash, a bracket, a quotation mark
		}
		word := f.text[f.tokens[i].Start:f.tokens[i].End]
		if i == 0 || f.tokens[i].Break {
			return i > mark-1 && capital(word) // a sentence begins with a capital
		}
		return capital(word) && !shouting(word)
	}
	return !(first > 0 && beside(first-1, first)) && !(last+1 < len(f.tokens) && beside(last+1, last+1))
}

// longestGap is more than the bytes of anything that links names.
const longestGap = 32

// link notes, of hits in order, which stand beside each other: in lists, and
// as "Cửa Lò, Nghệ An" or "Cửa Lò (Nghệ An)".
func link(text string, hits []hit) {
	for i := 0; i+1 < len(hits); i++ {
		a, b := &hits[i], &hits[i+1]
		gap := strings.TrimSpace(text[a.end:max(a.end, b.start)])
		if len(gap) > longestGap {
			continue
		}
		switch gap = strings.ToLower(gap); gap {
		case ",", "-", "–", "—", "(", "/", "và", ", và", "hoặc", "đến", "với", ", tỉnh", ";":
			a.joined, b.joined = true, true
			if gap == "," || gap == "(" || gap == "-" || gap == "–" {
				a.followed = b
			}
		case "":
			a.followed = b
		}
	}
}

// within reports whether a unit belongs to what the hit names: to a province
// of that name, best of all, or to a province-level unit of today.
func (h *hit) within(u *unit) (named, now bool) {
	if h == nil {
		return false, false
	}
	for _, p := range h.units {
		if p.level == LevelProvince {
			named = named || viet.Key(p.name) == viet.Key(u.parent)
			now = now || p.now == u.now
		}
	}
	return named, now
}
