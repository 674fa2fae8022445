package eval

import (
	"fmt"
	"io"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/train"
)

// Found counts what a recognising step found beside what the files say there
// is to find, text by text.
type Found struct {
	What      string  `json:"what"`
	Texts     int     `json:"texts"`
	Right     int     `json:"right"`
	Wrong     int     `json:"wrong"`
	Missed    int     `json:"missed"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// counts gathers Found over texts.
type counts struct{ documents, policies Found }

// add compares one reading with the labels of its text. Policies are compared
// in what editors and offices write: a citizen's text is labelled with the
// policy of its thread, which it need not name. The labels say what a text is
// about; that it names other policies besides is no mistake, so no precision
// is given for them.
func (c *counts) add(e train.Example, r *mention.Reading) {
	if e.Gold.Documents != nil {
		got := map[string]bool{}
		for _, d := range r.Documents {
			got[strings.ToUpper(d.Key)] = true
		}
		want := map[string]bool{}
		for _, number := range e.Gold.Documents {
			want[strings.ToUpper(document.Canonical(number))] = true
		}
		c.documents.compare(got, want)
	}
	want := map[string]bool{}
	for _, t := range e.Gold.Targets {
		if t.Policy != "" {
			want[t.Policy] = true
		}
	}
	if len(want) == 0 || e.Origin.Kind == mention.Social {
		return
	}
	got := map[string]bool{}
	for _, p := range r.Policies {
		if want[p.ID] {
			got[p.ID] = true
		}
	}
	c.policies.compare(got, want)
}

func (f *Found) compare(got, want map[string]bool) {
	f.Texts++
	for key := range got {
		if want[key] {
			f.Right++
		} else {
			f.Wrong++
		}
	}
	for key := range want {
		if !got[key] {
			f.Missed++
		}
	}
}

// list gives the counts of what the files had labels for.
func (c *counts) list() (list []Found) {
	for _, f := range []struct {
		what string
		Found
	}{{"documents", c.documents}, {"policies", c.policies}} {
		if f.Texts == 0 {
			continue
		}
		f.What = f.what
		f.Precision, f.Recall = share(f.Right, f.Right+f.Wrong), share(f.Right, f.Right+f.Missed)
		list = append(list, f.Found)
	}
	return list
}

func writeFound(w io.Writer, list []Found) error {
	if len(list) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("\n### Recognised\n\n| what | texts | right | wrong | missed | P | R |\n|---|---|---|---|---|---|---|\n")
	for _, f := range list {
		precision := "–"
		if f.What == "documents" {
			precision = fmt.Sprintf("%.3f", f.Precision)
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %s | %.3f |\n", f.What, f.Texts, f.Right, f.Wrong, f.Missed, precision, f.Recall)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("eval: writing report: %w", err)
	}
	return nil
}
