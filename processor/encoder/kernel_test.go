package encoder

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/viterin/vek/vek32"
)

// TestKernelsAgree holds both kernels against a plain loop on all odd shapes:
// fewer rows than a block, leftovers, strides wider than the rows, widths the
// assembly does not take.
func TestKernelsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, shape := range [][3]int{
		{1, 1, 8}, {3, 2, 16}, {4, 3, 8}, {5, 7, 384}, {8, 3, 1536}, {13, 32, 160}, {32, 13, 32}, {6, 9, 13}, {4, 100, 384},
	} {
		x, w := noise(random, shape[0], shape[2], 3), noise(random, shape[1], shape[2], 8)
		for name, mul := range map[string]multiply{"dot": mulDot, "block": mulBlock} {
			if name == "block" && !vek32.Info().Acceleration {
				t.Log("block not run: this processor has no AVX2")
				continue
			}
			got := rows{data: make([]float32, shape[0]*(shape[1]+2)), stride: shape[1] + 2, n: shape[0], cols: shape[1]}
			mul(got, x, w)
			compare(t, name, got, x, w)
		}
	}
}

func noise(random *rand.Rand, n, cols, gap int) rows {
	r := rows{data: make([]float32, n*(cols+gap)), stride: cols + gap, n: n, cols: cols}
	for i := range r.data {
		r.data[i] = float32(random.NormFloat64())
	}
	return r
}

func compare(t *testing.T, name string, got, x, w rows) {
	t.Helper()
	for i := range x.n {
		for j := range w.n {
			want := 0.0
			for k, v := range x.row(i) {
				want += float64(v) * float64(w.row(j)[k])
			}
			if math.Abs(float64(got.row(i)[j])-want) > 1e-3 {
				t.Fatalf("%s %d×%d×%d: [%d][%d] is %v, want %v", name, x.n, w.n, x.cols, i, j, got.row(i)[j], want)
			}
		}
		if tail := got.data[i*got.stride+got.cols : (i+1)*got.stride]; tail[0] != 0 || tail[1] != 0 {
			t.Fatalf("%s wrote beyond its row", name)
		}
	}
}

// TestPlainProcessor reads without AVX2: the kernel falls back and vek computes
// in plain Go, as it does on processors of other makes.
func TestPlainProcessor(t *testing.T) {
	text := []string{"Dự thảo bảng giá đất lấy ý kiến người dân."}
	fast := vectorsOf(t, text)
	vek32.SetAcceleration(false)
	defer vek32.SetAcceleration(true)
	if _, err := Open(Reader(), Options{Kernel: "block"}); err == nil {
		t.Error("the block kernel was given to a processor without AVX2")
	}
	plain := vectorsOf(t, text)
	for i := range fast[0] {
		if math.Abs(float64(fast[0][i]-plain[0][i])) > 1e-4 {
			t.Fatalf("number %d is %v, without acceleration %v", i, fast[0][i], plain[0][i])
		}
	}
}

func vectorsOf(t *testing.T, texts []string) [][]float32 {
	t.Helper()
	e, err := Open(Reader(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := e.Vectors(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func BenchmarkKernels(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	x, w := noise(random, 160, 384, 0), noise(random, 1536, 384, 0)
	dst := rows{data: make([]float32, 160*1536), stride: 1536, n: 160, cols: 1536}
	for _, k := range []struct {
		name string
		mul  multiply
	}{{"dot", mulDot}, {"block", mulBlock}} {
		b.Run(k.name, func(b *testing.B) {
			for b.Loop() {
				k.mul(dst, x, w)
			}
			b.ReportMetric(2*160*384*1536*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}
