package train

import (
	"context"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/judge"
)

// pretend stands in for the encoder: vectors that tell a few words apart, so
// that heads have something to learn in no time.
type pretend struct{}

func (pretend) Vectors(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		v := make([]float32, 16)
		for _, word := range strings.Fields(text) {
			h := fnv.New32a()
			h.Write([]byte(word))
			v[h.Sum32()%16]++
		}
		out[i] = v
	}
	return out, nil
}

func (pretend) Heads([]float32) map[string][]float32 {
	heads := map[string][]float32{}
	for _, task := range Tasks() {
		heads[task] = make([]float32, len(Classes(task)))
	}
	return heads
}

// sample writes every nth labelled text of the test data to a file.
func sample(t *testing.T, n int) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, name := range []string{"comments.jsonl", "press_written.jsonl"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		var kept []string
		for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
			if i%n == 0 {
				kept = append(kept, line)
			}
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Join(kept, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	return files
}

// TestRunMakesModelsThatOpen trains all there is to train on a few texts, twice,
// and opens the folder.
func TestRunMakesModelsThatOpen(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole training takes some seconds: not tested under -short")
	}
	files := sample(t, 12)
	var folders [2]string
	var outcomes []Outcome
	for i := range folders {
		folders[i] = t.TempDir()
		err := Run(t.Context(), Options{
			Files: files, Out: folders[i], Folds: 2, Encoder: pretend{}, Model: "pretended",
			Outcomes: func(o []Outcome) { outcomes = o },
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{judge.QuickFile, judge.StanceFile, judge.HeadsFile, judge.DecisionsFile} {
		a, b := fileOf(t, folders[0], name), fileOf(t, folders[1], name)
		if a == "" || a != b {
			t.Errorf("%s: two trainings gave %d and %d bytes, equal %v", name, len(a), len(b), a == b)
		}
	}
	m, err := judge.Open(os.DirFS(folders[0]))
	if err != nil {
		t.Fatal(err)
	}
	if m.Encoder != "pretended" || len(m.Decisions.Quick) != 15 || len(m.Decisions.Careful) != 15 {
		t.Errorf("encoder %q, %d and %d decisions", m.Encoder, len(m.Decisions.Quick), len(m.Decisions.Careful))
	}
	checkOutcomes(t, outcomes)
}

func fileOf(t *testing.T, folder, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// checkOutcomes: both readings of all tasks, no careful outcome on texts that
// the encoder knows, except without diacritics.
func checkOutcomes(t *testing.T, outcomes []Outcome) {
	t.Helper()
	seen := map[string]int{}
	for _, o := range outcomes {
		reading := "quick "
		if o.Careful {
			reading = "careful "
		}
		seen[reading+o.Task]++
		if o.Careful && o.Domain != judge.Bare && o.Source == "comments" {
			t.Fatalf("a careful outcome on what the encoder was trained on: %+v", o)
		}
		if o.Score < 0 || o.Score > 1 {
			t.Fatalf("%+v", o)
		}
	}
	if len(seen) != 10 {
		t.Errorf("outcomes of %v", seen)
	}
}

func TestRunWithoutEncoderMakesQuickModels(t *testing.T) {
	if testing.Short() {
		t.Skip("a training takes some seconds: not tested under -short")
	}
	out := t.TempDir()
	if err := Run(t.Context(), Options{Files: sample(t, 25), Out: out, Folds: 2}); err != nil {
		t.Fatal(err)
	}
	m, err := judge.Open(os.DirFS(out))
	if err != nil || m.Heads != nil {
		t.Errorf("heads %v, error %v", m.Heads, err)
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := Run(ctx, Options{Files: sample(t, 50), Out: t.TempDir(), Folds: 2}); err == nil {
		t.Error("no error")
	}
	if err := Run(t.Context(), Options{Files: []string{"missing.jsonl"}, Out: t.TempDir()}); err == nil {
		t.Error("a missing file was no error")
	}
}

func TestAimsAndTheirSpans(t *testing.T) {
	text := mention.Text{Title: "Bảng giá đất mới", Body: "Dân khen VNeID. Dân chê bảng giá đất."}
	e := Example{ID: "a", Text: text, Gold: Gold{Targets: []Target{
		{Policy: "vneid", Stance: "favour", Evidence: "Dân khen VNeID."},
		{Policy: "land", Stance: "against"}, {Policy: "torn", Stance: "favour"}, {Policy: "torn", Stance: "against"},
	}}}
	at := strings.Index(text.Body, "bảng giá đất")
	tag := func(mention.Origin, mention.Text) []mention.PolicyHit {
		return []mention.PolicyHit{{ID: "land", Hits: []mention.Hit{{Span: mention.Span{Field: "body", Start: at, End: at + 17}}}}}
	}
	aims := Aims([]Example{e}, tag)
	if len(aims) != 2 {
		t.Fatalf("%d aims: a policy with two stances must be left out", len(aims))
	}
	if s := aims[0].Spans; len(s) != 1 || text.Body[s[0].Start:s[0].End] != "Dân khen VNeID." {
		t.Errorf("an unfound policy stands at %v, want its evidence", s)
	}
	if s := aims[1].Spans; len(s) != 1 || s[0].Start != at {
		t.Errorf("a found policy stands at %v", s)
	}
	words := Aims([]Example{{Text: text, Gold: Gold{Targets: []Target{{Words: "VNeID", Stance: "favour"}}}}}, nil)
	if s := words[0].Spans; len(s) != 1 || text.Body[s[0].Start:s[0].End] != "VNeID" {
		t.Errorf("words stand at %v", s)
	}
}

func TestNewspaperSortsSections(t *testing.T) {
	var lines []string
	for i := range 60 {
		section, text := "The thao", "Đội nhà thắng trận bóng đá tối qua"
		if i%2 == 0 {
			section, text = "Kinh doanh", "Giá vàng và chứng khoán tăng mạnh"
		}
		lines = append(lines, `{"id":"x","label":"`+section+`","text":"`+text+`\nNội dung."}`)
	}
	articles, err := ReadArticles(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Newspaper(t.Context(), articles)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Tasks[0].Classes; len(got) != 2 || got[0] != "Kinh doanh" {
		t.Errorf("sections %v", got)
	}
	if _, err := ReadArticles(strings.NewReader("{")); err == nil {
		t.Error("a bad line was no error")
	}
}
