package train

import (
	"cmp"
	"math"
	"slices"

	"github.com/diembao/diembao/processor/judge"
)

// Scored is one held-out text's logits for a task and its true class.
type Scored struct {
	Logits []float32
	Class  int
	Weight float64
}

// Decide fits a decision to logits of texts that the model was not trained on.
func Decide(task string, domain judge.Domain, texts []Scored) judge.Decision {
	classes := Classes(task)
	n := len(classes)
	d := judge.Decision{
		Task: task, Domain: domain, Classes: classes,
		Scale: 1, Bias: make([]float64, n), Offset: make([]float64, n), Sure: make([]float64, n),
	}
	calibrate(&d, texts)
	probabilities := make([][]float64, len(texts))
	for i, t := range texts {
		probabilities[i] = d.Probabilities(t.Logits)
	}
	offset(&d, texts, probabilities)
	sure(&d, texts, probabilities)
	tidy(&d)
	return d
}

// calibrate minimises the log loss over scale and bias by gradient descent
// with Adam's steps; biases are held near 0, so that a class hardly seen is
// not given up.
func calibrate(d *judge.Decision, texts []Scored) {
	const rounds, rate = 400, 0.03
	n := len(d.Bias)
	a := newAdam(n + 1)
	gradient := make([]float64, n+1)
	total := 1e-9
	for _, t := range texts {
		total += t.Weight
	}
	for range rounds {
		clear(gradient)
		for _, t := range texts {
			p := d.Probabilities(t.Logits)
			p[t.Class]--
			for c := range p {
				g := p[c] * t.Weight / total
				gradient[c] += g
				gradient[n] += g * float64(t.Logits[c])
			}
		}
		for c := range n {
			gradient[c] += d.Bias[c] * 2 / total
		}
		step := a.step(gradient, rate)
		for c := range n {
			d.Bias[c] -= step[c]
		}
		d.Scale = max(0.05, d.Scale-step[n])
	}
}

// adam is the optimiser of that name: steps of like size for every parameter.
type adam struct {
	mean, square, out []float64
	times             float64
}

func newAdam(n int) *adam {
	return &adam{mean: make([]float64, n), square: make([]float64, n), out: make([]float64, n)}
}

func (a *adam) step(gradient []float64, rate float64) []float64 {
	const b1, b2 = 0.9, 0.999
	a.times++
	for i, g := range gradient {
		a.mean[i] = b1*a.mean[i] + (1-b1)*g
		a.square[i] = b2*a.square[i] + (1-b2)*g*g
		m := a.mean[i] / (1 - math.Pow(b1, a.times))
		v := a.square[i] / (1 - math.Pow(b2, a.times))
		a.out[i] = rate * m / (math.Sqrt(v) + 1e-8)
	}
	return a.out
}

// offset looks for the power of the class shares that, taken off, gives the
// best macro-F1.
func offset(d *judge.Decision, texts []Scored, p [][]float64) {
	shares := make([]float64, len(d.Offset))
	for _, t := range texts {
		shares[t.Class] += t.Weight
	}
	best := -1.0
	for power := 0.0; power <= 1.0; power += 0.1 {
		try := *d
		try.Offset = make([]float64, len(shares))
		for c, s := range shares {
			try.Offset[c] = -power * math.Log((s+1)/float64(len(texts)+1))
		}
		if f := macro(&try, texts, p); f > best+0.002 { // a tie goes to the smaller power
			best, d.Offset = f, try.Offset
		}
	}
}

// macro is the mean F1 over the classes that occur.
func macro(d *judge.Decision, texts []Scored, p [][]float64) float64 {
	n := len(d.Classes)
	right, guessed, gold := make([]float64, n), make([]float64, n), make([]float64, n)
	for i, t := range texts {
		g := d.Pick(p[i])
		guessed[g] += t.Weight
		gold[t.Class] += t.Weight
		if g == t.Class {
			right[g] += t.Weight
		}
	}
	sum, classes := 0.0, 0.0
	for c := range n {
		if gold[c] > 0 {
			sum += 2 * right[c] / (guessed[c] + gold[c])
			classes++
		}
	}
	return sum / max(classes, 1)
}

// What is called sure must have been right so often, on so many guesses. The
// aim lies above the promised 0.90, because a threshold chosen on some texts
// does a little worse on others.
const (
	sureAim   = 0.925
	sureLeast = 15
	never     = 1.01
)

// sure finds each class's threshold: the least one above which guesses kept
// the precision aimed at.
func sure(d *judge.Decision, texts []Scored, p [][]float64) {
	for c := range d.Sure {
		type guess struct {
			p, weight float64
			right     bool
		}
		var guesses []guess
		for i, t := range texts {
			if d.Pick(p[i]) == c {
				guesses = append(guesses, guess{p[i][c], t.Weight, t.Class == c})
			}
		}
		slices.SortFunc(guesses, func(a, b guess) int { return cmp.Compare(b.p, a.p) })
		d.Sure[c] = never
		var right, all float64
		for i, g := range guesses {
			all += g.weight
			if g.right {
				right += g.weight
			}
			if i+1 >= sureLeast && right >= sureAim*all {
				d.Sure[c] = g.p
			}
		}
	}
}

// tidy rounds, so that the file can be read and compared.
func tidy(d *judge.Decision) {
	d.Scale = round(d.Scale)
	for c := range d.Bias {
		d.Bias[c], d.Offset[c], d.Sure[c] = round(d.Bias[c]), round(d.Offset[c]), round(d.Sure[c])
	}
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }
