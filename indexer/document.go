package indexer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// SchemaVersion is the version of the index document. An engine keeps one
// index a version; another version is another index, filled by replay.
const SchemaVersion = 1

// Document is what an engine stores of a mention.
type Document struct {
	ID       mention.ID
	Version  int64 // mention.Version: the greater wins
	Revision int64 // of the text
	When     int64 // milliseconds since 1970, never before
	// Title and Text (lead and body) as tokens joined by spaces: in key form,
	// and folded.
	TitleKeys, TitleFolds string
	TextKeys, TextFolds   string
	Values                map[string][]string // of the facet fields, each in order
	Tags                  []string            // what filters look at, in order
	Copy                  *Copy               // nil: never a copy of anything
	Record                []byte              // the masked mention as JSON
	Removed               bool                // the source has taken the text down
}

// Behind reports whether a document says less than what is stored of its
// mention: it is older, or it is as old and does not know yet that the text was
// taken down. A late redelivery of that kind must not undo the removal.
func (d *Document) Behind(version int64, removed bool) bool {
	return d.Version < version || d.Version == version && removed && !d.Removed
}

// RecordRemoved reports whether a stored record is flagged as taken down.
func RecordRemoved(record []byte) bool {
	var m struct {
		Origin struct {
			Removed bool `json:"removed"`
		} `json:"origin"`
	}
	return json.Unmarshal(record, &m) == nil && m.Origin.Removed
}

// NewDocument derives the document. It fails on a record that breaks its own
// promises (mention.Check).
func NewDocument(m *mention.Mention) (*Document, error) {
	if err := m.Check(); err != nil {
		return nil, fmt.Errorf("indexer: document: %w", err)
	}
	shown := Masked(m)
	record, err := mention.Encode(shown)
	if err != nil {
		return nil, fmt.Errorf("indexer: document: %w", err)
	}
	d := &Document{
		ID: m.ID, Version: m.Version(), Revision: m.Revision,
		When: Millis(m.When()), Values: values(m), Record: record, Removed: m.Origin.Removed,
	}
	d.TitleKeys, d.TitleFolds = tokens(shown.Text.Title)
	d.TextKeys, d.TextFolds = tokens(shown.Text.Lead, shown.Text.Body)
	d.Tags = tags(m, d.Values)
	d.Copy = newCopy(m, d.When)
	return d, nil
}

// Millis is the time as the index counts it. What is before 1970 (the zero
// time among them) counts as 1970, what is after 2199 as its end.
func Millis(t time.Time) int64 {
	const last = 7258118400000 - 1
	return min(max(t.UnixMilli(), 0), last)
}

// FacetFields lists the fields that Facets can count.
func FacetFields() []string {
	return []string{query.FieldKind, query.FieldOutlet, query.FieldPolicy, query.FieldTopic,
		query.FieldTone, query.FieldAct, query.FieldPlace, query.FieldBody}
}

func values(m *mention.Mention) map[string][]string {
	v := map[string][]string{
		query.FieldKind:   {string(m.Origin.Kind)},
		query.FieldOutlet: {m.Origin.Outlet},
	}
	r := m.Reading
	if r == nil {
		return v
	}
	set := func(field string, values ...string) {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		if slices.Sort(values); len(values) > 0 {
			v[field] = slices.Compact(values)
		}
	}
	set(query.FieldTopic, labelValue(r.Topic))
	set(query.FieldTone, labelValue(r.Tone))
	set(query.FieldAct, labelValue(r.Act))
	set(query.FieldPolicy, each(r.Policies, func(p mention.PolicyHit) string { return p.ID })...)
	set(query.FieldPlace, each(r.Places, func(p mention.Place) string { return p.Now })...)
	set(query.FieldBody, each(r.Bodies, bodyNow)...)
	return v
}

// labelValue is what a label counts as: nothing where it was not judged,
// unsure where the judgement is below its threshold.
func labelValue(l mention.Label) string {
	if l.Value != "" && !l.Sure {
		return query.Unsure
	}
	return l.Value
}

func bodyNow(b mention.Body) string {
	if b.Now != "" {
		return b.Now
	}
	return b.ID
}

func each[T any](in []T, f func(T) string) []string {
	out := make([]string, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

// What FieldIs can say.
const (
	isRelevant = "relevant"
	isCareful  = "careful"
	isRemoved  = "removed"
)

// fieldParent tags the mention that a comment belongs to.
const fieldParent = "parent"

func tags(m *mention.Mention, values map[string][]string) []string {
	var out []string
	add := func(field, value string) { out = append(out, Tag(field, value)) }
	for field, all := range values {
		for _, v := range all {
			add(field, v)
		}
	}
	if m.Origin.Parent != "" {
		add(fieldParent, string(m.Origin.Parent))
	}
	if m.Origin.Removed {
		add(query.FieldIs, isRemoved)
	}
	if r := m.Reading; r != nil {
		readingTags(r, add)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func readingTags(r *mention.Reading, add func(field, value string)) {
	for _, d := range r.Documents {
		add(query.FieldDocument, d.Key)
	}
	for _, s := range r.Stances {
		if value := labelValue(s.Label); value != "" {
			add(query.FieldStance, s.Policy+"="+value)
		}
	}
	if r.Relevant.Value == "1" {
		add(query.FieldIs, isRelevant)
	}
	if r.Careful() {
		add(query.FieldIs, isCareful)
	}
}

// Documents derives the documents of a batch. Where a record breaks its own
// promises the document is nil and the error Permanent; errs is nil when none
// does.
func Documents(batch []*mention.Mention) (docs []*Document, errs []error) {
	docs = make([]*Document, len(batch))
	for i, m := range batch {
		d, err := NewDocument(m)
		if err != nil {
			errs = Fail(errs, len(batch), i, stream.Permanent(err))
			continue
		}
		docs[i] = d
	}
	return docs, errs
}

// Fail notes an error of one of n mentions, unless there is one already.
func Fail(errs []error, n, at int, err error) []error {
	if errs == nil {
		errs = make([]error, n)
	}
	if errs[at] == nil {
		errs[at] = err
	}
	return errs
}

// FailAll notes an error of every mention that has none.
func FailAll(errs []error, n int, err error) []error {
	for i := range n {
		errs = Fail(errs, n, i, err)
	}
	return errs
}

// Top gives the most frequent values as facets, ties in order of value.
func Top(counts map[string]int, most int) []query.Facet {
	out := make([]query.Facet, 0, len(counts))
	for v, n := range counts {
		out = append(out, query.Facet{Value: v, Count: n})
	}
	slices.SortFunc(out, func(a, b query.Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), max(most, 0))]
}
