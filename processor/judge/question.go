package judge

import (
	"context"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/lexicon"
	"github.com/diembao/diembao/viet"
)

// questionStep gives what citizens want answered, and what may answer it, a
// normal form: the sentences that ask, in standard spelling and small letters, without
// greeting and politeness. The careful reading adds the vector.
type questionStep struct{ engine *Engine }

// Question is the step that writes Reading.Question; it stands after act.
func Question(e *Engine) processor.Step { return questionStep{e} }

func (questionStep) Name() string { return "question/1" }

func (s questionStep) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Question = nil
	asks := slices.Contains([]string{"question", "request", "complaint"}, r.Act.Value)
	answers := r.Act.Value == "official"
	if m.Origin.Kind == mention.Press || !asks && !answers {
		return nil
	}
	span, text := s.engine.analyse(m).document.question(asks)
	if normal := Normal(text); normal != "" {
		r.Question = &mention.Question{Normal: normal, Span: span, By: s.Name()}
	}
	return nil
}

// longestQuestion is how many sentences a question or an answer is told by.
const longestQuestion = 3

// question picks the sentences that ask, with the one before them, which tells
// the case; of an answer, and where none asks, the first ones.
func (d *Document) question(asks bool) (mention.Span, string) {
	if len(d.sentences) == 0 {
		return mention.Span{}, ""
	}
	from, to := 0, min(longestQuestion, len(d.sentences))
	if asks {
		if at := slices.IndexFunc(d.sentences, asking); at >= 0 {
			from = max(0, at-1)
			to = min(at+2, len(d.sentences))
		}
	}
	span := d.sentences[from].Span
	var parts []string
	for _, s := range d.sentences[from:to] {
		if s.Field != span.Field {
			break
		}
		span.End = s.End
		parts = append(parts, s.Text)
	}
	return span, strings.Join(parts, " ")
}

// asking tells whether a sentence asks: by its mark, or by an expression that
// only questions have.
func asking(s Sentence) bool {
	if strings.HasSuffix(strings.TrimRight(s.Text, " \"”)!."), "?") {
		return true
	}
	return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool { return h.Kind == "question_cue" })
}

// polite are the words, without diacritics, that make a question kind and say
// nothing of what is asked. Longer ones first.
func polite() []string {
	return []string{
		"cho toi hoi", "cho em hoi", "cho minh hoi", "cho hoi", "cho e hoi", "xin hoi", "kinh hoi", "em muon hoi", "toi muon hoi",
		"kinh gui", "kinh thua", "xin chao", "chao ad", "ad oi", "moi nguoi oi", "em cam on", "toi xin cam on", "xin cam on", "cam on",
		"da", "a", "thua", "ad", "nhi", "vay", "the", "voi", "giup em", "giup toi",
	}
}

// Normal is a question as others would put it too: standard spelling, small
// letters, one space between words, without politeness.
func Normal(text string) string {
	var words []string
	for _, w := range viet.Unchat(text) {
		words = append(words, strings.Fields(strings.ToLower(w.Plain))...)
	}
	joined := " " + strings.Join(words, " ") + " "
	folded := viet.Fold(joined)
	for _, p := range polite() {
		joined, folded = drop(joined, folded, " "+p+" ")
	}
	return strings.TrimSpace(joined)
}

// drop takes phrase, found in folded, out of both texts; they have the same
// number of characters.
func drop(text, folded, phrase string) (string, string) {
	for {
		at := strings.Index(folded, phrase)
		if at < 0 {
			return text, folded
		}
		from := byteAt(text, len([]rune(folded[:at])))
		to := byteAt(text, len([]rune(folded[:at+len(phrase)-1])))
		text, folded = text[:from]+text[to:], folded[:at]+folded[at+len(phrase)-1:]
	}
}

// byteAt is where the nth character of s begins.
func byteAt(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// vectorShare is how much the encoder's vectors count: it was trained to tell
// tones and topics apart, not questions, and more of it made links worse.
const vectorShare = 0.1

// Similar tells how likely two questions, or a question and an answer, speak of
// the same thing: 0…1, from the words they share, rare ones counting more, and
// from the encoder's vectors where both have one.
func (e *Engine) Similar(a, b *mention.Question) float64 {
	words := e.sharedWords(a.Normal, b.Normal)
	if len(a.Vector) == 0 || len(a.Vector) != len(b.Vector) {
		return words
	}
	return (1-vectorShare)*words + vectorShare*max(0, e.cosine(a.Vector, b.Vector))
}

// wholeShare is how far the shorter text decides what is all of it: an answer
// says more than its question asks.
const wholeShare = 0.7

// sharedWords is the share of weight that two normal forms have in common,
// counting single syllables and pairs without diacritics.
func (e *Engine) sharedWords(a, b string) float64 {
	x, y := e.wordWeights(a), e.wordWeights(b)
	var both, left, right float64
	for h, w := range x {
		left += w * w
		if _, ok := y[h]; ok {
			both += w * w
		}
	}
	for _, w := range y {
		right += w * w
	}
	if left == 0 || right == 0 {
		return 0
	}
	return both / (wholeShare*min(left, right) + (1-wholeShare)*max(left, right))
}

// unknownRarity is the weight of a word that the quick model does not know.
const unknownRarity = 7

func (e *Engine) wordWeights(s string) map[uint64]float64 {
	weights := map[uint64]float64{}
	tokens := classify.Cut(nil, s)
	for i := range tokens {
		weights[tokens[i].Bare] = e.rarity(classify.Mix(seedBare, tokens[i].Bare))
		if i > 0 {
			pair := classify.Mix(classify.Mix(seedBareBi, tokens[i-1].Bare), tokens[i].Bare)
			weights[pair] = e.rarity(pair)
		}
	}
	return weights
}

func (e *Engine) rarity(hash uint64) float64 {
	if r := e.models.Quick.Rarity(hash); r > 0 {
		return float64(r)
	}
	return unknownRarity
}

// Candidate is a question that an answer may belong to.
type Candidate struct {
	ID       mention.ID
	Question *mention.Question
	Parent   bool // the answer was written under it
}

// Match is a candidate with its score.
type Match struct {
	ID    mention.ID
	Score float64
}

// parentScore is what it counts that an answer stands under a question: on the
// platforms that keep threads it nearly always belongs there.
const parentScore = 0.5

// Answers ranks the questions that an answer may belong to, best first.
func (e *Engine) Answers(answer *mention.Question, candidates []Candidate) []Match {
	list := make([]Match, 0, len(candidates))
	for _, c := range candidates {
		score := e.Similar(answer, c.Question)
		if c.Parent {
			score = min(1, score+parentScore)
		}
		list = append(list, Match{ID: c.ID, Score: round(score)})
	}
	slices.SortStableFunc(list, func(a, b Match) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return list
}
