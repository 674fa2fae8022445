package eval

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/train"
)

func models(t *testing.T) *judge.Models {
	t.Helper()
	m, err := judge.Open(judge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func write(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gold.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRunMeasuresTheShippedModels(t *testing.T) {
	const file = "../train/testdata/press_written.jsonl"
	for _, bare := range []bool{false, true} {
		r, err := Run(t.Context(), Options{Files: []string{file}, Models: models(t), Bare: bare})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Quick) != 4 || r.Careful != nil {
			t.Fatalf("%d tables", len(r.Quick))
		}
		for _, table := range r.Quick {
			if table.N != 800 || table.Macro < 0.3 || table.Macro > 1 {
				t.Errorf("bare %v: %s %s: n %d, macro %.3f", bare, table.Task, table.Group, table.N, table.Macro)
			}
		}
	}
}

// TestRunMeasuresStances: only policies that were found count.
func TestRunMeasuresStances(t *testing.T) {
	file := write(t, `{"id":"a","kind":"social","channel":"comment","body":"VNeID dùng rất tiện, cảm ơn.","gold":{"rel":1,"tone":"pos","act":"thanks","topic":"tech","targets":[{"policy":"vneid","stance":"favour"},{"policy":"other","stance":"none"}]}}`)
	r, err := Run(t.Context(), Options{Files: []string{file}, Models: models(t), Recognise: []processor.Step{tagger{}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range r.Quick {
		if table.N != 1 {
			t.Errorf("%s: n %d", table.Task, table.N)
		}
	}
	if len(r.Quick) != 5 {
		t.Errorf("%d tables, want 5", len(r.Quick))
	}
}

// tagger finds VNeID and a decree at the beginning of every text.
type tagger struct{}

func (tagger) Name() string { return "tagger/1" }

func (tagger) Read(_ context.Context, _ *mention.Mention, r *mention.Reading) error {
	r.Policies = []mention.PolicyHit{{ID: "vneid", Hits: []mention.Hit{{Span: mention.Span{Field: "body", End: 5}}}}}
	r.Documents = []mention.Document{{Key: "168/2024/NĐ-CP"}}
	return nil
}

// TestRunCountsWhatIsFound: policies by recall in press only, documents both
// ways wherever they are labelled.
func TestRunCountsWhatIsFound(t *testing.T) {
	file := write(t,
		`{"id":"a","kind":"press","title":"VNeID chạy tốt","body":"Người dân hài lòng.","gold":{"rel":1,"tone":"pos","act":"report","topic":"tech","targets":[{"policy":"vneid","stance":"favour"},{"policy":"other","stance":"none"}],"docs":["168/2024/NĐ-CP","15/2023/QH15"]}}`,
		`{"id":"b","kind":"social","channel":"comment","body":"VNeID dùng tiện.","gold":{"rel":1,"tone":"pos","act":"opinion","topic":"tech","targets":[{"policy":"vneid","stance":"favour"}],"docs":[]}}`)
	r, err := Run(t.Context(), Options{Files: []string{file}, Models: models(t), Recognise: []processor.Step{tagger{}}})
	if err != nil {
		t.Fatal(err)
	}
	want := []Found{
		{What: "documents", Texts: 2, Right: 1, Wrong: 1, Missed: 1, Precision: 0.5, Recall: 0.5},
		{What: "policies", Texts: 1, Right: 1, Missed: 1, Precision: 1, Recall: 0.5},
	}
	if !slices.Equal(r.Found, want) {
		t.Errorf("found %+v\nwant  %+v", r.Found, want)
	}
	var b strings.Builder
	if err := r.Write(&b); err != nil || !strings.Contains(b.String(), "| policies | 1 | 1 | 0 | 1 | – | 0.500 |") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestRunNamesWhatItCannotRead(t *testing.T) {
	if _, err := Run(t.Context(), Options{Files: []string{"missing"}, Models: models(t)}); err == nil {
		t.Error("no error")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := CrossValidate(ctx, train.Options{Files: []string{"../train/testdata/comments.jsonl"}}); err == nil {
		t.Error("a cross-validation went on after its context ended")
	}
}

func TestAnswersAreLinked(t *testing.T) {
	file := write(t,
		`{"id":"q1","kind":"social","channel":"message","at":10,"body":"Bao giờ nước sạch về bản Huổi Pết, dân chờ lâu rồi?","gold":{"rel":1,"tone":"neu","act":"question","topic":"energy"}}`,
		`{"id":"q2","kind":"social","channel":"message","at":20,"body":"Bán tạp hoá nhỏ có phải mua máy tính tiền xuất hoá đơn không?","gold":{"rel":1,"tone":"neu","act":"question","topic":"finance"}}`,
		`{"id":"q3","kind":"social","channel":"message","at":90,"body":"Nước sạch về bản Huổi Pết chưa, bao giờ xong?","gold":{"rel":1,"tone":"neu","act":"question","topic":"energy"}}`,
		`{"id":"a1","kind":"social","channel":"message","at":50,"parent":"q1","answers":"q1","body":"Chào bác, nước sạch sẽ về bản Huổi Pết trước 30/6.","gold":{"rel":1,"tone":"neu","act":"official","topic":"energy"}}`)
	for _, threads := range []bool{false, true} {
		l, err := Answers(t.Context(), []string{file}, models(t), nil, threads)
		if err != nil {
			t.Fatal(err)
		}
		if l.Answers != 1 || l.Questions != 2 || l.At1 != 1 || l.At3 != 1 {
			t.Errorf("threads %v: %+v; a question asked later is no candidate", threads, l)
		}
	}
}

func TestNewspaperCounts(t *testing.T) {
	var articles []train.Article
	for i := range 40 {
		a := train.Article{Label: "The thao", Text: "Đội nhà thắng trận bóng đá\nKết thúc trận."}
		if i%2 == 0 {
			a = train.Article{Label: "Kinh doanh", Text: "Giá vàng tăng mạnh\nThị trường chứng khoán."}
		}
		articles = append(articles, a)
	}
	m, err := train.Newspaper(t.Context(), articles)
	if err != nil {
		t.Fatal(err)
	}
	table, rate := Newspaper(m, articles)
	if table.Accuracy != 1 || table.N != 40 || rate <= 0 {
		t.Errorf("accuracy %v of %d at %v/s", table.Accuracy, table.N, rate)
	}
	if table, _ := Newspaper(m, nil); table.N != 0 {
		t.Errorf("no articles: %+v", table)
	}
}
