package policy_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"sort"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/viet"
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

type item struct {
	ID, Kind, Channel, Title, Lead, Body string
	At                                   int
	Gold                                 struct {
		Rel     int
		Targets []struct{ Policy, Evidence string }
	}
}

// newsroom reads the fixture press; it is skipped where it is not there.
func newsroom(t *testing.T) []item {
	t.Helper()
	for _, path := range []string{"../../crawler/newsroom/items.jsonl", "../../../shared/datasets/newsroom/items.jsonl"} {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer f.Close()
		var items []item
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var it item
			if err := json.Unmarshal(lines.Bytes(), &it); err != nil {
				t.Fatal(err)
			}
			items = append(items, it)
		}
		return items
	}
	t.Skip("datasets: newsroom/items.jsonl is not there: policies were not measured on the fixture press")
	return nil
}

func mentionOf(it item) *mention.Mention {
	start := time.Date(2026, 9, 14, 0, 0, 0, 0, viet.Zone())
	return &mention.Mention{
		ID:     mention.ID(it.ID),
		Origin: mention.Origin{Kind: mention.Kind(it.Kind), Channel: mention.Channel(it.Channel)},
		Text:   mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body, Published: start.Add(time.Duration(it.At) * time.Minute)},
	}
}

// TestNewsroom compares with the policies that the gold judges a text to be
// about. A text may name more than it is about, and many citizens' texts name
// none, so recall is measured on press and portals, and precision loosely.
func TestNewsroom(t *testing.T) {
	docs, policies := document.NewStep(shipped(t).KnownDocuments()), policy.NewStep(shipped(t))
	var right, missed, extra, noise int
	missing, extras := map[string]int{}, map[string]int{}
	for _, it := range newsroom(t) {
		m, r := mentionOf(it), &mention.Reading{}
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
