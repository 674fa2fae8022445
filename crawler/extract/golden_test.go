package extract_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/diembao/diembao/crawler/extract"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads pages written for this project: testdata/pages/NAME.html,
// whose first line names its address, gives NAME.json.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	first, page, _ := strings.Cut(string(data), "\n")
	address := strings.TrimSuffix(strings.TrimPrefix(first, "<!-- url: "), " -->")
	a, err := extract.Page([]byte(page), "text/html", address, nil, now)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.MarshalIndent(a, "", "  ")
	want := strings.TrimSuffix(file, ".html") + ".json"
	if *update {
		if err := os.WriteFile(want, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	expected, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(expected)), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", want, diff)
	}
}
