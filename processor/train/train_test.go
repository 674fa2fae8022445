package train

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/judge"
)

func TestReadTakesBothForms(t *testing.T) {
	const lines = `{"id":"a","channel":"zalo","text":"Xin hỏi thẻ BHYT?","rel":1,"tone":"neu","target":"thẻ BHYT","stance":"none","act":"question","topic":"health"}
{"id":"b","kind":"press","text":"Khánh thành cầu mới\nSáng nay, tỉnh khánh thành cầu.","rel":1,"tone":"pos","target":"","stance":"none","act":"report","topic":"transport"}

{"id":"c","kind":"portal","channel":"article","title":"T","lead":"L","body":"B","at":1440,"story":"S1","answers":"q","gold":{"rel":1,"tone":"neu","act":"official","topic":"admin","targets":[{"policy":"p","stance":"favour","evidence":"B"}]}}
{"id":"d","text":"Chỉ chữa sắc thái.","tone":"neg"}`
	all, err := Read(strings.NewReader(lines), "sample")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 4 {
		t.Fatalf("%d examples, want 4", len(all))
	}
	if a := all[0]; a.Origin.Kind != mention.Social || a.Text.Body == "" || a.Gold.Targets[0].Words != "thẻ BHYT" {
		t.Errorf("a citizen's text: %+v", a)
	}
	if b := all[1]; b.Text.Title != "Khánh thành cầu mới" || !strings.HasPrefix(b.Text.Body, "Sáng nay") {
		t.Errorf("a headline was not taken: %+v", b.Text)
	}
	if c := all[2]; c.Gold.Targets[0].Policy != "p" || c.Story != "S1" || c.Text.Published.Day() != 15 {
		t.Errorf("an item: %+v", c)
	}
	if d := all[3]; d.Gold.Relevant != "" || d.Gold.Tone != "neg" {
		t.Errorf("a correction of one label: %+v", d.Gold)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	for line, want := range map[string]string{
		`{"id":"a","text":"x","tone":"good"}`:  `tone is "good"`,
		`{"id":"a","text":"","tone":"pos"}`:    "no text",
		`{"id":"a","text":"x","stance":"for"}`: "stance",
		`{`:                                    "sample:2",
	} {
		_, err := Read(strings.NewReader("\n"+line), "sample")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "sample:2") {
			t.Errorf("%s: error %v, want %q at sample:2", line, err, want)
		}
	}
}

func TestFoldsKeepStoriesAndCopiesTogether(t *testing.T) {
	text := "Ủy ban nhân dân tỉnh vừa ban hành bảng giá đất mới áp dụng từ ngày một tháng giêng năm sau trên địa bàn toàn tỉnh"
	var all []Example
	for i := range 40 {
		all = append(all, Example{ID: string(rune('a' + i)), Text: mention.Text{Body: strings.Repeat(string(rune('a'+i)), 3)}})
	}
	all[3].Story, all[17].Story, all[31].Story = "S1", "S1", "S1"
	all[5].Text.Body, all[20].Text.Body = text, "Bản tin sáng: "+text
	folds := Folds(all, 4)
	if folds[3] != folds[17] || folds[3] != folds[31] {
		t.Error("a story was split")
	}
	if folds[5] != folds[20] {
		t.Error("a copy was split from its original")
	}
	used := map[int]int{}
	for _, f := range folds {
		used[f]++
	}
	if len(used) != 4 {
		t.Errorf("folds used: %v", used)
	}
}

// TestDecideCalibrates gives logits twice as sure as they are right.
func TestDecideCalibrates(t *testing.T) {
	var texts []Scored
	for i := range 2000 {
		class := i % 3
		logits := []float32{0, 0, 0}
		guess := class
		if i%10 < 3 { // wrong three times in ten
			guess = (class + 1) % 3
		}
		logits[guess] = 6
		texts = append(texts, Scored{Logits: logits, Class: class, Weight: 1})
	}
	d := Decide("tone", judge.Press, texts)
	p := d.Probabilities([]float32{6, 0, 0})
	if p[0] < 0.65 || p[0] > 0.75 {
		t.Errorf("probability %.3f, want about 0.70", p[0])
	}
	for c, threshold := range d.Sure {
		if threshold < 1 {
			t.Errorf("class %d is called sure from %.2f though right 70 times in 100", c, threshold)
		}
	}
}

func TestDecideFindsWhereItIsSure(t *testing.T) {
	var texts []Scored
	for i := range 1000 {
		class := i % 2
		strength := float32(i%100) / 10
		logits := []float32{0, 0, -9}
		logits[class] = strength
		if strength < 4 && i%3 == 0 { // the weak ones are often wrong
			logits[class], logits[1-class] = 0, strength
		}
		texts = append(texts, Scored{Logits: logits, Class: class, Weight: 1})
	}
	d := Decide("tone", judge.Press, texts)
	strong, _ := d.Label([]float32{8, 0, -9}, "x")
	weak, _ := d.Label([]float32{1, 0, -9}, "x")
	if !strong.Sure || weak.Sure {
		t.Errorf("strong %+v, weak %+v", strong, weak)
	}
}
