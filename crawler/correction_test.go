package crawler

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
)

func TestCitation(t *testing.T) {
	published := time.Date(2026, 9, 20, 9, 0, 0, 0, viet.Zone())
	for text, want := range map[string]string{
		`Ngày 18/9, Báo A đăng bài “Giá đất sắp tăng gấp 10 lần”.`:                           "[{Giá đất sắp tăng gấp 10 lần true}] [2026-09-18]",
		`Bài viết có tiêu đề "Giá đất sắp tăng gấp 10 lần" đăng ngày 18-9-2026 là sai.`:      "[{Giá đất sắp tăng gấp 10 lần true}] [2026-09-18]",
		`Báo xin lỗi ông «Nguyễn Văn A, người nói câu ấy» (30/12).`:                          "[{Nguyễn Văn A, người nói câu ấy false}] [2025-12-30]",
		`Nội dung “tăng gấp 10 lần” là không chính xác.`:                                     "[{tăng gấp 10 lần false}] []",
		`Con số “10 lần”, “tin giả”; họp ngày 40/9 và 25/9/2026; 8/8/2019.`:                  "[] []",
		`Trong bài: “Choáng: giá đất tăng”, đăng lúc 8h ngày 18.9 và 18/9, có chi tiết sai.`: "[{Choáng: giá đất tăng true}] [2026-09-18]",
	} {
		c := citedBy(mention.Text{Body: text}, published)
		if got := fmt.Sprint(c.titles, " ", c.days); got != want {
			t.Errorf("%s\n%s, want %s", text, got, want)
		}
	}
}

// outletsArticles are the articles and posts of the fixture press, by outlet.
func outletsArticles(t *testing.T) (map[string][]article, []newsroom.Item) {
	t.Helper()
	press, err := newsroom.New(newsroom.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var items []newsroom.Item
	out := map[string][]article{}
	for _, it := range press.Items() {
		if it.Kind == mention.Press && it.Channel == mention.Article || it.Kind == mention.Social && it.Channel == mention.Post {
			items = append(items, it)
			out[it.Outlet] = append(out[it.Outlet], article{mention.NewID(it.Kind, it.Outlet, it.ID), titled(it), it.Published.In(viet.Zone()).Format(time.DateOnly)})
		}
	}
	return out, items
}

// titled is the title of an article, how a post begins.
func titled(it newsroom.Item) string {
	if it.Title != "" {
		return it.Title
	}
	return (&mention.Text{Body: it.Body}).Beginning()
}

// The gold of the fixture press: of its published corrections, those that name
// a title are linked to what they correct and no other text is.
func TestCorrectionsOfTheNewsroom(t *testing.T) {
	articles, items := outletsArticles(t)
	right, wrong, missed := 0, 0, 0
	for _, it := range items {
		text := mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body}
		if !Correction(text) {
			continue
		}
		id, how := citedBy(text, it.Published).choose(slices.DeleteFunc(slices.Clone(articles[it.Outlet]), func(a article) bool { return a.id == mention.NewID(it.Kind, it.Outlet, it.ID) }))
		want := slices.IndexFunc(items, func(o newsroom.Item) bool { return o.ID == it.Corrects })
		switch {
		case want >= 0 && id == mention.NewID(items[want].Kind, items[want].Outlet, items[want].ID):
			right++
			if how.By != "title" || how.Score < 0.9 || how.Candidates[0].ID != id {
				t.Errorf("%+v", how)
			}
		case id != "":
			wrong++
		default:
			missed++
		}
	}
	t.Logf("right %d, wrong %d, missed %d", right, wrong, missed)
	if right != 1 || wrong != 0 || missed != 1 { // the one missed, a post, quotes nothing ("Chi tiết tại link")
		t.Error("the corrections of the newsroom are linked otherwise")
	}
}

