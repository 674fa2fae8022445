package train

import (
	"slices"
	"strings"
	"testing"
)

// TestClassesAreSortedAndOnce: the models' files count on the order.
func TestClassesAreSortedAndOnce(t *testing.T) {
	for _, task := range Tasks() {
		c := Classes(task)
		if len(c) < 2 || !slices.IsSorted(c) || len(slices.Compact(slices.Clone(c))) != len(c) {
			t.Errorf("%s: %q", task, c)
		}
		c[0] = "changed"
		if Classes(task)[0] == "changed" {
			t.Errorf("%s: what was given out can be written to", task)
		}
	}
	if Classes("mood") != nil {
		t.Error("an unknown task has classes")
	}
}

func TestKnown(t *testing.T) {
	for _, tt := range []struct {
		task, value string
		ok          bool
	}{
		{"tone", "neg", true}, {"tone", "", true}, {"tone", "Neg", false}, {"tone", "tiêu cực", false}, {"rel", "1", true}, {"rel", "2", false},
		{"stance", "favour", true}, {"stance", "favor", false}, {"mood", "", true}, {"mood", "x", false},
	} {
		err := known(tt.task, tt.value)
		if (err == nil) != tt.ok || err != nil && !strings.Contains(err.Error(), tt.task) {
			t.Errorf("%s %q: %v", tt.task, tt.value, err)
		}
	}
}

// TestQuickRangesFollowEachOther: the logits of the whole-text tasks stand one
// behind the other, without a gap.
func TestQuickRangesFollowEachOther(t *testing.T) {
	at := 0
	for _, task := range wholeTasks {
		from, to := quickRange(task)
		if from != at || to != at+len(Classes(task)) {
			t.Errorf("%s: %d…%d after %d", task, from, to, at)
		}
		at = to
	}
	if from, to := quickRange("mood"); from != 0 || to != 0 {
		t.Errorf("an unknown task: %d…%d", from, to)
	}
	if part(nil, 3, 5) != nil || !slices.Equal(part([]float32{1, 2, 3}, 1, 3), []float32{2, 3}) {
		t.Error("part")
	}
}
