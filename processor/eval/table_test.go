package eval

import (
	"math"
	"strings"
	"testing"
)

// four judgements: three right, one neg taken for neu.
func four() []Judged {
	return []Judged{
		{"tone", "press", "neg", "neg", 0.9, true},
		{"tone", "press", "neg", "neu", 0.5, false},
		{"tone", "press", "neu", "neu", 0.7, false},
		{"tone", "press", "pos", "pos", 0.95, true},
	}
}

func TestTableCounts(t *testing.T) {
	tables := Tables(append(four(), Judged{"rel", "press", "1", "1", 0.8, false}))
	if len(tables) != 2 || tables[0].Task != "rel" {
		t.Fatalf("tables %+v", tables)
	}
	tone := tables[1]
	if tone.N != 4 || tone.Accuracy != 0.75 {
		t.Errorf("n %d, accuracy %v", tone.N, tone.Accuracy)
	}
	neg := tone.Classes[0]
	if neg.Class != "neg" || neg.Precision != 1 || neg.Recall != 0.5 || math.Abs(neg.F1-2.0/3) > 1e-9 || neg.Sure != 1 || neg.SureRight != 1 {
		t.Errorf("neg %+v", neg)
	}
	if want := (2.0/3 + 2.0/3 + 1) / 3; math.Abs(tone.Macro-want) > 1e-9 {
		t.Errorf("macro %v, want %v", tone.Macro, want)
	}
}

func TestCalibrationError(t *testing.T) {
	var list []Judged
	for i := range 100 {
		guess := "neu"
		if i < 20 {
			guess = "pos"
		}
		list = append(list, Judged{Task: "tone", Gold: "neu", Guess: guess, Score: 0.95})
	}
	if got := ece(list); math.Abs(got-0.15) > 1e-9 {
		t.Errorf("ece %v, want 0.15: sure to 0.95, right 0.80", got)
	}
}

func TestCurveAnswersTheSurestFirst(t *testing.T) {
	var list []Judged
	for i := range 10 {
		guess := "neg"
		if i >= 5 {
			guess = "pos"
		}
		list = append(list, Judged{Task: "tone", Gold: "neg", Guess: guess, Score: 1 - float64(i)/10})
	}
	c := curve(list)
	if len(c) != 10 || c[4].Right != 1 || c[9].Right != 0.5 {
		t.Errorf("curve %+v", c)
	}
}

func TestWriteNamesEveryTable(t *testing.T) {
	var b strings.Builder
	if err := (Report{Quick: Tables(four())}).Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Quick reading", "| tone | press | 4 |", "| tone | press | pos | 1 |"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}
