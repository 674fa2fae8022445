package document_test

import (
	"os"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/steptest"
	"go.yaml.in/yaml/v3"
)

// known reads the documents of the shipped policy registry.
func known(t testing.TB) []document.Known {
	t.Helper()
	data, err := os.ReadFile("../../configs/policies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var registry struct {
		Policies []struct {
			Documents []struct {
				Number, Type, Role, Issued, Until string
			}
		}
	}
	if err := yaml.Unmarshal(data, &registry); err != nil {
		t.Fatal(err)
	}
	var out []document.Known
	for _, p := range registry.Policies {
		for _, d := range p.Documents {
			out = append(out, document.Known{Number: d.Number, Type: d.Type, Issued: d.Issued, Until: d.Until, Main: d.Role == ""})
		}
	}
	data, err = os.ReadFile("../../configs/documents.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c document.Config
	if err := yaml.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	c.Validate(func(path, message string) { t.Errorf("configs/documents.yaml: %s: %s", path, message) })
	return append(out, c.Known()...)
}

func TestNewsroom(t *testing.T) {
	step := document.NewStep(known(t))
	var right, wrong, missed int
	for _, it := range steptest.Newsroom(t) {
		m := it.Mention()
		var r mention.Reading
		if err := step.Read(t.Context(), m, &r); err != nil {
			t.Fatal(err)
		}
		got, want := map[string]bool{}, map[string]bool{}
		for _, d := range r.Documents {
			got[strings.ToUpper(d.Key)] = true
		}
		for _, k := range it.Gold.Docs {
			want[strings.ToUpper(document.Canonical(k))] = true
		}
		for k := range got {
			if want[k] {
				right++
				continue
			}
			wrong++
			t.Logf("%s: %s is not in the gold %v", it.ID, k, it.Gold.Docs)
		}
		for k := range want {
			if !got[k] {
				missed++
				t.Logf("%s: %s is missed, found %v", it.ID, k, r.Documents)
			}
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("precision %.4f, recall %.4f (%d right, %d wrong, %d missed)", precision, recall, right, wrong, missed)
	if precision < 0.99 || recall < 0.98 {
		t.Errorf("want precision ≥ 0.99 and recall ≥ 0.98")
	}
}
