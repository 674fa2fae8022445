package classify

import (
	"math"
	"slices"
)

// Task is one question a model answers and its answers in order.
type Task struct {
	Name    string   `json:"name"`
	Classes []string `json:"classes"`
}

// Model is a trained regression for one or several tasks on the same features.
// It is read-only.
type Model struct {
	Name    string
	Version string
	Tasks   []Task
	bits    uint
	bias    []float32
	rows    []byte // see rowHead
	checks  []byte // the check bytes of all rows once more; see knows
	width   int    // classes of all tasks
}

// A row of the table: a check byte that tells its owner from other features of
// the same bucket (0: no owner), a byte of rarity, a byte of scale, then one
// int8 weight a class.
const (
	atCheck = iota
	atIDF
	atScale
	rowHead
)

func (m *Model) row(i uint32) []byte {
	size := uint64(rowHead + m.width)
	at := uint64(i) * size
	return m.rows[at : at+size]
}

// index copies the check bytes: a text asks for all its features, and these
// stay in a processor's cache where the rows, some megabytes, do not.
func (m *Model) index() {
	m.checks = make([]byte, 1<<m.bits)
	for i := range m.checks {
		m.checks[i] = m.row(uint32(i))[atCheck]
	}
}

// knows tells whether the row of a feature is its own.
func (m *Model) knows(hash uint64) bool { return m.checks[bucket(hash, m.bits)] == check(hash) }

// bucket and check are taken from different bits of the hash, neither of them
// those that Bag counts by.
func bucket(hash uint64, bits uint) uint32 { return uint32(hash >> (64 - bits)) }
func check(hash uint64) byte               { return byte(hash>>24) | 1 }

// rarity turns the stored byte into the weight of a gram: ln(texts ÷ texts
// that hold it), in sixteenths.
func rarity(b byte) float32 { return float32(b) / 16 }

// scaleOf turns the stored byte into the value of weight 1: eighths of a power
// of two, from 2^-24 on.
func scaleOf(b byte) float32 { return float32(math.Exp2(float64(b)/8 - 24)) }

// Scores are the logits of a text, task after task, and what made them.
type Scores struct {
	Logits  []float32
	sum     []float32
	shares  []share
	parts   []float32 // what one occurrence of each feature speaks for, see Parts
	scales  *[256]float32
	weights *[256]float32
	logs    *[64]float32
}

// share is what one feature that the model knows put in: its value, times its
// row of the table.
type share struct {
	feature int32
	row     uint32
	value   float32
}

// Score sets s to the logits of the features in b.
func (m *Model) Score(b *Bag, s *Scores) {
	s.prepare(m.width)
	m.look(b, s)
	length := inverseRoot(m.weigh(b, s))
	for i := range s.shares {
		sh := &s.shares[i]
		if b.features[sh.feature].group == Gram {
			sh.value *= length
		}
	}
	s.accumulate(m)
	for i, v := range s.sum {
		s.Logits[i] = v + m.bias[i]
	}
}

// look finds the rows of the features that the model knows.
func (m *Model) look(b *Bag, s *Scores) {
	for i := range b.features {
		if f := &b.features[i]; b.model == m || m.knows(f.hash) {
			s.shares = append(s.shares, share{feature: int32(i), row: bucket(f.hash, m.bits), value: f.count})
		}
	}
}

// weigh weighs the grams by how rare they are, and gives the sum of their
// squares.
func (m *Model) weigh(b *Bag, s *Scores) (squares float32) {
	for i := range s.shares {
		sh := &s.shares[i]
		if b.features[sh.feature].group == Gram {
			sh.value = s.sublinear(sh.value) * rarity(m.row(sh.row)[atIDF])
			squares += sh.value * sh.value
		}
	}
	return squares
}

func inverseRoot(squares float32) float32 {
	if squares == 0 {
		return 0
	}
	return float32(1 / math.Sqrt(float64(squares)))
}

