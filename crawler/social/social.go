// Package social hears the platforms through their official doors: the YouTube
// Data API v3 with a planned quota, Facebook webhooks and the feed of the
// unit's own page, and webhooks of the unit's own Zalo OA.
//
// It reads answers and signed deliveries and makes intake items of them;
// masking, hashing of authors and publishing are the intake's. A delivery is
// answered 200 only after it is durable, so that the platform sends it again
// otherwise. There is no log-in, no page that needs one is read, and a refusal
// is never worked around.
//
// What is held of YouTube is asked for again every five days, as the API's
// terms require of data that is kept longer than thirty: an edit is a revision,
// and what has vanished is flagged as removed.
//
// Limit: of the replies to a comment the API lists five; of an account's
// deletion nothing is told but that its comments vanish.
package social

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/intake"
)

// maxDelivery bounds the body of a webhook.
const maxDelivery = 1 << 20

// stamp is a time as the platforms write it: Unix seconds or milliseconds, as
// number or string, or a written form.
type stamp struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler. What cannot be read is no time.
func (s *stamp) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `" `)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 {
		s.Time = time.Unix(n, 0)
		if n > 1e11 {
			s.Time = time.UnixMilli(n)
		}
		return nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05-0700"} {
		if at, err := time.Parse(form, text); err == nil {
			s.Time = at
			return nil
		}
	}
	return nil
}

// past is the time unless it lies in the future by more than an hour.
func (s stamp) past(now time.Time) time.Time {
	if s.After(now.Add(time.Hour)) {
		return time.Time{}
	}
	return s.Time
}

// list is an array that may be missing, null, an object, or JSON in a string.
type list []json.RawMessage

// UnmarshalJSON implements json.Unmarshaler.
func (l *list) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	var text string
	if json.Unmarshal(data, &text) == nil {
		data = bytes.TrimSpace([]byte(text))
	}
	if len(data) == 0 || data[0] != '[' {
		return nil
	}
	return json.Unmarshal(data, (*[]json.RawMessage)(l))
}

// object is a T that may come as JSON in a string, or as an empty array where
// there is nothing.
type object[T any] struct{ V T }

// UnmarshalJSON implements json.Unmarshaler.
func (o *object[T]) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	var text string
	if json.Unmarshal(data, &text) == nil {
		data = bytes.TrimSpace([]byte(text))
	}
	if len(data) == 0 || string(data) == "[]" {
		return nil
	}
	return json.Unmarshal(data, &o.V)
}

// word is an id that may be a number or a string.
type word string

// UnmarshalJSON implements json.Unmarshaler.
func (w *word) UnmarshalJSON(data []byte) error {
	text := strings.TrimSpace(string(data))
	if text == "null" {
		return nil
	}
	var s string
	if json.Unmarshal(data, &s) == nil {
		*w = word(s)
		return nil
	}
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return fmt.Errorf("id %.40s: want text or a number", text)
	}
	*w = word(text)
	return nil
}

// delivery reads the body of a webhook; it answers the request itself where
// there is none.
func delivery(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	if r.Method != http.MethodPost {
		http.Error(w, "POST", http.StatusMethodNotAllowed)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDelivery))
	if err != nil {
		http.Error(w, "body larger than 1 MiB", http.StatusRequestEntityTooLarge)
		return nil, false
	}
	return body, true
}

// hand gives items to the crawler and answers the platform: 200 once they are
// durable, 503 to have them sent again.
func hand(w http.ResponseWriter, r *http.Request, receive intake.Receive, source string, items []intake.Item) {
	if len(items) > 0 {
		if err := errors.Join(receive(r.Context(), source, items)...); err != nil {
			http.Error(w, "not stored, send again", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusOK)
}
