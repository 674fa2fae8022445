package place_test

import (
	"os"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/place"
	"github.com/diembao/diembao/processor/steptest"
	"github.com/diembao/diembao/viet"
	"go.yaml.in/yaml/v3"
)

// shipped reads the table that ships with the project.
func shipped(t testing.TB) place.Config {
	t.Helper()
	var c place.Config
	for _, file := range []string{"provinces.yaml", "districts.yaml"} {
		data, err := os.ReadFile("../../configs/places/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(data, &c); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// TestNewsroom compares, by text, the province-level units of today that are
// named. The gold's communes are uneven and are left out, as its README says.
func TestNewsroom(t *testing.T) {
	c := shipped(t)
	provinces := map[string]bool{}
	for _, p := range c.Provinces {
		for _, n := range append([]string{p.Name}, p.Spellings...) {
			provinces[viet.Key(n)] = true
		}
		for _, f := range p.Former {
			provinces[viet.Key(f.Name)] = true
		}
	}
	step := place.NewStep(place.NewGazetteer(c, nil))
	var right, wrong, missed, allWrong int
	for _, it := range steptest.Newsroom(t) {
		m := it.Mention()
		r := &mention.Reading{}
		_ = language.NewStep().Read(t.Context(), m, r)
		if err := step.Read(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		want, any := map[string]bool{}, map[string]bool{}
		for _, g := range it.Gold.Places {
			any[viet.Key(g.Now)] = true
			name := strings.TrimPrefix(strings.TrimPrefix(g.Written, "tỉnh "), "thành phố ")
			if provinces[viet.Key(name)] {
				want[viet.Key(g.Now)] = true
			}
		}
		got := map[string]bool{}
		for _, p := range r.Places {
			if p.Level == place.LevelProvince {
				got[viet.Key(p.Now)] = true
			} else if p.Now != "" && !any[viet.Key(p.Now)] {
				allWrong++
				t.Logf("%s: below province %s (%s) is not in the gold", it.ID, p.Written, p.Now)
			}
		}
		for k := range got {
			if any[k] {
				right++
			} else {
				wrong++
				t.Logf("%s: %s is not in the gold: %v", it.ID, k, r.Places)
			}
		}
		for k := range want {
			if !got[k] {
				missed++
				t.Logf("%s: %s is missed: %v", it.ID, k, it.Gold.Places)
			}
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("precision %.4f, recall %.4f (%d right, %d wrong, %d missed); below provinces beyond the gold: %d", precision, recall, right, wrong, missed, allWrong)
	if precision < 0.97 || recall < 0.92 {
		t.Error("want precision ≥ 0.97 and recall ≥ 0.92")
	}
}
