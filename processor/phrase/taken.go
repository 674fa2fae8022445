package phrase

import (
	"cmp"
	"slices"
)

// Taken holds stretches of a text that do not overlap, in order. Its zero
// value holds none. It is how the longest of overlapping finds is chosen:
// take them by length, and leave what meets something taken.
type Taken struct{ spans [][2]int }

// Meets gives the first stretch that overlaps start…end, if there is one.
func (t *Taken) Meets(start, end int) (from, to int, ok bool) {
	i, _ := slices.BinarySearchFunc(t.spans, start, func(s [2]int, at int) int {
		if s[1] <= at {
			return -1
		}
		return 1
	})
	if i < len(t.spans) && t.spans[i][0] < end {
		return t.spans[i][0], t.spans[i][1], true
	}
	return 0, 0, false
}

// Take adds a stretch that meets none of those taken.
func (t *Taken) Take(start, end int) {
	i, _ := slices.BinarySearchFunc(t.spans, start, func(s [2]int, at int) int { return cmp.Compare(s[0], at) })
	t.spans = slices.Insert(t.spans, i, [2]int{start, end})
}
