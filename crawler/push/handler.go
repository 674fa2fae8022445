package push

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/intake"
)

// Bounds of a request.
const (
	MaxBody = 8 << 20
	MaxRows = 1000
)

// Result says what became of one row.
type Result struct {
	Row   int    `json:"row"` // counted from 0, as sent
	ID    string `json:"id,omitempty"`
	Error string `json:"error,omitempty"`
}

// Answer is the body of an answer. Accepted rows are durable.
type Answer struct {
	Accepted int      `json:"accepted"`
	Rejected int      `json:"rejected"`
	Items    []Result `json:"items"`
	Error    string   `json:"error,omitempty"` // of the request as a whole
}

// Handler answers POST /v1/mentions: {"items":[row, …]}, an array of rows, or
// one row. The bearer token is required; with an empty token everything is
// refused.
//
// 200: every row was accepted; 207: some were, see items; 400: the body is not
// such JSON; 401; 413: larger than 8 MiB or more than 1000 rows; 503: rows
// could not be stored now, send them again.
func (d Doors) Handler(token string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			refuse(w, http.StatusMethodNotAllowed, "POST")
			return
		}
		if !authorised(r, token) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized, "thiếu hoặc sai mã truy cập / missing or wrong bearer token")
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
		if err != nil {
			refuse(w, http.StatusRequestEntityTooLarge, "nội dung lớn quá 8 MiB / body larger than 8 MiB")
			return
		}
		rows, err := parse(body)
		switch {
		case err != nil:
			refuse(w, http.StatusBadRequest, err.Error())
		case len(rows) > MaxRows:
			refuse(w, http.StatusRequestEntityTooLarge, "nhiều quá 1000 dòng / more than 1000 rows")
		default:
			answer := d.take(r.Context(), rows, "push", time.Now())
			write(w, answer.status(), answer.Answer)
		}
	})
}

func authorised(r *http.Request, token string) bool {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(token))
	return ok && token != "" && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// parse reads the rows. Each stays raw, so that one bad row spoils no other.
func parse(body []byte) ([]json.RawMessage, error) {
	body = bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf"))
	if len(body) == 0 {
		return nil, errors.New("nội dung trống / empty body")
	}
	var rows []json.RawMessage
	if body[0] == '[' {
		if err := json.Unmarshal(body, &rows); err != nil {
			return nil, place(err)
		}
		return rows, nil
	}
	var batch struct {
		Items *[]json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(body, &batch); err != nil {
		return nil, place(err)
	}
	if batch.Items != nil {
		return *batch.Items, nil
	}
	return []json.RawMessage{body}, nil
}

func place(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("JSON không hợp lệ ở byte %d / not valid JSON at byte %d: %w", syntax.Offset, syntax.Offset, err)
	}
	return fmt.Errorf("JSON không đúng dạng / not the expected JSON: %w", err)
}

type outcome struct {
	Answer
	failed bool // something could not be stored
}

func (o outcome) status() int {
	switch {
	case o.failed:
		return http.StatusServiceUnavailable
	case o.Rejected > 0:
		return http.StatusMultiStatus
	}
	return http.StatusOK
}

// Take takes rows as the handler does, without HTTP.
func (d Doors) Take(ctx context.Context, rows []json.RawMessage, via string, now time.Time) Answer {
	return d.take(ctx, rows, via, now).Answer
}

// take turns rows into items and hands them over, source by source.
func (d Doors) take(ctx context.Context, rows []json.RawMessage, via string, now time.Time) outcome {
	out := outcome{Answer: Answer{Items: make([]Result, len(rows))}}
	var sources []string
	batches := map[string][]intake.Item{}
	places := map[string][]int{}
	for i, raw := range rows {
		out.Items[i].Row = i
		var row Row
		err := json.Unmarshal(raw, &row)
		if err != nil {
			err = place(err)
		}
		var it intake.Item
		if err == nil {
			it, err = d.Item(row, via, now)
		}
		if err != nil {
			out.Items[i].Error = err.Error()
			continue
		}
		out.Items[i].ID = string(it.ID())
		if batches[row.Source] == nil {
			sources = append(sources, row.Source)
		}
		batches[row.Source] = append(batches[row.Source], it)
		places[row.Source] = append(places[row.Source], i)
	}
	for _, source := range sources {
		for j, err := range d.Receive(ctx, source, batches[source]) {
			if err != nil {
				out.failed = true
				out.Items[places[source][j]].Error = "chưa lưu được, hãy gửi lại / could not be stored, send again: " + err.Error()
			}
		}
	}
	out.sum()
	return out
}

func (a *Answer) sum() {
	for _, r := range a.Items {
		if r.Error == "" {
			a.Accepted++
		} else {
			a.Rejected++
		}
	}
}

func refuse(w http.ResponseWriter, status int, why string) {
	write(w, status, Answer{Error: why, Items: []Result{}})
}

func write(w http.ResponseWriter, status int, a Answer) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(a) // whoever has left will send again
}
