package policy

import (
	"slices"
	"testing"

	"github.com/diembao/diembao/processor/document"
)

func TestWindow(t *testing.T) {
	for _, tt := range []struct {
		name        string
		p           Policy
		from, until string
	}{
		{"nothing told", Policy{}, "", ""},
		{"effective before issued", Policy{Documents: []Document{{Issued: "2025-01-01", Effective: "2025-03-01", Until: "2026-01-01"}}}, "2025-03-01", "2026-01-01"},
		{"issued where nothing else is told", Policy{Documents: []Document{{Issued: "2025-01-01"}}}, "2025-01-01", ""},
		{"the earliest and the last", Policy{Documents: []Document{{Effective: "2025-03-01", Until: "2026-01-01"}, {Role: "main", Effective: "2024-03-01", Until: "2025-01-01"}}}, "2024-03-01", "2026-01-01"},
		{"only main documents", Policy{Documents: []Document{{Role: "guides", Effective: "2020-01-01", Until: "2021-01-01"}}}, "", ""},
		{"stages where documents tell nothing", Policy{Stages: []Stage{{"issued", "2024-01-01", ""}, {"in_force", "2024-06-01", ""}, {"ended", "2025-06-01", ""}}}, "2024-06-01", "2025-06-01"},
		{"documents before stages", Policy{Documents: []Document{{Effective: "2025-03-01"}}, Stages: []Stage{{"in_force", "2024-06-01", ""}}}, "2025-03-01", ""},
	} {
		if from, until := tt.p.window(); from != tt.from || until != tt.until {
			t.Errorf("%s: %q to %q", tt.name, from, until)
		}
	}
}

func TestKnownDocumentsSayWhichAreMain(t *testing.T) {
	r := Registry{Policies: []Policy{
		{Documents: []Document{{Number: "1/2025/NĐ-CP", Type: "NĐ", Issued: "2025-01-01"}, {Number: "2/2025/TT-BTC", Type: "TT", Role: "guides", Until: "2026-01-01"}}},
		{Documents: []Document{{Number: "3/2025/QH15", Type: "L", Role: "main"}}},
	}}
	want := []document.Known{
		{Number: "1/2025/NĐ-CP", Type: "NĐ", Issued: "2025-01-01", Main: true}, {Number: "2/2025/TT-BTC", Type: "TT", Until: "2026-01-01"},
		{Number: "3/2025/QH15", Type: "L", Main: true},
	}
	if got := r.KnownDocuments(); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestListsHoldNothingTwice(t *testing.T) {
	for _, list := range [][]string{Kinds(), Stages()} {
		sorted := slices.Sorted(slices.Values(list))
		if len(slices.Compact(sorted)) != len(list) {
			t.Errorf("%q", list)
		}
	}
}
