package notify

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// Letter is a message as people read it.
type Letter struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html,omitempty"`
}

// levelNames are those of the desk.
func levelName(l watch.Level) string {
	switch l {
	case watch.Crisis:
		return "Khủng hoảng"
	case watch.Warning:
		return "Cảnh báo"
	}
	return "Chú ý"
}

func changeName(change string) string {
	switch change {
	case watch.ChangeRaised:
		return "tăng mức"
	case watch.ChangeReopened:
		return "mở lại"
	}
	return "mới"
}

// page is what both forms of a letter show.
type page struct {
	Subject, Headline, Usual, Window, Basis, Missing, Link string
	Sources                                                []watch.Source
}

// Write puts a message into words; link is the desk's address, "" for none.
func Write(m watch.Message, link string) (Letter, error) {
	if m.Outage != nil {
		return writeSources(*m.Outage, link)
	}
	p := describe(m, link)
	var b strings.Builder
	if err := letter().Execute(&b, p); err != nil {
		return Letter{}, fmt.Errorf("notify: write %s: %w", m.ID, err)
	}
	return Letter{Subject: p.Subject, Text: p.plain(), HTML: b.String()}, nil
}

func describe(m watch.Message, link string) page {
	a := m.Alert
	p := page{
		Subject: fmt.Sprintf("[%s] %s: %s tin bất lợi độc lập", levelName(a.Level), oneLine(m.PolicyName), viet.FormatInt(a.Stories)),
		Headline: fmt.Sprintf("%s (%s): %s tin bất lợi độc lập, %s tin kể cả đăng lại, %s nguồn",
			levelName(a.Level), changeName(m.Change), viet.FormatInt(a.Stories), viet.FormatInt(a.Mentions), viet.FormatInt(a.Reach)),
		Usual: fmt.Sprintf("Thường lệ khoảng %s tin trong khoảng giờ này; gấp %s lần.",
			viet.FormatFloat(a.Expected, 2), viet.FormatFloat(a.Ratio, 1)),
		Window: fmt.Sprintf("Từ %s đến %s", viet.DateClock(a.From), viet.DateClock(a.To)),
		Basis:  "Căn cứ: " + a.Basis,
	}
	if a.Measure == watch.Authority {
		p.Usual = fmt.Sprintf("%s bài của các cơ quan báo chí có trọng lượng; thường lệ khoảng %s; gấp %s lần.",
			viet.FormatInt(a.Articles), viet.FormatFloat(a.Expected, 2), viet.FormatFloat(a.Ratio, 1))
	}
	if len(a.Missing) > 0 {
		p.Missing = "Chưa nghe được: " + strings.Join(a.Missing, ", ")
	}
	if link != "" {
		p.Link = strings.TrimSuffix(link, "/") + "/alerts/" + url.PathEscape(a.ID)
	}
	for _, s := range m.Sources {
		s.Title, s.Outlet, s.URL = oneLine(s.Title), oneLine(s.Outlet), web(s.URL)
		p.Sources = append(p.Sources, s)
	}
	return p
}

// web keeps only addresses that a reader may follow.
func web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (p page) plain() string {
	lines := []string{p.Headline, p.Usual, p.Window, p.Basis}
	if p.Missing != "" {
		lines = append(lines, p.Missing)
	}
	if len(p.Sources) > 0 {
		lines = append(lines, "", "Nguồn đầu tiên:")
	}
	for _, s := range p.Sources {
		lines = append(lines, fmt.Sprintf("- %s (%s, %s)", s.Title, s.Outlet, clockOf(s.When)))
		if s.URL != "" {
			lines = append(lines, "  "+s.URL)
		}
	}
	if p.Link != "" {
		lines = append(lines, "", "Nhận việc: "+p.Link)
	}
	return strings.Join(lines, "\n") + "\n"
}

func clockOf(t time.Time) string { return viet.DateClock(t) }

func letter() *template.Template {
	return template.Must(template.New("letter").Funcs(template.FuncMap{"clock": clockOf}).Parse(`<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>{{.Subject}}</title>
<body style="font-family:sans-serif;max-width:40em;line-height:1.5">
<p><strong>{{.Headline}}</strong></p>
<p>{{.Usual}}<br>{{.Window}}</p>
{{with .Sources}}<p>Nguồn đầu tiên:</p><ul>{{range .}}
<li>{{if .URL}}<a href="{{.URL}}" rel="noreferrer">{{.Title}}</a>{{else}}{{.Title}}{{end}} ({{.Outlet}}, {{clock .When}})</li>{{end}}
</ul>{{end}}
<p style="color:#555">{{.Basis}}{{with .Missing}}<br>{{.}}{{end}}</p>
{{with .Link}}<p><a href="{{.}}">Nhận việc</a></p>{{end}}
</body></html>
`))
}
