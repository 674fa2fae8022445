package encoder

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
)

// matrix is a weight matrix, row-major [rows, cols].
type matrix struct {
	rows, cols int
	data       []float32
}

func (m matrix) row(i int) []float32 { return m.data[i*m.cols : (i+1)*m.cols] }

// table is an embedding table kept as it is stored: int8 rows and their
// scales. It is looked up, never multiplied, so a quarter of the memory will do.
type table struct {
	cols   int
	scales []float32
	data   []int8
}

// addTo adds row i to dst.
func (t table) addTo(dst []float32, i int) {
	scale := t.scales[i]
	for j, v := range t.data[i*t.cols : (i+1)*t.cols] {
		dst[j] += scale * float32(v)
	}
}

type linear struct {
	weight matrix
	bias   []float32
}

type norm struct{ weight, bias []float32 }

type layer struct {
	qkv, out, in, ffn       linear
	afterAttention, afterFF norm
}

type weights struct {
	word, position table
	kind           []float32
	embed          norm
	layers         []layer
	heads          map[string]linear
}

// readWeights streams weights.bin once, so that no second copy of it stands in
// memory, and checks its digest.
func readWeights(fsys fs.FS, c Config, pieces int) (*weights, error) {
	file, err := fsys.Open("weights.bin")
	if err != nil {
		return nil, fmt.Errorf("encoder: reading weights.bin: %w", err)
	}
	defer file.Close()
	digest := sha256.New()
	r := &reader{in: bufio.NewReaderSize(io.TeeReader(file, digest), 1<<18)}
	r.tensors = map[string]any{}
	if err := r.all(c.Tensors); err != nil {
		return nil, err
	}
	if got := hex.EncodeToString(digest.Sum(nil)); c.SHA256 != "" && got != c.SHA256 {
		return nil, fmt.Errorf("encoder: reading weights.bin: sha256 is %s, config.json says %s", got, c.SHA256)
	}
	w := r.assemble(c, pieces)
	if r.err != nil {
		return nil, r.err
	}
	return w, nil
}

// reader reads the tensors in the order of their offsets and hands them out by
// name; err is the first thing that was wrong.
type reader struct {
	in      *bufio.Reader
	at      int64
	tensors map[string]any
	err     error
}

func (r *reader) all(list []Tensor) error {
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b Tensor) int { return int(a.Offset - b.Offset) })
	for _, t := range sorted {
		if err := r.one(t); err != nil {
			return fmt.Errorf("encoder: reading weights.bin: tensor %s at %d: %w", t.Name, t.Offset, err)
		}
	}
	_, err := io.Copy(io.Discard, r.in)
	return err
}

func (r *reader) one(t Tensor) error {
	if t.Offset < r.at {
		return fmt.Errorf("overlaps the tensor before it")
	}
	if _, err := io.CopyN(io.Discard, r.in, t.Offset-r.at); err != nil {
		return err
	}
	r.at = t.Offset
	rows, cols, err := shape(t)
	if err != nil {
		return err
	}
	switch {
	case t.Type == "f32":
		r.tensors[t.Name], err = r.floats(rows, cols)
	case t.Type == "i8row" && (t.Name == "word" || t.Name == "position"):
		r.tensors[t.Name], err = r.table(rows, cols)
	case t.Type == "i8row":
		r.tensors[t.Name], err = r.matrix(rows, cols)
	default:
		err = fmt.Errorf("unknown type %q", t.Type)
	}
	return err
}

func shape(t Tensor) (rows, cols int, err error) {
	switch {
	case len(t.Shape) == 1:
		rows, cols = 1, t.Shape[0]
	case len(t.Shape) == 2:
		rows, cols = t.Shape[0], t.Shape[1]
	}
	if rows < 1 || cols < 1 || rows > 1<<20 || cols > 1<<16 {
		return 0, 0, fmt.Errorf("impossible shape %v", t.Shape)
	}
	return rows, cols, nil
}

// bytes returns the next n bytes.
func (r *reader) bytes(n int) ([]byte, error) {
	buf := make([]byte, n)
	_, err := io.ReadFull(r.in, buf)
	r.at += int64(n)
	return buf, err
}

func (r *reader) floats(rows, cols int) (matrix, error) {
	raw, err := r.bytes(4 * rows * cols)
	m := matrix{rows: rows, cols: cols, data: make([]float32, rows*cols)}
	for i := range m.data {
		m.data[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return m, err
}

func (r *reader) table(rows, cols int) (table, error) {
	scales, err := r.floats(1, rows)
	if err != nil {
		return table{}, err
	}
	raw, err := r.bytes(rows * cols)
	t := table{cols: cols, scales: scales.data, data: make([]int8, rows*cols)}
	for i, b := range raw {
		t.data[i] = int8(b)
	}
	return t, err
}

func (r *reader) matrix(rows, cols int) (matrix, error) {
	t, err := r.table(rows, cols)
	if err != nil {
		return matrix{}, err
	}
	m := matrix{rows: rows, cols: cols, data: make([]float32, rows*cols)}
	for i := range rows {
		t.addTo(m.row(i), i)
	}
	return m, nil
}
