package policy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
)

// hit is one place where one policy is named.
type hit struct {
	policy     int
	rule       string
	score      float64
	start, end int
	field      int
}

// Scores of a hit by the rule that found it: how often such a hit means the
// policy. Judged on the fixture press, not calibrated.
const (
	scoreAlias  = 0.95
	scoreShared = 0.90
	scoreToken  = 0.90
	scoreCue    = 0.80
	scoreFolded = 0.75
)

func scoreOf(r role) float64 {
	switch r {
	case roleAlias:
		return scoreAlias
	case roleShared:
		return scoreShared
	case roleToken:
		return scoreToken
	case roleCue:
		return scoreCue
	}
	return scoreFolded
}

// scratch is the memory of one search, reused.
type scratch struct {
	tokens  []phrase.Token
	matches []phrase.Match
	hits    []hit
	masks   []hit
	nears   []near
}

// near is a context phrase met.
type near struct {
	id    phrase.ID
	start int
}

// searcher looks through the fields of one mention.
type searcher struct {
	*Matcher
	*scratch
	day  string
	bare bool
}

// field finds what one field names by its words, unresolved.
func (s *searcher) field(f int, text string) []hit {
	s.hits, s.masks, s.nears = s.hits[:0], s.masks[:0], s.nears[:0]
	s.scan(f, text, s.marked, s.uses[0])
	if s.bare {
		s.scan(f, text, s.Matcher.bare, s.uses[1])
	}
	s.judgeCues(text)
	slices.SortFunc(s.masks, func(a, b hit) int { return cmp.Or(cmp.Compare(a.policy, b.policy), cmp.Compare(a.start, b.start)) })
	s.hits = slices.DeleteFunc(s.hits, s.masked)
	return s.hits
}

// scan collects the hits of one set of phrases.
func (s *searcher) scan(f int, text string, set *phrase.Set, uses [][]use) {
	s.tokens = set.Cut(text, s.tokens[:0])
	s.matches = set.Find(s.tokens, s.matches[:0])
	for _, m := range s.matches {
		start, end := s.tokens[m.First].Start, s.tokens[m.Last].End
		if set == s.marked && int(m.Phrase) < len(s.context) && s.context[m.Phrase] {
			s.nears = append(s.nears, near{m.Phrase, start})
		}
		for _, u := range uses[m.Phrase] {
			if s.day != "" && s.windows[u.policy].active > s.day {
				continue
			}
			h := hit{policy: u.policy, start: start, end: end, field: f, rule: u.role.String(), score: scoreOf(u.role)}
			switch u.role {
			case roleNot:
				s.masks = append(s.masks, h)
			case roleToken:
				if exactly(text[start:end], u.exact) {
					s.hits = append(s.hits, h)
				}
			case roleCue:
				h.rule, h.score = "cue", -float64(u.cue)-1 // until judgeCues
				s.hits = append(s.hits, h)
			default:
				s.hits = append(s.hits, h)
			}
		}
	}
}

// judgeCues keeps the cues whose context stands in the same sentence.
func (s *searcher) judgeCues(text string) {
	var l line
	s.hits = slices.DeleteFunc(s.hits, func(h hit) bool {
		if h.score >= 0 {
			return false
		}
		if h.start < l.start || h.start >= l.end {
			l = lineAt(text, h.start)
		}
		return !s.nearby(h, l.sentence(h.start))
	})
	for i := range s.hits {
		if s.hits[i].score < 0 {
			s.hits[i].score = scoreCue
		}
	}
}

// nearby looks for a context phrase of the cue in its sentence, outside the
// cue itself. Context phrases were met in the order of the text.
func (s *searcher) nearby(h hit, sentence viet.Span) bool {
	wanted := s.cues[int(-h.score)-1]
	i, _ := slices.BinarySearchFunc(s.nears, sentence.Start, func(n near, at int) int { return cmp.Compare(n.start, at) })
	for ; i < len(s.nears) && s.nears[i].start < sentence.End; i++ {
		if n := s.nears[i]; (n.start < h.start || n.start >= h.end) && slices.Contains(wanted, n.id) {
			return true
		}
	}
	return false
}

// line is a line of a text cut into sentences. Sentences end where lines do, and
// few lines hold a cue word.
type line struct {
	start, end int
	sentences  []viet.Span
}

func lineAt(text string, at int) line {
	start, end := strings.LastIndexByte(text[:at], '\n')+1, len(text)
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		end = at + n
	}
	return line{start, end, viet.Sentences(text[start:end])}
}

