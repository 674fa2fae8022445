package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/train"
	"pgregory.net/rapid"
)

// judgements draws some of one task and group.
func judgements(t *rapid.T) []Judged {
	class := rapid.SampledFrom([]string{"neg", "neu", "pos"})
	list := make([]Judged, rapid.IntRange(1, 40).Draw(t, "n"))
	for i := range list {
		list[i] = Judged{"tone", "press", class.Draw(t, "gold"), class.Draw(t, "guess"), rapid.Float64Range(0, 1).Draw(t, "score"), rapid.Bool().Draw(t, "sure")}
	}
	return list
}

// TestTableAddsUp: figures are shares, classes add up to the whole, and the
// order of the judgements does not matter.
func TestTableAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := judgements(t)
		table := Tables(list)[0]
		n, right, sure := 0, 0.0, 0
		for _, c := range table.Classes {
			n += c.N
			right += c.Recall * float64(c.N)
			sure += c.Sure
			for _, v := range []float64{c.Precision, c.Recall, c.F1, c.SureRight} {
				if v < 0 || v > 1 {
					t.Fatalf("%+v", c)
				}
			}
			if c.F1 > 0 && math.Abs(c.F1-2*c.Precision*c.Recall/(c.Precision+c.Recall)) > 1e-9 {
				t.Fatalf("F1 is not the harmonic mean: %+v", c)
			}
		}
		said := 0
		for _, j := range list {
			if j.Sure {
				said++
			}
		}
		if n != len(list) || sure != said || math.Abs(right-table.Accuracy*float64(n)) > 1e-6 || table.Macro > 1 || table.ECE > 1 || table.ECE < 0 {
			t.Fatalf("%d judgements, %d sure: %+v", len(list), said, table)
		}
		turned := make([]Judged, len(list))
		for i, j := range list {
			turned[len(list)-1-i] = j
		}
		other := Tables(turned)[0]
		if other.Accuracy != table.Accuracy || math.Abs(other.ECE-table.ECE) > 1e-9 || math.Abs(other.Macro-table.Macro) > 1e-9 {
			t.Fatalf("turned round: %+v, was %+v", other, table)
		}
	})
}

// TestCurveEndsWithEverything: shares answered rise to all, where as many are
// right as in the table.
func TestCurveEndsWithEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := Tables(judgements(t))[0]
		last := 0.0
		for _, p := range table.Curve {
			if p.Answered < last || p.Right < 0 || p.Right > 1 {
				t.Fatalf("%+v", table.Curve)
			}
			last = p.Answered
		}
		if last != 1 || table.Curve[len(table.Curve)-1].Right != table.Accuracy {
			t.Fatalf("%+v, accuracy %v", table.Curve, table.Accuracy)
		}
		if err := Write(&strings.Builder{}, []Table{table}); err != nil { // however few there are
			t.Fatal(err)
		}
	})
}

func TestTablesStandInTheirOrder(t *testing.T) {
	var all []Judged
	for _, task := range []string{"topic", "act", "stance", "tone", "rel"} {
		for _, group := range []string{"press", "citizen"} {
			all = append(all, Judged{Task: task, Group: group, Gold: "a", Guess: "a", Score: 1})
		}
	}
	var got []string
	for _, table := range Tables(all) {
		got = append(got, table.Task+" "+table.Group)
	}
	const want = "rel citizen, rel press, tone citizen, tone press, stance citizen, stance press, act citizen, act press, topic citizen, topic press"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got %s", s)
	}
	if len(Tables(nil)) != 0 {
		t.Error("a table of nothing")
	}
}

