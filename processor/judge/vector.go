package judge

import "math"

// cosine compares two vectors after taking off what all texts have in common:
// the encoder's vectors point much the same way, and only the rest tells texts
// apart.
func (e *Engine) cosine(a, b []float32) float64 {
	var dot, left, right float64
	for i := range a {
		m := float32(0)
		if i < len(e.models.Mean) {
			m = e.models.Mean[i]
		}
		x, y := float64(a[i]-m), float64(b[i]-m)
		dot += x * y
		left += x * x
		right += y * y
	}
	if left == 0 || right == 0 {
		return 0
	}
	return dot / math.Sqrt(left*right)
}

// Pooled is the part of an encoder's vector that questions are compared by: its
// pooled output, which is as long as the mean that the models keep of it.
func (e *Engine) Pooled(vector []float32) []float32 {
	if n := len(e.models.Mean); n > 0 && n < len(vector) {
		return vector[:n:n]
	}
	return vector
}
