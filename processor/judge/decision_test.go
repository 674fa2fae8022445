package judge

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/processor/classify"
)

func tone(sure ...float64) Decision {
	return Decision{
		Task: "tone", Classes: []string{"neg", "neu", "pos"}, Scale: 1,
		Bias: make([]float64, 3), Offset: make([]float64, 3), Sure: sure,
	}
}

func TestLabelTakesTheLikeliest(t *testing.T) {
	d := tone(0.9, 0.5, 1.01)
	l, class := d.Label([]float32{0, 3, 0}, "tone/1")
	if class != 1 || l.Value != "neu" || !l.Sure || l.Score < 0.9 || l.By != "tone/1" {
		t.Errorf("%+v", l)
	}
	if l, _ := d.Label([]float32{0, 0, 9}, ""); l.Sure {
		t.Errorf("sure of a class that may never be: %+v", l)
	}
}

// TestOffsetMovesTheGuessNotTheScore: a rare class is guessed sooner, and its
// score still says how likely it is.
func TestOffsetMovesTheGuessNotTheScore(t *testing.T) {
	d := tone(0.9, 0.9, 0.9)
	d.Offset = []float64{0, 0, 1}
	l, _ := d.Label([]float32{0, 1, 0.5}, "")
	if l.Value != "pos" || l.Score > 0.4 {
		t.Errorf("%+v", l)
	}
}

func TestProbabilitiesSumToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := tone(1, 1, 1)
		d.Scale = rapid.Float64Range(0.05, 5).Draw(t, "scale")
		p := d.Probabilities(rapid.SliceOfN(rapid.Float32Range(-50, 50), 3, 3).Draw(t, "logits"))
		sum := 0.0
		for _, v := range p {
			sum += v
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("%v sum to %v", p, sum)
		}
	})
}

func TestMixWeighsOpinions(t *testing.T) {
	yes, no := []float32{0, 4}, []float32{4, 0}
	for _, c := range []struct {
		mix  Mix
		want int
	}{
		{Mix{Quick: 1}, 1}, {Mix{Encoder: 1}, 0}, {Mix{Quick: 0.6, Encoder: 0.4}, 1}, {Mix{Quick: 0.3, Encoder: 0.3, Heads: 0.4}, 0},
	} {
		out := c.mix.Join(yes, no, no)
		best := 0
		if out[1] > out[0] {
			best = 1
		}
		if best != c.want {
			t.Errorf("%+v: %v", c.mix, out)
		}
	}
}

func TestHeadsSurviveTheirFile(t *testing.T) {
	h := Heads{"tone": &classify.Dense{
		Task: classify.Task{Name: "tone", Classes: []string{"neg", "neu", "pos"}}, Inputs: 2,
		Weights: []float32{1, 2, 3, 4, 5, 6}, Bias: []float32{7, 8, 9},
	}}
	raw, err := h.Marshal("digest", []float32{0.5, 0.25})
	if err != nil {
		t.Fatal(err)
	}
	again, mean, digest, err := UnmarshalHeads(raw)
	if err != nil {
		t.Fatal(err)
	}
	if digest != "digest" || len(mean) != 2 || mean[1] != 0.25 || again["tone"].Weights[5] != 6 || again["tone"].Bias[2] != 9 {
		t.Errorf("read back %+v, %v, %q", again["tone"], mean, digest)
	}
	for _, bad := range [][]byte{nil, raw[:10], raw[:len(raw)-1], append(bytes.Clone(raw), 1), bytes.Replace(raw, []byte(`"inputs":2`), []byte(`"inputs":0`), 1)} {
		if _, _, _, err := UnmarshalHeads(bad); err == nil {
			t.Errorf("a spoilt file of %d bytes was accepted", len(bad))
		}
	}
}

// TestOpenNamesTheFile takes the shipped folder and spoils it file by file.
func TestOpenNamesTheFile(t *testing.T) {
	for name, data := range map[string][]byte{
		QuickFile: []byte("x"), StanceFile: nil, DecisionsFile: []byte(`{"quick":[{"task":"tone","classes":["neg"]}]}`), HeadsFile: []byte("y"),
	} {
		fsys := shippedCopy(t)
		if data == nil {
			delete(fsys, name)
		} else {
			fsys[name] = &fstest.MapFile{Data: data}
		}
		if _, err := Open(fsys); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(name, ".bin")) {
			t.Errorf("%s spoilt: error %v", name, err)
		}
	}
	fsys := shippedCopy(t)
	delete(fsys, HeadsFile)
	if m, err := Open(fsys); err != nil || m.Heads != nil {
		t.Errorf("a folder of quick models: %v", err)
	}
}

func shippedCopy(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range []string{QuickFile, StanceFile, DecisionsFile, HeadsFile} {
		data, err := fs.ReadFile(Shipped(), name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// TestShippedModelsAreComplete: a decision for every task, domain and reading,
// the guide's classes, and no more than 12 MB.
func TestShippedModelsAreComplete(t *testing.T) {
	m, err := Open(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range allTasks {
		for _, domain := range Domains() {
			quick, careful := find(m.Decisions.Quick, task, domain), find(m.Decisions.Careful, task, domain)
			if quick == nil || careful == nil || careful.Mix == nil {
				t.Errorf("%s, %s: quick %v, careful %v", task, domain, quick != nil, careful != nil)
			}
		}
		if m.Heads[task] == nil {
			t.Errorf("no careful head for %s", task)
		}
	}
	size := 0
	for _, f := range shippedCopy(t) {
		size += len(f.Data)
	}
	if size > 12<<20 {
		t.Errorf("%d bytes of models", size)
	}
	raw, err := fs.ReadFile(Shipped(), DecisionsFile)
	if err != nil || !json.Valid(raw) {
		t.Errorf("decisions: %v", err)
	}
}
