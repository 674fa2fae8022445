package encoder

import "math"

// tables holds the two functions that the forward pass calls millions of times
// a text, as straight pieces between exact points: math.Erf and math.Exp would
// cost about as much as all the matrices together.
type tables struct {
	gelu [geluSteps + 1]piece
	exp  [expSteps + 1]piece
}

// piece is a value and the slope to the next one.
type piece struct{ value, slope float32 }

// Beyond ±geluLimit GELU is x or 0 to float32's own precision. The greatest
// error of a straight piece is an eighth of its width squared times the curvature: 6e-7 with these steps.
const (
	geluLimit = 6
	geluSteps = 4096
	geluScale = geluSteps / (2 * geluLimit)
	expSteps  = 1024
)

func newTables() *tables {
	t := new(tables)
	at := func(i int) float64 { return float64(i)/geluScale - geluLimit }
	for i := range t.gelu {
		t.gelu[i] = between(exactGELU(at(i)), exactGELU(at(i+1)))
	}
	for i := range t.exp {
		t.exp[i] = between(math.Exp2(float64(i)/expSteps), math.Exp2(float64(i+1)/expSteps))
	}
	return t
}

func between(a, b float64) piece {
	return piece{value: float32(a), slope: float32(b - a)}
}

func exactGELU(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }

// applyGELU replaces each x by GELU(x), to 1e-6.
func (t *tables) applyGELU(xs []float32) {
	for i, x := range xs {
		switch {
		case x >= geluLimit:
		case x <= -geluLimit:
			xs[i] = 0
		default:
			at := (x + geluLimit) * geluScale
			k := int(at)
			p := &t.gelu[k]
			xs[i] = p.value + p.slope*(at-float32(k))
		}
	}
}

// applySoftmax replaces scores by exp(scale × score) over their sum. Relative
// error of each exponential: below 1e-6.
func (t *tables) applySoftmax(xs []float32, scale float32) {
	top := xs[0]
	for _, x := range xs[1:] {
		top = max(top, x)
	}
	var sum float32
	scale *= math.Log2E
	for i, x := range xs {
		e := t.exp2((x - top) * scale)
		xs[i] = e
		sum += e
	}
	inverse := 1 / sum
	for i := range xs {
		xs[i] *= inverse
	}
}

// exp2 is 2^x for x ≤ 0: the table gives the fraction, the exponent bits the
// rest; below 2^-126 it is 0.
func (t *tables) exp2(x float32) float32 {
	if !(x > -126) {
		return 0
	}
	at := (x + 126) * expSteps
	k := int(at)
	p := &t.exp[k%expSteps]
	power := math.Float32frombits(uint32(k/expSteps+1) << 23)
	return power * (p.value + p.slope*(at-float32(k)))
}
