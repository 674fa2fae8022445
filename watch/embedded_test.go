package watch

import (
	"path/filepath"
	"testing"

	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/mention"
)

// The watch asks the real index what it asks the list in the other tests.
// Without fingerprints that index finds no copies, so stories are mentions.
func TestTheFortnightInTheEmbeddedIndex(t *testing.T) {
	if testing.Short() {
		t.Skip("writes an index")
	}
	engine, err := embedded.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = engine.Close() }()
	x, items := fortnight(t)
	var batch []*mention.Mention
	for i := range x.hits {
		x.hits[i].Group = "" // as that index sees them
		batch = append(batch, x.hits[i].Mention)
	}
	for _, err := range engine.Write(t.Context(), batch) {
		if err != nil {
			t.Fatal(err)
		}
	}
	d := Detection{Rule: RuleConfig{ID: "bat-loi"}, Policies: registry(items), Zone: hanoi}
	got, err := Backtest(t.Context(), engine, d, at(0, "00:00"), at(12, "00:00"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := Backtest(t.Context(), x, d, at(0, "00:00"), at(12, "00:00"))
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 || diary(got) != diary(want) {
		t.Errorf("in the embedded index:\n%s\nin the list:\n%s", diary(got), diary(want))
	}
	for _, a := range got {
		if v, err := Verify(t.Context(), engine, d, a); err != nil || len(v.Added)+len(v.Gone) > 0 {
			t.Errorf("%s: verdict %s, added %d, gone %d (%v)", a.ID, v.Verdict, len(v.Added), len(v.Gone), err)
		}
	}
}
