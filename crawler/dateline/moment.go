package dateline

import "time"

// Moment is a time for the lines that people and scripts read: RFC 3339 with
// its zone, and "" where it is unknown.
type Moment struct{ time.Time }

// MarshalText writes the time; it never fails.
func (m Moment) MarshalText() ([]byte, error) {
	if m.IsZero() {
		return []byte{}, nil
	}
	return []byte(m.Format(time.RFC3339)), nil
}

// MarshalJSON writes the time as a string, unlike the embedded time's method,
// which has no word for an unknown time.
func (m Moment) MarshalJSON() ([]byte, error) {
	text, _ := m.MarshalText()
	return append(append([]byte{'"'}, text...), '"'), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Moment) UnmarshalJSON(data []byte) error {
	if string(data) == `""` || string(data) == "null" {
		*m = Moment{}
		return nil
	}
	return m.Time.UnmarshalJSON(data)
}
