package document_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/viet"
)

// TestHard reads testdata/hard.txt: one citation, or one that is none, a line.
func TestHard(t *testing.T) {
	f, err := os.Open("testdata/hard.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reg := document.NewRegister(known(t))
	day, lines, wrong := "2026-09-14", 0, 0
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if rest, ok := strings.CutPrefix(line, "day "); ok {
			day = rest
			continue
		}
		keys, text, ok := strings.Cut(line, " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		lines++
		var want []string
		for _, k := range strings.Fields(keys) {
			if before, after, ok := strings.Cut(k, "="); ok { // "?08/x=8/x" reads better beside the text
				k = before[:strings.LastIndexByte(before, '?')+1] + after
			}
			if k != "-" {
				want = append(want, k)
			}
		}
		text = viet.Clean(text)
		if got := cited(reg, text, day); !slices.Equal(got, want) {
			wrong++
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if lines < 200 {
		t.Errorf("only %d lines", lines)
	}
	t.Logf("%d of %d lines right", lines-wrong, lines)
}

// cited gives the keys of a text, "?" before those that are not resolved.
func cited(reg *document.Register, text, day string) []string {
	var out []string
	for _, r := range reg.Find(text, day) {
		key := r.Key
		if !r.Resolved {
			key = "?" + key
		}
		out = append(out, key)
	}
	return out
}
