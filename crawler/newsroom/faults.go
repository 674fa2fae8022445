package newsroom

import (
	"time"

	"github.com/diembao/diembao/mention"
)

// change is what an outlet does to an item after publishing it.
type change struct {
	after  time.Duration // after publication
	add    string        // paragraph added at the end of the body
	remove bool
}

// changes is the plan of edits and removals. Tin Nhanh 24 says itself, on day
// 6, that it took its article down at 9:40.
func changes() map[string]change {
	return map[string]change{
		"S1-tn24-0408-1": {after: 2968 * time.Minute, remove: true},
		"S1-kttn-0409-1": {after: 26 * time.Hour, add: "Cập nhật: Cổng Thông tin điện tử tỉnh Thanh Hóa khẳng định mức điều chỉnh trong dự thảo là 2,1 đến 3,4 lần; thông tin tăng gấp 10 lần là không chính xác."},
		"S5-dvhn-0810-1": {after: 5 * time.Hour, add: "Cập nhật: đến cuối giờ chiều, lực lượng chức năng đã tiếp cận được ba trong sáu xã bị cô lập."},
		"S3-fb-0012-2":   {after: 90 * time.Minute, add: "Sửa: giấy đất hôm nay phường cũng đã nhận rồi nhé mọi người."},
		"S6-fb-0309-1":   {after: 3 * time.Hour, remove: true},
		"S5-cth-0910-1":  {after: 40 * time.Minute, add: "Mọi thông tin cần hỗ trợ, đề nghị liên hệ Trung tâm Phục vụ hành chính công tỉnh."},
	}
}

// Edited lists the items that change after publication, and Removed those that
// are taken down.
func (p *Press) Edited() (ids []string) { return p.planned(false) }

// Removed lists the items that are taken down after publication.
func (p *Press) Removed() (ids []string) { return p.planned(true) }

func (p *Press) planned(removed bool) (ids []string) {
	for _, it := range p.items {
		if c, ok := p.plan[it.ID]; ok && c.remove == removed {
			ids = append(ids, it.ID)
		}
	}
	return ids
}

// Current gives an item as it stands now and whether it has been taken down.
func (p *Press) Current(id string, now time.Time) (it Item, removed bool) {
	it, _ = p.Item(id)
	return p.current(it, now)
}

func (p *Press) current(it Item, now time.Time) (Item, bool) {
	c, ok := p.plan[it.ID]
	if !ok || now.Before(p.changed(it, c)) {
		return it, false
	}
	if c.remove {
		return it, true
	}
	it.Body += "\n" + c.add
	return it, false
}

// changed is when a change takes place. Under a demo clock it takes at most
// two minutes for items that appear live, so that people can see it.
func (p *Press) changed(it Item, c change) time.Time {
	if clock := p.opts.Clock; clock != nil && it.Published.After(clock.Opened) {
		return it.Published.Add(min(c.after, 2*time.Minute))
	}
	return it.Published.Add(c.after)
}

// updated is when the text served now was last changed.
func (p *Press) updated(it Item, now time.Time) time.Time {
	c, ok := p.plan[it.ID]
	if when := p.changed(it, c); ok && !c.remove && !now.Before(when) {
		return when
	}
	return it.Published
}

// Outage is when Báo Xứ Thanh Mới (bxt) answers nothing: days 1 and 2.
func (p *Press) Outage() (from, to time.Time) {
	return p.opts.Start.AddDate(0, 0, 1), p.opts.Start.AddDate(0, 0, 3)
}

func (p *Press) down(site Outlet, now time.Time) bool {
	from, to := p.Outage()
	return !p.opts.Calm && site.ID == "bxt" && !now.Before(from) && now.Before(to)
}

// slow reports whether the site's page of it takes its time.
func (p *Press) slow(site Outlet, it Item) bool {
	return !p.opts.Calm && site.Face == FaceSharePoint && it.At%3 == 0 && it.Channel == mention.Article
}

// busy reports whether this request of the host is answered 429.
func (p *Press) busy(site Outlet, count int) bool {
	return !p.opts.Calm && site.Face == FaceJSON && count%50 == 7
}
