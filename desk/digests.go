package desk

import (
	"net/http"
	"sort"

	"github.com/diembao/diembao/desk/digest"
	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
)

type digestView struct {
	Frame
	Digest   *digest.Digest
	Day      string
	Period   string
	Tones    []digestTone
	Parts    []digestPart
	Alerts   []AlertCard
	Results  []AlertCard
	Change   string
	ListURL  string
	AfterURL string
}

type digestTone struct {
	Class, Href string
	Count       int
	Share       float64
	Change      string // against the period before, in percentage points
}

type digestPart struct {
	digest.Part
	Title, Empty string
	Groups       []digestGroup
}

type digestGroup struct {
	Name  string
	Items []digestItem
}

type digestItem struct {
	digest.Item
	Names []Policy
}

// digestPage answers GET /digest: today's draft by parts.
func (d *Desk) digestPage(w http.ResponseWriter, r *http.Request) {
	v := digestView{Frame: d.frame(r, "digest", "Điểm báo", "Digest")}
	made, err := digest.Compose(r.Context(), d.Searcher, d.Digest, v.Now)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	for i, o := range made.Total.Outlets {
		made.Total.Outlets[i].Value = d.outletLabel(r.Context(), o.Value)
	}
	v.Digest, v.Day = made, v.Lang.Weekday(v.Now)
	v.Period = periodLine(v.Lang, made.From, made.To)
	v.ListURL = "/search?relevant=1&since=" + stamp(made.From) + "&until=" + stamp(made.To)
	v.AfterURL = "/search?relevant=1&since=" + stamp(made.To)
	v.Tones = digestTones(made.Total, v.ListURL)
	v.Change = changeLine(v.Lang, made.Total)
	for _, p := range made.Parts {
		v.Parts = append(v.Parts, d.digestPart(v.Lang, p))
	}
	for _, a := range append(d.alertsIn(watch.Open), d.alertsIn(watch.Acknowledged)...) {
		v.Alerts = append(v.Alerts, d.alertCard(r.Context(), a))
	}
	for _, a := range d.alertsIn(watch.Closed) {
		if !a.Updated.Before(made.From) {
			v.Results = append(v.Results, d.alertCard(r.Context(), a))
		}
	}
	d.render(w, r, http.StatusOK, "digest", v)
}

func digestTones(o digest.Overview, href string) []digestTone {
	total, was := 0, 0
	for _, n := range o.Tones {
		total += n
	}
	for _, n := range o.Was {
		was += n
	}
	var out []digestTone
	for _, t := range []string{"pos", "neu", "neg", "unsure"} {
		row := digestTone{Class: t, Count: o.Tones[t], Href: href + "&tone=" + t, Share: share(o.Tones[t], total)}
		if was > 0 {
			row.Change = signed(100*(row.Share-share(o.Was[t], was)), 1)
		}
		out = append(out, row)
	}
	return out
}

func share(n, total int) float64 {
	if total == 0 {
		return 0
	}
	return float64(n) / float64(total)
}

// signed writes a change with its sign; a change of nothing has none.
func signed(f float64, decimals int) string {
	s := viet.FormatFloat(f, decimals)
	if f > 0 && s != viet.FormatFloat(0, decimals) {
		return "+" + s
	}
	return s
}

func changeLine(l words.Lang, o digest.Overview) string {
	if o.Before == 0 {
		return ""
	}
	return signed(100*(float64(o.Mentions)/float64(o.Before)-1), 0) + "% " + l.Say("so với kỳ trước", "against the period before")
}

// partTitles names the parts, in the order of a press review.
func partTitles(l words.Lang, key string) (title, empty string) {
	switch key {
	case "featured":
		return l.Say("Tin nổi bật", "Featured"), l.Say("Kỳ này không có tin nào được đăng lại nhiều.", "Nothing spread widely in this period.")
	case "direction":
		return l.Say("Chỉ đạo, điều hành", "Direction and administration"), l.Say("Không có tin chỉ đạo, điều hành.", "No official statements.")
	case "policies":
		return l.Say("Tin theo chính sách", "By policy"), l.Say("Không có chính sách nào được nhắc.", "No policy was mentioned.")
	case "issues":
		return l.Say("Tin bất lợi, vấn đề cần lưu ý", "Unfavourable coverage, issues to note"), l.Say("Không ghi nhận tin bất lợi chắc chắn.", "No unfavourable coverage that the machine is sure of.")
	case "people":
		return l.Say("Ý kiến, kiến nghị, câu hỏi của người dân", "Citizens' opinions, requests and questions"), l.Say("Không có câu hỏi hay kiến nghị nào.", "No questions or requests.")
	case "false":
		return l.Say("Thông tin sai, cải chính, số liệu khác nhau", "False information, corrections, differing figures"), l.Say("Không ghi nhận tin sai hay cải chính.", "No false information or corrections.")
	case "social":
		return l.Say("Mạng xã hội", "Social media"), l.Say("Không có ý kiến rõ sắc thái trên mạng xã hội.", "No clear opinion on social media.")
	}
	return key, ""
}

func (d *Desk) digestPart(l words.Lang, p digest.Part) digestPart {
	out := digestPart{Part: p}
	out.Title, out.Empty = partTitles(l, p.Key)
	for _, g := range p.Groups {
		group := digestGroup{}
		if g.Policy != "" {
			group.Name = d.policyName(g.Policy)
		}
		for _, i := range g.Items {
			item := digestItem{Item: i}
			for _, id := range i.Policies {
				item.Names = append(item.Names, Policy{ID: id, Name: d.policyName(id)})
			}
			sort.Slice(item.Names, func(a, b int) bool { return item.Names[a].Name < item.Names[b].Name })
			group.Items = append(group.Items, item)
		}
		out.Groups = append(out.Groups, group)
	}
	return out
}

// digestLine says on the front page how the digest stands.
func (d *Desk) digestLine(f Frame) string {
	from, to, final := digest.Period(f.Now, d.Digest.WithDefaults().Cutoff)
	line := f.Lang.Say("Kỳ ", "Period ") + periodLine(f.Lang, from, to)
	if final {
		return line + f.Lang.Say(", đã chốt giờ.", ", closed.")
	}
	return line + f.Lang.Say(", còn nhận tin đến giờ chốt.", ", still open until the cut-off.")
}
