package classify

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Labelled is one training text: its features, the class of each task (-1 where
// it has none) and how much it counts.
type Labelled struct {
	Features []Feature
	Classes  []int
	Weight   float32
}

// Plan is how a model is trained.
type Plan struct {
	Name, Version string
	Tasks         []Task
	Bits          uint    // the table has 2^Bits rows
	MinTexts      int     // a feature must stand in so many texts
	Epochs        int     // passes over the texts
	Balance       float64 // 0: classes count by their texts; 1: equally
	Steps         []Step  // how each task is learned, in the order of Tasks
}

// Step is the size of a training step and how much weights shrink meanwhile.
type Step struct {
	Rate  float32 // first step of AdaGrad
	Decay float32 // L2, on the weights of a text's features
}

// Train fits a model. It stops early only when ctx ends.
func Train(ctx context.Context, texts []Labelled, p Plan) (*Model, error) {
	if len(p.Steps) != len(p.Tasks) {
		return nil, fmt.Errorf("classify: training %s: %d steps for %d tasks", p.Name, len(p.Steps), len(p.Tasks))
	}
	m := &Model{Name: p.Name, Version: p.Version, Tasks: p.Tasks, bits: p.Bits}
	for _, t := range p.Tasks {
		m.width += len(t.Classes)
	}
	m.bias = make([]float32, m.width)
	m.rows = make([]byte, (rowHead+m.width)<<m.bits)
	m.choose(texts, p.MinTexts)
	t := newTrainer(m, texts, p)
	for epoch := range p.Epochs {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("classify: training %s: %w", p.Name, err)
		}
		t.epoch(epoch)
	}
	t.quantise()
	m.index()
	return m, nil
}

// choose gives each bucket to the feature that stands in most texts, and
// notes how rare it is.
func (m *Model) choose(texts []Labelled, least int) {
	counts := countTexts(texts)
	best := make([]int32, 1<<m.bits)
	for _, c := range counts {
		at := bucket(c.hash, m.bits)
		if int(c.texts) < least && c.group == Gram || c.texts <= best[at] {
			continue
		}
		best[at] = c.texts
		row := m.row(at)
		row[atCheck] = check(c.hash)
		idf := math.Log(float64(len(texts)) / float64(c.texts))
		row[atIDF] = byte(min(255, max(1, math.Round(16*idf))))
	}
}

type counted struct {
	hash  uint64
	texts int32
	group Group
}

// countTexts counts in how many texts each feature stands, in order of hashes.
func countTexts(texts []Labelled) []counted {
	var all []counted
	for _, t := range texts {
		for _, f := range t.Features {
			all = append(all, counted{hash: f.Hash, texts: 1, group: f.Group})
		}
	}
	slices.SortFunc(all, func(a, b counted) int { return cmp.Compare(a.hash, b.hash) })
	out := all[:0]
	for _, c := range all {
		if n := len(out); n > 0 && out[n-1].hash == c.hash {
			out[n-1].texts++
		} else {
			out = append(out, c)
		}
	}
	return out
}

// trainer holds the full-precision state. Weights and squares stand row by
// row, as in the model.
type trainer struct {
	m       *Model
	p       Plan
	texts   []example
	weights []float32
	squares []float32
	biasSq  []float32
	balance []float32 // weight of each class
	steps   []Step    // of each class
	order   []int
	random  *rand.Rand
	logits  []float32
}

// example is a text whose features were looked up.
type example struct {
	rows    []int32
	values  []float32
	classes []int
	weight  float32
}

func newTrainer(m *Model, texts []Labelled, p Plan) *trainer {
	n := m.width << m.bits
	t := &trainer{
		m: m, p: p,
		weights: make([]float32, n), squares: make([]float32, n), biasSq: make([]float32, m.width),
		logits: make([]float32, m.width),
		random: rand.New(rand.NewPCG(1, 2)),
	}
	for i, text := range texts {
		t.texts = append(t.texts, m.lookUp(text))
		t.order = append(t.order, i)
	}
	t.balance = balance(texts, m, p.Balance)
	for i, task := range p.Tasks {
		t.steps = append(t.steps, slices.Repeat([]Step{p.Steps[i]}, len(task.Classes))...)
	}
	return t
}

