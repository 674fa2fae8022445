package desk

import (
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Card is a mention as lists show it.
type Card struct {
	ID         mention.ID
	Title      string
	TitleMarks []Segment
	Snippet    []Segment
	Outlet     string
	Kind       string
	Published  time.Time
	When       time.Time
	Tone       string // pos, neu, neg; "unsure" below the threshold
	Act        string
	Group      string
	Copies     int
	Different  bool
	Removed    bool
	Policies   []Policy
}

// snippetBytes is about three lines of the page's measure.
const snippetBytes = 330

func (d *Desk) card(h query.Hit) Card {
	m := h.Mention
	c := Card{
		ID: m.ID, Title: m.Text.Title, Outlet: outletName(m), Kind: string(m.Origin.Kind),
		Published: m.Text.Published, When: m.When(), Tone: d.tone(m), Group: h.Group,
		Copies: h.Copies, Different: h.Different, Removed: m.Origin.Removed,
	}
	marks := queryMarks(h.Highlights)
	c.TitleMarks = segments(m.Text.Title, inField("title", marks))
	c.Snippet = snippet(m, marks)
	if c.Title == "" { // comments and messages have none: the text itself opens the page
		c.Title, c.TitleMarks, c.Snippet = "…", c.Snippet, nil
	}
	if m.Reading != nil {
		c.Act = m.Reading.Act.Value
		for _, p := range m.Reading.Policies {
			c.Policies = append(c.Policies, Policy{ID: p.ID, Name: d.policyName(p.ID)})
		}
	}
	return c
}

func (d *Desk) cards(hits []query.Hit) []Card {
	out := make([]Card, 0, len(hits))
	for _, h := range hits {
		out = append(out, d.card(h))
	}
	return out
}

// snippet shows the lead, or the part of the body where the query's words or
// else the tone's evidence stand.
func snippet(m *mention.Mention, marks []mark) []Segment {
	body := inField("body", marks)
	lead := inField("lead", marks)
	if m.Text.Lead != "" && (len(lead) > 0 || len(body) == 0) {
		return excerpt(m.Text.Lead, lead, snippetBytes)
	}
	if len(body) == 0 && m.Reading != nil {
		for _, s := range m.Reading.Tone.Evidence {
			if s.Field == "body" {
				body = append(body, mark{Span: s, class: "unmarked"})
				break
			}
		}
		return plainText(excerpt(m.Text.Body, body, snippetBytes))
	}
	return excerpt(m.Text.Body, body, snippetBytes)
}

// plainText drops the marks: they only chose where to cut.
func plainText(in []Segment) []Segment {
	for i := range in {
		in[i].Class, in[i].ID, in[i].Title = "", "", ""
	}
	return in
}

func queryMarks(spans []mention.Span) []mark {
	out := make([]mark, 0, len(spans))
	for _, s := range spans {
		out = append(out, mark{Span: s, class: "query"})
	}
	return out
}

func outletName(m *mention.Mention) string {
	if m.Origin.OutletName != "" {
		return m.Origin.OutletName
	}
	return m.Origin.Outlet
}

// sureValue is what people are shown of a label: "unsure" below its threshold.
func sureValue(l mention.Label) string {
	if l.Sure {
		return l.Value
	}
	return "unsure"
}

// tone is the tone shown for a mention: a person's correction, else the sure
// label, else "unsure".
func (d *Desk) tone(m *mention.Mention) string {
	if fix, ok := d.fixes.latest(m.ID); ok && fix.Tone != "" {
		return fix.Tone
	}
	if m.Reading == nil {
		return "unsure"
	}
	return sureValue(m.Reading.Tone)
}
