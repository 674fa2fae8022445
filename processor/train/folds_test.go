package train

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"pgregory.net/rapid"
)

// TestFoldsDependOnTheTextsOnly: in range, the same every time, a story in one
// fold, and the same whatever stories stand beside.
func TestFoldsDependOnTheTextsOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 6).Draw(t, "k")
		var all []Example
		for i := range rapid.IntRange(1, 20).Draw(t, "n") {
			all = append(all, Example{ID: "id" + strconv.Itoa(i), Source: "s", Story: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "story"),
				Text: mention.Text{Body: "tin ngắn " + strconv.Itoa(i)}})
		}
		folds := Folds(all, k)
		if !slices.Equal(folds, Folds(all, k)) {
			t.Fatal("dealt otherwise the second time")
		}
		of := map[string]int{}
		for i, f := range folds {
			if f < 0 || f >= k {
				t.Fatalf("fold %d of %d", f, k)
			}
			if at, met := of[all[i].Story]; met && all[i].Story != "" && at != f {
				t.Fatalf("story %s in folds %d and %d", all[i].Story, at, f)
			}
			of[all[i].Story] = f
		}
		alone := slices.DeleteFunc(slices.Clone(all), func(e Example) bool { return e.Story != "" })
		for i, f := range Folds(alone, k) {
			if at := slices.IndexFunc(all, func(e Example) bool { return e.ID == alone[i].ID }); folds[at] != f {
				t.Fatalf("%s moved from fold %d to %d", alone[i].ID, folds[at], f)
			}
		}
	})
}

func TestFoldsOfNothing(t *testing.T) {
	if got := Folds(nil, 4); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// TestAQuarterMakesACopy: a text that repeats a quarter of another's shingles
// goes with it, one that repeats less does not.
func TestAQuarterMakesACopy(t *testing.T) {
	words := func(prefix string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(prefix + string(rune('a'+i%26)) + string(rune('a'+i/26)) + " ")
		}
		return b.String()
	}
	origin := words("g", 60)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"all of it":       {origin, true},
		"in capitals":     {strings.ToUpper(origin), true},
		"half of it":      {strings.Join(strings.Fields(origin)[:30], " ") + " " + words("m", 30), true},
		"a sentence":      {strings.Join(strings.Fields(origin)[:9], " ") + " " + words("m", 60), false},
		"nothing":         {words("m", 60), false},
		"too short a run": {strings.Join(strings.Fields(origin)[:shingle-1], " "), false},
	} {
		all := []Example{{ID: "a", Text: mention.Text{Body: origin}}, {ID: "b", Text: mention.Text{Body: tt.text}}}
		g := newGroups(2)
		if g.byCopy(all); (g.root(0) == g.root(1)) != tt.want {
			t.Errorf("%s: together %v", name, !tt.want)
		}
	}
}

// TestJoinIsTransitive: and every group is named by its first.
func TestJoinIsTransitive(t *testing.T) {
	g := newGroups(6)
	for _, p := range [][2]int{{5, 3}, {3, 4}, {1, 5}} {
		g.join(p[0], p[1])
	}
	for i, want := range []int{0, 1, 2, 1, 1, 1} {
		if got := g.root(i); got != want {
			t.Errorf("%d belongs to %d, want %d", i, got, want)
		}
	}
}
