package desk

import (
	"net/url"

	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/mention"
)

// judgement is one label as the mention's page shows it.
type judgement struct {
	Name, Value string
	Tone        string // class of the tone mark, where the label has one
	Score       float64
	Sure        bool
	Best, By    string
	Corrected   string
	Quote       *quote
	Evidence    []quote
}

// quote is a piece of the text with the anchor it stands at.
type quote struct{ Text, Anchor string }

// fact is a row of things recognised in the text.
type fact struct {
	Name   string
	Values []factValue
}

type factValue struct{ Label, URL string }

// judgements lists the labels of a reading: stances first, since they are what
// the spokesperson asks for.
func (d *Desk) judgements(m *mention.Mention, l words.Lang) []judgement {
	rd := m.Reading
	if rd.Tone.By == "" {
		return nil
	}
	fix, _ := d.fixes.latest(m.ID)
	var out []judgement
	for _, s := range rd.Stances {
		out = append(out, stanceJudgement(m, s, d.policyName(s.Policy), l))
	}
	tone := label(m, l, l.Say("Sắc thái", "Tone"), rd.Tone, l.Tone)
	tone.Tone = sureValue(rd.Tone)
	if fix.Tone != "" {
		tone.Tone, tone.Corrected = fix.Tone, l.Tone(fix.Tone)
	}
	act := label(m, l, l.Say("Loại lời nói", "Act"), rd.Act, l.Act)
	if fix.Act != "" {
		act.Corrected = l.Act(fix.Act)
	}
	about := func(v string) string {
		if v == "1" {
			return l.Say("có", "yes")
		}
		return l.Say("không", "no")
	}
	return append(out, tone, act,
		label(m, l, l.Say("Chủ đề", "Topic"), rd.Topic, l.Topic),
		label(m, l, l.Say("Liên quan chính sách", "About public policy"), rd.Relevant, about))
}

func label(m *mention.Mention, l words.Lang, name string, lab mention.Label, word func(string) string) judgement {
	j := judgement{Name: name, Score: lab.Score, Sure: lab.Sure, By: lab.By, Best: word(lab.Value), Value: word(lab.Value)}
	if !lab.Sure {
		j.Value = l.Tone("unsure")
	}
	for _, s := range lab.Evidence {
		if text := m.Text.Cut(s); text != "" {
			j.Evidence = append(j.Evidence, quote{Text: short(text), Anchor: anchor(s)})
		}
	}
	return j
}

func stanceJudgement(m *mention.Mention, s mention.Stance, policy string, l words.Lang) judgement {
	j := label(m, l, policy, s.Label, l.Stance)
	j.Tone = "unsure"
	if s.Sure {
		j.Tone = map[string]string{"favour": "pos", "against": "neg", "none": "neu"}[s.Value]
	}
	if s.Sentence != nil && s.Value != "none" {
		if text := m.Text.Cut(*s.Sentence); text != "" {
			j.Quote = &quote{Text: short(text), Anchor: anchor(*s.Sentence)}
		}
	}
	return j
}

// short cuts a quotation to about two lines.
func short(s string) string {
	runes := []rune(s)
	if len(runes) <= 160 {
		return s
	}
	return string(runes[:157]) + "…"
}

// evidenceMarks draws every judgement's evidence and everything recognised.
func evidenceMarks(rd *mention.Reading, l words.Lang, policyName func(string) string) []mark {
	var out []mark
	add := func(spans []mention.Span, class, title string) {
		for _, s := range spans {
			out = append(out, mark{Span: s, class: class, id: anchor(s), title: title})
		}
	}
	for _, s := range rd.Stances {
		if s.Sentence != nil && s.Value != "none" {
			class := map[string]string{"favour": "pos", "against": "neg"}[s.Value]
			add([]mention.Span{*s.Sentence}, class, policyName(s.Policy)+": "+l.Stance(s.Value))
		}
	}
	if rd.Tone.Value != "neu" {
		add(rd.Tone.Evidence, rd.Tone.Value, l.Say("sắc thái: ", "tone: ")+l.Tone(rd.Tone.Value))
	}
	for _, p := range rd.Policies {
		for _, h := range p.Hits {
			add([]mention.Span{h.Span}, "policy", policyName(p.ID))
		}
	}
	for _, doc := range rd.Documents {
		add([]mention.Span{doc.Span}, "document", doc.Key)
	}
	for _, p := range rd.Places {
		add(p.Spans, "place", p.Now)
	}
	for _, b := range rd.Bodies {
		add(b.Spans, "body", b.Now)
	}
	return out
}

// facts lists what was recognised, each with its list.
func (d *Desk) facts(rd *mention.Reading, l words.Lang) []fact {
	rows := []fact{{Name: l.Say("Chính sách", "Policies")}, {Name: l.Say("Văn bản", "Documents")},
		{Name: l.Say("Nơi", "Places")}, {Name: l.Say("Cơ quan", "Bodies")}}
	add := func(row int, text, name, value string) {
		v := factValue{Label: text}
		if value != "" {
			v.URL = "/search?" + url.Values{name: {value}}.Encode()
		}
		rows[row].Values = append(rows[row].Values, v)
	}
	for _, p := range rd.Policies {
		name := d.policyName(p.ID)
		if p.From == mention.FromThread {
			name += l.Say(" (theo bài gốc)", " (from the thread)")
		}
		add(0, name, "policy", p.ID)
	}
	for _, doc := range rd.Documents {
		add(1, doc.Key, "doc", doc.Key)
	}
	for _, p := range rd.Places {
		text := p.Written
		if p.Now != "" && p.Now != p.Written {
			text += " → " + p.Now
		}
		add(2, text, "place", p.Now)
	}
	for _, b := range rd.Bodies {
		add(3, b.Written, "body", b.Now)
	}
	var out []fact
	for _, row := range rows {
		if len(row.Values) > 0 {
			out = append(out, row)
		}
	}
	return out
}
