package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/diembao/diembao/desk/chart"
	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// AlertCard is an alert as lists show it.
type AlertCard struct {
	watch.Alert
	PolicyName  string
	FirstOutlet string
	FirstAt     time.Time
	ListURL     string
	Clock       *clockView
}

// clockView is what is left of a legal deadline.
type clockView struct {
	Left       time.Duration
	Late       bool
	Law, Basis string // which deadline, and the document that sets it
}

// alertsIn lists the alerts in the given states, newest first.
func (d *Desk) alertsIn(states ...watch.State) []watch.Alert {
	if d.Alerts == nil {
		return nil
	}
	return slices.DeleteFunc(d.Alerts.List(), func(a watch.Alert) bool { return !slices.Contains(states, a.State) })
}

func (d *Desk) alertCard(ctx context.Context, a watch.Alert) AlertCard {
	c := AlertCard{Alert: a, PolicyName: d.policyName(a.Policy), ListURL: alertList(a), Clock: d.clock(a)}
	if hit, err := d.Searcher.Get(ctx, a.First); err == nil {
		c.FirstOutlet, c.FirstAt = outletName(hit.Mention), hit.Mention.When()
	}
	return c
}

// alertList is the address of what stands around an alert: every mention of
// the policy in its window. The ones that were counted are on its own page.
func alertList(a watch.Alert) string {
	return "/search?" + url.Values{"policy": {a.Policy}, "since": {stampText(a.From)},
		"until": {stampText(a.To)}, "fold": {"0"}}.Encode()
}

func stampText(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// stamp is stampText for an address written by hand.
func stamp(t time.Time) string { return url.QueryEscape(stampText(t)) }

type alertsView struct {
	Frame
	States []choice
	Alerts []AlertCard
}

// alertsPage answers GET /alerts.
func (d *Desk) alertsPage(w http.ResponseWriter, r *http.Request) {
	v := alertsView{Frame: d.frame(r, "alerts", "Cảnh báo", "Alerts")}
	now := r.URL.Query().Get("state")
	for _, s := range []watch.State{"", watch.Open, watch.Acknowledged, watch.Closed} {
		c := choice{Value: string(s), Label: v.Lang.State(string(s)), URL: "/alerts?state=" + string(s), On: string(s) == now}
		if s == "" {
			c.Label, c.URL = v.Lang.Say("tất cả", "all"), "/alerts"
			c.Count = len(d.alertsIn(watch.Open, watch.Acknowledged, watch.Closed))
		} else {
			c.Count = len(d.alertsIn(s))
		}
		v.States = append(v.States, c)
	}
	states := []watch.State{watch.Open, watch.Acknowledged, watch.Closed}
	if slices.Contains(states, watch.State(now)) {
		states = []watch.State{watch.State(now)}
	}
	for _, a := range d.alertsIn(states...) {
		v.Alerts = append(v.Alerts, d.alertCard(r.Context(), a))
	}
	d.render(w, r, http.StatusOK, "alerts", v)
}

type alertView struct {
	Frame
	Alert AlertCard
	Chart chart.Timeline
	Cards []Card
	Tail  string
}

// alertPage answers GET /alerts/{id}.
func (d *Desk) alertPage(w http.ResponseWriter, r *http.Request) {
	a, err := d.Alerts.Get(r.PathValue("id"))
	if err != nil {
		d.fail(w, r, err)
		return
	}
	v := alertView{Frame: d.frame(r, "alerts", "Cảnh báo", "Alert"), Alert: d.alertCard(r.Context(), a), Tail: tail(a.Tail)}
	v.Title = v.Alert.PolicyName
	for _, id := range a.IDs {
		if hit, err := d.Searcher.Get(r.Context(), id); err == nil && len(v.Cards) < 50 {
			v.Cards = append(v.Cards, d.card(hit))
		}
	}
	if v.Chart, err = d.alertChart(r.Context(), a, v.Lang); err != nil {
		d.fail(w, r, err)
		return
	}
	d.render(w, r, http.StatusOK, "alert", v)
}

// tail writes a probability so that a person can weigh it.
func tail(p float64) string {
	switch {
	case p <= 0:
		return "–"
	case p < 1e-6:
		return "< 1 / 1.000.000"
	case p < 0.01:
		return "1 / " + viet.FormatInt(int64(1/p))
	}
	return viet.Percent(p, 1)
}

// alertChart draws the policy's unfavourable mentions from three days before
// the window to a day after it, with the expectation of the window as the band.
func (d *Desk) alertChart(ctx context.Context, a watch.Alert, l words.Lang) (chart.Timeline, error) {
	from := a.From.Add(-48 * time.Hour).Truncate(time.Hour)
	to := a.To.Add(24 * time.Hour)
	if now := d.Now(); to.After(now) {
		to = now
	}
	t := chart.Timeline{Title: l.Say("Tin bất lợi theo giờ", "Unfavourable items by hour"), Unit: l.Say("tin", "items"),
		Usual: l.Say("thường lệ", "usual")}
	bars, err := d.Searcher.Histogram(ctx, query.Request{Filter: query.Filter{
		Policies: []string{a.Policy}, Tones: []string{"neg"}, From: from, To: to}}, query.Hour)
	if err != nil {
		return t, err
	}
	hours := max(1, a.To.Sub(a.From).Hours())
	for _, b := range bars {
		t.Points = append(t.Points, chart.Point{At: b.Start, Count: b.Count, High: max(0.2, a.Expected/hours),
			Href: "/search?policy=" + url.QueryEscape(a.Policy) + "&tone=neg&hour=" + stamp(b.Start)})
	}
	t.Flags = []chart.Flag{{At: a.Noticed, Label: l.Level(string(a.Level))}}
	return t, nil
}

// flags are the alerts opened in a span, for the axis of a chart.
func (d *Desk) flags(from, to time.Time, l words.Lang) []chart.Flag {
	var out []chart.Flag
	for _, a := range d.alertsIn(watch.Open, watch.Acknowledged, watch.Closed) {
		if !a.Noticed.Before(from) && a.Noticed.Before(to) {
			out = append(out, chart.Flag{At: a.Noticed, Label: l.Level(string(a.Level)) + ": " + d.policyName(a.Policy),
				Href: "/alerts/" + a.ID})
		}
	}
	return out
}
