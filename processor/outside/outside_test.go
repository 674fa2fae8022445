package outside_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/outside"
	"github.com/diembao/diembao/processor/privacy"
	"github.com/diembao/diembao/processor/steptest"
)

func classes(task string) []string {
	return map[string][]string{"tone": {"neg", "neu", "pos"}, "act": {"report", "question"}, "rel": {"0", "1"}, "topic": {"land"}}[task]
}

// server answers every text with the same labels and keeps what it was sent.
type server struct {
	*httptest.Server
	sent   bytes.Buffer
	token  string
	answer string // of one text, without its id
	status int
}

func serve(t *testing.T, answer string) *server {
	t.Helper()
	s := &server{answer: answer, status: http.StatusOK}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.token = r.Header.Get("Authorization")
		body, _ := io.ReadAll(r.Body)
		s.sent.Write(body)
		var q struct{ Texts []struct{ ID string } }
		if err := json.Unmarshal(body, &q); err != nil {
			t.Error(err)
		}
		w.WriteHeader(s.status)
		var out []string
		for _, text := range q.Texts {
			out = append(out, `{"id":"`+text.ID+`",`+s.answer+`}`)
		}
		io.WriteString(w, `{"texts":[`+strings.Join(out, ",")+`]}`) //nolint:errcheck // the client may be gone
	}))
	t.Cleanup(s.Close)
	return s
}

func unsure() (*mention.Mention, *mention.Reading) {
	m := &mention.Mention{ID: "social:fb:1", Text: mention.Text{Title: "Hỏi", Body: "Gọi 0912 345 678 gặp ông Nguyễn Văn Tám, người tố cáo. Sao chậm thế?", Author: "k:abcdef"}}
	m.Origin = mention.Origin{Kind: mention.Social, Channel: mention.Comment, URL: "https://facebook.example/post/77", Thread: "Bài gốc"}
	r := &mention.Reading{
		Tone: mention.Label{Value: "neu", Score: 0.4, By: "careful/2", Evidence: []mention.Span{{Field: "body", End: 3}}},
		Act:  mention.Label{Value: "question", Score: 0.95, Sure: true, By: "careful/2"},
	}
	return m, r
}

func TestAnswersReplaceWhatIsUnsure(t *testing.T) {
	s := serve(t, `"labels":{"tone":{"value":"neg","score":0.93},"act":{"value":"report","score":0.99},"topic":{"value":"moon","score":0.9},"rel":{"value":"1","score":7}}`)
	step := outside.NewStep(processor.OutsideConfig{URL: s.URL}, outside.Options{Token: "bí mật", Classes: classes})
	m, r := unsure()
	if err := step.Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	if l := r.Tone; l.Value != "neg" || !l.Sure || l.By != "outside/1" || len(l.Evidence) != 1 {
		t.Errorf("an unsure label: %+v", l)
	}
	if r.Act.Value != "question" || r.Act.By != "careful/2" {
		t.Errorf("a sure label was overwritten: %+v", r.Act)
	}
	if r.Topic.By != "" || r.Relevant.By != "" {
		t.Errorf("an unknown class or an impossible probability was taken: %+v %+v", r.Topic, r.Relevant)
	}
	if s.token != "Bearer bí mật" {
		t.Errorf("token %q", s.token)
	}
}

func TestAskAll(t *testing.T) {
	s := serve(t, `"labels":{"act":{"value":"report","score":0.6}}`)
	step := outside.NewStep(processor.OutsideConfig{URL: s.URL, Ask: processor.AskAll, Sure: 0.7}, outside.Options{Classes: classes})
	m, r := unsure()
	for _, l := range []*mention.Label{&r.Relevant, &r.Tone, &r.Topic} {
		l.Sure = true
	}
	_ = step.Read(t.Context(), m, r)
	if r.Act.Value != "report" || r.Act.Sure {
		t.Errorf("%+v", r.Act)
	}
}

