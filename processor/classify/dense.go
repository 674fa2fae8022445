package classify

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// Dense is a softmax regression over a fixed list of numbers.
type Dense struct {
	Task    Task
	Inputs  int
	Weights []float32 // class after class
	Bias    []float32
}

// Logits appends the logits of x to dst.
func (d *Dense) Logits(dst, x []float32) []float32 {
	for c, b := range d.Bias {
		sum := b
		for i, w := range d.Weights[c*d.Inputs : (c+1)*d.Inputs] {
			sum += w * x[i]
		}
		dst = append(dst, sum)
	}
	return dst
}

// Row is one training text of a Dense.
type Row struct {
	X      []float32
	Class  int
	Weight float32
}

// DensePlan is how a Dense is trained.
type DensePlan struct {
	Task    Task
	Epochs  int
	Rate    float64 // Adam's step
	Decay   float64 // L2 on standardised inputs
	Balance float64 // 0: classes count by their texts; 1: equally
}

// denseBatch is how many texts share a step.
const denseBatch = 32

// TrainDense fits a Dense. Inputs are brought to mean 0 and deviation 1 first
// and the weights turned back after, so that Decay treats all alike.
func TrainDense(ctx context.Context, rows []Row, p DensePlan) (*Dense, error) {
	if len(rows) == 0 {
		return nil, fmt.Errorf("classify: training %s: no texts", p.Task.Name)
	}
	t := newDenseTrainer(rows, p)
	for epoch := range p.Epochs {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("classify: training %s: %w", p.Task.Name, err)
		}
		t.epoch(1 - float64(epoch)/float64(p.Epochs))
	}
	return t.unscale(), nil
}

type denseTrainer struct {
	p         DensePlan
	rows      []Row
	d         *Dense
	mean, dev []float32
	balance   []float32
	gradient  []float32 // weights, then biases
	first     []float32
	second    []float32
	steps     float64
	random    *rand.Rand
}

func newDenseTrainer(rows []Row, p DensePlan) *denseTrainer {
	inputs, classes := len(rows[0].X), len(p.Task.Classes)
	n := classes * (inputs + 1)
	t := &denseTrainer{
		p: p, d: &Dense{Task: p.Task, Inputs: inputs, Weights: make([]float32, classes*inputs), Bias: make([]float32, classes)},
		gradient: make([]float32, n), first: make([]float32, n), second: make([]float32, n),
		random: rand.New(rand.NewPCG(3, 4)),
	}
	t.standardise(rows)
	t.weigh()
	return t
}

func (t *denseTrainer) standardise(rows []Row) {
	n := t.d.Inputs
	mean, square := make([]float64, n), make([]float64, n)
	for _, r := range rows {
		for i, v := range r.X {
			mean[i] += float64(v)
			square[i] += float64(v) * float64(v)
		}
	}
	t.mean, t.dev = make([]float32, n), make([]float32, n)
	for i := range mean {
		m := mean[i] / float64(len(rows))
		t.mean[i] = float32(m)
		t.dev[i] = float32(math.Sqrt(max(square[i]/float64(len(rows))-m*m, 1e-8)))
	}
	t.rows = make([]Row, len(rows))
	for k, r := range rows {
		x := make([]float32, n)
		for i, v := range r.X {
			x[i] = (v - t.mean[i]) / t.dev[i]
		}
		t.rows[k] = Row{X: x, Class: r.Class, Weight: r.Weight}
	}
}

func (t *denseTrainer) weigh() {
	counts := make([]float64, len(t.d.Bias))
	total := 0.0
	for _, r := range t.rows {
		counts[r.Class] += float64(r.Weight)
		total += float64(r.Weight)
	}
	t.balance = make([]float32, len(counts))
	for c, n := range counts {
		t.balance[c] = float32(math.Pow(total/float64(len(counts))/max(n, 1), t.p.Balance))
	}
}

func (t *denseTrainer) epoch(rate float64) {
	t.random.Shuffle(len(t.rows), func(i, j int) { t.rows[i], t.rows[j] = t.rows[j], t.rows[i] })
	for from := 0; from < len(t.rows); from += denseBatch {
		t.batch(t.rows[from:min(from+denseBatch, len(t.rows))], rate)
	}
}

func (t *denseTrainer) batch(rows []Row, rate float64) {
	clear(t.gradient)
	n, bias := t.d.Inputs, len(t.d.Weights)
	var logits []float32
	for _, r := range rows {
		logits = t.d.Logits(logits[:0], r.X)
		Softmax(logits)
		logits[r.Class]--
		for c, g := range logits {
			g *= r.Weight * t.balance[r.Class] / float32(len(rows))
			t.gradient[bias+c] += g
			to := t.gradient[c*n : (c+1)*n]
			for i, v := range r.X {
				to[i] += g * v
			}
		}
	}
	t.adam(float32(t.p.Rate * rate))
}

// adam moves weights and biases; only weights decay.
func (t *denseTrainer) adam(rate float32) {
	const b1, b2 = 0.9, 0.999
	t.steps++
	c1 := float32(1 - math.Pow(b1, t.steps))
	c2 := float32(1 - math.Pow(b2, t.steps))
	bias := len(t.d.Weights)
	for i, g := range t.gradient {
		if i < bias {
			g += float32(t.p.Decay) * t.d.Weights[i]
		}
		t.first[i] = b1*t.first[i] + (1-b1)*g
		t.second[i] = b2*t.second[i] + (1-b2)*g*g
		step := rate * (t.first[i] / c1) / (sqrt(t.second[i]/c2) + 1e-6)
		if i < bias {
			t.d.Weights[i] -= step
		} else {
			t.d.Bias[i-bias] -= step
		}
	}
}

// unscale gives weights for inputs as they come.
func (t *denseTrainer) unscale() *Dense {
	for c := range t.d.Bias {
		for i := range t.d.Inputs {
			w := &t.d.Weights[c*t.d.Inputs+i]
			*w /= t.dev[i]
			t.d.Bias[c] -= *w * t.mean[i]
		}
	}
	return t.d
}
