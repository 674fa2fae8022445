package encoder

import (
	"fmt"

	"github.com/viterin/vek/vek32"
)

// rows is a block of equally long rows in memory: row i begins at i × stride.
type rows struct {
	data   []float32
	stride int
	n      int // rows
	cols   int // used numbers of each row
}

func (r rows) row(i int) []float32 {
	return r.data[i*r.stride : i*r.stride+r.cols]
}

// multiply sets dst[i][j] to the dot product of x's row i and w's row j.
type multiply func(dst, x, w rows)

// kernel returns the named kernel. The block kernel needs AVX2 and FMA; where
// the machine has neither, or vek's acceleration is off, "" means dot.
func kernel(name string) (multiply, error) {
	block := hasBlock && vek32.Info().Acceleration
	switch {
	case name == "dot" || name == "" && !block:
		return mulDot, nil
	case (name == "block" || name == "") && block:
		return mulBlock, nil
	case name == "block":
		return nil, fmt.Errorf("encoder: kernel block needs a processor with AVX2 and FMA")
	}
	return nil, fmt.Errorf("encoder: unknown kernel %q", name)
}

// mulDot takes one product at a time from vek. Blocks of rows of w stay in the
// first cache while all of x passes by.
func mulDot(dst, x, w rows) {
	block := max(1, cacheFloats/w.cols)
	for from := 0; from < w.n; from += block {
		to := min(from+block, w.n)
		for i := range x.n {
			row, out := x.row(i), dst.row(i)
			for j := from; j < to; j++ {
				out[j] = vek32.Dot(row, w.row(j))
			}
		}
	}
}

// cacheFloats is how much of w is kept near: 24 KB of a 32 KB first cache.
const cacheFloats = 6 << 10
