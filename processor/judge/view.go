package judge

import (
	"math"

	"github.com/diembao/diembao/processor/classify"
)

// View is all that careful judging is shown of one text, or of what a text says
// of one target.
type View struct {
	Quick   map[string][]float32 // logits of the quick models
	Encoder map[string][]float32 // logits of the encoder's own heads
	Vector  []float32            // of the encoder: pooled output, inner layers
	Domain  Domain
}

// Inputs lists the numbers that our own heads on the encoder stand on: its
// vector, and whether a citizen writes.
func (v *View) Inputs() []float32 {
	x := make([]float32, 1, 1+len(v.Vector))
	if v.Domain != Press {
		x[0] = 1
	}
	return append(x, v.Vector...)
}

// Mix is how much each of the three opinions counts for one task and domain:
// the quick model's, the encoder's and that of our own heads on the encoder's
// vector. Three numbers are all that is fitted here: richer ways of joining
// them did worse on texts that none of the three had seen.
type Mix struct {
	Quick   float64 `json:"quick"`
	Encoder float64 `json:"encoder"`
	Heads   float64 `json:"heads"`
}

// Join adds up log-probabilities by their weights.
func (m Mix) Join(quick, encoder, heads []float32) []float32 {
	out := make([]float32, len(encoder))
	for _, part := range []struct {
		logits []float32
		weight float64
	}{{quick, m.Quick}, {encoder, m.Encoder}, {heads, m.Heads}} {
		if part.weight == 0 {
			continue
		}
		for i, l := range logSoftmax(part.logits) {
			out[i] += float32(part.weight) * l
		}
	}
	return out
}

// leastProbability keeps logarithms finite, and one model's certainty from
// drowning the others.
const leastProbability = 1e-4

func logSoftmax(logits []float32) []float32 {
	p := append([]float32(nil), logits...)
	classify.Softmax(p)
	for i, v := range p {
		p[i] = float32(math.Log(float64(v) + leastProbability))
	}
	return p
}
