package processor_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// stepFunc is a step made of a name and a function.
type stepFunc struct {
	name string
	read func(*mention.Mention, *mention.Reading) error
}

func (s stepFunc) Name() string { return s.name }

func (s stepFunc) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	return s.read(m, r)
}

// batchStep counts how it was called.
type batchStep struct {
	stepFunc
	sizes  *[]int
	poison string
}

func (s batchStep) ReadBatch(ctx context.Context, ms []*mention.Mention, rs []*mention.Reading) []error {
	*s.sizes = append(*s.sizes, len(ms))
	errs := make([]error, len(ms))
	for i := range ms {
		if ms[i].Text.Body == s.poison {
			panic("poison in the batch")
		}
		errs[i] = s.Read(ctx, ms[i], rs[i])
	}
	return errs
}

func sample(body string) *mention.Mention {
	at := time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)
	return &mention.Mention{
		Schema: 1, ID: mention.NewID(mention.Press, "dvhn", body), Revision: at.Unix(),
		Origin: mention.Origin{Kind: mention.Press, Outlet: "dvhn", Channel: mention.Article, Fetched: at, Found: at},
		Text:   mention.Text{Title: "Tít", Body: body, Captions: []string{"Ảnh"}},
	}
}

func setTone(value string) stepFunc {
	return stepFunc{"tone/1", func(_ *mention.Mention, r *mention.Reading) error {
		r.Tone = mention.Label{Value: value, By: "tone/1"}
		return nil
	}}
}

// vandal writes wherever a step must not.
var vandal = stepFunc{"vandal/1", func(m *mention.Mention, r *mention.Reading) error {
	m.ID, m.Text.Title, m.Origin.Outlet, m.Revision = "x", "changed", "other", 1
	m.Text.Captions = append(m.Text.Captions[:0], "changed")
	r.Topic.Value = "land"
	return nil
}}

