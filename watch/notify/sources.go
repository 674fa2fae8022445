package notify

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

// mostNamed is how many sources a letter names of each list.
const mostNamed = 20

// report is what both forms of a letter about sources show.
type report struct {
	Subject, Lead string
	Groups        []group
	Link          string
}

// group is a list of sources under one heading.
type group struct {
	Heading string
	Lines   []string
	More    int
}

// writeSources puts a message about sources into words.
func writeSources(o watch.Outage, link string) (Letter, error) {
	r := describeSources(o)
	if link != "" {
		r.Link = strings.TrimSuffix(link, "/") + "/sources"
	}
	var b strings.Builder
	if err := sourcesLetter().Execute(&b, r); err != nil {
		return Letter{}, fmt.Errorf("notify: write of sources: %w", err)
	}
	return Letter{Subject: r.Subject, Text: r.plain(), HTML: b.String()}, nil
}

func describeSources(o watch.Outage) report {
	var r report
	switch {
	case o.Whole && !o.Ended:
		r.Subject = "[Nguồn] Không nghe được nguồn nào từ " + viet.DateClock(o.Heard)
		r.Lead = fmt.Sprintf("Không nguồn nào trong %s nguồn được nghe từ %s. Hãy xem mạng và tiến trình thu thập; từng nguồn sẽ không báo riêng cho đến khi nghe lại được.",
			viet.FormatInt(o.Of), viet.DateClock(o.Heard))
	case o.Whole:
		r.Subject = "[Nguồn] Đã nghe lại được các nguồn"
		r.Lead = fmt.Sprintf("Đợt không nghe được nguồn nào, từ %s, đã hết. Tin trong thời gian ấy được thu thập bù khi nguồn còn giữ.", viet.DateClock(o.Heard))
	case len(o.Down) > 0:
		r.Subject = fmt.Sprintf("[Nguồn] %s nguồn cần xem: %s", viet.FormatInt(len(o.Down)), names(o.Down))
		r.Lead = fmt.Sprintf("%s trong %s nguồn cần người xem.", viet.FormatInt(len(o.Down)), viet.FormatInt(o.Of))
	default:
		r.Subject = "[Nguồn] Đã ổn: " + names(o.Up)
		r.Lead = "Những nguồn đã báo nay ổn định trở lại."
	}
	if len(o.Down) > 0 {
		r.Groups = append(r.Groups, listed("Cần xem:", o.Down, downLine))
	}
	if len(o.Up) > 0 {
		r.Groups = append(r.Groups, listed("Đã ổn:", o.Up, upLine))
	}
	return r
}

// names are the first three, for a subject.
func names(all []watch.Ill) string {
	var out []string
	for _, s := range all[:min(len(all), 3)] {
		out = append(out, oneLine(s.Name))
	}
	if len(all) > 3 {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

func listed(heading string, all []watch.Ill, line func(watch.Ill) string) group {
	g := group{Heading: heading, More: max(0, len(all)-mostNamed)}
	for _, s := range all[:len(all)-g.More] {
		g.Lines = append(g.Lines, oneLine(line(s)))
	}
	return g
}

func stateName(s mention.SourceState) string {
	switch s {
	case mention.SourceSilent:
		return "im lặng"
	case mention.SourceFailing:
		return "không trả lời hoặc không hiểu được"
	case mention.SourceShrinking:
		return "trang không còn chữ"
	case mention.SourceClock:
		return "giờ đăng không dùng được"
	}
	return string(s)
}

func downLine(s watch.Ill) string {
	line := fmt.Sprintf("%s (%s): %s từ %s.", s.Name, s.ID, stateName(s.State), viet.DateClock(s.Since))
	if s.Problem != "" {
		line += " " + s.Problem
	}
	if !s.Newest.IsZero() {
		line += " Bài mới gần nhất: " + viet.DateClock(s.Newest) + "."
	}
	if s.Usual > 0 {
		line += " Thường lệ cách nhau không quá " + span(time.Duration(s.Usual)*time.Second) + "."
	}
	if s.Error != "" {
		line += " Lỗi: " + cut(s.Error, 200)
	}
	return line
}

func upLine(s watch.Ill) string {
	line := fmt.Sprintf("%s (%s): hết %s.", s.Name, s.ID, stateName(s.State))
	if !s.Newest.IsZero() {
		line += " Bài mới gần nhất: " + viet.DateClock(s.Newest) + "."
	}
	return line
}

// span words a time roughly: minutes below two hours, hours below two days.
func span(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return viet.FormatInt(int(max(1, d.Round(time.Minute)/time.Minute))) + " phút"
	case d < 48*time.Hour:
		return viet.FormatInt(int(d.Round(time.Hour)/time.Hour)) + " giờ"
	}
	return viet.FormatInt(int(d.Round(24*time.Hour)/(24*time.Hour))) + " ngày"
}

func cut(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}

func (r report) plain() string {
	lines := []string{r.Lead}
	for _, g := range r.Groups {
		lines = append(lines, "", g.Heading)
		for _, line := range g.Lines {
			lines = append(lines, "- "+line)
		}
		if g.More > 0 {
			lines = append(lines, fmt.Sprintf("- và %s nguồn khác", viet.FormatInt(g.More)))
		}
	}
	if r.Link != "" {
		lines = append(lines, "", "Trang Nguồn: "+r.Link)
	}
	return strings.Join(lines, "\n") + "\n"
}

func sourcesLetter() *template.Template {
	return template.Must(template.New("sources").Parse(`<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>{{.Subject}}</title>
<body style="font-family:sans-serif;max-width:40em;line-height:1.5">
<p><strong>{{.Lead}}</strong></p>
{{range .Groups}}<p>{{.Heading}}</p><ul>{{range .Lines}}
<li>{{.}}</li>{{end}}{{if .More}}
<li>và {{.More}} nguồn khác</li>{{end}}
</ul>{{end}}
{{with .Link}}<p><a href="{{.}}">Trang Nguồn</a></p>{{end}}
</body></html>
`))
}
