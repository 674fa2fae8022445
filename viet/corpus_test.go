package viet

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// corpus reads the texts of the project's own labelled files, where they lie
// beside the checkout; otherwise the test is skipped by name.
func corpus(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob("../../shared/datasets/policy_tone/" + pattern)
	if err != nil || len(files) == 0 {
		t.Skip("datasets: " + pattern + " is not here; the figures on real comments were not checked")
	}
	var texts []string
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var item struct{ Text string }
			if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
				t.Fatal(err)
			}
			texts = append(texts, item.Text)
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return texts
}
