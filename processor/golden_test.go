package processor_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"hash"
	"maps"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/steptest"
)

var update = flag.Bool("update", false, "record the readings anew")

const goldenReadings = "testdata/readings.txt"

// TestReadings holds every quick step to what it said of the fixture press
// before: as long as a step signs with the same version, it reads the same. A
// step that reads otherwise raises its version, so that history can be read
// again; `go test ./processor -run TestReadings -update` records what it says
// then, and also what follows from another registry or from trained models.
func TestReadings(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("readings were recorded on amd64; other processors round sums of products otherwise")
	}
	got := digests(t, quickSteps(t))
	if *update {
		if err := os.WriteFile(goldenReadings, []byte(strings.Join(lines(got), "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(goldenReadings)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Collect(strings.Lines(string(data)))
	for _, line := range lines(got) {
		if !slices.Contains(want, line) {
			step, _, _ := strings.Cut(line, " ")
			t.Errorf("%s reads the fixture press otherwise than recorded: raise its version, then record it with -update", step)
		}
	}
}

func lines(digests map[string]string) []string {
	var out []string
	for _, step := range slices.Sorted(maps.Keys(digests)) {
		out = append(out, fmt.Sprintf("%s %s\n", step, digests[step]))
	}
	return out
}

// digests gives of each step the digest of all it writes, item after item.
func digests(t *testing.T, steps []processor.Step) map[string]string {
	t.Helper()
	sums := make([]hash.Hash, len(steps))
	for i := range sums {
		sums[i] = sha256.New()
	}
	for _, it := range steptest.Newsroom(t) {
		m, r := it.Mention(), &mention.Reading{}
		for i, s := range steps {
			before := *r
			if err := s.Read(t.Context(), m, r); err != nil {
				t.Fatalf("%s: %s: %v", it.ID, s.Name(), err)
			}
			fmt.Fprintf(sums[i], "%s %s\n", it.ID, written(t, &before, r))
		}
	}
	out := map[string]string{}
	for i, s := range steps {
		out[s.Name()] = hex.EncodeToString(sums[i].Sum(nil)[:16])
	}
	return out
}

// written is what a step added to a reading, as JSON.
func written(t *testing.T, before, after *mention.Reading) []byte {
	t.Helper()
	parts := map[string]any{}
	a, b := reflect.ValueOf(before).Elem(), reflect.ValueOf(after).Elem()
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			parts[a.Type().Field(i).Name] = b.Field(i).Interface()
		}
	}
	data, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