// sentence finds the sentence that holds offset at of the text.
func (l *line) sentence(at int) viet.Span {
	i, _ := slices.BinarySearchFunc(l.sentences, at-l.start, func(s viet.Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	if i == len(l.sentences) {
		return viet.Span{}
	}
	return viet.Span{Start: l.start + l.sentences[i].Start, End: l.start + l.sentences[i].End}
}

// masked reports whether one of the policy's own exclusions covers a hit. The
// exclusions are sorted; few of one policy overlap, so a look at those that
// begin a little before the hit is enough.
func (s *searcher) masked(h hit) bool {
	i, _ := slices.BinarySearchFunc(s.masks, h, func(m, h hit) int {
		return cmp.Or(cmp.Compare(m.policy, h.policy), cmp.Compare(m.start, h.end))
	})
	for i--; i >= 0 && s.masks[i].policy == h.policy && h.start-s.masks[i].start < longestMask; i-- {
		if s.masks[i].end > h.start {
			return true
		}
	}
	return false
}

// longestMask is more than the bytes of any exclusion with its spaces.
const longestMask = 1024

// longest keeps, of hits that overlap, those with the longest span; hits with
// the same span stay together. It works in place.
func longest(hits []hit) []hit {
	if len(hits) < 2 {
		return hits
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start), cmp.Compare(a.policy, b.policy),
			-cmp.Compare(a.score, b.score))
	})
	kept := hits[:0]
	var taken phrase.Taken
	for _, h := range hits {
		from, to, met := taken.Meets(h.start, h.end)
		if met && (from != h.start || to != h.end) {
			continue
		}
		if n := len(kept); met && n > 0 && kept[n-1].policy == h.policy && kept[n-1].start == h.start && kept[n-1].end == h.end {
			continue // the same policy by another rule
		}
		if !met {
			taken.Take(h.start, h.end)
		}
		kept = append(kept, h)
	}
	return kept
}

// settle leaves, of policies that claim one span and belong to one chain,
// the one in force on the day of the text. hits with one span stand together.
func (s *searcher) settle(hits []hit) []hit {
	out := hits[:0]
	for len(hits) > 0 {
		n := 1
		for n < len(hits) && hits[n].start == hits[0].start && hits[n].end == hits[0].end {
			n++
		}
		if n == 1 {
			out, hits = append(out, hits[0]), hits[1:]
			continue
		}
		claims := slices.Clone(hits[:n])
		for _, h := range claims {
			if !slices.ContainsFunc(claims, func(o hit) bool {
				return o.policy != h.policy && s.chain[[2]int{h.policy, o.policy}] && s.prefers(o.policy, h.policy)
			}) {
				out = append(out, h)
			}
		}
		hits = hits[n:]
	}
	return out
}

// prefers reports whether, in a text of the day, a shared name means policy a
// rather than b: the one in force; else the one that came into force last
// before the day; else the earlier one. Without a day, the newest.
func (s *searcher) prefers(a, b int) bool {
	wa, wb := s.windows[a], s.windows[b]
	if s.day == "" {
		return wa.from > wb.from || wa.from == wb.from && a > b
	}
	startedA, startedB := wa.from != "" && wa.from <= s.day, wb.from != "" && wb.from <= s.day
	if startedA != startedB {
		return startedA
	}
	endedA, endedB := wa.until != "" && wa.until < s.day, wb.until != "" && wb.until < s.day
	if endedA != endedB {
		return endedB
	}
	if wa.from != wb.from {
		return startedA == (wa.from > wb.from)
	}
	return a > b
}

// number is the document numbers' part: what the documents step found and a
// policy claims.
func (s *searcher) documents(text *mention.Text, docs []mention.Document, f int, name string) []hit {
	var hits []hit
	for _, d := range docs {
		if d.Span.Field != name {
			continue
		}
		claims := s.claims[d.Key]
		main := slices.ContainsFunc(claims, func(c claim) bool { return c.doc.main() && c.means(d, text) })
		for _, c := range claims {
			if !c.means(d, text) || main && !c.doc.main() || s.day != "" && s.windows[c.policy].active > s.day {
				continue
			}
			hits = append(hits, hit{policy: c.policy, rule: "document", score: c.score(), start: d.Span.Start, end: d.Span.End, field: f})
		}
	}
	return hits
}

// score is how surely a document of this role means the policy.
func (c claim) score() float64 {
	switch c.doc.Role {
	case "", "main":
		return 0.97
	case "amends", "guides", "replaced":
		return 0.85
	}
	return 0.5
}

// means reports whether a citation is the claimed document: for numbers that
// repeat every year or in every province, date and issuer must not differ,
// and a small number needs the date.
func (c claim) means(d mention.Document, text *mention.Text) bool {
	if d.Date != "" && !strings.HasPrefix(d.Date, c.doc.Issued[:min(4, len(c.doc.Issued))]) {
		return false // of another year
	}
	if place, ok := provincial(c.doc.Issuer); ok {
		return strings.Contains(d.Issuer, place) || strings.Contains(text.Title, place) || strings.Contains(text.Lead, place) ||
			strings.Contains(text.Body, place)
	}
	yearless := strings.Count(d.Key, "/") == 1 && !strings.Contains(d.Key, "-NQ/TW")
	number, _, _ := strings.Cut(d.Key, "/")
	return !yearless || d.Date != "" || d.Resolved || len(number) >= 3
}

// provincial gives the place of an issuer like "UBND tỉnh Lai Châu".
func provincial(issuer string) (place string, ok bool) {
	for _, level := range [...]string{"tỉnh ", "thành phố ", "TP "} {
		if _, place, ok := strings.Cut(issuer, level); ok {
			return place, true
		}
	}
	return "", false
}
