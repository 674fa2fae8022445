package judge_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/steptest"
)

func engine(t testing.TB) *judge.Engine {
	t.Helper()
	m, err := judge.Open(judge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return judge.NewEngine(m)
}

func read(t testing.TB, steps []processor.Step, m *mention.Mention, policies ...mention.PolicyHit) *mention.Reading {
	t.Helper()
	r := &mention.Reading{Policies: policies}
	for _, s := range steps {
		if err := s.Read(context.Background(), m, r); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func citizen(body string) *mention.Mention {
	return &mention.Mention{
		Origin: mention.Origin{Kind: mention.Social, Channel: mention.Comment},
		Text:   mention.Text{Body: body},
	}
}

// hit is a policy named by the given words of a body.
func hit(m *mention.Mention, id, words string) mention.PolicyHit {
	at := strings.Index(m.Text.Body, words)
	return mention.PolicyHit{ID: id, Hits: []mention.Hit{{
		Span: mention.Span{Field: "body", Start: at, End: at + len(words)}, Written: words,
	}}}
}

// TestPlainCases holds what nobody would doubt; fine judgement is measured by
// `diembao eval`, not here.
func TestPlainCases(t *testing.T) {
	steps := judge.Quick(engine(t))
	for _, c := range []struct{ text, tone, act string }{
		{"Cho em hỏi thủ tục cấp đổi căn cước công dân cần mang theo giấy tờ gì ạ?", "neu", "question"},
		{"Nộp hồ sơ đất ba tháng rồi không ai giải quyết, hẹn đi hẹn lại, quá bức xúc với cách làm việc quan liêu này.", "neg", "complaint"},
		{"Cảm ơn các anh chị ở bộ phận một cửa đã hướng dẫn tận tình, thủ tục nhanh gọn, bà con rất hài lòng.", "pos", "thanks"},
		{"Em cam on cac anh chi can bo phuong da huong dan rat nhiet tinh, lam nhanh gon, ba con rat hai long", "pos", "thanks"},
		{"cho e hỏi đk tạm trú online thì nộp ở đâu v ạ, mn chỉ e vs", "neu", "question"},
	} {
		r := read(t, steps, citizen(c.text))
		if r.Tone.Value != c.tone || r.Act.Value != c.act {
			t.Errorf("%s\ntone %s (%.2f), want %s; act %s (%.2f), want %s",
				c.text, r.Tone.Value, r.Tone.Score, c.tone, r.Act.Value, r.Act.Score, c.act)
		}
	}
}

func TestStanceIsJudgedPolicyByPolicy(t *testing.T) {
	m := citizen("VNeID dùng rất tiện, nộp hồ sơ ở nhà, cảm ơn ngành công an. " +
		"Nhưng chính quyền 2 cấp thì quá tải, chờ cả buổi sáng không ai tiếp, quá bức xúc.")
	r := read(t, judge.Quick(engine(t)), m,
		hit(m, "vneid", "VNeID"), hit(m, "chinh-quyen-2-cap", "chính quyền 2 cấp"))
	if len(r.Stances) != 2 {
		t.Fatalf("%d stances, want 2", len(r.Stances))
	}
	for i, want := range []string{"favour", "against"} {
		s := r.Stances[i]
		if s.Value != want {
			t.Errorf("%s: %s (%.2f), want %s", s.Policy, s.Value, s.Score, want)
		}
		if s.Sentence == nil || s.Sentence.End <= s.Sentence.Start {
			t.Errorf("%s: no sentence", s.Policy)
		}
	}
}

// FuzzQuickSteps holds what every reading promises: labels with a probability,
// evidence on rune boundaries within the text, the text untouched, and the same
// reading twice.
func FuzzQuickSteps(f *testing.F) {
	f.Add("Tiêu đề", "Dân hỏi: bao giờ có sổ đỏ? Không ai trả lời…", true)
	f.Add("", "🙂🙂 :)) \x00 ﷽ 　", true)
	f.Add("TIN BÃO", strings.Repeat("nước dâng ", 900), false)
	steps, others := judge.Quick(engine(f)), judge.Quick(engine(f))
	f.Fuzz(func(t *testing.T, title, body string, social bool) {
		m := &mention.Mention{Text: mention.Text{Title: title, Body: body}}
		if m.Origin.Kind = mention.Press; social {
			m.Origin.Kind = mention.Social
		}
		p := mention.PolicyHit{ID: "x", Hits: []mention.Hit{{Span: mention.Span{Field: "body", End: len(body)}}}}
		r := read(t, steps, m, p)
		again := read(t, others, m, p)
		for i, l := range []mention.Label{r.Relevant, r.Tone, r.Act, r.Topic, r.Stances[0].Label} {
			other := []mention.Label{again.Relevant, again.Tone, again.Act, again.Topic, again.Stances[0].Label}[i]
			if l.Value == "" || l.Score < 0 || l.Score > 1 || l.By == "" {
				t.Errorf("label %+v", l)
			}
			if l.Value != other.Value || l.Score != other.Score {
				t.Errorf("%+v, then %+v", l, other)
			}
			for _, at := range l.Evidence {
				checkSpan(t, m, at)
			}
		}
	})
}

func checkSpan(t *testing.T, m *mention.Mention, at mention.Span) {
	t.Helper()
	text := map[string]string{"title": m.Text.Title, "lead": m.Text.Lead, "body": m.Text.Body}[at.Field]
	if at.Start < 0 || at.End > len(text) || at.Start > at.End {
		t.Fatalf("evidence %+v outside a text of %d bytes", at, len(text))
	}
	for _, edge := range []int{at.Start, at.End} {
		if edge < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[edge]) {
			t.Errorf("evidence %+v cuts a character", at)
		}
	}
}

func BenchmarkQuickSteps(b *testing.B) {
	steps := judge.Quick(engine(b))
	body := strings.Repeat("Ủy ban nhân dân tỉnh cho biết dự thảo bảng giá đất mới sẽ lấy ý kiến người dân trong 30 ngày, song nhiều hộ vẫn lo thuế tăng. ", 18)
	m := &mention.Mention{Origin: mention.Origin{Kind: mention.Press}}
	n, cpu := 0, steptest.CPUTime()
	for b.Loop() {
		n++
		m.Text.Body = body[:len(body)-n%64] // another text each time, so that nothing is remembered
		read(b, steps, m)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mentions/s")
	if used := steptest.CPUTime() - cpu; used > 0 {
		b.ReportMetric(float64(n)/used.Seconds(), "mentions/cpu-s")
	}
}
