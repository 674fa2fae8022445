package baseline

import "math"

// poissonSize is the size from which a negative binomial is a Poisson to
// within the accuracy of Tail.
const poissonSize = 1e7

// Tail is P(X ≥ k) for a negative binomial of the given mean and size
// (variance mean + mean²/size). It is I_q(k, size) with q = mean/(mean+size),
// the regularised incomplete beta function; relative error below 1e-9 where
// the result is a normal float, 0 below that.
func Tail(k int, mean, size float64) float64 {
	switch {
	case k <= 0:
		return 1
	case mean <= 0:
		return 0
	}
	size = min(size, poissonSize)
	return incompleteBeta(mean/(mean+size), size/(mean+size), float64(k), size)
}

// incompleteBeta is I_x(a, b); y is 1−x, handed in because subtracting loses
// digits when x is near 1.
func incompleteBeta(x, y, a, b float64) float64 {
	front := math.Exp(lgamma(a+b) - lgamma(a) - lgamma(b) + a*math.Log(x) + b*math.Log(y))
	if x < (a+1)/(a+b+2) {
		return front * fraction(x, a, b) / a
	}
	return 1 - front*fraction(y, b, a)/b
}

// fraction evaluates the continued fraction of the incomplete beta function
// by Lentz's method (Abramowitz and Stegun 26.5.8).
func fraction(x, a, b float64) float64 {
	const tiny = 1e-300
	guard := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/guard(1-(a+b)*x/(a+1))
	value := d
	step := func(numerator float64) float64 {
		d = 1 / guard(1+numerator*d)
		c = guard(1 + numerator/c)
		value *= d * c
		return math.Abs(d*c - 1)
	}
	for m := 1.0; m < 100_000; m++ {
		step(m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m)))
		if step(-(a+m)*(a+b+m)*x/((a+2*m)*(a+2*m+1))) < 1e-15 {
			break
		}
	}
	return value
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// quantile is the least k with P(X ≤ k) ≥ p.
func quantile(p, mean, size float64) float64 {
	enough := func(k int) bool { return 1-Tail(k+1, mean, size) >= p }
	high := 1
	for !enough(high) {
		high *= 2
	}
	low := 0
	for low < high {
		if mid := (low + high) / 2; enough(mid) {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return float64(low)
}
