package mention

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ErrSchema says that a record was written by a newer program than this one.
var ErrSchema = errors.New("mention: schema is newer than this program")

// Encode gives the record as JSON of the current schema.
func Encode(m *Mention) ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("mention: encode %s: %w", m.ID, err)
	}
	return data, nil
}

// Decode reads a record of any schema version since 1 and checks what no
// reader can do without: schema, ID, revision, kind and outlet. Fields it does
// not know are ignored, so that an older program reads a newer minor addition.
func Decode(data []byte) (*Mention, error) {
	var m Mention
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("mention: decode: %w", err)
	}
	if m.Schema > Schema {
		return nil, fmt.Errorf("%w: %d > %d", ErrSchema, m.Schema, Schema)
	}
	return &m, m.Check()
}

// Check reports every way in which the record breaks its own promises.
func (m *Mention) Check() error {
	var errs []error
	add := func(bad bool, format string, args ...any) {
		if bad {
			errs = append(errs, fmt.Errorf("mention: "+format, args...))
		}
	}
	add(m.Schema < 1, "schema %d: want 1…%d", m.Schema, Schema)
	add(!m.ID.Valid(), "id %q: want 26 characters of a–z, 2–7", m.ID)
	add(m.Revision <= 0, "revision %d: want the Unix second of the fetch", m.Revision)
	add(!m.Origin.Kind.Valid(), "kind %q: want press, portal or social", m.Origin.Kind)
	add(!Slug(m.Origin.Outlet), "outlet %q: want [a-z0-9-]{1,64}", m.Origin.Outlet)
	return errors.Join(errs...)
}

// Version orders two readings of one mention: text revision first, then
// reading. It is the external version of the index.
func (m *Mention) Version() int64 {
	version := m.Revision << 24
	if m.Reading != nil {
		version |= m.Reading.Revision & (1<<24 - 1)
	}
	return version
}

// Field gives the text of a named field ("title", "lead", "body") and whether
// there is such a field.
func (t *Text) Field(name string) (string, bool) {
	switch name {
	case "title":
		return t.Title, true
	case "lead":
		return t.Lead, true
	case "body":
		return t.Body, true
	}
	return "", false
}

// Fields lists the fields that spans may point into, in reading order.
func Fields() []string { return []string{"title", "lead", "body"} }

// Cut gives the text a span points to, or "" if the span does not fit.
func (t *Text) Cut(s Span) string {
	text, ok := t.Field(s.Field)
	if !ok || s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}
