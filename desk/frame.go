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
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// Frame is what every page needs around its content.
type Frame struct {
	Lang       words.Lang
	Title      string
	Active     string // which entry of the navigation
	Unit       string
	User       *Person
	SwitchURL  string
	Honesty    string
	OpenAlerts int
	Now        time.Time
	Demo       bool
	Total      int    // mentions in the index, for "n new items"
	Flash      string // what the last action did
	silence    silence
}

// frame builds the frame for a request; title is given in both languages.
func (d *Desk) frame(r *http.Request, active, vi, en string) Frame {
	l := language(r)
	f := Frame{
		Lang: l, Title: l.Say(vi, en), Active: active, Unit: d.Unit,
		User: person(r), Now: d.Now(), Demo: d.Demo, SwitchURL: switchURL(r, l.Other()),
		Flash: flash(r, l),
	}
	if f.User == nil {
		return f
	}
	f.silence = d.listen(r.Context())
	f.Honesty = d.honesty(r.Context(), l, f.silence)
	f.OpenAlerts = len(d.alertsIn(watch.Open))
	if all, err := d.Searcher.Search(r.Context(), query.Request{Limit: 1}); err == nil {
		f.Total = all.Total
	}
	return f
}

// language is what the address says, else the cookie, else Vietnamese.
func language(r *http.Request) words.Lang {
	if l := r.URL.Query().Get("lang"); l != "" {
		return words.Parse(l)
	}
	if c, err := r.Cookie("lang"); err == nil {
		return words.Parse(c.Value)
	}
	return words.VI
}

// keepLanguage remembers a language chosen in the address.
func keepLanguage(w http.ResponseWriter, r *http.Request, secure bool) {
	l := r.URL.Query().Get("lang")
	if l == "" {
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: "lang", Value: string(words.Parse(l)), Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	})
}

func switchURL(r *http.Request, to words.Lang) string {
	q := r.URL.Query()
	q.Set("lang", string(to))
	q.Del("done")
	return r.URL.Path + "?" + q.Encode()
}

// honesty is the line under the header: as of when, how many sources, which
// are silent and since when, what waits to be read.
func (d *Desk) honesty(ctx context.Context, l words.Lang, s silence) string {
	parts := []string{l.Say("tính đến ", "as of ") + viet.Clock(d.Now())}
	parts = append(parts, d.sourcesLine(l, s))
	if d.Waiting != nil {
		if n, err := d.Waiting(ctx); err == nil && n > 0 {
			parts = append(parts, viet.FormatInt(int64(n))+l.Say(" tin chờ đọc", " items waiting to be read"))
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func (d *Desk) sourcesLine(l words.Lang, s silence) string {
	switch {
	case s.err != nil:
		return l.Say("không hỏi được trạng thái nguồn", "the state of the sources is not known")
	case s.all == 0:
		return l.Say("chưa có nguồn nào", "no source yet")
	}
	line := viet.FormatInt(int64(s.all)) + l.Say(" nguồn", " sources")
	if s.missing > 0 {
		line += ", " + viet.FormatInt(int64(s.missing)) + l.Say(" im lặng hoặc lỗi từ ", " silent or failing since ") +
			l.When(s.since, d.Now())
	}
	return line
}

// silence is which part of the sources is not heard; a page asks once.
type silence struct {
	all, missing int
	since        time.Time // when the first of them fell silent
	err          error     // the sources could not be asked
}

func (d *Desk) listen(ctx context.Context) (out silence) {
	if d.Sources == nil {
		return out
	}
	sources, err := d.Sources(ctx)
	out.all, out.err = len(sources), err
	for _, s := range sources {
		if s.State == "silent" || s.State == "failing" {
			out.missing++
			if out.since.IsZero() || s.Since.Before(out.since) {
				out.since = s.Since
			}
		}
	}
	return out
}

// flash names what the last action did; the key travels in the address, so
// that a reload does not repeat the action.
func flash(r *http.Request, l words.Lang) string {
	switch r.URL.Query().Get("done") {
	case "acknowledged":
		return l.Say("Đã ghi: anh/chị nhận việc này.", "Recorded: you have taken this.")
	case "closed":
		return l.Say("Đã đóng cảnh báo. Có thể mở lại ở cuối trang.", "The alert is closed. It can be reopened below.")
	case "reopened":
		return l.Say("Đã mở lại cảnh báo.", "The alert is open again.")
	case "corrected":
		return l.Say("Đã lưu bản sửa.", "The correction is saved.")
	}
	return ""
}

// with gives the address with one parameter set, or removed where value is
// empty; the cursor goes, since it belongs to another list then.
func with(q url.Values, name, value string) string {
	c := url.Values{}
	for k, v := range q {
		if k != "cursor" && k != "done" && k != "lang" {
			c[k] = slices.Clone(v)
		}
	}
	if value == "" {
		c.Del(name)
	} else {
		c.Set(name, value)
	}
	return "/search?" + c.Encode()
}