// A correction is written over every article of the fixture press, with its
// title whole, cut short and in other marks, with the day and without, and
// over articles that the archive no longer has.
func TestCorrectionsOverEveryArticle(t *testing.T) {
	articles, items := outletsArticles(t)
	short := func(title string) string {
		w := strings.Fields(title)
		return strings.Join(w[:max(minQuoted, len(w)*2/3)], " ")
	}
	forms := map[string]func(newsroom.Item) string{
		"whole, with the day": func(it newsroom.Item) string {
			return fmt.Sprintf("Ngày %s, Báo đăng bài viết có tiêu đề “%s”. Trong bài, con số “tăng gấp mười lần so với trước” là không chính xác.", it.Published.In(viet.Zone()).Format("2/1"), it.Title)
		},
		"cut short, with the day": func(it newsroom.Item) string {
			return fmt.Sprintf("Báo xin lỗi bạn đọc về bài \"%s\" đăng ngày %s.", short(it.Title), it.Published.In(viet.Zone()).Format("02-01-2006"))
		},
		"capitals, no day": func(it newsroom.Item) string {
			return fmt.Sprintf("Về bài “%s”, Báo xin đính chính.", strings.ToUpper(it.Title))
		},
	}
	for name, form := range forms {
		var right, wrong, missed, invented, absent int
		for _, it := range items {
			if it.Kind != mention.Press || len(words(it.Title)) < minQuoted+2 {
				continue
			}
			cited := citedBy(mention.Text{Body: form(it)}, it.Published.Add(48*time.Hour))
			id, _ := cited.choose(articles[it.Outlet])
			own := mention.NewID(it.Kind, it.Outlet, it.ID)
			switch id {
			case own:
				right++
			case "":
				missed++
			default:
				wrong++
			}
			absent++
			without := slices.DeleteFunc(slices.Clone(articles[it.Outlet]), func(a article) bool { return a.id == own })
			if id, _ := cited.choose(without); id != "" {
				invented++
			}
		}
		precision, recall := float64(right)/float64(right+wrong+invented), float64(right)/float64(right+wrong+missed)
		t.Logf("%s: %d articles, precision %.3f, recall %.3f; of %d that the archive has not, %d were linked to another", name, right+wrong+missed, precision, recall, absent, invented)
		if precision < 0.97 || recall < 0.9 {
			t.Errorf("%s: precision %.3f, recall %.3f", name, precision, recall)
		}
	}
}

// The whole way: an archived article, a pushed correction that quotes it.
func TestCorrectionByTitle(t *testing.T) {
	a, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	c, err := New(t.Context(), Options{Bus: stream.NewMemory(), Archive: a, Config: Config{Contact: "https://x.vn", Sources: []SourceConfig{
		{ID: "bao", Outlet: "bao", Kind: mention.Press, Via: ViaFeed, URL: "https://bao.vn/rss"}, {ID: "khac", Outlet: "khac", Kind: mention.Press, Via: ViaFeed, URL: "https://khac.vn/rss"}}}})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 9, 18, 8, 0, 0, 0, viet.Zone())
	put := func(source, url, title string) {
		page := fmt.Sprintf(`<html><head><title>%s</title></head><body><article><h1>%s</h1><time datetime="%s"></time><p>%s</p></article></body></html>`,
			title, title, day.Format(time.RFC3339), strings.Repeat("Tỉnh lấy ý kiến nhân dân về dự thảo bảng giá. ", 20))
		if _, err := a.Put(t.Context(), archive.Record{Class: "press", Source: source, URL: url, Fetched: day.Add(time.Hour), Status: 200,
			Header: map[string][]string{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(page)}); err != nil {
			t.Fatal(err)
		}
	}
	put("bao", "https://bao.vn/1.html", "Choáng: Giá đất sắp tăng gấp 10 lần")
	put("bao", "https://bao.vn/2.html", "Giá vàng hôm nay giảm nhẹ ở cả hai chiều")
	put("khac", "https://khac.vn/1.html", "Choáng: Giá đất sắp tăng gấp 10 lần")
	it := intake.Item{Kind: mention.Press, Outlet: "bao", Source: "bao", Channel: mention.Article, URL: "https://bao.vn/9.html",
		Text: mention.Text{Title: "Thông tin cải chính, xin lỗi", Body: "Ngày 18/9, báo đăng bài “Choáng: Giá đất sắp tăng gấp 10 lần”.", Published: day.Add(50 * time.Hour)}}
	rec := &frontier.Record{}
	got := c.correcting(t.Context(), it, rec, day)
	if got.Corrects != mention.NewID(mention.Press, "bao", "https://bao.vn/1.html") || got.Correction.Score < 0.9 || len(got.Correction.Candidates) != 1 {
		t.Errorf("%s, %+v", got.Corrects, got.Correction)
	}
	rec.Set(frontier.Page{Address: it.Address(), Text: frontier.TextHash(it.Text.Title, it.Text.Lead, it.Text.Body)})
	if again := c.correcting(t.Context(), it, rec, day); again.Correction != nil {
		t.Error("a correction that is known was looked for again")
	}
	it.Corrects = "x"
	if got := c.correcting(t.Context(), it, &frontier.Record{}, day); got.Correction == nil || got.Correction.By != "link" {
		t.Errorf("%+v", got.Correction)
	}
}
