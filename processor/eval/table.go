package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Judged is one judgement beside the truth.
type Judged struct {
	Task  string
	Group string // press, citizen, or another part of the data
	Gold  string
	Guess string
	Score float64 // the probability given
	Sure  bool
}

// Table holds the figures of one task on one part of the data.
type Table struct {
	Task     string       `json:"task"`
	Group    string       `json:"group"`
	N        int          `json:"n"`
	Accuracy float64      `json:"accuracy"`
	Macro    float64      `json:"macro_f1"` // over the classes that occur
	ECE      float64      `json:"ece"`      // expected calibration error, ten equal bins
	Classes  []ClassScore `json:"classes"`
	Curve    []Point      `json:"curve"`
}

// ClassScore holds the figures of one class.
type ClassScore struct {
	Class     string  `json:"class"`
	N         int     `json:"n"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	// Sure is how many guesses of the class were called sure, SureRight the
	// share of them that were right.
	Sure      int     `json:"sure"`
	SureRight float64 `json:"sure_right"`
}

// Point is one point of the abstention curve: the share of texts answered,
// surest first, and how many of those answers were right.
type Point struct {
	Answered float64 `json:"answered"`
	Right    float64 `json:"right"`
}

// Tables groups judgements by task and group and counts.
func Tables(all []Judged) []Table {
	groups := map[string][]Judged{}
	for _, j := range all {
		key := j.Task + " " + j.Group
		groups[key] = append(groups[key], j)
	}
	keys := make([]string, 0, len(groups))
	for key := range groups {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	tables := make([]Table, len(keys))
	for i, key := range keys {
		tables[i] = table(groups[key])
	}
	return tables
}

// rank orders tasks as people read them.
func rank(key string) int {
	task, _, _ := strings.Cut(key, " ")
	return slices.Index([]string{"rel", "tone", "stance", "act", "topic"}, task)
}

func table(list []Judged) Table {
	t := Table{Task: list[0].Task, Group: list[0].Group, N: len(list)}
	right := 0
	for _, j := range list {
		if j.Gold == j.Guess {
			right++
		}
	}
	t.Accuracy = share(right, len(list))
	t.Classes = classes(list)
	sum, n := 0.0, 0
	for _, c := range t.Classes {
		if c.N > 0 {
			sum += c.F1
			n++
		}
	}
	t.Macro = sum / float64(max(n, 1))
	t.ECE = ece(list)
	t.Curve = curve(list)
	return t
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func classes(list []Judged) []ClassScore {
	names := map[string]bool{}
	for _, j := range list {
		names[j.Gold], names[j.Guess] = true, true
	}
	var out []ClassScore
	for name := range names {
		out = append(out, classScore(name, list))
	}
	slices.SortFunc(out, func(a, b ClassScore) int { return cmp.Compare(a.Class, b.Class) })
	return out
}

func classScore(name string, list []Judged) ClassScore {
	var n, guessed, right, sure, sureRight int
	for _, j := range list {
		if j.Gold == name {
			n++
		}
		if j.Guess != name {
			continue
		}
		guessed++
		hit := j.Gold == name
		if hit {
			right++
		}
		if j.Sure {
			sure++
			if hit {
				sureRight++
			}
		}
	}
	c := ClassScore{Class: name, N: n, Precision: share(right, guessed), Recall: share(right, n), Sure: sure, SureRight: share(sureRight, sure)}
	if right > 0 {
		c.F1 = 2 * float64(right) / float64(n+guessed)
	}
	return c
}

// ece is the mean distance between the probability given and the share right,
// over ten bins of probability.
func ece(list []Judged) float64 {
	var score, right, n [10]float64
	for _, j := range list {
		bin := min(9, int(j.Score*10))
		score[bin] += j.Score
		n[bin]++
		if j.Gold == j.Guess {
			right[bin]++
		}
	}
	sum := 0.0
	for i := range n {
		sum += math.Abs(score[i] - right[i])
	}
	return sum / float64(len(list))
}

// curve answers a tenth of the texts, then two, and so on.
func curve(list []Judged) []Point {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Judged) int { return cmp.Compare(b.Score, a.Score) })
	var points []Point
	right, at := 0, 0
	for tenth := 1; tenth <= 10; tenth++ {
		for ; at < len(sorted)*tenth/10; at++ {
			if sorted[at].Gold == sorted[at].Guess {
				right++
			}
		}
		if at > 0 {
			points = append(points, Point{Answered: share(at, len(sorted)), Right: share(right, at)})
		}
	}
	return points
}

// Write prints tables in Markdown: a summary, then the classes of each.
func Write(w io.Writer, tables []Table) error {
	var b strings.Builder
	b.WriteString("| task | texts | n | macro-F1 | accuracy | ECE | right when 50 % answered | sure | right when sure |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, t := range tables {
		sure, right := 0, 0.0
		for _, c := range t.Classes {
			sure += c.Sure
			right += c.SureRight * float64(c.Sure)
		}
		half := 0.0
		if len(t.Curve) > 4 {
			half = t.Curve[len(t.Curve)-6].Right
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %.3f | %.3f | %.3f | %.3f | %.2f | %.3f |\n",
			t.Task, t.Group, t.N, t.Macro, t.Accuracy, t.ECE, half, share(sure, t.N), right/float64(max(sure, 1)))
	}
	b.WriteString("\n| task | texts | class | n | P | R | F1 | sure | right when sure |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, t := range tables {
		for _, c := range t.Classes {
			fmt.Fprintf(&b, "| %s | %s | %s | %d | %.3f | %.3f | %.3f | %d | %.3f |\n",
				t.Task, t.Group, c.Class, c.N, c.Precision, c.Recall, c.F1, c.Sure, c.SureRight)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
