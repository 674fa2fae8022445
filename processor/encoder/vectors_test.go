package encoder_test

import (
	"testing"
)

// TestVectorsBeginWithThePooledOutput: then come three inner layers, each as
// long, and none of them a copy of another.
func TestVectorsBeginWithThePooledOutput(t *testing.T) {
	e := open(t)
	texts := []string{"Giá điện tăng từ tháng 12.", "Bao giờ có sổ đỏ?"}
	outputs, err := e.Encode(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := e.Vectors(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	hidden := e.Config().Hidden
	if e.Width() != 4*hidden {
		t.Fatalf("width %d, want %d", e.Width(), 4*hidden)
	}
	for i, v := range vectors {
		if len(v) != e.Width() {
			t.Fatalf("text %d: %d numbers, want %d", i, len(v), e.Width())
		}
		if d := apart(t, v[:hidden], outputs[i].Pooled); d != 0 {
			t.Errorf("text %d: the pooled output is %g apart", i, d)
		}
		for layer := 1; layer < 4; layer++ {
			if d := apart(t, v[(layer-1)*hidden:layer*hidden], v[layer*hidden:(layer+1)*hidden]); d < 0.01 {
				t.Errorf("text %d: layers %d and %d are the same", i, layer-1, layer)
			}
		}
		for task, logits := range e.Heads(v) {
			if d := apart(t, logits, outputs[i].Logits[task]); d != 0 {
				t.Errorf("text %d: %s differs by %g from a vector's beginning alone", i, task, d)
			}
		}
	}
}
