package indexer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Highlights finds where the plan's words stand in a text, in reading order.
func (p *Plan) Highlights(text *mention.Text) []mention.Span {
	if len(p.Terms) == 0 {
		return nil
	}
	var out []mention.Span
	for _, field := range mention.Fields() {
		s, _ := text.Field(field)
		start := 0
		for line := range strings.SplitSeq(s, "\n") {
			out = append(out, p.inLine(field, line, start)...)
			start += len(line) + 1
		}
	}
	return out
}

func (p *Plan) inLine(field, line string, offset int) []mention.Span {
	tokens := viet.Tokens(line)
	keys, folds := make([]string, len(tokens)), make([]string, len(tokens))
	for i, t := range tokens {
		keys[i] = short(viet.Key(t.Text))
		folds[i] = viet.Fold(keys[i])
	}
	var out []mention.Span
	for _, w := range p.Terms {
		want := strings.Fields(w.Keys)
		for i := 0; i+len(want) <= len(tokens); i++ {
			if w.at(keys[i:], folds[i:], want) {
				last := tokens[i+len(want)-1]
				out = append(out, mention.Span{Field: field, Start: offset + tokens[i].Start, End: offset + last.End})
			}
		}
	}
	slices.SortFunc(out, func(a, b mention.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return slices.Compact(out)
}

// at reports whether the words stand at the beginning of the tokens given.
func (w Words) at(keys, folds, want []string) bool {
	if !w.Marked() {
		return slices.Equal(folds[:len(want)], want)
	}
	return slices.Equal(keys[:len(want)], want) || strings.Join(keys[:len(want)], " ") == w.Folds
}
