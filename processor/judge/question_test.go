package judge_test

import (
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/judge"
)

func TestNormalForm(t *testing.T) {
	for text, want := range map[string]string{
		"Cho em hỏi thủ tục đổi căn cước cần giấy tờ gì ạ?":     "thủ tục đổi căn cước cần giấy tờ gì",
		"Dạ thưa, XIN HỎI đk tạm trú ở đâu":                     "đăng ký tạm trú ở đâu",
		"cho e hoi bao gio co so do":                            "bao gio co so do",
		"ad ơi ko có vneid thì nộp hs dc k ạ. Em xin cảm ơn ad": "",
		"": "",
	} {
		got := judge.Normal(text)
		if want != "" && got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
		if again := judge.Normal(got); again != got {
			t.Errorf("the normal form of %q is %q", got, again)
		}
	}
}

func TestQuestionStep(t *testing.T) {
	step := judge.Question(engine(t))
	for _, c := range []struct {
		kind mention.Kind
		act  string
		want bool
	}{
		{mention.Social, "question", true}, {mention.Social, "complaint", true}, {mention.Social, "official", true},
		{mention.Social, "thanks", false}, {mention.Press, "question", false}, {mention.Portal, "official", true},
	} {
		m := citizen("Nhà tôi ở thôn 5. Bao giờ thì có nước sạch về bản? Mong được trả lời.")
		m.Origin.Kind = c.kind
		r := &mention.Reading{Act: mention.Label{Value: c.act}}
		if err := step.Read(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		if (r.Question != nil) != c.want {
			t.Errorf("%s, %s: question %+v", c.kind, c.act, r.Question)
		}
		if r.Question != nil {
			checkSpan(t, m, r.Question.Span)
		}
	}
}

func TestAnswersFindTheirQuestion(t *testing.T) {
	e := engine(t)
	q := func(text string) *mention.Question { return &mention.Question{Normal: judge.Normal(text)} }
	candidates := []judge.Candidate{
		{ID: "tax", Question: q("Hộ bán tạp hoá doanh thu 50 triệu một tháng có phải mua máy tính tiền không?")},
		{ID: "water", Question: q("Bao giờ công trình nước sạch bản Huổi Pết xong, dân góp tiền hai năm rồi?")},
		{ID: "card", Question: q("Thẻ BHYT đăng ký ở trạm y tế xã đi khám tỉnh được hưởng bao nhiêu phần trăm?")},
	}
	answer := q("Chào chị, tuyến ống nước sạch về bản Huổi Pết hoàn thành trước ngày 30 tháng 6, trong lúc chờ xã chở nước hai lần mỗi tuần.")
	ranked := e.Answers(answer, candidates)
	if ranked[0].ID != "water" || ranked[0].Score <= ranked[1].Score {
		t.Errorf("ranked %+v", ranked)
	}
	candidates[0].Parent = true
	if ranked := e.Answers(answer, candidates); ranked[0].ID != "tax" {
		t.Errorf("an answer written under a question: %+v", ranked)
	}
}

func TestSimilarUsesVectors(t *testing.T) {
	e := engine(t)
	a := &mention.Question{Normal: "bao giờ có sổ đỏ"}
	b := &mention.Question{Normal: "khi nào được cấp giấy chứng nhận"}
	without := e.Similar(a, b)
	same := make([]float32, 384)
	for i := range same {
		same[i] = float32(i%7) - 3
	}
	a.Vector, b.Vector = same, same
	if with := e.Similar(a, b); with <= without {
		t.Errorf("like vectors: %.3f, without %.3f", with, without)
	}
	if self := e.Similar(a, a); self < 0.99 {
		t.Errorf("a question is like itself: %.3f", self)
	}
}
