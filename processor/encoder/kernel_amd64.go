//go:build amd64 && !noasm

package encoder

import "github.com/viterin/vek/vek32"

const hasBlock = true

// dot4x3 sets out[3i+j] to the dot product of the first n numbers of x's row i
// and w's row j, for four rows of x and three of w. n is a multiple of 8,
// strides are in bytes. It needs AVX2 and FMA.
//
//go:noescape
func dot4x3(x *float32, xStride uintptr, w *float32, wStride, n uintptr, out *[12]float32)

// mulBlock keeps twelve sums in registers, so that seven loads feed twelve
// multiplications where a plain dot product needs two for each. What does not
// fill a block of four by three goes through vek.
func mulBlock(dst, x, w rows) {
	if x.cols%8 != 0 || x.n < 4 || w.n < 3 {
		mulDot(dst, x, w)
		return
	}
	full, wide := x.n&^3, w.n-w.n%3
	block := max(3, cacheFloats/w.cols/3*3)
	for from := 0; from < wide; from += block {
		to := min(from+block, wide)
		for i := 0; i < full; i += 4 {
			for j := from; j < to; j += 3 {
				tile(dst, x, w, i, j)
			}
		}
	}
	edges(dst, x, w, full, wide)
}

// tile fills dst[i:i+4][j:j+3].
func tile(dst, x, w rows, i, j int) {
	var out [12]float32
	dot4x3(&x.data[i*x.stride], uintptr(4*x.stride), &w.data[j*w.stride], uintptr(4*w.stride), uintptr(x.cols), &out)
	for k := range 4 {
		to := dst.data[(i+k)*dst.stride+j:]
		to[0], to[1], to[2] = out[3*k], out[3*k+1], out[3*k+2]
	}
}

// edges fills the columns from wide on and the rows from full on.
func edges(dst, x, w rows, full, wide int) {
	for i := range x.n {
		from := wide
		if i >= full {
			from = 0
		}
		row, out := x.row(i), dst.row(i)
		for j := from; j < w.n; j++ {
			out[j] = vek32.Dot(row, w.row(j))
		}
	}
}
