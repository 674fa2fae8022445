package fingerprint_test

import (
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/fingerprint"
	"github.com/diembao/diembao/processor/steptest"
)

// excerpts are posts of a few sentences that the gold calls copies of long
// articles: they share at most a twentieth of the shingles, and MinHash is not
// made to find them.
var excerpts = map[string]bool{"S1-fb-0408-1": true, "S9-fb-0409-1": true, "S7-fb-0608-1": true, "S9-fb-0711-1": true}

// TestNewsroom looks at every pair of the fixture press: what the gold calls a
// copy must meet its original in a band and be similar to it; texts that are
// not copies of each other, directly or through a third, must not be merged.
func TestNewsroom(t *testing.T) {
	items := steptest.Newsroom(t)
	root, at := map[string]string{}, map[string]int{}
	prints := make([]mention.Fingerprint, len(items))
	for i, it := range items {
		root[it.ID], at[it.ID] = it.ID, i
		if it.CopyOf != "" {
			root[it.ID] = root[it.CopyOf]
		}
		m, r := &mention.Mention{Text: mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body}}, &mention.Reading{}
		if err := fingerprint.NewStep().Read(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		prints[i] = r.Fingerprint
	}
	alike := func(i, j int) bool {
		return meet(prints[i].Bands, prints[j].Bands) && similarity(t, prints[i], prints[j]) >= fingerprint.Copy
	}
	var found, missed, merged, pairs, changed int
	for i, it := range items {
		if it.CopyOf != "" && !excerpts[it.ID] {
			if alike(i, at[it.CopyOf]) {
				found++
			} else {
				missed++
				t.Errorf("missed: %s of %s", it.ID, it.CopyOf)
			}
			if fingerprint.Changed(prints[i].Figures, prints[at[it.CopyOf]].Figures) {
				changed++
			}
		}
		for j := range i {
			if pairs++; root[it.ID] != root[items[j].ID] && alike(i, j) {
				merged++
				t.Errorf("merged: %s and %s, similarity %.2f", it.ID, items[j].ID, similarity(t, prints[i], prints[j]))
			}
		}
	}
	t.Logf("%d copies found, %d missed (%d excerpts left out); %d of %d pairs wrongly merged; %d copies have figures of their own",
		found, missed, len(excerpts), merged, pairs, changed)
	// btb made "12 to 15 times" of the "10 times" it copied; thvn copied
	// faithfully.
	if !fingerprint.Changed(prints[at["S1-btb-0412-1"]].Figures, prints[at["S1-kttn-0409-1"]].Figures) {
		t.Error("the copy with the changed figure is not flagged")
	}
	if fingerprint.Changed(prints[at["S1-thvn-0410-1"]].Figures, prints[at["S1-tn24-0408-1"]].Figures) {
		t.Error("the faithful copy is flagged")
	}
}

func meet(a, b []string) bool {
	for i := range a {
		if len(b) > i && a[i] == b[i] {
			return true
		}
	}
	return false
}

func similarity(t *testing.T, a, b mention.Fingerprint) float64 {
	x, err := fingerprint.Parse(a.MinHash)
	if err != nil {
		t.Fatal(err)
	}
	y, err := fingerprint.Parse(b.MinHash)
	if err != nil {
		t.Fatal(err)
	}
	return fingerprint.Similarity(x, y)
}
