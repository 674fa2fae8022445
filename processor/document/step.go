package document

import (
	"context"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

const name = "documents/1"

// Step writes Reading.Documents.
type Step struct{ register *Register }

// NewStep makes the step; the register may be empty.
func NewStep(known []Known) *Step { return &Step{NewRegister(known)} }

// Name is the name and version that the step signs with.
func (s *Step) Name() string { return name }

// Read finds the documents that the mention cites, in order of fields and
// offsets. It never fails.
func (s *Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	fields := mention.Fields()
	scanned := make([][]Ref, len(fields))
	for i, f := range fields {
		text, _ := m.Text.Field(f)
		scanned[i] = Scan(text)
	}
	r.Documents = []mention.Document{}
	for i, refs := range s.register.Resolve(scanned, Day(m.When())) {
		text, _ := m.Text.Field(fields[i])
		for _, ref := range refs {
			r.Documents = append(r.Documents, ref.document(fields[i], text))
		}
	}
	return nil
}

// Day writes t as a Vietnamese day, yyyy-mm-dd; "" where t is zero.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(viet.Zone()).Format(time.DateOnly)
}

func (r *Ref) document(field, text string) mention.Document {
	d := mention.Document{
		Key: r.Key, Type: r.Type, Written: text[r.Start:r.End],
		Span:     mention.Span{Field: field, Start: r.Start, End: r.End},
		Resolved: r.Resolved, Issuer: r.Issuer, By: name,
	}
	if len(r.Date) == len(time.DateOnly) {
		d.Date = r.Date
	}
	if d.Issuer == "" {
		d.Issuer = issuerOf(r.Body)
	}
	return d
}
