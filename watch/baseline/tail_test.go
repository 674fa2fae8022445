package baseline

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// summed is the tail by adding up the mass below k, in logs.
func summed(k int, mean, size float64) float64 {
	q := mean / (mean + size)
	var upper float64
	for j := k; j < k+200_000; j++ {
		x := float64(j)
		p := math.Exp(lgamma(x+size) - lgamma(size) - lgamma(x+1) + size*math.Log1p(-q) + x*math.Log(q))
		upper += p
		if p < upper*1e-17 && x > mean {
			break
		}
	}
	return upper
}

func TestTailEqualsExactSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 400).Draw(t, "k")
		mean := math.Exp(rapid.Float64Range(math.Log(1e-4), math.Log(300)).Draw(t, "log mean"))
		size := math.Exp(rapid.Float64Range(math.Log(0.05), math.Log(1000)).Draw(t, "log size"))
		got, want := Tail(k, mean, size), summed(k, mean, size)
		if want < 1e-290 {
			return
		}
		if math.Abs(got-want) > 1e-8*want+1e-14 {
			t.Errorf("Tail(%d, %g, %g) = %g, the sum is %g", k, mean, size, got, want)
		}
	})
}

func TestTailIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(0, 500).Draw(t, "k")
		mean := rapid.Float64Range(1e-6, 500).Draw(t, "mean")
		size := rapid.Float64Range(0.05, 500).Draw(t, "size")
		tail := Tail(k, mean, size)
		if tail < 0 || tail > 1 || math.IsNaN(tail) {
			t.Fatalf("Tail(%d, %g, %g) = %g", k, mean, size, tail)
		}
		if more := Tail(k+1, mean, size); more > tail*(1+1e-9) {
			t.Errorf("a larger count is likelier: %g > %g", more, tail)
		}
		if busier := Tail(k, mean*1.5, size); busier < tail*(1-1e-9) {
			t.Errorf("a busier hour is less likely to bring %d: %g < %g", k, busier, tail)
		}
	})
}

// The figures that made us leave Poisson: mean 12, thirty or more.
func TestTailAgainstPoisson(t *testing.T) {
	for _, c := range []struct {
		name string
		size float64
		want float64
	}{
		{"negative binomial", 5, 1.4e-2},
		{"Poisson", math.Inf(1), 9e-6},
	} {
		if got := Tail(30, 12, c.size); math.Abs(got/c.want-1) > 0.1 {
			t.Errorf("%s: P(X ≥ 30 | 12) = %.2g, want about %.2g", c.name, got, c.want)
		}
	}
}

func TestTailAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		k          int
		mean, size float64
		want       float64
	}{
		{0, 5, 1, 1}, {-1, 5, 1, 1}, {1, 0, 1, 0}, {1, 5, 1, 5.0 / 6}, {100_000, 0.001, 0.3, 0},
	} {
		if got := Tail(c.k, c.mean, c.size); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("Tail(%d, %g, %g) = %g, want %g", c.k, c.mean, c.size, got, c.want)
		}
	}
}

func TestQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		mean := rapid.Float64Range(0.001, 200).Draw(t, "mean")
		size := rapid.Float64Range(0.1, 50).Draw(t, "size")
		k := int(quantile(p, mean, size))
		if below := 1 - Tail(k+1, mean, size); below < p {
			t.Errorf("P(X ≤ %d) = %g < %g", k, below, p)
		}
		if k > 0 && 1-Tail(k, mean, size) >= p {
			t.Errorf("%d is not the least", k)
		}
	})
}

func BenchmarkTail(b *testing.B) {
	for b.Loop() {
		Tail(30, 12, 5)
	}
}
