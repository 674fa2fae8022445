package steptest

import (
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// article is a press text in which every step finds something.
const article = `Thực hiện Nghị định số 254/2026/NĐ-CP ngày 30/6/2026 của Chính phủ và Công văn 4588/UBND-VX, UBND tỉnh Thanh Hóa yêu cầu rà soát.
Ông Nguyễn Văn Tám, người tố cáo, số điện thoại 0912 345 678, hỏi: "Vì sao bảng giá đất tăng 2,1–3,4 lần?" Bộ Tài chính và Sở Thông tin và Truyền thông chưa trả lời.
Tại xã Nậm Khảm (Lai Châu), chương trình xây dựng nông thôn mới còn chậm; tuy nhiên hoá đơn điện tử được bà con ủng hộ. Xem https://vi.example/70/2025/NĐ-CP.`

// samples are the texts that every step must stand: ordinary, empty, huge
// and hostile ones.
func samples() map[string]*mention.Mention {
	out := map[string]*mention.Mention{
		"article": text("Bảng giá đất Thanh Hóa: dự thảo mới", "Nghị định 254 có hiệu lực từ 1/7/2026.", article),
		"empty":   text("", "", ""),
		"spaces":  text(" ", "\n", " \n\t "),
		"bare":    text("", "", "cho em hoi bang gia dat o thanh hoa khi nao co nghi dinh 254 vay a, ubnd tinh tra loi giup"),
		"capitals": text("UBND TỈNH THANH HÓA BAN HÀNH NGHỊ QUYẾT SỐ 57-NQ/TW", "",
			strings.ToUpper(article)),
		"emoji":         text("😀", "👍🏽", "Chính quyền 👨‍👩‍👧 2 cấp 😡 quá chậm 🇻🇳!!!"),
		"mathematical":  text("𝐁𝐚̉𝐧𝐠 𝐠𝐢𝐚́ đ𝐚̂́𝐭", "", "𝗧𝗵𝗮𝗻𝗵 𝗛𝗼𝗮́"),
		"foreign":       text("政府公布新政策", "Правительство", "הממשלה الحكومة รัฐบาล 70/2025/ND-CP"),
		"decomposed":    text("Tha\u0302\u0301t nghie\u0323\u0302p", "", "Hoa\u0300 bi\u0300nh, Nghi\u0323 đi\u0323nh 70/2025/NĐ-CP"),
		"invalid UTF-8": text("\xff\xfe\x80", "\xc3", "Nghị định 70/2025/N\xc4 \xe1\xba Thanh H\xc3"),
		"control":       text("\x00\x01\x02", "\u202e\u200b\ufeff", "Hà\u00adNội\x00Nghị\x00định\u200b70"),
		"one long word": text("", "", strings.Repeat("nghiêng", 20_000)),
		"many numbers":  text("", "", strings.Repeat("70/2025/NĐ-CP, ", 5_000)),
		"many slashes":  text("", "", strings.Repeat("1/", 20_000)),
		"many marks":    text("", "", "a"+strings.Repeat("\u0301", 20_000)),
		"many brackets": text("", "", strings.Repeat("(((“", 10_000)),
		"many lines":    text("", "", strings.Repeat("\n", 50_000)),
		"huge":          text("Bảng giá đất", "", strings.Repeat(article+"\n", 300)),
		"markup":        text("<script>alert(1)</script>", "&amp;&lt;", "</td>' OR 1=1 -- ${jndi:ldap://x} %s %d {{.}}"),
	}
	undated := text("Luật Đất đai", "", article)
	undated.Text.Published, undated.Origin.Found = time.Time{}, time.Time{}
	out["undated"] = undated
	old := text("Bộ KH&ĐT và Long An", "", article)
	old.Text.Published = time.Date(2023, 4, 7, 0, 0, 0, 0, time.UTC)
	out["old"] = old
	comment := text("", "", "Hóng nghị định 70, sổ đỏ bao giờ có ạ? ở hà nội đi 4 lần r ko đc :((")
	comment.Origin.Kind, comment.Origin.Channel = mention.Social, mention.Comment
	out["comment"] = comment
	below := text("", "", "Tăng thế thì ai chịu nổi")
	below.Origin.Kind, below.Origin.Channel, below.Origin.Thread = mention.Social, mention.Comment, "Bảng giá đất Thanh Hóa: dự thảo mới\xff\nNghị định 254"
	out["below an article"] = below
	return out
}

func text(title, lead, body string) *mention.Mention {
	at := time.Date(2026, 9, 18, 9, 30, 0, 0, time.UTC)
	return &mention.Mention{
		Schema: mention.Schema, ID: mention.NewID(mention.Press, "mau", title+body), Revision: at.Unix(),
		Origin: mention.Origin{Kind: mention.Press, Outlet: "mau", OutletName: "Báo Mẫu", Source: "mau", Channel: mention.Article,
			Via: "feed", URL: "https://mau.example/bai.html", Fetched: at, Found: at},
		Text: mention.Text{Title: title, Lead: lead, Body: body, Author: "Hà Nam", Captions: []string{"Ảnh: H.Q"}, Published: at},
	}
}
