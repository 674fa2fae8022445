package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/diembao/diembao/mention"
)

// Segment is a run of text with the marks that lie over it; Class is empty
// where there is none.
type Segment struct {
	Text, Class, ID, Title string
}

// mark is a span to be drawn: its class, the anchor that a link jumps to, and
// what the tooltip says.
type mark struct {
	mention.Span
	class, id, title string
}

// segments cuts text at every edge of the marks that lie in it. Marks may
// overlap: a run under several of them carries all their classes. Spans that
// do not fit the text are left out: a page never fails over a bad offset.
func segments(text string, marks []mark) []Segment {
	if text == "" {
		return nil
	}
	edges := []int{0, len(text)}
	var fit []mark
	for _, m := range marks {
		if m.Start < 0 || m.End > len(text) || m.Start >= m.End || !onRune(text, m.Start) || !onRune(text, m.End) {
			continue
		}
		fit = append(fit, m)
		edges = append(edges, m.Start, m.End)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	slices.SortStableFunc(fit, func(a, b mark) int { return cmp.Compare(a.Start, b.Start) })
	out := make([]Segment, 0, len(edges))
	for i := 0; i+1 < len(edges); i++ {
		out = append(out, segment(text, edges[i], edges[i+1], fit))
	}
	return out
}

func segment(text string, from, to int, marks []mark) Segment {
	s := Segment{Text: text[from:to]}
	var classes, titles []string
	for _, m := range marks {
		if m.Start > from || m.End < to {
			continue
		}
		classes = append(classes, m.class)
		if m.title != "" {
			titles = append(titles, m.title)
		}
		if m.Start == from && s.ID == "" {
			s.ID = m.id
		}
	}
	s.Class = strings.Join(slices.Compact(classes), " ")
	s.Title = strings.Join(titles, " · ")
	return s
}

func onRune(s string, at int) bool {
	return at == len(s) || s[at]&0xC0 != 0x80
}

// anchor names the place of a span on the page, for links to jump to.
func anchor(s mention.Span) string {
	return "e-" + s.Field + "-" + strconv.Itoa(s.Start)
}

// inField keeps the marks of one field.
func inField(field string, marks []mark) []mark {
	return slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.Field != field })
}

// paragraphs cuts a body at its line ends and moves the marks along; a mark
// over a line end is cut there, too.
func paragraphs(body string, marks []mark) [][]Segment {
	var out [][]Segment
	at := 0
	for line := range strings.SplitSeq(body, "\n") {
		end := at + len(line)
		var inside []mark
		for _, m := range marks {
			if m.Start < end && m.End > at {
				m.Start, m.End = max(m.Start, at)-at, min(m.End, end)-at
				inside = append(inside, m)
			}
		}
		if strings.TrimSpace(line) != "" {
			out = append(out, segments(line, inside))
		}
		at = end + 1
	}
	return out
}

// excerpt cuts about most bytes of text around the span of interest, at spaces,
// and gives the cut with the marks moved along.
func excerpt(text string, marks []mark, most int) []Segment {
	text = strings.ReplaceAll(text, "\n", " ")
	from, to := 0, len(text)
	if to > most {
		focus := 0
		if len(marks) > 0 {
			focus = max(0, min(marks[0].Start, len(text)))
		}
		from = max(0, focus-most/3)
		to = min(len(text), from+most)
		from, to = spaceAfter(text, from), spaceBefore(text, to)
	}
	if from >= to {
		return nil
	}
	var moved []mark
	for _, m := range marks {
		if m.End > from && m.Start < to {
			m.Start, m.End = max(m.Start, from)-from, min(m.End, to)-from
			moved = append(moved, m)
		}
	}
	out := segments(text[from:to], moved)
	if from > 0 {
		out = append([]Segment{{Text: "… "}}, out...)
	}
	if to < len(text) {
		out = append(out, Segment{Text: " …"})
	}
	return out
}

func spaceAfter(s string, at int) int {
	if at == 0 {
		return 0
	}
	if i := strings.IndexByte(s[at:], ' '); i >= 0 {
		return at + i + 1
	}
	return at
}

func spaceBefore(s string, at int) int {
	if at == len(s) {
		return at
	}
	if i := strings.LastIndexByte(s[:at], ' '); i > 0 {
		return i
	}
	return at
}
