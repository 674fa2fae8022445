package classify

import (
	"math"
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

func (m *Model) row(i uint64) []byte {
	size := uint64(rowHead + m.width)
	return m.rows[i*size : (i+1)*size]
}

// find returns the row of a feature, or nil where the model does not know it.
func (m *Model) find(hash uint64) []byte {
	row := m.row(bucket(hash, m.bits))
	if row[atCheck] != check(hash) {
		return nil
	}
	return row
}

// bucket and check are taken from different bits of the hash, neither of them
// those that Bag counts by.
func bucket(hash uint64, bits uint) uint64 { return hash >> (64 - bits) }
func check(hash uint64) byte               { return byte(hash>>24) | 1 }

// rarity turns the stored byte into the weight of a gram: ln(texts ÷ texts
// that hold it), in sixteenths.
func rarity(b byte) float32 { return float32(b) / 16 }

// scaleOf turns the stored byte into the value of weight 1: eighths of a power
// of two, from 2^-24 on.
func scaleOf(b byte) float32 { return float32(math.Exp2(float64(b)/8 - 24)) }

// Scores are the logits of a text, task after task, and what made them.
type Scores struct {
	Logits []float32
	sum    []float32
	shares []share
	scales *[256]float32
	logs   *[64]float32
}

// share is what one feature put in: its row and its value.
type share struct {
	row   []byte
	value float32
	gram  bool
}

// Score sets s to the logits of the features in b.
func (m *Model) Score(b *Bag, s *Scores) {
	s.prepare(m.width)
	var squares float32
	for _, at := range b.used {
		f := &b.slots[at]
		row := m.find(f.hash)
		sh := share{row: row, value: f.count, gram: Group(f.group) == Gram}
		if sh.gram && row != nil {
			sh.value = s.sublinear(f.count) * rarity(row[atIDF])
			squares += sh.value * sh.value
		}
		s.shares = append(s.shares, sh)
	}
	length := inverseRoot(squares)
	for i := range s.shares {
		sh := &s.shares[i]
		if sh.gram {
			sh.value *= length
		}
		if sh.row != nil {
			s.accumulate(sh.row, sh.value)
		}
	}
	for i, v := range s.sum {
		s.Logits[i] = v + m.bias[i]
	}
}

func inverseRoot(squares float32) float32 {
	if squares == 0 {
		return 0
	}
	return float32(1 / math.Sqrt(float64(squares)))
}

func (s *Scores) prepare(width int) {
	if s.scales == nil {
		s.scales, s.logs = newScales(), newLogs()
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

func (s *Scores) accumulate(row []byte, value float32) {
	v := value * s.scales[row[atScale]]
	weights := row[rowHead:]
	sum := s.sum[:len(weights)]
	for i, w := range weights {
		sum[i] += v * float32(int8(w))
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

// Parts adds to parts, for each part of the text, how far its features speak
// for logit a rather than logit b. s must hold the scores of b's features.
func (m *Model) Parts(bag *Bag, s *Scores, a, b int, parts []float32) {
	for i, at := range bag.used {
		f := &bag.slots[at]
		f.part = 0
		if sh := s.shares[i]; sh.row != nil {
			difference := float32(int8(sh.row[rowHead+a])) - float32(int8(sh.row[rowHead+b]))
			f.part = sh.value * s.scales[sh.row[atScale]] * difference / float32(f.times)
		}
	}
	for _, p := range bag.places {
		if int(p.part) < len(parts) {
			parts[p.part] += bag.slots[p.slot].part
		}
	}
}

// Rarity is ln(texts ÷ texts that hold the feature) in the training texts, 0
// for a feature the model does not know.
func (m *Model) Rarity(hash uint64) float32 {
	if row := m.find(hash); row != nil {
		return rarity(row[atIDF])
	}
	return 0
}
