package eval

import (
	"time"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/train"
)

// Newspaper sorts articles into sections with a model of train.Newspaper and
// counts; rate is articles a second, on one core, cutting into tokens included.
func Newspaper(m *classify.Model, articles []train.Article) (t Table, rate float64) {
	var bag classify.Bag
	var tokens []classify.Token
	var s classify.Scores
	var all []Judged
	began := time.Now()
	for _, a := range articles {
		bag.Reset()
		tokens = classify.Grams(&bag, tokens, a.Text)
		m.Score(&bag, &s)
		classify.Softmax(s.Logits)
		best := 0
		for c, p := range s.Logits {
			if p > s.Logits[best] {
				best = c
			}
		}
		all = append(all, Judged{
			Task: "section", Group: "articles", Gold: a.Label,
			Guess: m.Tasks[0].Classes[best], Score: float64(s.Logits[best]),
		})
	}
	rate = float64(len(articles)) / time.Since(began).Seconds()
	if len(all) == 0 {
		return Table{}, 0
	}
	return Tables(all)[0], rate
}
