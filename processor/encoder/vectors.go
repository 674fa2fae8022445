package encoder

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/diembao/diembao/stream/filelock"
)

// Vectors returns a vector for each text, in their order: Output.Pooled, then
// Output.Inner. What the model's own heads say of it is Heads; other heads may
// stand on all of it.
func (e *Encoder) Vectors(ctx context.Context, texts []string) ([][]float32, error) {
	outputs, err := e.Encode(ctx, texts)
	if err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(outputs))
	for i := range outputs {
		vectors[i] = append(outputs[i].Pooled, outputs[i].Inner...)
	}
	return vectors, nil
}

// Width is the length of a vector.
func (e *Encoder) Width() int {
	n, depth := e.config.Hidden, len(e.weights.layers)
	for layer := range depth {
		if inner(layer+1, depth) {
			n += e.config.Hidden
		}
	}
	return n
}

// Heads gives the logits of every task for a vector, or for its pooled part.
func (e *Encoder) Heads(vector []float32) map[string][]float32 {
	pooled := vector[:e.config.Hidden]
	logits := make(map[string][]float32, len(e.weights.heads))
	for task, head := range e.weights.heads {
		logits[task] = head.apply(pooled)
	}
	return logits
}

// Memo is an Encoder that keeps the vectors of texts it has read in a file, so
// that training and evaluation read each text once. It is not safe for
// concurrent use. The file belongs to one model and, while it is open, to one
// Memo: another model's is refused, and so is one that is in use.
type Memo struct {
	*Encoder
	file  *os.File
	known map[memoKey][]float32
}

type memoKey [16]byte

// OpenMemo opens or creates the file at path; without a path, vectors are kept
// in memory only. A record cut short by a crash is dropped.
func OpenMemo(e *Encoder, path string) (*Memo, error) {
	if path == "" {
		return &Memo{Encoder: e, known: map[memoKey][]float32{}}, nil
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("encoder: opening vectors: %w", err)
	}
	m := &Memo{Encoder: e, file: file, known: map[memoKey][]float32{}}
	mine, err := filelock.Try(file)
	if err == nil && !mine {
		err = errors.New("another process is using the file: wait for its end, or name another file")
	}
	if err == nil {
		err = m.load()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("encoder: reading vectors in %s: %w", path, err), file.Close())
	}
	return m, nil
}

// Close closes the file.
func (m *Memo) Close() error {
	if m.file == nil {
		return nil
	}
	return m.file.Close()
}

// head is the file's first line: the model the vectors belong to.
func (m *Memo) head() string {
	return fmt.Sprintf("vectors %s %d\n", m.config.SHA256, m.Width())
}

func (m *Memo) load() error {
	in := bufio.NewReader(m.file)
	first, err := in.ReadString('\n')
	if err == io.EOF && first == "" {
		_, err := m.file.WriteString(m.head())
		return err
	}
	if err != nil || first != m.head() {
		return errors.New("the file was not written with this model")
	}
	at := int64(len(first))
	record := make([]byte, len(memoKey{})+4*m.Width())
	for {
		if _, err := io.ReadFull(in, record); err != nil {
			_, err := m.file.Seek(at, io.SeekStart)
			return err
		}
		at += int64(len(record))
		m.remember(record)
	}
}

func (m *Memo) remember(record []byte) {
	key := memoKey(record)
	vector := make([]float32, m.Width())
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(record[len(key)+4*i:]))
	}
	m.known[key] = vector
}

// Vectors is Encoder.Vectors for what the file does not hold yet.
func (m *Memo) Vectors(ctx context.Context, texts []string) ([][]float32, error) {
	var missing []string
	asked := map[memoKey]bool{}
	for _, text := range texts {
		if key := keyOf(text); m.known[key] == nil && !asked[key] {
			asked[key] = true
			missing = append(missing, text)
		}
	}
	if err := m.read(ctx, missing); err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = m.known[keyOf(text)]
	}
	return vectors, nil
}

// memoChunk is how many texts are read before they are written down.
const memoChunk = 64

func (m *Memo) read(ctx context.Context, texts []string) error {
	for len(texts) > 0 {
		n := min(memoChunk, len(texts))
		vectors, err := m.Encoder.Vectors(ctx, texts[:n])
		if err != nil {
			return err
		}
		if err := m.write(texts[:n], vectors); err != nil {
			return fmt.Errorf("encoder: writing vectors: %w", err)
		}
		texts = texts[n:]
	}
	return nil
}

func (m *Memo) write(texts []string, vectors [][]float32) error {
	var out []byte
	for i, text := range texts {
		key := keyOf(text)
		out = append(out, key[:]...)
		for _, v := range vectors[i] {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
		m.known[key] = vectors[i]
	}
	if m.file == nil {
		return nil
	}
	_, err := m.file.Write(out)
	return err
}

func keyOf(text string) memoKey {
	sum := sha256.Sum256([]byte(text))
	return memoKey(sum[:])
}
