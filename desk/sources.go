package desk

import (
	"html/template"
	"net/http"

	"github.com/diembao/diembao/desk/chart"
	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/viet"
)

type sourcesView struct {
	Frame
	Summary string
	WeekAgo string
	Sources []sourceRow
}

type sourceRow struct {
	Source
	Week  int
	Spark template.HTML
}

// sourcesPage answers GET /sources.
func (d *Desk) sourcesPage(w http.ResponseWriter, r *http.Request) {
	v := sourcesView{Frame: d.frame(r, "sources", "Nguồn", "Sources")}
	week := dayStart(v.Now).AddDate(0, 0, -7)
	v.WeekAgo = week.Format("2006-01-02")
	if d.Sources != nil {
		sources, err := d.Sources(r.Context())
		if err != nil {
			d.fail(w, r, err)
			return
		}
		counts, err := d.Searcher.Facets(r.Context(), query.Request{Filter: query.Filter{From: week}},
			[]string{query.FieldOutlet}, 1000)
		if err != nil {
			d.fail(w, r, err)
			return
		}
		by := map[string]int{}
		for _, f := range counts[query.FieldOutlet] {
			by[f.Value] = f.Count
		}
		for _, s := range sources {
			v.Sources = append(v.Sources, sourceRow{Source: s, Week: by[s.Outlet],
				Spark: chart.Spark(v.Lang.Say("tin mỗi lần hỏi", "items a visit"), s.Counts, s.Failed)})
		}
	}
	v.Summary = sourcesSummary(v.Lang, v.Sources)
	d.render(w, r, http.StatusOK, "sources", v)
}

func sourcesSummary(l words.Lang, rows []sourceRow) string {
	bad := 0
	for _, s := range rows {
		if s.State != "good" && s.State != "new" {
			bad++
		}
	}
	line := viet.FormatInt(int64(len(rows))) + l.Say(" nguồn", " sources")
	if bad == 0 {
		return line + l.Say(", tất cả đang nghe được.", ", all heard.")
	}
	return line + ", " + viet.FormatInt(int64(bad)) + l.Say(" cần xem lại; mọi con số trên bàn đều có thể thiếu tin của những nguồn này.",
		" need a look; every count on the desk may be short of what these publish.")
}

type outboxView struct {
	Frame
	Notices []Notice
}

// outbox answers GET /outbox in the demo.
func (d *Desk) outbox(w http.ResponseWriter, r *http.Request) {
	if d.Outbox == nil {
		d.refuse(w, r, http.StatusNotFound, "Chỉ bản trình diễn có hộp gửi đi.", "Only the demo has an outbox.")
		return
	}
	d.render(w, r, http.StatusOK, "outbox", outboxView{Frame: d.frame(r, "", "Hộp gửi đi", "Outbox"), Notices: d.Outbox()})
}
