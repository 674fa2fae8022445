package classify_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/steptest"
)

// small is a task that words alone decide.
func small(t testing.TB) (texts []classify.Labelled, plan classify.Plan) {
	t.Helper()
	bag := new(classify.Bag)
	var tokens []classify.Token
	for i := range 200 {
		text, class := fmt.Sprintf("dân khen cán bộ nhiệt tình lần %d", i), 0
		if i%2 == 1 {
			text, class = fmt.Sprintf("dân chê thủ tục chậm trễ lần %d", i), 1
		}
		bag.Reset()
		tokens = classify.Grams(bag, tokens, text)
		texts = append(texts, classify.Labelled{Features: bag.Features(), Classes: []int{class, -1}, Weight: 1})
	}
	texts[0].Classes[1], texts[1].Classes[1] = 1, 0
	return texts, classify.Plan{
		Name: "small", Version: "1", Bits: 10, MinTexts: 2, Epochs: 4, Steps: []classify.Step{{Rate: 0.3}, {Rate: 0.3}},
		Tasks: []classify.Task{{Name: "side", Classes: []string{"for", "against"}}, {Name: "other", Classes: []string{"a", "b"}}},
	}
}

func train(t testing.TB) *classify.Model {
	t.Helper()
	texts, plan := small(t)
	m, err := classify.Train(context.Background(), texts, plan)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// side scores a text and returns the logits of the first task.
func side(m *classify.Model, text string) (forIt, against float32) {
	var bag classify.Bag
	var s classify.Scores
	bag.Reset()
	classify.Grams(&bag, nil, text)
	m.Score(&bag, &s)
	return s.Logits[0], s.Logits[1]
}

func TestTrainLearns(t *testing.T) {
	m := train(t)
	if a, b := side(m, "cán bộ nhiệt tình"); a <= b {
		t.Errorf("praise: %v, %v", a, b)
	}
	if a, b := side(m, "thủ tục chậm trễ quá"); a >= b {
		t.Errorf("blame: %v, %v", a, b)
	}
}

func TestSameTextsSameBytes(t *testing.T) {
	a, err := train(t).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	b, err := train(t).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two trainings gave different bytes")
	}
}

func TestModelSurvivesItsFile(t *testing.T) {
	m := train(t)
	raw, err := m.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again, err := classify.Unmarshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	a, b := side(m, "cán bộ chậm trễ")
	c, d := side(again, "cán bộ chậm trễ")
	if a != c || b != d {
		t.Errorf("scores %v %v, read back %v %v", a, b, c, d)
	}
	for _, bad := range [][]byte{nil, []byte("x"), raw[:len(raw)-1], append(bytes.Clone(raw), 0), bytes.Replace(raw, []byte(`"bits":10`), []byte(`"bits":99`), 1)} {
		if _, err := classify.Unmarshal(bad); err == nil {
			t.Errorf("a spoilt file of %d bytes was accepted", len(bad))
		}
	}
}

// TestPartsPointAtTheReason: of two sentences the one that decided has more.
func TestPartsPointAtTheReason(t *testing.T) {
	m := train(t)
	var bag classify.Bag
	var s classify.Scores
	bag.Reset()
	for i, sentence := range []string{"hôm nay trời đẹp", "thủ tục chậm trễ"} {
		bag.At(i)
		tokens := classify.Cut(nil, sentence)
		for j := range tokens {
			bag.Add(tokens[j].Key)
		}
	}
	m.Score(&bag, &s)
	parts := m.Parts(&bag, &s, 2, classify.Pair{For: 1}, classify.Pair{Against: 1})
	if both := parts[0]; both[1] <= both[0] {
		t.Errorf("parts %v", parts)
	}
	for i, v := range parts[0] {
		if parts[1][i] != -v {
			t.Errorf("parts %v: the second pair is the first one turned", parts)
		}
	}
}

func TestBagGrowsAndForgets(t *testing.T) {
	var bag classify.Bag
	for round := range 3 {
		bag.Reset()
		for i := range uint64(10_000) {
			bag.Add(classify.Mix(7, i%5000))
		}
		features := bag.Features()
		if len(features) != 5000 || features[17].Count != 2 {
			t.Fatalf("round %d: %d features, count %v", round, len(features), features[17].Count)
		}
	}
}

func TestDenseLearnsAndStops(t *testing.T) {
	var rows []classify.Row
	for i := range 300 {
		x := float32(i%10) / 10
		rows = append(rows, classify.Row{X: []float32{x, 1 - x, 5}, Class: i % 10 / 5, Weight: 1})
	}
	plan := classify.DensePlan{Task: classify.Task{Name: "half", Classes: []string{"low", "high"}}, Epochs: 20, Rate: 0.05, Decay: 1e-3}
	d, err := classify.TrainDense(context.Background(), rows, plan)
	if err != nil {
		t.Fatal(err)
	}
	low, high := d.Logits(nil, []float32{0.1, 0.9, 5}), d.Logits(nil, []float32{0.9, 0.1, 5})
	if low[0] <= low[1] || high[0] >= high[1] {
		t.Errorf("low %v, high %v", low, high)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := classify.TrainDense(ctx, rows, plan); err == nil {
		t.Error("a training went on after its context ended")
	}
	if _, err := classify.TrainDense(context.Background(), nil, plan); err == nil {
		t.Error("a training without texts succeeded")
	}
}

// BenchmarkShortTexts is the engine's rate on headlines, cutting included.
func BenchmarkShortTexts(b *testing.B) {
	m := train(b)
	texts := strings.Split("Bộ Y tế đề xuất tăng mức hỗ trợ bảo hiểm cho người cao tuổi|Dân chờ ba tháng chưa có sổ đỏ vì thiếu bản đồ địa chính|"+
		"Xã biên giới khánh thành trường nội trú trước năm học mới|Hà Nội dự kiến thu phí xe vào nội đô từ năm sau", "|")
	var bag classify.Bag
	var s classify.Scores
	var tokens []classify.Token
	n, cpu := 0, steptest.CPUTime()
	for b.Loop() {
		bag.Reset()
		tokens = classify.Grams(&bag, tokens, texts[n%len(texts)])
		m.Score(&bag, &s)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "texts/s")
	if used := steptest.CPUTime() - cpu; used > 0 {
		b.ReportMetric(float64(n)/used.Seconds(), "texts/cpu-s")
	}
}
