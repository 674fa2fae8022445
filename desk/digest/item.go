package digest

import (
	"strings"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

func newItem(h query.Hit) Item {
	m := h.Mention
	i := Item{
		ID: m.ID, Title: m.Text.Title, Outlet: m.Origin.OutletName, Author: m.Text.Author, At: m.When(),
		Unknown: m.Text.Published.IsZero(), URL: m.Origin.URL, Tone: "unsure", Quote: quote(m),
		Copies: h.Copies, Group: h.Group, Differs: h.Different, Policies: []string{},
	}
	if i.Outlet == "" {
		i.Outlet = m.Origin.Outlet
	}
	if rd := m.Reading; rd != nil {
		if rd.Tone.Sure {
			i.Tone = rd.Tone.Value
		}
		i.Act = rd.Act.Value
		for _, p := range rd.Policies {
			i.Policies = append(i.Policies, p.ID)
		}
	}
	return i
}

// quote is the sentence the tone rests on, else the lead, else the first
// sentences, never longer than MaxQuote characters.
func quote(m *mention.Mention) string {
	if rd := m.Reading; rd != nil && rd.Tone.Value != "neu" {
		for _, s := range rd.Tone.Evidence {
			if s.Field != "title" {
				if text := sentenceAround(&m.Text, s); text != "" {
					return cut(text)
				}
			}
		}
	}
	if m.Text.Lead != "" {
		return cut(m.Text.Lead)
	}
	return cut(strings.ReplaceAll(m.Text.Body, "\n", " "))
}

// sentenceAround gives the whole sentence in which a span begins.
func sentenceAround(t *mention.Text, s mention.Span) string {
	text, _ := t.Field(s.Field)
	for _, sentence := range viet.Sentences(text) {
		if s.Start >= sentence.Start && s.Start < sentence.End {
			return strings.TrimSpace(text[sentence.Start:sentence.End])
		}
	}
	return ""
}

// cut shortens at the last sentence or word that fits.
func cut(s string) string {
	runes := []rune(strings.TrimSpace(s))
	if len(runes) <= MaxQuote {
		return string(runes)
	}
	head := string(runes[:MaxQuote-1])
	if i := strings.LastIndex(head, ". "); i > len(head)/2 {
		return head[:i+1]
	}
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		head = head[:i]
	}
	return head + "…"
}
