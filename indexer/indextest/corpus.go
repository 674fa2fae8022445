package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// Corpus makes n mentions for benchmarks: the size and spread of a newsroom's
// texts (a title, a lead, some 450 words in paragraphs; 40 outlets, 60 policies
// of which few are frequent, two months), a fifth of them copies of others.
// The same n and seed make the same mentions.
func Corpus(n int, seed uint64) []*mention.Mention {
	c := corpus{rand.New(rand.NewPCG(seed, 1)), syllables(), nil, nil}
	c.zipf = rand.NewZipf(c.Rand, 1.07, 8, uint64(len(c.syllables)-1))
	c.few = rand.NewZipf(c.Rand, 1.3, 2, 59)
	out := make([]*mention.Mention, n)
	for i := range out {
		if i > 0 && c.IntN(5) == 0 {
			out[i] = c.copyOf(out[c.IntN(i)], i)
			continue
		}
		out[i] = c.article(i)
	}
	return out
}

type corpus struct {
	*rand.Rand
	syllables []string
	zipf, few *rand.Zipf
}

// syllables builds about 2,400 written syllables, the frequent ones first by
// chance.
func syllables() (out []string) {
	for _, onset := range strings.Fields("b c ch d đ g h kh l m n nh ph qu r s t th tr v x ng") {
		for _, rime := range strings.Fields("a á à ạ ai ăn ất âu anh ao ê ến ều ết i ín ơ ời ơn o ong u ủa ước ương ưa ạch ốt ợp") {
			out = append(out, onset+rime)
			if len(rime) > 2 {
				out = append(out, onset+rime+"n", onset+rime+"t")
			}
		}
	}
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (c *corpus) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.syllables[c.zipf.Uint64()])
	}
	return b.String()
}

func (c *corpus) article(i int) *mention.Mention {
	body := make([]string, 4+c.IntN(8))
	for k := range body {
		body[k] = c.words(40+c.IntN(40)) + "."
	}
	name := fmt.Sprintf("%06d", i)
	return Mention(name, c.found(i), Text(c.words(12), strings.Join(body, "\n")), c.judged(), Copy(name, 1, ""),
		func(m *mention.Mention) { m.Text.Lead = c.words(30) })
}

// found is where and when: more by day than by night.
func (c *corpus) found(int) Option {
	return func(m *mention.Mention) {
		kind := []mention.Kind{mention.Press, mention.Press, mention.Press, mention.Portal, mention.Social}[c.IntN(5)]
		Outlet(kind, fmt.Sprintf("outlet-%02d", c.IntN(40)))(m)
		hour := 6 + c.IntN(16)
		m.Text.Published = Day().AddDate(0, 0, -c.IntN(60)).Add(time.Duration(hour*3600+c.IntN(3600)) * time.Second)
	}
}

func (c *corpus) judged() Option {
	return Read(func(r *mention.Reading) {
		r.Tone = Sure([]string{"pos", "neu", "neu", "neg"}[c.IntN(4)])
		r.Tone.Sure = c.IntN(4) > 0
		r.Topic, r.Act = Sure(fmt.Sprintf("topic-%d", c.IntN(12))), Sure(fmt.Sprintf("act-%d", c.IntN(6)))
		for range c.IntN(3) {
			r.Policies = append(r.Policies, mention.PolicyHit{ID: fmt.Sprintf("policy-%02d", c.few.Uint64())})
		}
		for range c.IntN(3) {
			r.Places = append(r.Places, mention.Place{Now: fmt.Sprintf("Tỉnh %d", c.IntN(34))})
		}
	})
}

// copyOf prints an article again, elsewhere and later, under another title.
func (c *corpus) copyOf(first *mention.Mention, i int) *mention.Mention {
	name := fmt.Sprintf("%06d", i)
	return Mention(name, Text(c.words(12), first.Text.Body), c.found(i), func(m *mention.Mention) {
		m.Text.Lead = first.Text.Lead
		m.Text.Published = first.Text.Published.Add(time.Duration(1+c.IntN(48)) * time.Hour)
		reading := *first.Reading
		m.Reading = &reading
	})
}
