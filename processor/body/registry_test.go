package body

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func problems(bodies ...Body) []string {
	var paths []string
	Registry{Bodies: bodies}.Validate(func(path, message string) { paths = append(paths, path+": "+message) })
	return paths
}

func TestSlug(t *testing.T) {
	for id, want := range map[string]bool{"bo-y-te": true, "so-3": true, "": false, "Bo": false, "bộ": false, "a b": false, "a_b": false} {
		if slug(id) != want {
			t.Errorf("%q: %v", id, !want)
		}
	}
}

// TestANameMayBePassedOn: two bodies may have had one name, but not at once.
func TestANameMayBePassedOn(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b Body
		want bool
	}{
		{"one after the other", Body{Until: "2024-12-31"}, Body{Since: "2025-01-01"}, false},
		{"on one day", Body{Until: "2025-01-01"}, Body{Since: "2025-01-01"}, true},
		{"both for ever", Body{}, Body{}, true},
		{"no end told", Body{Since: "2020-01-01"}, Body{Since: "2025-01-01"}, true},
		{"no beginning told", Body{Until: "2024-12-31"}, Body{}, true},
	} {
		if overlap(tt.a, tt.b) != tt.want || overlap(tt.b, tt.a) != tt.want {
			t.Errorf("%s: want %v both ways", tt.name, tt.want)
		}
		tt.a.ID, tt.a.Name, tt.a.Kind = "a", "Bộ A", "unit"
		tt.b.ID, tt.b.Name, tt.b.Kind = "b", "bộ a", "unit"
		if got := problems(tt.a, tt.b); (len(got) > 0) != tt.want {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

func TestValidateReportsEveryProblem(t *testing.T) {
	got := strings.Join(problems(Body{ID: "Ô", Kind: "?", Parent: "x", Since: "hôm qua", Until: "mai", Former: []Former{{ID: "y", Until: "z"}},
		Successors: []Successor{{ID: "w"}, {}}}), "\n")
	for _, path := range []string{"id", "name", "kind", "parent", "since", "until", "former[0].id", "former[0].until", "successors[0].id"} {
		if !strings.Contains("\n"+got, "\nbodies[0]."+path+": ") {
			t.Errorf("%s is not reported in\n%s", path, got)
		}
	}
}

func TestKindsAreKnownAndOnce(t *testing.T) {
	kinds := Kinds()
	if slices.Sort(kinds); len(slices.Compact(slices.Clone(kinds))) != len(kinds) {
		t.Errorf("%q", kinds)
	}
	for _, k := range kinds {
		b := Body{ID: "a", Name: "Bộ A", Kind: k, Successors: []Successor{{ID: "a"}}}
		if got := problems(b); len(got) > 0 {
			t.Errorf("%s: %q", k, got)
		}
	}
}

// TestAStepTakesAnyRegistry: what Validate objects to breaks neither the
// linter nor the step.
func TestAStepTakesAnyRegistry(t *testing.T) {
	junk := rapid.SampledFrom([]string{"", "-", "Bộ A", "a", "b", "2025-01-01", "\xff", "BYT"})
	rapid.Check(t, func(t *rapid.T) {
		var bodies []Body
		for range rapid.IntRange(0, 4).Draw(t, "bodies") {
			bodies = append(bodies, Body{ID: junk.Draw(t, "id"), Name: junk.Draw(t, "name"), Kind: junk.Draw(t, "kind"), Since: junk.Draw(t, "since"),
				Until: junk.Draw(t, "until"), Press: []string{junk.Draw(t, "press")}, Not: []string{junk.Draw(t, "not")},
				Former: []Former{{Name: junk.Draw(t, "former")}}, Successors: []Successor{{ID: junk.Draw(t, "successor")}}})
		}
		problems(bodies...)
		s := NewStep(Registry{Bodies: bodies})
		s.find("Bộ A, BYT - a b", "2026-01-01")
		for i := range bodies {
			s.now(i)
		}
	})
}
