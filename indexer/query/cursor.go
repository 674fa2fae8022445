package query

import (
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/diembao/diembao/mention"
)

// ErrCursor says that a cursor was not made by this request's pages.
var ErrCursor = errors.New("query: cursor does not belong to this request")

// Position is where a page ended: the sort key of its last hit. It names no
// row and no snapshot, so a cursor stays good while mentions are written: what
// stays in place between two pages is neither skipped nor shown twice.
type Position struct {
	Sort  Sort       `json:"s"`
	Score float64    `json:"r,omitempty"`
	When  int64      `json:"w"` // milliseconds
	ID    mention.ID `json:"i"`
}

// Cursor writes the position for Page.Next.
func (p Position) Cursor() string {
	data, _ := json.Marshal(p) // plain numbers and strings cannot fail
	return base64.RawURLEncoding.EncodeToString(data)
}

// ParseCursor reads what Cursor wrote; "" is no position. It answers ErrCursor
// for anything else and for a cursor of another order.
func ParseCursor(s string, sort Sort) (*Position, error) {
	if s == "" {
		return nil, nil
	}
	var p Position
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(data, &p) != nil || p.Sort != sort || !p.ID.Valid() {
		return nil, ErrCursor
	}
	return &p, nil
}
