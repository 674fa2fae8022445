package newsroom

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// perPage is how many items a listing page shows.
const perPage = 20

// listing answers the home page and its further pages.
func (p *Press) listing(r *http.Request, host string, site Outlet, now time.Time) (document, bool) {
	channel := mention.Article
	switch {
	case site.Face == FaceSharePoint && r.URL.Path == "/hoi-dap/Pages/danh-sach.aspx":
		channel = mention.Message
	case site.Face == FaceCommune && r.URL.Path == "/index.php" && r.URL.Query().Get("id") == "":
	case r.URL.Path != "/":
		return document{}, false
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("trang"))
	page = max(page, 1)
	all := p.of(site.ID, channel, now, page*perPage+1)
	view := listView{Site: site, Host: host, Doors: doors(site), Now: now.In(zone).Format("02/01/2006 15:04"), Views: p.seen(host)}
	for i := (page - 1) * perPage; i < len(all) && i < page*perPage; i++ {
		view.Items = append(view.Items, listItem{all[i].Title, foundPath(site, all[i]), all[i].Published.In(zone).Format("15:04 | 02/01/2006")})
	}
	if len(all) > page*perPage {
		view.Next = r.URL.Path + "?trang=" + strconv.Itoa(page+1)
	}
	return render(site, listPage, view), true
}

// doors lists what the home page announces in its head.
func doors(site Outlet) map[string]string {
	switch site.Face {
	case FaceFullFeed, FaceBroken, FaceRedirect:
		return map[string]string{"application/rss+xml": "/rss/home.rss"}
	case FaceNukeViet:
		return map[string]string{"application/rss+xml": "/vi/news/rss/"}
	case FaceLiferay:
		return map[string]string{"application/rss+xml": "/-/asset_publisher/rss"}
	case FaceAtom:
		return map[string]string{"application/atom+xml": "/atom.xml"}
	case FaceForum:
		return map[string]string{"application/rss+xml": "/threads.rss"}
	}
	return nil
}

type listItem struct{ Title, Path, When string }

type listView struct {
	Site      Outlet
	Host      string
	Doors     map[string]string
	Items     []listItem
	Next, Now string
	Views     int
}

// render makes a page in the site's own charset.
func render(site Outlet, t *template.Template, view any) document {
	var b strings.Builder
	if err := t.Execute(&b, view); err != nil {
		return document{status: http.StatusInternalServerError}
	}
	doc := document{contentType: "text/html; charset=utf-8", body: b.String()}
	switch site.Face {
	case FaceBare:
		doc.contentType, doc.encode = "text/html", windows1258
	case FaceAtom:
		doc.contentType = "text/html; charset=iso-8859-1" // it is UTF-8
	case FaceCommune:
		doc.contentType, doc.encode = "text/html", decomposed
	}
	return doc
}

var listPage = template.Must(template.New("list").Parse(`<!DOCTYPE html>
<html lang="vi"><head>{{if eq .Site.Face "bare"}}<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">{{else}}<meta charset="utf-8">{{end}}
<title>{{.Site.Name}}</title>{{range $type, $href := .Doors}}
<link rel="alternate" type="{{$type}}" title="RSS" href="{{$href}}">{{end}}
{{if eq .Site.Face "nukeviet"}}<meta name="generator" content="NukeViet v4.5">{{end}}</head>
<body><div id="banner">{{.Site.Name}} <span class="clock">{{.Now}}</span></div>
<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/noi-bo/lich-lam-viec.html">Lịch làm việc</a></li><li><a href="/lien-he.html">Liên hệ</a></li></ul>
<div class="list">{{range .Items}}
<div class="item"><h3><a href="{{.Path}}">{{.Title}}</a></h3><span class="time">{{.When}}</span></div>{{else}}<p>Chưa có bài viết.</p>{{end}}
</div>
{{if .Next}}<a class="next" href="{{.Next}}">Trang sau</a>{{end}}
<div class="footer">Số lượt truy cập: {{.Views}}</div></body></html>
`))