// lookUp is what Score does with a bag, kept for many passes.
func (m *Model) lookUp(text Labelled) example {
	e := example{classes: text.Classes, weight: text.Weight}
	var squares float32
	var grams []int
	for _, f := range text.Features {
		row := m.row(bucket(f.Hash, m.bits))
		if row[atCheck] != check(f.Hash) {
			continue
		}
		value := f.Count
		if f.Group == Gram {
			value = sublinear(f.Count) * rarity(row[atIDF])
			squares += value * value
			grams = append(grams, len(e.values))
		}
		e.rows = append(e.rows, int32(bucket(f.Hash, m.bits)))
		e.values = append(e.values, value)
	}
	length := inverseRoot(squares)
	for _, i := range grams {
		e.values[i] *= length
	}
	return e
}

// balance gives each class the weight (texts of the task ÷ classes ÷ texts of
// the class) to the power of strength.
func balance(texts []Labelled, m *Model, strength float64) []float32 {
	counts := make([]float64, m.width)
	weights := make([]float32, m.width)
	from := 0
	for task, t := range m.Tasks {
		total := 0.0
		for _, text := range texts {
			if c := text.Classes[task]; c >= 0 {
				counts[from+c] += float64(text.Weight)
				total += float64(text.Weight)
			}
		}
		for c := range t.Classes {
			share := total / float64(len(t.Classes)) / max(counts[from+c], 1)
			weights[from+c] = float32(math.Pow(share, strength))
		}
		from += len(t.Classes)
	}
	return weights
}

// epoch passes once over the texts in a new order.
func (t *trainer) epoch(int) {
	t.random.Shuffle(len(t.order), func(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] })
	for _, i := range t.order {
		t.step(&t.texts[i])
	}
}

// step moves the weights of one text's features down the gradient.
func (t *trainer) step(e *example) {
	copy(t.logits, t.m.bias)
	w := t.m.width
	for i, row := range e.rows {
		v := e.values[i]
		for c, x := range t.weights[int(row)*w : (int(row)+1)*w] {
			t.logits[c] += v * x
		}
	}
	t.gradients(e)
	for c, g := range t.logits {
		t.biasSq[c] += g * g
		t.m.bias[c] -= t.steps[c].Rate * g / (1 + sqrt(t.biasSq[c]))
	}
	for i, row := range e.rows {
		v := e.values[i]
		weights := t.weights[int(row)*w : (int(row)+1)*w]
		squares := t.squares[int(row)*w : (int(row)+1)*w]
		for c, g := range t.logits {
			if g == 0 {
				continue
			}
			g = g*v + t.steps[c].Decay*weights[c]
			squares[c] += g * g
			weights[c] -= t.steps[c].Rate * g / (1e-3 + sqrt(squares[c]))
		}
	}
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// gradients turns the logits into (probability − truth) × weight, 0 for tasks
// that the text has no label of.
func (t *trainer) gradients(e *example) {
	from := 0
	for task, list := range t.m.Tasks {
		part := t.logits[from : from+len(list.Classes)]
		class := e.classes[task]
		if class < 0 {
			clear(part)
		} else {
			Softmax(part)
			part[class]--
			weight := e.weight * t.balance[from+class]
			for c := range part {
				part[c] *= weight
			}
		}
		from += len(part)
	}
}

// Softmax turns logits into probabilities in place.
func Softmax(x []float32) {
	top := slices.Max(x)
	var sum float64
	for i, v := range x {
		e := math.Exp(float64(v - top))
		x[i] = float32(e)
		sum += e
	}
	for i := range x {
		x[i] = float32(float64(x[i]) / sum)
	}
}

// quantise writes the weights into the rows, a byte each.
func (t *trainer) quantise() {
	w := t.m.width
	for i := range 1 << t.m.bits {
		row := t.m.row(uint32(i))
		weights := t.weights[i*w : (i+1)*w]
		var top float32
		for _, x := range weights {
			top = max(top, x, -x)
		}
		if row[atCheck] == 0 || top == 0 {
			clear(row)
			continue
		}
		row[atScale] = scaleByte(top / 127)
		scale := scaleOf(row[atScale])
		for c, x := range weights {
			row[rowHead+c] = byte(int8(math.Round(float64(x / scale))))
		}
	}
}

// scaleByte is the least byte whose scale is not below x.
func scaleByte(x float32) byte {
	b := math.Ceil(8 * (math.Log2(float64(x)) + 24))
	return byte(min(255, max(0, b)))
}
