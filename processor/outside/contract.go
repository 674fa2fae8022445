package outside

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/viet/mask"
)

// question is what is sent: see docs/outside.md.
type question struct {
	Schema int    `json:"schema"` // 1
	Texts  []text `json:"texts"`
}

type text struct {
	ID      mention.ID       `json:"id"`
	Kind    mention.Kind     `json:"kind"`
	Channel mention.Channel  `json:"channel"`
	Title   string           `json:"title,omitempty"`
	Lead    string           `json:"lead,omitempty"`
	Body    string           `json:"body"`
	Labels  map[string]label `json:"labels"`
}

type label struct {
	Value string  `json:"value"`
	Score float64 `json:"score"`
}

// answer is one line of what comes back.
type answer struct {
	ID     mention.ID       `json:"id"`
	Labels map[string]label `json:"labels"`
}

// longestField is how much of a field is sent, in bytes.
const longestField = 8000

// show is what the server may see of a mention: its text with all masked parts
// hidden, where it stood, and what the reading thinks. Author, address and
// thread stay here.
func show(m *mention.Mention, r *mention.Reading) text {
	t := text{ID: m.ID, Kind: m.Origin.Kind, Channel: m.Origin.Channel, Labels: map[string]label{}}
	t.Title, t.Lead, t.Body = hidden(m, r, "title"), hidden(m, r, "lead"), hidden(m, r, "body")
	for task, l := range labels(r) {
		t.Labels[task] = label{l.Value, l.Score}
	}
	return t
}

// hidden hides what the privacy step recorded, and looks once more.
func hidden(m *mention.Mention, r *mention.Reading, field string) string {
	s, _ := m.Text.Field(field)
	var spans []mask.Span
	for _, p := range r.Masked {
		if p.Field == field {
			spans = append(spans, mask.Span{Start: p.Start, End: p.End, Kind: p.Kind})
		}
	}
	slices.SortFunc(spans, func(a, b mask.Span) int { return a.Start - b.Start })
	s, _ = mask.Hide(mask.Apply(s, spans))
	return viet.Head(s, longestField)
}

// longestAnswer bounds what is read of an answer, in bytes.
const longestAnswer = 4 << 20

func (s *Step) ask(ctx context.Context, q question) ([]answer, error) {
	q.Schema = 1
	body, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.config.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if s.o.Token != "" {
		request.Header.Set("Authorization", "Bearer "+s.o.Token)
	}
	response, err := s.o.Client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // it was only read
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	var out struct {
		Texts []answer `json:"texts"`
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, longestAnswer)).Decode(&out); err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	return out.Texts, nil
}

// take writes answered labels into a reading: known classes with a probability
// only, and none over a label that was not asked about.
func (s *Step) take(a answer, r *mention.Reading) {
	for task, l := range labels(r) {
		got, ok := a.Labels[task]
		if !ok || !s.asks(l) || got.Score <= 0 || got.Score > 1 || !slices.Contains(s.o.Classes(task), got.Value) {
			continue
		}
		l.Value, l.Score, l.Sure, l.By = got.Value, got.Score, got.Score >= s.config.Sure, name
	}
}
