//go:build amd64 && !noasm

package fingerprint

import "github.com/viterin/vek/vek32"

// eight are eight hash functions as the assembly reads them: the lower and the
// upper halves of their multipliers, and the summands of those of even and of
// odd number.
type eight struct {
	low, high [8]uint32
	even, odd [4]uint64
}

// minima8 sets out to the least values of eight hash functions over n shingles.
// It needs AVX2.
//
//go:noescape
func minima8(shingles *uint64, n uintptr, f *eight, out *[8]uint32)

// hasEight tells whether the processor can do minima8.
var hasEight = vek32.Info().Acceleration

// eights is the family in groups of eight.
var eights = func() (e [hashes / 8]eight) {
	for i, f := range family {
		g, k := &e[i/8], i%8
		g.low[k], g.high[k] = uint32(f[0]), uint32(f[0]>>32)
		if k%2 == 0 {
			g.even[k/2] = f[1]
		} else {
			g.odd[k/2] = f[1]
		}
	}
	return e
}()

// fill sets the minima, eight hash functions at a time where the processor
// can: a third of the time.
func (s *Signature) fill(shingles []uint64) {
	if !hasEight || len(shingles) == 0 {
		s.fillPlain(shingles)
		return
	}
	for i := range eights {
		minima8(&shingles[0], uintptr(len(shingles)), &eights[i], (*[8]uint32)(s[8*i:]))
	}
}
