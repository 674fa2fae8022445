package judge

import (
	"cmp"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
)

// What the encoder is shown. It reads 160 tokens, which are about 620 bytes of
// Vietnamese press; texts up to shortText are shown whole and lose their end
// at most, as in its training.
const (
	shortText   = 1200
	windowBytes = 640
)

// window is the part of the text that the encoder should see: all of a short
// one; of a long one title, lead and the sentences that say most, in the order
// of the text. near tells how close each sentence is to what is asked about
// (see near); nil asks about the whole.
func (d *Document) window(near []int) string {
	total := 0
	for i := range d.sentences {
		total += len(d.sentences[i].Text) + 1
	}
	if total <= shortText {
		return d.join(nil)
	}
	order := make([]int, len(d.sentences))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(d.weight(b, near), d.weight(a, near))
	})
	chosen := make([]bool, len(d.sentences))
	used := 0
	for _, i := range order {
		if n := len(d.sentences[i].Text) + 1; used == 0 || used+n <= windowBytes {
			chosen[i] = true
			used += n
		}
	}
	return d.join(chosen)
}

// weight orders sentences by what they are worth to the encoder.
func (d *Document) weight(i int, near []int) float64 {
	s := &d.sentences[i]
	w := 0.0
	if near != nil {
		w = 4 * float64(near[i])
	}
	switch {
	case s.Field == "title":
		w += 3
	case s.Field == "lead":
		w += 2.5
	case i == len(d.sentences)-1:
		w += 0.3
	}
	for j := range s.hits {
		if s.hits[j].Value() != 0 {
			w += 0.25
		}
	}
	return min(w, 12) - float64(i)*0.08
}

// join writes the chosen sentences, or all.
func (d *Document) join(chosen []bool) string {
	var b strings.Builder
	for i := range d.sentences {
		if chosen != nil && !chosen[i] {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimSpace(d.sentences[i].Text))
	}
	return b.String()
}

// Whole is what the encoder is shown to judge the text.
func (d *Document) Whole() string { return d.window(nil) }

// About is what the encoder is shown to judge what the text, loaded with
// LoadFor, thinks of the targets.
func (d *Document) About(targets []mention.Span) string { return d.window(d.near(targets)) }

// Domain is the domain the text is calibrated in.
func (d *Document) Domain() Domain { return DomainOf(d.origin, d.bare) }
