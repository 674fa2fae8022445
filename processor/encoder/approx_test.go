package encoder

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestGELUIsExactEnough walks far finer than the table's own steps.
func TestGELUIsExactEnough(t *testing.T) {
	tab := newTables()
	worst := 0.0
	for i := -900_000; i <= 900_000; i++ {
		x := float64(float32(float64(i) / 1e5))
		got := []float32{float32(x)}
		tab.applyGELU(got)
		worst = max(worst, math.Abs(float64(got[0])-exactGELU(x)))
	}
	t.Logf("greatest error %.2e", worst)
	if worst > 2e-6 {
		t.Errorf("greatest error %.2e, want at most 2e-6", worst)
	}
}

func TestSpecialValues(t *testing.T) {
	tab := newTables()
	inf := float32(math.Inf(1))
	xs := []float32{inf, -inf, 0, 100, -100, geluLimit, -geluLimit}
	want := []float32{inf, 0, 0, 100, 0, geluLimit, 0}
	tab.applyGELU(xs)
	for i := range xs {
		if math.Abs(float64(xs[i]-want[i])) > 1e-6 && xs[i] != want[i] {
			t.Errorf("GELU %d: got %v, want %v", i, xs[i], want[i])
		}
	}
}

// TestExpIsExactEnough compares relative errors over the range that softmax
// can meet.
func TestExpIsExactEnough(t *testing.T) {
	tab := newTables()
	worst := 0.0
	for i := range 1_200_000 {
		x := float32(-float64(i) / 1e4)
		want := math.Exp2(float64(x))
		worst = max(worst, math.Abs(float64(tab.exp2(x))-want)/want)
	}
	t.Logf("greatest relative error %.2e", worst)
	if worst > 1e-5 {
		t.Errorf("greatest relative error %.2e, want at most 1e-5", worst)
	}
	for _, x := range []float32{-126, -127, -1e30, float32(math.Inf(-1)), float32(math.NaN())} {
		if got := tab.exp2(x); got != 0 {
			t.Errorf("exp2(%v) is %v, want 0", x, got)
		}
	}
}

func TestSoftmaxSumsToOne(t *testing.T) {
	tab := newTables()
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float32Range(-200, 200), 1, 50).Draw(t, "xs")
		tab.applySoftmax(xs, 0.2)
		sum := 0.0
		for _, x := range xs {
			if x < 0 || x > 1.00001 {
				t.Fatalf("probability %v", x)
			}
			sum += float64(x)
		}
		if math.Abs(sum-1) > 1e-4 {
			t.Fatalf("sum %v", sum)
		}
	})
}
