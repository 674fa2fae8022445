package judge

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/diembao/diembao/processor/classify"
)

// Heads are the careful heads, one a task and domain-independent.
type Heads map[string]*classify.Dense

// headsMagic begins the file; its last digit is the version of the form.
const headsMagic = "diembao heads 1\n"

// headsIndex is the line of JSON behind the magic.
type headsIndex struct {
	Encoder string      `json:"encoder"` // digest of the encoder's weights
	Mean    int         `json:"mean"`    // length of the mean vector
	Tasks   []headIndex `json:"tasks"`
}

type headIndex struct {
	classify.Task
	Inputs int `json:"inputs"`
}

// Marshal writes the heads: magic, a line of JSON, then the mean vector and
// weights and biases of each head as little-endian float32. encoder is the digest of the encoder whose
// vectors they stand on.
func (h Heads) Marshal(encoder string, mean []float32) ([]byte, error) {
	index := headsIndex{Encoder: encoder, Mean: len(mean)}
	for _, task := range allTasks {
		if d := h[task]; d != nil {
			index.Tasks = append(index.Tasks, headIndex{d.Task, d.Inputs})
		}
	}
	line, err := json.Marshal(index)
	if err != nil {
		return nil, fmt.Errorf("judge: writing heads: %w", err)
	}
	out := append([]byte(headsMagic), line...)
	out = append(out, '\n')
	for _, v := range mean {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	for _, t := range index.Tasks {
		for _, list := range [][]float32{h[t.Name].Weights, h[t.Name].Bias} {
			for _, v := range list {
				out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
			}
		}
	}
	return out, nil
}

// allTasks lists the tasks in the order in which they are judged.
var allTasks = []string{"rel", "tone", "act", "topic", "stance"}

// UnmarshalHeads reads what Marshal wrote.
func UnmarshalHeads(raw []byte) (h Heads, mean []float32, encoder string, err error) {
	if len(raw) < len(headsMagic) || string(raw[:len(headsMagic)]) != headsMagic {
		return nil, nil, "", fmt.Errorf("judge: reading heads: not a file of this version")
	}
	raw = raw[len(headsMagic):]
	end := 0
	for end < len(raw) && raw[end] != '\n' {
		end++
	}
	var index headsIndex
	if err := json.Unmarshal(raw[:end], &index); err != nil {
		return nil, nil, "", fmt.Errorf("judge: reading heads: %w", err)
	}
	r := floats{raw: raw[min(end+1, len(raw)):]}
	mean = r.take(max(0, min(index.Mean, 1<<16)))
	h = Heads{}
	for _, t := range index.Tasks {
		if t.Inputs < 1 || t.Inputs > 1<<16 {
			return nil, nil, "", fmt.Errorf("judge: reading heads: %s has %d inputs", t.Name, t.Inputs)
		}
		n := len(t.Classes)
		h[t.Name] = &classify.Dense{Task: t.Task, Inputs: t.Inputs, Weights: r.take(n * t.Inputs), Bias: r.take(n)}
	}
	if r.short || len(r.raw) > 0 {
		return nil, nil, "", fmt.Errorf("judge: reading heads: the weights do not fit the index")
	}
	return h, mean, index.Encoder, nil
}

// floats takes lists of numbers off the front of raw.
type floats struct {
	raw   []byte
	short bool
}

func (f *floats) take(n int) []float32 {
	if len(f.raw)/4 < n {
		f.short = true // before memory is asked for: the index may name any number
		return nil
	}
	list := make([]float32, n)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(f.raw[4*i:]))
	}
	f.raw = f.raw[4*n:]
	return list
}