func (s *Scores) prepare(width int) {
	if s.scales == nil {
		s.scales, s.weights, s.logs = newScales(), newWeights(), newLogs()
	}
	if cap(s.sum) < width {
		s.sum, s.Logits = make([]float32, width), make([]float32, width)
	}
	s.sum, s.Logits = s.sum[:width], s.Logits[:width]
	clear(s.sum)
	s.shares = s.shares[:0]
}

func newScales() *[256]float32 {
	t := new([256]float32)
	for i := range t {
		t[i] = scaleOf(byte(i))
	}
	return t
}

// newWeights gives the weights that a byte may be: a look into 1 KB is cheaper
// than to convert each.
func newWeights() *[256]float32 {
	t := new([256]float32)
	for i := range t {
		t[i] = float32(int8(i))
	}
	return t
}

func newLogs() *[64]float32 {
	t := new([64]float32)
	for i := range t {
		t[i] = sublinear(float32(i))
	}
	return t
}

// sublinear is how much the nth occurrence still counts: 1 + ln n.
func sublinear(count float32) float32 {
	if count <= 1 {
		return count
	}
	return 1 + float32(math.Log(float64(count)))
}

func (s *Scores) sublinear(count float32) float32 {
	if count < 64 {
		return s.logs[int(count)]
	}
	return sublinear(count)
}

// accumulatePlain adds up the rows of all shares; see also accumulate. The
// product is rounded before it is added, on processors that could do both at
// once too: a text has the same scores on all of them.
func (s *Scores) accumulatePlain(m *Model) {
	for _, sh := range s.shares {
		row := m.row(sh.row)
		v := sh.value * s.scales[row[atScale]]
		row = row[rowHead:]
		sum, weights := s.sum[:len(row)], s.weights
		for i, w := range row {
			sum[i] += float32(v * weights[w])
		}
	}
}

// Range returns where the logits of a task begin and end.
func (m *Model) Range(task string) (from, to int) {
	for _, t := range m.Tasks {
		if t.Name == task {
			return from, from + len(t.Classes)
		}
		from += len(t.Classes)
	}
	return 0, 0
}

// Pair is two logits, weighed against each other.
type Pair struct{ For, Against int }

// Parts adds up, for each of n parts of the text, how far its features speak
// for one logit of a pair rather than the other: parts[i] is of pairs[i]. s must
// hold the scores of bag's features. What stands in no such part is left out.
func (m *Model) Parts(bag *Bag, s *Scores, n int, pairs ...Pair) (parts [][]float32) {
	m.occurrences(bag, s, pairs)
	all := make([]float32, n*len(pairs))
	for _, p := range bag.places {
		if int(p.part) >= n {
			continue
		}
		of := s.parts[int(p.feature)*len(pairs):][:len(pairs)]
		to := all[int(p.part)*len(pairs):][:len(of)]
		for k, v := range of {
			to[k] += v
		}
	}
	for k := range pairs {
		column := make([]float32, n)
		for i := range column {
			column[i] = all[i*len(pairs)+k]
		}
		parts = append(parts, column)
	}
	return parts
}

// occurrences sets s.parts to what one occurrence of each feature speaks for,
// pair after pair.
func (m *Model) occurrences(bag *Bag, s *Scores, pairs []Pair) {
	n := len(bag.features) * len(pairs)
	s.parts = slices.Grow(s.parts[:0], n)[:n]
	clear(s.parts)
	for i := range s.shares {
		sh := &s.shares[i]
		row := m.row(sh.row)
		value := sh.value * s.scales[row[atScale]]
		times := float32(bag.features[sh.feature].times)
		to := s.parts[int(sh.feature)*len(pairs):][:len(pairs)]
		for k, p := range pairs {
			to[k] = value * (s.weights[row[rowHead+p.For]] - s.weights[row[rowHead+p.Against]]) / times
		}
	}
}

// Rarity is ln(texts ÷ texts that hold the feature) in the training texts, 0
// for a feature the model does not know.
func (m *Model) Rarity(hash uint64) float32 {
	if !m.knows(hash) {
		return 0
	}
	return rarity(m.row(bucket(hash, m.bits))[atIDF])
}
