package desk

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
)

// pageSize is how many hits a list shows at once.
const pageSize = 20

// request reads a search address into a request. Unknown parameters are
// ignored; a date that is none is ignored, too, and shown empty.
func request(q url.Values) query.Request {
	r := query.Request{
		Text: strings.TrimSpace(q.Get("q")), Limit: pageSize, Cursor: q.Get("cursor"), Fold: q.Get("fold") != "0",
		Filter: query.Filter{
			Kinds: list(q, "kind"), Outlets: list(q, "outlet"), Policies: list(q, "policy"),
			Topics: list(q, "topic"), Tones: list(q, "tone"), Acts: list(q, "act"),
			Places: list(q, "place"), Documents: list(q, "doc"), Bodies: list(q, "body"),
			Stances: list(q, "stance"), Copies: list(q, "group"),
			Parents: list(q, "parent"),
		},
	}
	if len(r.Copies) > 0 || len(r.Parents) > 0 {
		r.Fold = false // the point of that list is to see each of them
	}
	if q.Get("relevant") == "1" {
		r.Relevant = relevant()
	}
	r.From, r.To = period(q)
	switch s := query.Sort(q.Get("sort")); s {
	case query.ByRelevance, query.ByOldest, query.ByTime:
		r.Sort = s
	}
	return r
}

func list(q url.Values, name string) []string {
	return slices.DeleteFunc(slices.Clone(q[name]), func(s string) bool { return s == "" })
}

// period reads from, to (whole Vietnamese days, both included), hour (one hour)
// or since and until (instants).
func period(q url.Values) (from, to time.Time) {
	if hour, err := time.Parse(time.RFC3339, q.Get("hour")); err == nil {
		return hour, hour.Add(time.Hour)
	}
	from, to = day(q.Get("from")), day(q.Get("to"))
	if !to.IsZero() {
		to = to.AddDate(0, 0, 1)
	}
	if t, err := time.Parse(time.RFC3339, q.Get("since")); err == nil {
		from = t
	}
	if t, err := time.Parse(time.RFC3339, q.Get("until")); err == nil {
		to = t
	}
	return from, to
}

// day reads the date of a form (yyyy-mm-dd) or one typed (dd/mm/yyyy).
func day(s string) time.Time {
	for _, layout := range []string{"2006-01-02", "02/01/2006", "2/1/2006"} {
		if t, err := time.ParseInLocation(layout, s, viet.Zone()); err == nil {
			return t
		}
	}
	return time.Time{}
}

// periodLine says which time a list covers.
func periodLine(l words.Lang, from, to time.Time) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return l.Say("từ ", "since ") + viet.Clock(from) + " " + viet.Date(from)
	case from.IsZero():
		return l.Say("đến ", "until ") + viet.Clock(to) + " " + viet.Date(to)
	}
	return viet.Clock(from) + " " + viet.Date(from) + " – " + viet.Clock(to) + " " + viet.Date(to)
}

// pair is a hidden field of a form.
type field struct{ Name, Value string }

// hidden keeps the other parameters of an address in a form.
func hidden(q url.Values, without ...string) []field {
	var out []field
	for name, values := range q {
		if slices.Contains(without, name) || name == "cursor" || name == "lang" || name == "done" {
			continue
		}
		for _, v := range values {
			if v != "" {
				out = append(out, field{Name: name, Value: v})
			}
		}
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	return out
}
