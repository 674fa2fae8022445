package desk

import (
	"context"
	"html/template"
	"net/http"
	"time"

	"github.com/diembao/diembao/desk/chart"
	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// toneShare is one part of a tone bar with the list it opens.
type toneShare struct {
	Class, Href string
	Count       int
	Share       float64
}

// tones is a tone bar.
type tones struct {
	Stack  template.HTML
	Shares []toneShare
}

// policyRow is one line of the most mentioned policies.
type policyRow struct {
	Policy
	Count, Neg int
	NegShare   float64
}

type todayView struct {
	Frame
	Alerts         []AlertCard
	Questions      []Card
	QuestionsTotal int
	Latest         []Card
	TodayTotal     int
	TodayStories   int
	TodayURL       string
	Chart          chart.Timeline
	Tones          tones
	Policies       []policyRow
	Missing        string
	DigestState    string
}

func relevant() *bool { yes := true; return &yes }

// today answers GET /.
func (d *Desk) today(w http.ResponseWriter, r *http.Request) {
	v := todayView{Frame: d.frame(r, "today", "Hôm nay", "Today")}
	for _, fill := range []func(context.Context, *todayView) error{
		d.todayAlerts, d.todayQuestions, d.todayLatest, d.todayCounts, d.todayPolicies,
	} {
		if err := fill(r.Context(), &v); err != nil {
			d.fail(w, r, err)
			return
		}
	}
	v.DigestState = d.digestLine(v.Frame)
	d.render(w, r, http.StatusOK, "today", v)
}

func (d *Desk) todayAlerts(ctx context.Context, v *todayView) error {
	for _, a := range append(d.alertsIn(watch.Open), d.alertsIn(watch.Acknowledged)...) {
		if len(v.Alerts) < 5 {
			v.Alerts = append(v.Alerts, d.alertCard(ctx, a))
		}
	}
	return nil
}

func (d *Desk) todayQuestions(ctx context.Context, v *todayView) error {
	page, err := d.Searcher.Search(ctx, query.Request{Limit: 4, Filter: query.Filter{
		Acts: []string{"question"}, Kinds: []string{"social"}, Relevant: relevant(), From: v.Now.AddDate(0, 0, -7)}})
	v.Questions, v.QuestionsTotal = d.cards(page.Hits), page.Total
	return err
}

func (d *Desk) todayLatest(ctx context.Context, v *todayView) error {
	page, err := d.Searcher.Search(ctx, query.Request{Limit: 8, Fold: true, Filter: query.Filter{
		Kinds: []string{"press", "portal"}, Relevant: relevant()}})
	v.Latest = d.cards(page.Hits)
	return err
}

// todayCounts draws the day so far against the same hours of the week before.
func (d *Desk) todayCounts(ctx context.Context, v *todayView) error {
	start := dayStart(v.Now)
	end := start.AddDate(0, 0, 1)
	f := query.Filter{Relevant: relevant(), From: start, To: end}
	bars, err := d.Searcher.Histogram(ctx, query.Request{Filter: f}, query.Hour)
	if err != nil {
		return err
	}
	f.From, f.To = start.AddDate(0, 0, -7), start
	before, err := d.Searcher.Histogram(ctx, query.Request{Filter: f}, query.Hour)
	if err != nil {
		return err
	}
	v.Chart = chart.Timeline{
		Title: v.Lang.Say("Tin hôm nay theo giờ, so với bảy ngày trước", "Items today by hour, against the seven days before"),
		Unit:  v.Lang.Say("tin", "items"), Usual: v.Lang.Say("thường lệ", "usual"),
		Points: hourPoints(bars, usual(before)), Flags: d.flags(start, end, v.Lang),
	}
	for _, b := range bars {
		v.TodayTotal += b.Count
		v.TodayStories += b.Stories
	}
	day := start.Format("2006-01-02")
	v.TodayURL = "/search?relevant=1&from=" + day + "&to=" + day
	v.Tones, err = d.toneBar(ctx, query.Filter{Relevant: relevant(), From: start, To: end}, v.TodayURL, v.Lang)
	v.Missing = d.missingNote(v.Frame)
	return err
}

func (d *Desk) missingNote(f Frame) string {
	s := f.silence
	if s.err != nil || s.missing == 0 {
		return ""
	}
	return viet.FormatInt(int64(s.missing)) + f.Lang.Say("/", " of ") + viet.FormatInt(int64(s.all)) +
		f.Lang.Say(" nguồn không nghe được từ ", " sources not heard since ") + f.Lang.When(s.since, d.Now()) +
		f.Lang.Say("; con số có thể thiếu.", "; the counts may be short.")
}

// usualHour is what an hour of the day brings: mean and a band of the middle
// of a week's values.
type usualHour struct{ low, high float64 }

// usual takes the same hour of the days before: the band is the lowest and the
// highest of them without the two extremes.
func usual(bars []query.Bucket) [24]usualHour {
	var by [24][]int
	for _, b := range bars {
		h := b.Start.In(viet.Zone()).Hour()
		by[h] = append(by[h], b.Count)
	}
	var out [24]usualHour
	for h, counts := range by {
		low, high := middle(counts)
		out[h] = usualHour{low: float64(low), high: float64(high)}
	}
	return out
}

func hourPoints(bars []query.Bucket, band [24]usualHour) []chart.Point {
	out := make([]chart.Point, 0, len(bars))
	for _, b := range bars {
		h := band[b.Start.In(viet.Zone()).Hour()]
		out = append(out, chart.Point{At: b.Start, Count: b.Count, Low: h.low, High: h.high,
			Href: "/search?relevant=1&hour=" + b.Start.UTC().Format(time.RFC3339)})
	}
	return out
}

// todayPolicies lists the policies most mentioned in seven days with their
// unfavourable share.
func (d *Desk) todayPolicies(ctx context.Context, v *todayView) error {
	f := query.Filter{Relevant: relevant(), From: v.Now.AddDate(0, 0, -7)}
	all, err := d.Searcher.Facets(ctx, query.Request{Filter: f}, []string{query.FieldPolicy}, 8)
	if err != nil {
		return err
	}
	f.Tones = []string{"neg"}
	neg, err := d.Searcher.Facets(ctx, query.Request{Filter: f}, []string{query.FieldPolicy}, 1000)
	if err != nil {
		return err
	}
	bad := map[string]int{}
	for _, b := range neg[query.FieldPolicy] {
		bad[b.Value] = b.Count
	}
	for _, p := range all[query.FieldPolicy] {
		row := policyRow{Policy: Policy{ID: p.Value, Name: d.policyName(p.Value)}, Count: p.Count, Neg: bad[p.Value]}
		row.NegShare = float64(row.Neg) / float64(max(1, row.Count))
		v.Policies = append(v.Policies, row)
	}
	return nil
}

// toneBar counts the tones of what f matches; href is the list, to which the
// tone is added.
func (d *Desk) toneBar(ctx context.Context, f query.Filter, href string, l words.Lang) (tones, error) {
	found, err := d.Searcher.Facets(ctx, query.Request{Filter: f}, []string{query.FieldTone}, 10)
	if err != nil {
		return tones{}, err
	}
	counts := map[string]int{}
	total := 0
	for _, b := range found[query.FieldTone] {
		counts[b.Value] += b.Count
		total += b.Count
	}
	var t tones
	var shares []chart.Share
	for _, value := range []string{"pos", "neu", "neg", "unsure"} {
		n := counts[value]
		if n == 0 {
			continue
		}
		t.Shares = append(t.Shares, toneShare{Class: value, Href: href + "&tone=" + value, Count: n,
			Share: float64(n) / float64(total)})
		shares = append(shares, chart.Share{Class: value, Label: l.Tone(value) + " " + viet.FormatInt(int64(n)), Count: n})
	}
	t.Stack = chart.Stack(l.Say("Sắc thái", "Tone"), shares)
	return t, nil
}

func dayStart(t time.Time) time.Time {
	y, m, day := t.In(viet.Zone()).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, viet.Zone())
}