func TestSureOnesAreRight(t *testing.T) {
	for _, tt := range []struct {
		score float64
		right bool
		want  float64
	}{{1, true, 0}, {0, false, 0}, {1, false, 1}, {0.75, true, 0.25}, {0.999999, true, 0.000001}} {
		j := Judged{Gold: "a", Guess: "b", Score: tt.score}
		if tt.right {
			j.Guess = "a"
		}
		if got := ece([]Judged{j}); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

func TestFoundCounts(t *testing.T) {
	press, citizen := mention.Origin{Kind: mention.Press}, mention.Origin{Kind: mention.Social}
	about := train.Gold{Targets: []train.Target{{Policy: "bhyt"}, {Policy: "thue"}, {Words: "đường"}}}
	reading := &mention.Reading{
		Documents: []mention.Document{{Key: "7/CT-TTg"}, {Key: "70/2025/NĐ-CP"}, {Key: "70/2025/NĐ-CP"}},
		Policies:  []mention.PolicyHit{{ID: "bhyt"}, {ID: "khac"}},
	}
	for _, tt := range []struct {
		name string
		e    train.Example
		want string // documents, policies: texts right wrong missed
	}{
		{"nobody recorded anything", train.Example{Origin: press}, ""},
		{"written otherwise", train.Example{Gold: train.Gold{Documents: []string{"07/CT-TTG", "70/2025/ND-CP"}}}, "documents 1 2 0 0"},
		{"none is there", train.Example{Gold: train.Gold{Documents: []string{}}}, "documents 1 0 2 0"},
		{"one missed, one wrong", train.Example{Gold: train.Gold{Documents: []string{"7/CT-TTg", "1/2026/QH16"}}}, "documents 1 1 1 1"},
		{"other policies are no mistake", train.Example{Origin: press, Gold: about}, "policies 1 1 0 1"},
		{"a citizen need not name his", train.Example{Origin: citizen, Gold: about}, ""},
	} {
		var c counts
		c.add(tt.e, reading)
		var got []string
		for _, f := range c.list() {
			got = append(got, strings.Join([]string{f.What, num(f.Texts), num(f.Right), num(f.Wrong), num(f.Missed)}, " "))
			if f.Precision < 0 || f.Precision > 1 || f.Recall < 0 || f.Recall > 1 {
				t.Errorf("%s: %+v", tt.name, f)
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, s, tt.want)
		}
	}
}

func num(n int) string { return string(rune('0' + n)) }

func TestWriteFoundGivesNoPrecisionOfPolicies(t *testing.T) {
	var b strings.Builder
	if err := writeFound(&b, []Found{{What: "documents", Texts: 3, Right: 2, Wrong: 1, Precision: 2.0 / 3, Recall: 1}, {What: "policies", Texts: 1, Right: 1, Recall: 1}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| documents | 3 | 2 | 1 | 0 | 0.667 | 1.000 |", "| policies | 1 | 1 | 0 | 0 | – | 1.000 |"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := writeFound(&b, nil); err != nil || b.Len() > 0 {
		t.Errorf("of nothing: %q, %v", b.String(), err)
	}
}

func TestLinksCountTheFirstThree(t *testing.T) {
	ranked := []judge.Match{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	for want, at := range map[mention.ID][2]float64{"a": {1, 1}, "b": {0, 1}, "c": {0, 1}, "d": {0, 0}, "e": {0, 0}} {
		var l Links
		if l.count(ranked, want); l.At1 != at[0] || l.At3 != at[1] {
			t.Errorf("%s: %+v", want, l)
		}
	}
	var l Links
	if l.count(nil, "a"); l != (Links{}) {
		t.Errorf("of none: %+v", l)
	}
}

func TestCandidatesWereAskedBefore(t *testing.T) {
	at := func(id string, day int, act string) train.Example {
		e := train.Example{ID: id, Gold: train.Gold{Act: act}}
		e.Text.Published = e.Text.Published.AddDate(0, 0, day)
		return e
	}
	answer := at("answer", 5, "official")
	answer.Parent = "before"
	examples := []train.Example{at("before", 1, "question"), at("same", 5, "question"), at("after", 9, "question"), at("office", 1, "official"), at("silent", 1, "question"), answer}
	readings := make([]mention.Reading, len(examples))
	for i := range readings {
		if examples[i].ID != "silent" {
			readings[i].Question = &mention.Question{Normal: "x"}
		}
	}
	for _, threads := range []bool{false, true} {
		got := candidates(examples, readings, answer, threads)
		if len(got) != 1 || got[0].ID != "before" || got[0].Parent != threads {
			t.Errorf("threads %v: %+v", threads, got)
		}
	}
}
