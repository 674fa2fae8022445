package policy_test

import (
	"context"
	"os"
	"sort"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/steptest"
	"go.yaml.in/yaml/v3"
)

// shipped reads the registry that ships with the project.
func shipped(t testing.TB) policy.Registry {
	t.Helper()
	data, err := os.ReadFile("../../configs/policies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var r policy.Registry
	if err := yaml.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestNewsroom compares with the policies that the gold judges a text to be
// about. A text may name more than it is about, and many citizens' texts name
// none, so recall is measured on press and portals, and precision loosely.
func TestNewsroom(t *testing.T) {
	docs, policies := document.NewStep(shipped(t).KnownDocuments()), policy.NewStep(shipped(t))
	var right, missed, extra, noise int
	missing, extras := map[string]int{}, map[string]int{}
	for _, it := range steptest.Newsroom(t) {
		m, r := it.Mention(), &mention.Reading{}
		for _, s := range []interface {
			Read(ctx context.Context, m *mention.Mention, r *mention.Reading) error
		}{language.NewStep(), docs, policies} {
			if err := s.Read(t.Context(), m, r); err != nil {
				t.Fatal(err)
			}
		}
		want := map[string]bool{}
		for _, g := range it.Gold.Targets {
			want[g.Policy] = true
		}
		got := map[string]bool{}
		for _, p := range r.Policies {
			got[p.ID] = true
			if !want[p.ID] {
				extra++
				extras[p.ID]++
				if it.Gold.Rel == 0 {
					noise++
					t.Logf("%s is about nothing public, found %v", it.ID, p)
				}
			}
		}
		if it.Kind == "social" {
			continue
		}
		for id := range want {
			if got[id] {
				right++
				continue
			}
			missed++
			missing[id]++
			t.Logf("%s: %s is missed in %q", it.ID, id, it.Title)
		}
	}
	t.Logf("press and portals: recall %.3f (%d found, %d missed %v); named beyond the gold: %d, in texts about nothing public: %d",
		float64(right)/float64(right+missed), right, missed, missing, extra, noise)
	var names []string
	for id := range extras {
		names = append(names, id)
	}
	sort.Slice(names, func(i, j int) bool { return extras[names[i]] > extras[names[j]] })
	for _, id := range names {
		t.Logf("beyond the gold: %s ×%d", id, extras[id])
	}
}
