package policy

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/phrase"
	"pgregory.net/rapid"
)

func TestBareAliases(t *testing.T) {
	for alias, want := range map[string]bool{
		"xay dung nong thon moi": true, "quy 2": true, "": true, "xây dựng": false, "BHYT": false, "Xay dung": false, "so do": true, "đat": false,
	} {
		if Bare(alias) != want {
			t.Errorf("%q: %v", alias, !want)
		}
	}
}

func TestShortAliasesAreNotFolded(t *testing.T) {
	for alias, want := range map[string]bool{"sổ đỏ": false, "thẻ bảo hiểm": false, "bảo hiểm y tế": true, "xây dựng nông thôn mới": true, "": false} {
		if foldable(alias) != want {
			t.Errorf("%q: %v", alias, !want)
		}
	}
}

func TestTokensCountAsTheyAreTyped(t *testing.T) {
	for _, tt := range []struct {
		written, want string
		ok            bool
	}{
		{"BHYT", "BHYT", true}, {"bhyt", "BHYT", true}, {"Bhyt", "BHYT", false}, {"BHyt", "BHYT", false},
		{"VNeID", "VNeID", true}, {"vneid", "VNeID", true}, {"VNEID", "VNeID", false},
		{"PPP", "PPP", true}, {"ppp", "PPP", false}, // three small letters are anything
		{"", "BHYT", false},
	} {
		if exactly(tt.written, tt.want) != tt.ok {
			t.Errorf("%q for %q: %v", tt.written, tt.want, !tt.ok)
		}
	}
}

func TestWhereAnAliasCounts(t *testing.T) {
	for alias, want := range map[string]string{
		"sổ đỏ":                  "marked",
		"xây dựng nông thôn mới": "marked folded",
		"xay dung nong thon moi": "folded",
		"so do dat":              "folded",
	} {
		var got []string
		compileAlias(alias, use{role: roleAlias}, func(_ string, u use) {
			if u.role != roleAlias {
				t.Errorf("%q: role %v", alias, u.role)
			}
			got = append(got, "marked")
		}, func(_ string, u use) { got = append(got, u.role.String()) })
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", alias, s, want)
		}
	}
}

// TestChainsJoinAtAnyDistance: and both ways, but no policy with itself.
func TestChainsJoinAtAnyDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "policies")
		var r Registry
		for i := range n {
			p := Policy{ID: string(rune('a' + i))}
			if i+1 < n {
				p.ReplacedBy = []string{string(rune('a' + i + 1)), "unknown"}
			}
			r.Policies = append(r.Policies, p)
		}
		if rapid.Bool().Draw(t, "ring") { // a registry in a circle must not hang
			r.Policies[n-1].ReplacedBy = []string{"a"}
		}
		m := NewMatcher(r)
		for i := range n {
			for j := range n {
				if m.chain[[2]int{i, j}] != (i != j) {
					t.Fatalf("%d and %d of %d: %v", i, j, n, !(i != j))
				}
			}
		}
	})
}

func TestAtLengthensOnlyWhereItMust(t *testing.T) {
	list := at([]int{7}, phrase.ID(0))
	if len(list) != 1 || list[0] != 7 {
		t.Errorf("%v", list)
	}
	if list = at(list, phrase.ID(3)); len(list) != 4 || list[0] != 7 || list[3] != 0 {
		t.Errorf("%v", list)
	}
}

// TestAMatcherTakesAnyRegistry: what Validate objects to is left out, not
// fallen over.
func TestAMatcherTakesAnyRegistry(t *testing.T) {
	junk := rapid.SampledFrom([]string{"", "-", "…", "a", "sổ đỏ", "BHYT", "70/2025/NĐ-CP", "25", "\xff", "Luật  Đất\nđai"})
	rapid.Check(t, func(t *rapid.T) {
		var r Registry
		for range rapid.IntRange(0, 4).Draw(t, "policies") {
			list := func(label string) []string { return rapid.SliceOfN(junk, 0, 2).Draw(t, label) }
			r.Policies = append(r.Policies, Policy{ID: junk.Draw(t, "id"), Name: junk.Draw(t, "name"), Kind: junk.Draw(t, "kind"),
				Aliases: list("aliases"), SharedAliases: list("shared"), Tokens: list("tokens"), Not: list("not"), Replaces: list("replaces"),
				ReplacedBy: list("replaced_by"), Cues: []Cue{{Word: junk.Draw(t, "cue"), Near: list("near")}},
				Documents: []Document{{Number: junk.Draw(t, "number"), Issued: junk.Draw(t, "issued")}}, ActiveFrom: junk.Draw(t, "from")})
		}
		r.Validate(func(path, message string) {
			if path == "" || message == "" {
				t.Fatalf("%q: %q", path, message)
			}
		})
		NewMatcher(r)
	})
}
