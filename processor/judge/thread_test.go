package judge_test

import (
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/judge"
)

// TestTopicHearsTheThread: a comment that could be about anything has the topic
// of what it stands under, and the same words elsewhere another.
func TestTopicHearsTheThread(t *testing.T) {
	quick := processor.NewPipeline(judge.Quick(engine(t))...)
	for thread, want := range map[string]string{
		"Bệnh viện huyện thiếu thuốc bảo hiểm y tế, người bệnh phải ra ngoài mua":       "health",
		"Trường tiểu học xã thiếu giáo viên, học sinh lớp 3 chưa được học tiếng Anh":    "education",
		"Xe buýt điện tuyến 12 dời ngày chạy vì thiếu trạm dừng trên quốc lộ":           "transport",
		"Sản xuất lúa vụ đông xuân: nông dân chờ giống và phân bón hỗ trợ của tỉnh":     "agriculture",
		"Thu hồi đất làm khu tái định cư: dân chờ giá đền bù và sổ đỏ suốt hai năm qua": "land",
	} {
		m := citizen("Bao giờ mới có hả ad?")
		m.Origin.Thread = thread
		if err := quick.Read(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if got := m.Reading.Topic; got.Value != want {
			t.Errorf("under %q: topic %s (%.2f), want %s", thread, got.Value, got.Score, want)
		}
	}
}

// TestThreadChangesNothingElse: what a text says of its own does not hang on
// what it stands under.
func TestThreadChangesNothingElse(t *testing.T) {
	quick := processor.NewPipeline(judge.Quick(engine(t))...)
	alone := citizen("Làm ăn kiểu này bảo sao dân không bức xúc, hẹn ba lần rồi.")
	under := citizen(alone.Text.Body)
	under.Origin.Thread = "Bệnh viện huyện được khen vì phục vụ tốt"
	for _, m := range []*mention.Mention{alone, under} {
		if err := quick.Read(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	a, u := alone.Reading, under.Reading
	if a.Tone.Score != u.Tone.Score || a.Act.Score != u.Act.Score || a.Relevant.Score != u.Relevant.Score {
		t.Errorf("tone %v %v, act %v %v, relevance %v %v", a.Tone, u.Tone, a.Act, u.Act, a.Relevant, u.Relevant)
	}
}
