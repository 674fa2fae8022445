package judge

import (
	"math"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/lexicon"
)

// Seeds keep the families of features apart.
const (
	seedBi uint64 = iota + 0x51
	seedTri
	seedBare
	seedBareBi
	seedTitle
	seedTitleBi
	seedFirst
	seedLast
	seedLetters
	seedHit
	seedKind
	seedSign
	seedAsk
	seedMark
	seedForm
	seedTarget
	seedTargetBi
	seedTargetHit
	seedTargetSum
)

// Fill sets bag to the features of the document, sentence by sentence.
func (d *Document) Fill(bag *classify.Bag) {
	bag.Reset()
	d.fill(bag)
}

// fill adds the features to those that bag holds, or leaves out.
func (d *Document) fill(bag *classify.Bag) {
	var sum tally
	for i := range d.sentences {
		bag.At(i)
		d.grams(bag, i)
		d.tone(bag, i, &sum)
	}
	bag.At(len(d.sentences))
	sum.fill(bag)
	d.form.fill(bag, d.origin)
}

// grams adds the n-grams of one sentence.
func (d *Document) grams(bag *classify.Bag, i int) {
	s := &d.sentences[i]
	tokens := s.tokens
	social := d.origin.Kind == mention.Social
	title := s.Field == "title"
	last := i == len(d.sentences)-1
	var one, two, bare uint64 // the tokens before, 0 at a break
	for j := range tokens {
		t := &tokens[j]
		if t.Kind == classify.Break || t.Kind == classify.Mark && stops(t.First) {
			one, two, bare = 0, 0, 0
			continue
		}
		bag.Add(t.Key)
		if one != 0 {
			bag.Add(classify.Mix(classify.Mix(seedBi, one), t.Key))
			if two != 0 {
				bag.Add(classify.Mix(classify.Mix(classify.Mix(seedTri, two), one), t.Key))
			}
		}
		if social {
			bag.Add(classify.Mix(seedBare, t.Bare))
			if bare != 0 {
				bag.Add(classify.Mix(classify.Mix(seedBareBi, bare), t.Bare))
			}
			if i == 0 && j < 4 {
				bag.Add(classify.Mix(seedFirst, t.Bare))
			}
			if last && j >= len(tokens)-4 {
				bag.Add(classify.Mix(seedLast, t.Bare))
			}
		}
		if title {
			bag.Add(classify.Mix(seedTitle, t.Key))
			if one != 0 {
				bag.Add(classify.Mix(classify.Mix(seedTitleBi, one), t.Key))
			}
		}
		two, one, bare = one, t.Key, t.Bare
	}
}

// stops tells whether n-grams end at a mark. Question and exclamation marks
// belong to what is said before them.
func stops(mark rune) bool {
	switch mark {
	case '.', ',', ';', ':', '(', ')', '"', '“', '”', '-', '–', '…':
		return true
	}
	return false
}

// tally counts expressions of tone over the whole text.
type tally struct {
	kinds    [64]float32
	pos, neg float32 // sums of polarity as it stands
	end      float32 // polarity of the last sentences
	title    float32
	after    float32 // polarity after a contrast word
	before   float32
}

// tone adds the expressions of one sentence.
func (d *Document) tone(bag *classify.Bag, i int, sum *tally) {
	s := &d.sentences[i]
	for j := range s.hits {
		h := &s.hits[j]
		value := h.Value()
		bag.Add(classify.Mix(classify.Mix(seedHit, uint64(h.KindID)), sign(value)))
		sum.kinds[h.KindID&63]++
		sum.add(s, h, value, i >= len(d.sentences)-2)
	}
}

func (t *tally) add(s *Sentence, h *lexicon.Hit, value float32, end bool) {
	if value > 0 {
		t.pos += value
	} else {
		t.neg -= value
	}
	if end {
		t.end += value
	}
	if s.Field == "title" {
		t.title += value
	}
	switch h.Contrast {
	case 1:
		t.after += value
	case -1:
		t.before += value
	}
}

func sign(v float32) uint64 {
	switch {
	case v > 1:
		return 5
	case v > 0:
		return 4
	case v < -1:
		return 1
	case v < 0:
		return 2
	}
	return 3
}

// fill writes the sums as plain features, damped so that long texts do not
// outweigh short ones.
func (t *tally) fill(bag *classify.Bag) {
	for kind, n := range t.kinds {
		if n > 0 {
			bag.Set(classify.Mix(seedKind, uint64(kind)), damp(n)/2)
		}
	}
	t.fillAs(bag, seedSign)
}

// fillAs writes the sums of polarity under the given seed.
func (t *tally) fillAs(bag *classify.Bag, seed uint64) {
	for i, v := range []float32{t.pos, t.neg, t.pos - t.neg, t.end, t.title, t.after, t.before} {
		if v != 0 {
			bag.Set(classify.Mix(seed, uint64(i)), damp(v)/2)
		}
	}
	if t.pos+t.neg > 0 {
		bag.Set(classify.Mix(seed, 99), (t.pos-t.neg)/(t.pos+t.neg+2))
	}
}

// damp is the logarithm of 1 + |v|, with v's sign.
func damp(v float32) float32 {
	return float32(math.Copysign(math.Log1p(math.Abs(float64(v))), float64(v)))
}

// form is what a text looks like: its length and its marks.
type form struct {
	words int
	marks [4]float32 // question, exclamation and quotation marks, emoji and their like
	asks  bool       // the last token is a question mark
}

func formOf(sentences []Sentence) (f form) {
	for i := range sentences {
		for j := range sentences[i].tokens {
			f.add(&sentences[i].tokens[j])
		}
	}
	return f
}

func (f *form) add(t *classify.Token) {
	f.asks = t.First == '?'
	switch {
	case t.Kind != classify.Mark:
		f.words++
	case t.First == '?':
		f.marks[0]++
	case t.First == '!':
		f.marks[1]++
	case t.First == '"' || t.First == '“':
		f.marks[2]++
	case t.First > 0x2000 && t.First != '”' && t.First != '–' && t.First != '…':
		f.marks[3]++
	}
}

// fill adds the form, and the kind of source, to the features.
func (f *form) fill(bag *classify.Bag, o mention.Origin) {
	bag.Set(classify.Mix(seedForm, kindCode(o)), 0.5)
	bag.Set(classify.Mix(seedForm, 10), damp(float32(f.words))/8)
	for i, n := range f.marks {
		if n > 0 {
			bag.Set(classify.Mix(seedMark, uint64(i)), damp(n)/2)
		}
	}
	if f.asks {
		bag.Set(classify.Mix(seedAsk, 0), 0.5)
	}
}

func kindCode(o mention.Origin) uint64 {
	switch o.Kind {
	case mention.Social:
		return 1
	case mention.Portal:
		return 2
	}
	return 3
}
