//go:build amd64 && !noasm

package classify

import "github.com/viterin/vek/vek32"

// addEight sets sum to the sums of eight bytes of each share's row, from byte
// at on, times its value and the row's scale. It needs AVX2.
//
//go:noescape
func addEight(rows *byte, size, at uintptr, shares *share, n uintptr, scales *[256]float32, sum *[8]float32)

// hasEight tells whether the processor can do addEight.
var hasEight = vek32.Info().Acceleration

// accumulate adds up the rows of all shares, eight classes at a time. The last
// eight end where the row does, so that some may be summed twice, to the same;
// a row of fewer than eight bytes is too short for that.
func (s *Scores) accumulate(m *Model) {
	size := rowHead + m.width
	if !hasEight || size < 8 || len(s.shares) == 0 {
		s.accumulatePlain(m)
		return
	}
	for at := 0; at < m.width; at += 8 {
		from := min(at, m.width-8) // may lie before the weights: those of the head are dropped
		var sum [8]float32
		addEight(&m.rows[0], uintptr(size), uintptr(rowHead+from), &s.shares[0], uintptr(len(s.shares)), s.scales, &sum)
		copy(s.sum[max(from, 0):], sum[max(-from, 0):])
	}
}
