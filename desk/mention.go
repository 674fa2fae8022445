package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

type mentionView struct {
	Frame
	Mention                    *mention.Mention
	TitleMarks, LeadMarks      []Segment
	Paragraphs                 [][]Segment
	Outlet, Kind               string
	When                       time.Time
	SourceURL                  string // only an http(s) address is ever linked
	Edition                    int
	Editions                   []edition
	Different                  bool
	Copies                     []Card
	Corrects, Parent, Comments []Card
	MayCorrect                 []Card // candidates, none of which is likely enough
	CommentsTotal              int
	Judgements                 []judgement
	Facts                      []fact
	ToneChoices, ActChoices    []choice
	Corrections                []correction
}

// edition is what one fetch changed against the text before it.
type edition struct {
	At             time.Time
	Added, Removed []string
	Figures        []mention.Swap
	More           int // changed sentences that are not kept
}

// correction is a line of the corrections' history.
type correction struct {
	At             time.Time
	By, What, Note string
}

// mentionPage answers GET /mention/{id}.
func (d *Desk) mentionPage(w http.ResponseWriter, r *http.Request) {
	hit, err := d.Searcher.Get(r.Context(), mention.ID(r.PathValue("id")))
	if err != nil {
		d.fail(w, r, err)
		return
	}
	m := hit.Mention
	v := mentionView{Frame: d.frame(r, "search", "Tin", "Item"), Mention: m, Outlet: outletName(m),
		Kind: string(m.Origin.Kind), When: m.When(), Different: hit.Different, SourceURL: webAddress(m.Origin.URL)}
	if m.Text.Title != "" {
		v.Title = m.Text.Title
	}
	if m.Reading == nil {
		m.Reading = &mention.Reading{} // not read yet: the page shows the text alone
	}
	marks := evidenceMarks(m.Reading, v.Lang, d.policyName)
	v.TitleMarks = segments(m.Text.Title, inField("title", marks))
	v.LeadMarks = segments(m.Text.Lead, inField("lead", marks))
	v.Paragraphs = paragraphs(m.Text.Body, inField("body", marks))
	v.Judgements = d.judgements(m, v.Lang)
	v.Facts = d.facts(m.Reading, v.Lang)
	d.mentionForms(m, &v)
	if err := d.mentionLinks(r.Context(), hit, &v); err != nil {
		d.fail(w, r, err)
		return
	}
	d.render(w, r, http.StatusOK, "mention", v)
}

// webAddress gives the address if a browser may open it.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return s
}

// mentionLinks fills what belongs to the mention: copies, revisions, the text
// it corrects or answers, the comments on it.
func (d *Desk) mentionLinks(ctx context.Context, hit query.Hit, v *mentionView) error {
	m := hit.Mention
	if hit.Copies > 0 {
		page, err := d.Searcher.Search(ctx, query.Request{Limit: 200, Sort: query.ByOldest,
			Filter: query.Filter{Copies: []string{hit.Group}}})
		if err != nil {
			return err
		}
		v.Copies = slices.DeleteFunc(d.cards(page.Hits), func(c Card) bool { return c.ID == m.ID })
	}
	old, err := d.Searcher.Revisions(ctx, m.ID)
	if err != nil {
		return err
	}
	v.Editions = editions(old, m)
	v.Edition = len(v.Editions)
	if m.Origin.Kind == mention.Press || m.Origin.Kind == mention.Portal || m.Origin.Channel == mention.Post {
		page, err := d.Searcher.Search(ctx, query.Request{Limit: 5, Filter: query.Filter{Parents: []string{string(m.ID)}}})
		if err != nil {
			return err
		}
		v.Comments, v.CommentsTotal = d.cards(page.Hits), page.Total
	}
	v.Corrects, v.Parent = d.one(ctx, m.Origin.Corrects), d.one(ctx, m.Origin.Parent)
	if c := m.Origin.Correction; c != nil && m.Origin.Corrects == "" {
		for _, candidate := range c.Candidates {
			v.MayCorrect = append(v.MayCorrect, d.one(ctx, candidate.ID)...)
		}
	}
	return nil
}

// one gives the card of a mention referred to; one that has passed its
// retention is simply not shown.
func (d *Desk) one(ctx context.Context, id mention.ID) []Card {
	if id == "" {
		return nil
	}
	hit, err := d.Searcher.Get(ctx, id)
	if err != nil {
		return nil
	}
	return []Card{d.card(hit)}
}

// editions orders the texts kept and says what each changed.
func editions(old []*mention.Mention, now *mention.Mention) []edition {
	all := slices.Clone(old)
	if !slices.ContainsFunc(all, func(m *mention.Mention) bool { return m.Revision == now.Revision }) {
		all = append(all, now)
	}
	slices.SortFunc(all, func(a, b *mention.Mention) int { return int(a.Revision - b.Revision) })
	var out []edition
	for i, m := range all {
		e := edition{At: time.Unix(m.Revision, 0)}
		if i > 0 {
			if c := m.Origin.Change; c != nil {
				e.Added, e.Removed, e.Figures, e.More = c.Added, c.Removed, c.Figures, c.More
			} else { // found before differences were kept
				e.Added, e.Removed = difference(lines(all[i-1]), lines(m))
			}
			if len(e.Added)+len(e.Removed) == 0 {
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

func lines(m *mention.Mention) []string {
	return append([]string{m.Text.Title, m.Text.Lead}, strings.Split(m.Text.Body, "\n")...)
}

// difference gives the paragraphs only in after and those only in before.
func difference(before, after []string) (added, removed []string) {
	for _, s := range after {
		if s != "" && !slices.Contains(before, s) {
			added = append(added, s)
		}
	}
	for _, s := range before {
		if s != "" && !slices.Contains(after, s) {
			removed = append(removed, s)
		}
	}
	return added, removed
}

func (d *Desk) mentionForms(m *mention.Mention, v *mentionView) {
	tone, act := sureValue(m.Reading.Tone), m.Reading.Act.Value
	if fix, ok := d.fixes.latest(m.ID); ok {
		if fix.Tone != "" {
			tone = fix.Tone
		}
		if fix.Act != "" {
			act = fix.Act
		}
	}
	v.ToneChoices = choices(toneValues(), tone, func(s string) string { return words.ToneSign(s) + " " + v.Lang.Tone(s) }, v.Lang)
	v.ActChoices = choices(actValues(), act, v.Lang.Act, v.Lang)
	for _, f := range d.fixes.of(m.ID) {
		c := correction{At: f.At, By: f.By, Note: f.Note}
		if f.Tone != "" {
			c.What = v.Lang.Tone(f.Tone)
		}
		if f.Act != "" {
			c.What = strings.TrimPrefix(c.What+", "+v.Lang.Act(f.Act), ", ")
		}
		v.Corrections = append(v.Corrections, c)
	}
}

// choices makes the options of a select; the first leaves things as they are
// where the value shown is none of them.
func choices(values []string, now string, label func(string) string, l words.Lang) []choice {
	var out []choice
	if !slices.Contains(values, now) {
		out = append(out, choice{Label: l.Say("(để nguyên)", "(as it is)"), On: true})
	}
	for _, value := range values {
		out = append(out, choice{Label: label(value), Value: value, On: value == now})
	}
	return out
}
