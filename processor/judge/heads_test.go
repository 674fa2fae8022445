package judge

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/classify"
	"pgregory.net/rapid"
)

// TestAnyHeadsSurviveTheirFile: whatever the weights, to the bit.
func TestAnyHeadsSurviveTheirFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float32()
		mean := rapid.SliceOfN(number, 0, 5).Draw(t, "mean")
		h := Heads{}
		for _, task := range rapid.SliceOfNDistinct(rapid.SampledFrom(allTasks), 0, 5, rapid.ID[string]).Draw(t, "tasks") {
			inputs, classes := rapid.IntRange(1, 4).Draw(t, "inputs"), rapid.IntRange(1, 3).Draw(t, "classes")
			h[task] = &classify.Dense{Task: classify.Task{Name: task, Classes: strings.Fields("a b c")[:classes]}, Inputs: inputs,
				Weights: rapid.SliceOfN(number, inputs*classes, inputs*classes).Draw(t, "weights"), Bias: rapid.SliceOfN(number, classes, classes).Draw(t, "bias")}
		}
		raw, err := h.Marshal("digest", mean)
		if err != nil {
			t.Fatal(err)
		}
		back, backMean, encoder, err := UnmarshalHeads(raw)
		if err != nil || encoder != "digest" || len(back) != len(h) || !slices.Equal(backMean, mean) {
			t.Fatalf("%v, %q, %v", back, encoder, err)
		}
		for task, d := range h {
			if b := back[task]; b == nil || !slices.Equal(b.Weights, d.Weights) || !slices.Equal(b.Bias, d.Bias) || b.Inputs != d.Inputs {
				t.Fatalf("%s: %+v, was %+v", task, b, d)
			}
		}
		for cut := range raw { // no part of a file is taken for a file
			if _, _, _, err := UnmarshalHeads(raw[:cut]); err == nil && cut < len(raw)-1 {
				t.Fatalf("%d of %d bytes were taken", cut, len(raw))
			}
		}
	})
}

// TestAFileThatNamesTooMuchIsRefused: before memory for it is asked for.
func TestAFileThatNamesTooMuchIsRefused(t *testing.T) {
	classes := strings.Repeat(`"a",`, 200_000) + `"a"`
	for name, index := range map[string]string{
		"many weights": fmt.Sprintf(`{"tasks":[{"name":"tone","classes":[%s],"inputs":65536}]}`, classes),
		"no inputs":    `{"tasks":[{"name":"tone","classes":["a"],"inputs":0}]}`,
		"less inputs":  `{"tasks":[{"name":"tone","classes":["a"],"inputs":-1}]}`,
		"long mean":    fmt.Sprintf(`{"mean":%d}`, math.MaxInt32),
		"no index":     `[`,
	} {
		if _, _, _, err := UnmarshalHeads([]byte(headsMagic + index + "\n")); err == nil || !strings.HasPrefix(err.Error(), "judge: reading heads: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, raw := range []string{"", "diembao", "diembao heads 2\n{}\n"} {
		if _, _, _, err := UnmarshalHeads([]byte(raw)); err == nil {
			t.Errorf("%q was taken", raw)
		}
	}
}
