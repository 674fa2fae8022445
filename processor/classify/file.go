package classify

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

// magic begins every model file; its last digit is the version of the form.
const magic = "diembao classify 1\n"

// head is the part of a model file that people can read.
type head struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Tasks   []Task `json:"tasks"`
	Bits    uint   `json:"bits"`
}

// Marshal writes the model: magic, one line of JSON, biases as little-endian
// float32, then the rows.
func (m *Model) Marshal() ([]byte, error) {
	line, err := json.Marshal(head{Name: m.Name, Version: m.Version, Tasks: m.Tasks, Bits: m.bits})
	if err != nil {
		return nil, fmt.Errorf("classify: writing model: %w", err)
	}
	out := append([]byte(magic), line...)
	out = append(out, '\n')
	for _, b := range m.bias {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(b))
	}
	return append(out, m.rows...), nil
}

// Unmarshal reads what Marshal wrote. It keeps raw.
func Unmarshal(raw []byte) (*Model, error) {
	if len(raw) < len(magic) || string(raw[:len(magic)]) != magic {
		return nil, fmt.Errorf("classify: reading model: not a model file of this version")
	}
	raw = raw[len(magic):]
	end := 0
	for end < len(raw) && raw[end] != '\n' {
		end++
	}
	var h head
	if err := json.Unmarshal(raw[:end], &h); err != nil {
		return nil, fmt.Errorf("classify: reading model: %w", err)
	}
	m := &Model{Name: h.Name, Version: h.Version, Tasks: h.Tasks, bits: h.Bits}
	for _, t := range h.Tasks {
		m.width += len(t.Classes)
	}
	if m.bits < 1 || m.bits > 24 || m.width < 1 || m.width > 1024 {
		return nil, fmt.Errorf("classify: reading model %s: %d bits, %d classes", h.Name, m.bits, m.width)
	}
	raw = raw[min(end+1, len(raw)):]
	if want := 4*m.width + (rowHead+m.width)<<m.bits; len(raw) != want {
		return nil, fmt.Errorf("classify: reading model %s: %d bytes of weights, want %d", h.Name, len(raw), want)
	}
	m.bias = make([]float32, m.width)
	for i := range m.bias {
		m.bias[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	m.rows = raw[4*m.width:]
	m.index()
	return m, nil
}