// TestMaskedPartsStayHere: neither what the privacy step found nor what stands
// beside the text is sent.
func TestMaskedPartsStayHere(t *testing.T) {
	s := serve(t, `"labels":{}`)
	step := outside.NewStep(processor.OutsideConfig{URL: s.URL}, outside.Options{Classes: classes})
	m, r := unsure()
	if err := privacy.NewStep().Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	_ = step.Read(t.Context(), m, r)
	for _, secret := range []string{"0912", "Nguyễn Văn Tám", "k:abcdef", "facebook.example", "Bài gốc"} {
		if strings.Contains(s.sent.String(), secret) {
			t.Errorf("%q was sent: %s", secret, s.sent.String())
		}
	}
	if !strings.Contains(s.sent.String(), "Sao chậm thế?") {
		t.Errorf("sent %s", s.sent.String())
	}
}

// TestNothingIsAskedOfASureReading: a server costs money.
func TestNothingIsAskedOfASureReading(t *testing.T) {
	s := serve(t, `"labels":{}`)
	step := outside.NewStep(processor.OutsideConfig{URL: s.URL}, outside.Options{Classes: classes})
	m, r := unsure()
	for _, l := range []*mention.Label{&r.Relevant, &r.Tone, &r.Act, &r.Topic} {
		l.Sure = true
	}
	_ = step.Read(t.Context(), m, r)
	if s.sent.Len() > 0 {
		t.Errorf("sent %s", s.sent.String())
	}
}

// TestABrokenServerChangesNothing: wrong status, no JSON, silence, nobody there.
func TestABrokenServerChangesNothing(t *testing.T) {
	away := httptest.NewServer(nil)
	away.Close()
	busy := serve(t, `"labels":{"tone":{"value":"neg","score":0.93}}`)
	busy.status = http.StatusServiceUnavailable
	moved := httptest.NewServer(http.RedirectHandler(busy.URL, http.StatusTemporaryRedirect))
	t.Cleanup(moved.Close)
	for name, url := range map[string]string{"away": away.URL, "busy": busy.URL, "moved": moved.URL, "no JSON": serve(t, `oops`).URL} {
		step := outside.NewStep(processor.OutsideConfig{URL: url}, outside.Options{Classes: classes})
		m, r := unsure()
		if err := step.Read(t.Context(), m, r); err != nil || r.Tone.Value != "neu" || r.Tone.By != "careful/2" {
			t.Errorf("%s: %v, %+v", name, err, r.Tone)
		}
	}
}

// silent is a server that never answers.
type silent struct{ asked int }

func (s *silent) RoundTrip(r *http.Request) (*http.Response, error) {
	s.asked++
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// TestASilentServerIsLeftAlone: it costs one timeout a minute and one line in
// the log, not one a text.
func TestASilentServerIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := &silent{}
		step := outside.NewStep(processor.OutsideConfig{URL: "http://models.example"}, outside.Options{
			Classes: classes, Client: &http.Client{Transport: s}, Log: slog.New(slog.NewTextHandler(&log, nil)),
		})
		began := time.Now()
		for range 10 {
			m, r := unsure()
			_ = step.Read(context.Background(), m, r)
		}
		if s.asked != 1 || time.Since(began) != 20*time.Second {
			t.Errorf("asked %d times in %v, want once and its timeout of 20 s", s.asked, time.Since(began))
		}
		time.Sleep(time.Minute)
		m, r := unsure()
		_ = step.Read(context.Background(), m, r)
		if s.asked != 2 {
			t.Errorf("asked %d times after a minute, want 2", s.asked)
		}
		if n := strings.Count(log.String(), "does not answer"); n != 1 {
			t.Errorf("said %d times that it is silent:\n%s", n, log.String())
		}
	})
}

func TestStepContract(t *testing.T) {
	s := serve(t, `"labels":{"rel":{"value":"1","score":0.9},"tone":{"value":"neg","score":0.93},"act":{"value":"report","score":0.9},"topic":{"value":"land","score":0.9}}`)
	step := outside.NewStep(processor.OutsideConfig{URL: s.URL}, outside.Options{Classes: classes})
	steptest.Run(t, step, []string{"Relevant", "Tone", "Act", "Topic"}, privacy.NewStep())
}
