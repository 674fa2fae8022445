package indexer

import (
	"slices"
	"strings"
)

// Match says what a plan means: whether a document that belongs to a story
// matches. An engine's answer is right when it is this one.
func (p *Plan) Match(d *Document, group string) bool {
	return p.match(d) && matchAll(p.Where, d, group)
}

// Score is the relevance of a document.
func (p *Plan) Score(d *Document) float64 {
	score := 0
	for _, w := range p.Terms {
		if holds(d.TitleKeys, w.Keys) || holds(d.TextKeys, w.Keys) {
			score += WeightExact
		}
		if w.in(d.TitleKeys, d.TitleFolds) {
			score += WeightTitle
		}
	}
	return float64(score)
}

func match(e Expr, d *Document, group string) bool {
	switch e := e.(type) {
	case All:
		return matchAll(e, d, group)
	case Any:
		return slices.ContainsFunc(e, func(part Expr) bool { return match(part, d, group) })
	case None:
		return !match(e.Expr, d, group)
	case Words:
		return e.in(d.TitleKeys, d.TitleFolds) || e.in(d.TextKeys, d.TextFolds)
	case Tagged:
		_, has := slices.BinarySearch(d.Tags, string(e))
		return has
	case Between:
		return e.match(d)
	case InGroup:
		return group == string(e)
	}
	return false
}

func matchAll(parts []Expr, d *Document, group string) bool {
	for _, part := range parts {
		if !match(part, d, group) {
			return false
		}
	}
	return true
}

func (b Between) match(d *Document) bool { return b.From <= d.When && d.When < b.To }

// in reports whether the words stand in a text given in both forms.
func (w Words) in(keys, folds string) bool {
	if w.Marked() {
		return holds(keys, w.Keys) || holds(keys, w.Folds)
	}
	return holds(folds, w.Folds)
}

// holds reports whether words stand in a text, both joined by spaces.
func holds(text, words string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(words)
		if (start == 0 || text[start-1] == ' ') && (end == len(text) || text[end] == ' ') {
			return true
		}
		at = start + 1
	}
}
