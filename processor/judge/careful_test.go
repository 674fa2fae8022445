package judge_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/encoder"
	"github.com/diembao/diembao/processor/judge"
)

func pipelines(t testing.TB, reader judge.Reader) (quick, careful *processor.Pipeline) {
	t.Helper()
	e := engine(t)
	return processor.NewPipeline(judge.Quick(e)...), processor.NewPipeline(judge.Careful(e, reader)...).Careful()
}

// TestCarefulReading reads with the shipped encoder what nobody would doubt.
func TestCarefulReading(t *testing.T) {
	reader, err := encoder.Open(encoder.Reader(), encoder.Options{Helpers: 2})
	if err != nil {
		t.Fatal(err)
	}
	models, err := judge.Open(judge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if models.Encoder != reader.Config().SHA256 {
		t.Fatalf("the heads stand on encoder %.12s, not on %.12s", models.Encoder, reader.Config().SHA256)
	}
	quick, careful := pipelines(t, reader)
	ms := []*mention.Mention{
		citizen("Nộp hồ sơ đất ba tháng rồi không ai giải quyết, hẹn đi hẹn lại, quá bức xúc với cách làm việc quan liêu này."),
		citizen("Cho em hỏi thủ tục cấp đổi căn cước công dân cần mang theo giấy tờ gì ạ?"),
	}
	for _, p := range []*processor.Pipeline{quick, careful} {
		for i, err := range p.ReadAll(t.Context(), ms) {
			if err != nil {
				t.Fatalf("mention %d: %v", i, err)
			}
		}
	}
	if r := ms[0].Reading; r.Tone.Value != "neg" || r.Act.Value != "complaint" || r.Tone.By != "careful/2" || len(r.Tone.Evidence) == 0 || !r.Careful() {
		t.Errorf("a complaint: %+v, act %s", r.Tone, r.Act.Value)
	}
	if r := ms[1].Reading; r.Act.Value != "question" || r.Question == nil || len(r.Question.Vector) != reader.Config().Hidden {
		t.Errorf("a question: act %s, %+v", r.Act.Value, r.Question != nil)
	}
}

// fake is a reader without an encoder: it remembers what it was shown.
type fake struct {
	shown []string
	err   error
	size  int // of a vector: the encoder's pooled output and three inner layers
}

func (f *fake) Vectors(_ context.Context, texts []string) ([][]float32, error) {
	f.shown = append(f.shown, texts...)
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = make([]float32, f.size)
	}
	return out, f.err
}

func (f *fake) Heads([]float32) map[string][]float32 {
	return map[string][]float32{
		"rel": make([]float32, 2), "tone": make([]float32, 3), "act": make([]float32, 8),
		"topic": make([]float32, 19), "stance": make([]float32, 3),
	}
}

// TestOnePassageAPolicy: all mentions' passages go to the encoder at once, the
// whole text and one a policy.
func TestOnePassageAPolicy(t *testing.T) {
	f := &fake{size: 4 * 384}
	m := citizen("VNeID rất tiện. Nhưng chính quyền 2 cấp quá tải, chờ cả buổi.")
	r := &mention.Reading{Policies: []mention.PolicyHit{
		hit(m, "vneid", "VNeID"), hit(m, "two-tiers", "chính quyền 2 cấp"),
	}}
	step := judge.Careful(engine(t), f)[0]
	if err := step.Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	if len(f.shown) != 3 {
		t.Fatalf("%d passages: %q", len(f.shown), f.shown)
	}
	if strings.Contains(f.shown[1], "quá tải") || strings.Contains(f.shown[2], "tiện") {
		t.Errorf("the targets' passages overlap: %q", f.shown[1:])
	}
	if len(r.Stances) != 2 || r.Stances[0].Policy != "vneid" || r.Stances[1].Sentence == nil {
		t.Errorf("stances %+v", r.Stances)
	}
}

func TestCarefulReadingTellsWhatIsWrong(t *testing.T) {
	m := citizen("Cảm ơn cán bộ.")
	for _, c := range []struct {
		reader *fake
		want   string
	}{
		{&fake{size: 4 * 384, err: errors.New("out of order")}, "out of order"},
		{&fake{size: 12}, "this encoder"},
	} {
		err := judge.Careful(engine(t), c.reader)[0].Read(t.Context(), m, &mention.Reading{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one about %q", err, c.want)
		}
	}
}
