package newsroom

import "github.com/diembao/diembao/mention"

// Face is the look of a site: which door it has and how its pages are made.
type Face string

// The faces. The comment says how items are found, and what is odd.
const (
	FaceFullFeed   Face = "full-feed"   // RSS with full text, JSON-LD, ETag
	FaceBroken     Face = "broken-feed" // RSS summaries with broken HTML, OpenGraph only
	FaceRedirect   Face = "redirect"    // RSS whose links redirect, "GMT+7" dates, JSON-LD @graph
	FaceSitemap    Face = "sitemap"     // gzip news sitemap under an index, microdata
	FaceBare       Face = "bare"        // listing only, no markup help, windows-1258
	FacePaged      Face = "paged"       // listing with pages, PM dates, dies for two days
	FaceAtom       Face = "atom"        // Atom, UTF-8 labelled iso-8859-1
	FaceJSON       Face = "json"        // JSON API, 429 with Retry-After
	FaceSharePoint Face = "sharepoint"  // listing, slow pages, crawl-delay, petitions
	FaceNukeViet   Face = "nukeviet"    // RSS, meta generator, NukeViet dates
	FaceLiferay    Face = "liferay"     // asset_publisher RSS, weak ETag
	FaceCommune    Face = "commune"     // listing, banner clock, counters, NFD text
	FaceForum      Face = "forum"       // threads with posts
	FaceSocial     Face = "social"      // no pages of its own: an API simulator
)

// Outlet is one site or channel of the fixture press.
type Outlet struct {
	ID         string
	Name       string
	Kind       mention.Kind
	Host       string
	Face       Face
	SourceType string // one of the seven kinds of site of NĐ 147/2024
}

// Outlets lists the twelve sites and the four social channels.
func Outlets() []Outlet {
	press := func(id, name, host string, face Face) Outlet {
		return Outlet{id, name, mention.Press, host, face, "bao-dien-tu"}
	}
	portal := func(id, name, host string, face Face) Outlet {
		return Outlet{id, name, mention.Portal, host, face, "cong-ttdt"}
	}
	social := func(id, name, host string, face Face) Outlet {
		return Outlet{id, name, mention.Social, host, face, "mang-xa-hoi"}
	}
	return []Outlet{
		press("dvhn", "Đất Việt Hôm Nay", "datviethomnay.example", FaceFullFeed),
		press("tn24", "Tin Nhanh 24", "tinnhanh24.example", FaceBroken),
		press("pldt", "Pháp Luật & Đời Thường", "phapluatdoithuong.example", FaceRedirect),
		press("kttn", "Kinh Tế Toàn Cảnh", "kinhtetoancanh.example", FaceSitemap),
		press("btb", "Báo Tây Bắc", "baotaybac.example", FaceBare),
		press("bxt", "Báo Xứ Thanh Mới", "baoxuthanhmoi.example", FacePaged),
		press("dss", "Đô Thị Sông Sài Gòn", "dothisongsaigon.example", FaceAtom),
		press("thvn", "Truyền Hình Vùng Cao", "truyenhinhvungcao.example", FaceJSON),
		portal("cpl", "Cổng TTĐT tỉnh Lai Châu (mô phỏng)", "laichau.portal.example", FaceSharePoint),
		portal("cth", "Cổng TTĐT tỉnh Thanh Hóa (mô phỏng)", "thanhhoa.portal.example", FaceNukeViet),
		portal("cbt", "Cổng TTĐT Bộ Tài chính (mô phỏng)", "botaichinh.portal.example", FaceLiferay),
		portal("phx", "Trang TTĐT phường Hạc Thành (mô phỏng)", "hacthanh.portal.example", FaceCommune),
		social("fb", "Facebook (mô phỏng)", "facebook.sim.example", FaceSocial),
		social("zl", "Zalo OA của đơn vị (mô phỏng)", "zalo.sim.example", FaceSocial),
		social("yt", "Bình luận YouTube (mô phỏng)", "youtube.sim.example", FaceSocial),
		social("fr", "Diễn đàn Ngõ Nhỏ", "ngonho.example", FaceForum),
	}
}

// Hosts lists the hosts of the press: what a crawler must be allowed to reach
// and, over TCP, map to the listener's address.
func Hosts() []string {
	all := Outlets()
	hosts := make([]string, 0, len(all))
	for _, o := range all {
		hosts = append(hosts, o.Host)
	}
	return hosts
}
