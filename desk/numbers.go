package desk

import "slices"

// middle gives the lowest and highest of counts with one extreme at each end
// left out; with fewer than four there is nothing to leave out.
func middle(counts []int) (low, high int) {
	if len(counts) == 0 {
		return 0, 0
	}
	sorted := slices.Sorted(slices.Values(counts))
	if len(sorted) >= 4 {
		sorted = sorted[1 : len(sorted)-1]
	}
	return sorted[0], sorted[len(sorted)-1]
}
