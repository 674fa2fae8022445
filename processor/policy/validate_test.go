package policy_test

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/policy"
)

func TestShippedRegistryIsSound(t *testing.T) {
	shipped(t).Validate(func(path, message string) { t.Errorf("configs/policies.yaml: %s: %s", path, message) })
}

func lint(policies ...policy.Policy) string {
	var out []string
	policy.Registry{Policies: policies}.Validate(func(path, message string) { out = append(out, path+": "+message) })
	return strings.Join(out, "\n")
}

func TestValidate(t *testing.T) {
	good := func(change func(*policy.Policy)) policy.Policy {
		p := policy.Policy{ID: "luat-a", Name: "Luật A", Kind: "law", Aliases: []string{"Luật A mới"}}
		if change != nil {
			change(&p)
		}
		return p
	}
	other := policy.Policy{ID: "luat-b", Name: "Luật B", Kind: "law", Aliases: []string{"Luật B mới"}}
	for _, tt := range []struct {
		name   string
		change func(*policy.Policy)
		want   string
	}{
		{"sound", nil, ""},
		{"id with capitals", func(p *policy.Policy) { p.ID = "Luat A" }, "policies[0].id: "},
		{"id twice", func(p *policy.Policy) { p.ID = "luat-b" }, "policies[1].id: \"luat-b\" stands already in policies[0]"},
		{"no name", func(p *policy.Policy) { p.Name = "" }, "policies[0].name: is missing"},
		{"unknown kind", func(p *policy.Policy) { p.Kind = "luật" }, "policies[0].kind: "},
		{"alias of one syllable", func(p *policy.Policy) { p.Aliases = []string{"BHYT"} }, "policies[0].aliases[0]: \"BHYT\" has fewer than two syllables"},
		{"short bare alias", func(p *policy.Policy) { p.Aliases = []string{"so do"} }, "too short without diacritics"},
		{"alias twice", func(p *policy.Policy) { p.Aliases = []string{"hòa giải cơ sở", "hoà giải cơ sở"} }, "policies[0].aliases[1]: "},
		{"alias of another", func(p *policy.Policy) { p.Aliases = []string{"luật b mới"} }, "is ambiguous"},
		{"excluded alias", func(p *policy.Policy) { p.Not = []string{"luật a mới"} }, "excluded by `not`"},
		{"dangling reference", func(p *policy.Policy) { p.ReplacedBy = []string{"luat-z"} }, "policies[0].replaced_by[0]: \"luat-z\" is not in the registry"},
		{"one-sided reference", func(p *policy.Policy) { p.Replaces = []string{"luat-b"} }, "does not name \"luat-a\""},
		{"replaces itself", func(p *policy.Policy) { p.Replaces = []string{"luat-a"} }, "cannot replace itself"},
		{"bad day", func(p *policy.Policy) { p.ActiveFrom = "1/7/2026" }, "policies[0].active_from: "},
		{"no such day", func(p *policy.Policy) { p.ActiveFrom = "2026-02-30" }, "policies[0].active_from: "},
		{"document number", func(p *policy.Policy) { p.Documents = []policy.Document{{Number: "số mới"}} }, "policies[0].documents[0].number: "},
		{"document role", func(p *policy.Policy) { p.Documents = []policy.Document{{Number: "1/2025/NĐ-CP", Role: "chính"}} }, "documents[0].role: "},
		{"ends before it begins", func(p *policy.Policy) {
			p.Documents = []policy.Document{{Number: "1/2025/NĐ-CP", Issued: "2025-01-01", Until: "2024-01-01"}}
		}, "documents[0].until: "},
		{"stages out of order", func(p *policy.Policy) {
			p.Stages = []policy.Stage{{Stage: "issued", From: "2025-01-01"}, {Stage: "in_force", From: "2024-01-01"}}
		}, "stages[1].from: "},
		{"unknown stage", func(p *policy.Policy) { p.Stages = []policy.Stage{{Stage: "xong", From: "2025-01-01"}} }, "stages[0].stage: "},
		{"cue without context", func(p *policy.Policy) { p.Cues = []policy.Cue{{Word: "sổ đỏ"}} }, "cues[0].near: is missing"},
		{"cue that is its context", func(p *policy.Policy) { p.Cues = []policy.Cue{{Word: "sổ đỏ", Near: []string{"Sổ đỏ"}}} }, "cues[0].near[0]: "},
		{"owner without a name", func(p *policy.Policy) { p.Owners = []policy.Owner{{Since: "2025-03-01"}} }, "owners[0].body: is missing"},
		{"unrecognisable", func(p *policy.Policy) { p.Aliases = nil }, "nothing recognises"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := lint(good(tt.change), other)
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
