package judge

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestInputsSayWhoWrites(t *testing.T) {
	for domain, want := range map[Domain]float32{Press: 0, Citizen: 1, Bare: 1} {
		v := View{Domain: domain, Vector: []float32{3, 4}}
		if got := v.Inputs(); !slices.Equal(got, []float32{want, 3, 4}) {
			t.Errorf("%s: %v", domain, got)
		}
	}
}

// TestLogSoftmaxIsFiniteAndKeepsTheOrder: and does not write into what it is
// given.
func TestLogSoftmaxIsFiniteAndKeepsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		logits := rapid.SliceOfN(rapid.Float32Range(-1000, 1000), 1, 8).Draw(t, "logits")
		before := slices.Clone(logits)
		out := logSoftmax(logits)
		if !slices.Equal(logits, before) {
			t.Fatal("the logits were changed")
		}
		for i := range out {
			if math.IsInf(float64(out[i]), 0) || math.IsNaN(float64(out[i])) || out[i] > 1e-3 || float64(out[i]) < math.Log(leastProbability)-1e-3 {
				t.Fatalf("%v gives %v", logits, out)
			}
			for j := range out {
				if logits[i] > logits[j] && out[i] < out[j]-1e-6 {
					t.Fatalf("%v gives %v", logits, out)
				}
			}
		}
	})
}

func TestAnOpinionWithoutWeightMayBeMissing(t *testing.T) {
	encoder := []float32{1, 2, 3}
	got := Mix{Encoder: 1}.Join(nil, encoder, nil)
	if want := logSoftmax(encoder); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := (Mix{}).Join(nil, encoder, nil); !slices.Equal(got, []float32{0, 0, 0}) {
		t.Errorf("nobody asked: %v", got)
	}
}
