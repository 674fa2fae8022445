package train

import (
	"math"
	"slices"
	"testing"

	"github.com/diembao/diembao/processor/judge"
	"pgregory.net/rapid"
)

// TestDecideIsSoundForAnyTexts: however few or odd the texts, the decision has
// a number for every class, all of them finite, and is the same every time.
func TestDecideIsSoundForAnyTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]Scored, rapid.IntRange(0, 12).Draw(t, "n"))
		for i := range texts {
			texts[i] = Scored{rapid.SliceOfN(rapid.Float32Range(-30, 30), 3, 3).Draw(t, "logits"), rapid.IntRange(0, 2).Draw(t, "class"),
				rapid.Float64Range(0.1, 2).Draw(t, "weight")}
		}
		d := Decide("tone", judge.Citizen, texts)
		again := Decide("tone", judge.Citizen, texts)
		for _, list := range [][2][]float64{{d.Bias, again.Bias}, {d.Offset, again.Offset}, {d.Sure, again.Sure}} {
			if len(list[0]) != 3 || !slices.Equal(list[0], list[1]) {
				t.Fatalf("%+v, again %+v", d, again)
			}
			for _, v := range list[0] {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%+v", d)
				}
			}
		}
		if d.Scale < 0.05 || d.Scale != again.Scale {
			t.Fatalf("scale %v, again %v", d.Scale, again.Scale)
		}
		for c, s := range d.Sure {
			if len(texts) < sureLeast && s != round(never) {
				t.Fatalf("%d texts are too few to be sure of class %d: %v", len(texts), c, s)
			}
		}
	})
}

func TestMacroIsOverTheClassesThatOccur(t *testing.T) {
	d := judge.Decision{Classes: Classes("tone"), Offset: make([]float64, 3)}
	pos, neg := []float64{0.1, 0.1, 0.8}, []float64{0.8, 0.1, 0.1}
	for _, tt := range []struct {
		name  string
		texts []Scored
		p     [][]float64
		want  float64
	}{
		{"all right", []Scored{{nil, 0, 1}, {nil, 2, 1}}, [][]float64{neg, pos}, 1},
		{"all wrong", []Scored{{nil, 0, 1}, {nil, 2, 1}}, [][]float64{pos, neg}, 0},
		{"one of two", []Scored{{nil, 0, 1}, {nil, 0, 1}}, [][]float64{neg, pos}, 2.0 / 3},
		{"weights count", []Scored{{nil, 0, 3}, {nil, 0, 1}}, [][]float64{neg, pos}, 6.0 / 7},
		{"nothing", nil, nil, 0},
	} {
		if got := macro(&d, tt.texts, tt.p); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestSureIsTheLeastThresholdThatKeepsTheAim: with 20 guesses right and the
// less likely ones wrong.
func TestSureIsTheLeastThresholdThatKeepsTheAim(t *testing.T) {
	for _, tt := range []struct {
		right, wrong int
		want         float64
	}{
		{20, 0, 0.80},             // all of them
		{20, 1, 0.79},             // 20 of 21 is still enough
		{20, 2, 0.79},             // 20 of 22 is not
		{sureLeast, 0, 0.85},      // just enough to say
		{sureLeast - 1, 0, never}, // too few
		{0, 20, never},
	} {
		d := judge.Decision{Classes: Classes("tone"), Offset: make([]float64, 3), Sure: make([]float64, 3)}
		var texts []Scored
		var p [][]float64
		for i := range tt.right + tt.wrong {
			score := 0.99 - float64(i)/100
			p = append(p, []float64{score, 1 - score, 0})
			class := 0
			if i >= tt.right {
				class = 1
			}
			texts = append(texts, Scored{nil, class, 1})
		}
		if sure(&d, texts, p); math.Abs(d.Sure[0]-tt.want) > 1e-9 || d.Sure[2] != never {
			t.Errorf("%d right, %d wrong: %v, want %v", tt.right, tt.wrong, d.Sure[0], tt.want)
		}
	}
}

// TestAdamGoesDownhill: whatever the size of the slope.
func TestAdamGoesDownhill(t *testing.T) {
	for _, slope := range []float64{1e-3, 1, 1e3} {
		a, x := newAdam(1), 5.0
		for range 400 {
			x -= a.step([]float64{slope * (x - 2)}, 0.05)[0]
		}
		if math.Abs(x-2) > 0.1 {
			t.Errorf("slope %v: ends at %v, want 2", slope, x)
		}
	}
}
