package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/desk/chart"
	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
)

type searchView struct {
	Frame
	Query, Problem, Period string
	From, To               string // of the date fields
	Total                  int
	Folded                 bool
	FoldURL                string
	Sorts                  []choice
	Chosen                 []chosen
	Hidden, HiddenButTime  []field
	Chart                  chart.Timeline
	Cards                  []Card
	Facets                 []facet
	Pager                  pager
}

// choice is one of several ways; On is the one in force.
type choice struct {
	Label, Value, URL string
	Count             int
	On                bool
}

// chosen is a filter in force and the address without it.
type chosen struct{ Label, Without string }

type facet struct {
	Label  string
	Values []choice
}

type pager struct{ First, Next string }

// search answers GET /search.
func (d *Desk) search(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	req := request(q)
	v := searchView{
		Frame: d.frame(r, "search", "Tìm kiếm", "Search"), Query: q.Get("q"), Folded: req.Fold,
		From: q.Get("from"), To: q.Get("to"), Period: periodLine(language(r), req.From, req.To),
		Hidden: hidden(q, "q"), HiddenButTime: hidden(q, "q", "from", "to", "hour", "since", "until"),
		Chosen: d.chosen(r, language(r)), FoldURL: foldURL(q, req.Fold), Sorts: sorts(q, language(r)),
	}
	err := d.fillSearch(r, req, q, &v)
	var mistake *query.ParseError
	switch {
	case errors.As(err, &mistake):
		v.Problem = v.Lang.Say(mistake.Vietnamese, mistake.English) + " (" +
			v.Lang.Say("chữ thứ ", "letter ") + viet.FormatInt(int64(mistake.Column)) + ")"
	case err != nil:
		d.fail(w, r, err)
		return
	}
	d.render(w, r, http.StatusOK, "search", v)
}

func (d *Desk) fillSearch(r *http.Request, req query.Request, q url.Values, v *searchView) error {
	page, err := d.Searcher.Search(r.Context(), req)
	if err != nil {
		return err
	}
	v.Total, v.Cards = page.Total, d.cards(page.Hits)
	if page.Next != "" {
		next := url.Values{}
		for name, values := range q {
			next[name] = values
		}
		next.Set("cursor", page.Next)
		v.Pager.Next = "/search?" + next.Encode()
	}
	if q.Get("cursor") != "" {
		v.Pager.First = with(q, "cursor", "")
	}
	if v.Chart, err = d.searchChart(r, req, v.Lang, v.Now); err != nil {
		return err
	}
	v.Facets, err = d.facets(r, req, q, v.Lang)
	return err
}

// searchChart draws hours within three days, days beyond; without a period the
// last thirty days.
func (d *Desk) searchChart(r *http.Request, req query.Request, l words.Lang, now time.Time) (chart.Timeline, error) {
	if req.To.IsZero() {
		req.To = dayStart(now).AddDate(0, 0, 1)
	}
	if req.From.IsZero() {
		req.From = dayStart(req.To.Add(-time.Second)).AddDate(0, 0, -29)
	}
	by := query.Day
	if req.To.Sub(req.From) <= 72*time.Hour {
		by = query.Hour
	}
	t := chart.Timeline{Title: l.Say("Tin theo thời gian", "Items over time"), Unit: l.Say("tin", "items"), Daily: by == query.Day}
	if req.To.Sub(req.From) > 400*24*time.Hour || !req.From.Before(req.To) {
		return t, nil // a year and more of days is no picture; the list stands
	}
	bars, err := d.Searcher.Histogram(r.Context(), req, by)
	if err != nil {
		return t, err
	}
	q := r.URL.Query()
	for _, b := range bars {
		p := chart.Point{At: b.Start, Count: b.Count}
		if by == query.Day {
			q.Set("from", b.Start.Format("2006-01-02"))
			q.Set("to", b.Start.Format("2006-01-02"))
			p.Href = with(q, "hour", "")
		} else {
			p.Href = with(q, "hour", b.Start.UTC().Format(time.RFC3339))
		}
		t.Points = append(t.Points, p)
	}
	t.Flags = d.flags(req.From, req.To, l)
	return t, nil
}