func TestReadingIsAllThatChanges(t *testing.T) {
	p := processor.NewPipeline(vandal, setTone("neu"))
	rapid.Check(t, func(t *rapid.T) {
		m := sample(rapid.String().Draw(t, "body"))
		m.Text.Title = rapid.String().Draw(t, "title")
		m.Text.Captions = rapid.SliceOf(rapid.String()).Draw(t, "captions")
		m.Origin.Outlet = rapid.StringMatching(`[a-z0-9-]{1,10}`).Draw(t, "outlet")
		before, _ := json.Marshal(m)
		if err := p.Read(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		without := *m
		without.Reading = nil
		after, _ := json.Marshal(&without)
		if string(before) != string(after) {
			t.Fatalf("before %s\nafter  %s", before, after)
		}
		if m.Reading == nil || m.Reading.Topic.Value != "land" || m.Reading.Tone.Value != "neu" {
			t.Fatalf("reading: %+v", m.Reading)
		}
	})
}

func TestRevisions(t *testing.T) {
	old := func(rev int64) *mention.Reading { return &mention.Reading{Revision: rev} }
	quick := processor.NewPipeline(setTone("pos")).Generation(7)
	only, err := quick.Only("tone")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		p    *processor.Pipeline
		old  *mention.Reading
		want int64
	}{
		{"quick", quick, nil, 14},
		{"quick again", quick, old(9), 14},
		{"careful after quick", quick.Careful(), old(14), 15},
		{"careful follows the reading's generation", quick.Careful(), old(4), 5},
		{"careful alone", quick.Careful(), nil, 15},
		{"a part of a quick reading", only, old(4), 14},
		{"a part of a careful reading", only, old(5), 15},
		{"too great", quick.Generation(1 << 40), nil, 1<<24 - 2},
		{"too small", quick.Generation(-3), nil, 0},
	} {
		m := sample("a")
		m.Reading = tt.old
		if err := tt.p.Read(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if m.Reading.Revision != tt.want {
			t.Errorf("%s: revision %d, want %d", tt.name, m.Reading.Revision, tt.want)
		}
	}
}

func TestCarefulReplacesOnlyItsParts(t *testing.T) {
	topic := stepFunc{"topic/2", func(_ *mention.Mention, r *mention.Reading) error {
		r.Topic.Value = "land"
		return nil
	}}
	m := sample("a")
	if err := processor.NewPipeline(topic, setTone("neu")).Read(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	quick := m.Reading
	better := setTone("neg")
	better.name = "tone/9"
	if err := processor.NewPipeline(better).Careful().Read(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if m.Reading.Topic.Value != "land" || m.Reading.Tone.Value != "neg" || !m.Reading.Careful() {
		t.Errorf("reading %+v", m.Reading)
	}
	if diff := cmp.Diff([]string{"topic/2", "tone/9"}, m.Reading.Steps); diff != "" {
		t.Error(diff)
	}
	if quick.Tone.Value != "neu" || quick.Careful() || len(quick.Steps) != 2 {
		t.Errorf("the quick reading was changed: %+v", quick)
	}
}

func TestEmptyListsAreNotNull(t *testing.T) {
	m := sample("a")
	if err := processor.NewPipeline().Read(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(m.Reading)
	if err != nil || strings.Contains(string(data), "null") {
		t.Errorf("%v %s", err, data)
	}
}

func TestFailuresStayWithTheirMention(t *testing.T) {
	broken := errors.New("broken")
	picky := stepFunc{"picky/1", func(m *mention.Mention, r *mention.Reading) error {
		switch m.Text.Body {
		case "error":
			return broken
		case "panic":
			panic("on purpose")
		}
		r.Act.Value = "report"
		return nil
	}}
	ms := []*mention.Mention{sample("fine"), sample("error"), sample("panic"), sample("fine too")}
	errs := processor.NewPipeline(picky, setTone("neu")).ReadAll(t.Context(), ms)
	for i, want := range []string{"", "broken", "panic: on purpose", ""} {
		if want == "" {
			if errs[i] != nil || ms[i].Reading == nil || ms[i].Reading.Tone.Value != "neu" {
				t.Errorf("%d: %v %+v", i, errs[i], ms[i].Reading)
			}
			continue
		}
		if errs[i] == nil || !strings.Contains(errs[i].Error(), want) || ms[i].Reading != nil {
			t.Errorf("%d: got %v, want %q and no reading", i, errs[i], want)
		}
		if !strings.Contains(errs[i].Error(), "picky/1") || !strings.Contains(errs[i].Error(), string(ms[i].ID)) {
			t.Errorf("the error does not name step and mention: %v", errs[i])
		}
	}
	if !errors.Is(errs[1], broken) {
		t.Error("the cause is lost")
	}
}

func TestBatchSteps(t *testing.T) {
	var sizes []int
	s := batchStep{stepFunc: setTone("pos"), sizes: &sizes}
	ms := []*mention.Mention{sample("1"), sample("2"), sample("3")}
	for i, err := range processor.NewPipeline(s).ReadAll(t.Context(), ms) {
		if err != nil || ms[i].Reading.Tone.Value != "pos" {
			t.Errorf("%d: %v", i, err)
		}
	}
	if !slices.Equal(sizes, []int{3}) {
		t.Errorf("batches of %v, want one of 3", sizes)
	}
	s.poison = "2"
	for i, err := range processor.NewPipeline(s).ReadAll(t.Context(), ms) {
		if err != nil {
			t.Errorf("%d: a panic in the batch must fall back to one by one, where this step is well: %v", i, err)
		}
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := processor.NewPipeline(setTone("neu")).Read(ctx, sample("a")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestOnlyNamesAreChecked(t *testing.T) {
	p := processor.NewPipeline(setTone("neu"), vandal)
	if _, err := p.Only("tone", "stance"); err == nil || !strings.Contains(err.Error(), `"stance"`) {
		t.Errorf("got %v", err)
	}
	q, err := p.Only("tone/1")
	if err != nil || !slices.Equal(q.Names(), []string{"tone/1"}) {
		t.Errorf("%v %v", err, q)
	}
}
