package extract

import (
	"strings"
	"testing"
)

func TestBreadcrumbs(t *testing.T) {
	links := `<a href="/">Trang chủ</a> &gt; <a href="/xa-hoi">Xã hội</a> » <a href="/xa-hoi/y-te">Y tế</a>`
	for page, want := range map[string]string{
		`<ul class="Breadcrumb">` + links + `</ul>`:                                   "Trang chủ|Xã hội|Y tế",
		`<div id="bread-crumbs">` + links + `</div>`:                                  "Trang chủ|Xã hội|Y tế",
		`<nav aria-label="Breadcrumb">` + links + `</nav>`:                            "Trang chủ|Xã hội|Y tế",
		`<ol itemtype="https://schema.org/BreadcrumbList">` + links + `</ol>`:         "Trang chủ|Xã hội|Y tế",
		`<div class="crumb"><a href="/">&gt; Xã   hội »</a><a href="/x"> </a></div>`:  "Xã hội",
		`<div class="menu">` + links + `</div>`:                                       "",
		`<div class="crumb">` + strings.Repeat(`<a href="/">Mục</a>`, 9) + `</div>`:   "",
		`<div class="crumb"><a href="/">` + strings.Repeat("dài ", 40) + `</a></div>`: "",
		`<div class="crumb">Trang chủ</div>`:                                          "",
	} {
		if got := strings.Join(parsed(t, page).head.crumbs, "|"); got != want {
			t.Errorf("%.80s: %q, want %q", page, got, want)
		}
	}
}

func TestSectionIsTheLastStepThatIsNotThePage(t *testing.T) {
	const title = "Xã trả lời về thủy lợi phí"
	for name, c := range map[string]struct {
		crumbs []string
		want   string
	}{
		"ordinary":          {[]string{"Trang chủ", "Xã hội"}, "Xã hội"},
		"with the page":     {[]string{"Trang chủ", "Xã hội", "XÃ TRẢ LỜI về thủy lợi phí"}, "Xã hội"},
		"only the front":    {[]string{"Trang chủ"}, ""},
		"the front abroad":  {[]string{"Home", "News"}, "News"},
		"the outlet":        {[]string{"Báo Mẫu", "Trang nhất"}, ""},
		"the outlet's name": {[]string{"báo mẫu", "Y tế"}, "Y tế"},
		"a long lone step":  {[]string{"Một dòng dài hơn bốn mươi byte không phải là một mục"}, ""},
		"nothing":           {nil, ""},
	} {
		p := &page{Article: Article{Title: title, Site: "Báo Mẫu"}}
		if got := p.lastCrumb(c.crumbs); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