// facetFields are the filters beside the list, in their order.
func facetFields() []string {
	return []string{query.FieldTone, query.FieldPolicy, query.FieldAct, query.FieldTopic,
		query.FieldKind, query.FieldOutlet, query.FieldPlace}
}

func (d *Desk) facets(r *http.Request, req query.Request, q url.Values, l words.Lang) ([]facet, error) {
	found, err := d.Searcher.Facets(r.Context(), req, facetFields(), 8)
	if err != nil {
		return nil, err
	}
	var out []facet
	for _, name := range facetFields() {
		f := facet{Label: facetLabel(l, name)}
		for _, b := range found[name] {
			on := slices.Contains(q[name], b.Value)
			target := with(q, name, b.Value)
			if on {
				target = with(q, name, "")
			}
			f.Values = append(f.Values, choice{Label: d.valueLabel(r.Context(), l, name, b.Value), URL: target, Count: b.Count, On: on})
		}
		out = append(out, f)
	}
	return out, nil
}

func facetLabel(l words.Lang, name string) string {
	switch name {
	case query.FieldTone:
		return l.Say("Sắc thái", "Tone")
	case query.FieldPolicy:
		return l.Say("Chính sách", "Policy")
	case query.FieldAct:
		return l.Say("Loại lời nói", "Act")
	case query.FieldTopic:
		return l.Say("Chủ đề", "Topic")
	case query.FieldKind:
		return l.Say("Loại nguồn", "Kind of source")
	case query.FieldOutlet:
		return l.Say("Nguồn", "Outlet")
	case query.FieldPlace:
		return l.Say("Nơi", "Place")
	case query.FieldBody:
		return l.Say("Cơ quan", "Body")
	}
	return name
}

// valueLabel names a value of a field for people.
func (d *Desk) valueLabel(ctx context.Context, l words.Lang, name, value string) string {
	switch name {
	case query.FieldOutlet:
		return d.outletLabel(ctx, value)
	case query.FieldTone:
		return words.ToneSign(value) + " " + l.Tone(value)
	case query.FieldPolicy:
		return d.policyName(value)
	case query.FieldAct:
		return l.Act(value)
	case query.FieldTopic:
		return l.Topic(value)
	case query.FieldKind:
		return l.Kind(value)
	}
	return value
}

// chosen lists the filters in force, each with the address that drops it.
func (d *Desk) chosen(r *http.Request, l words.Lang) []chosen {
	q := r.URL.Query()
	var out []chosen
	for _, name := range append(facetFields(), query.FieldBody) {
		for _, value := range q[name] {
			out = append(out, chosen{Label: facetLabel(l, name) + ": " + d.valueLabel(r.Context(), l, name, value), Without: with(q, name, "")})
		}
	}
	for name, label := range map[string]string{
		"doc": l.Say("Văn bản", "Document") + ": " + q.Get("doc"), "group": l.Say("Một nhóm bản đăng lại", "One group of reprints"),
		"parent": l.Say("Bình luận của một tin", "Comments on one item"), "stance": l.Say("Ý kiến", "Stance") + ": " + q.Get("stance"),
		"hour": l.Say("Một giờ", "One hour"), "relevant": l.Say("Liên quan chính sách", "About policy"),
		"since": l.Say("Khung giờ của cảnh báo", "The alert's window"),
	} {
		if q.Get(name) != "" {
			out = append(out, chosen{Label: label, Without: with(q, name, "")})
		}
	}
	slices.SortStableFunc(out, func(a, b chosen) int { return strings.Compare(a.Label, b.Label) })
	return out
}

func foldURL(q url.Values, folded bool) string {
	if folded {
		return with(q, "fold", "0")
	}
	return with(q, "fold", "")
}

func sorts(q url.Values, l words.Lang) []choice {
	now := q.Get("sort")
	if now == "" {
		now = string(query.ByTime)
	}
	out := []choice{
		{Value: string(query.ByTime), Label: l.Say("mới nhất", "newest")},
		{Value: string(query.ByRelevance), Label: l.Say("khớp nhất", "best match")},
		{Value: string(query.ByOldest), Label: l.Say("cũ nhất", "oldest")},
	}
	for i := range out {
		out[i].On = out[i].Value == now
		out[i].URL = with(q, "sort", out[i].Value)
	}
	return out
}
