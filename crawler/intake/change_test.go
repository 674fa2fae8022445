package intake

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/mention"
	"pgregory.net/rapid"
)

func TestCompare(t *testing.T) {
	before := mention.Text{Title: "Giá đất tăng 10 lần", Lead: "Theo dự thảo.", Body: "Giá ở tăng từ 2,1 đến 10 lần. Dân lo lắng.\nHọp ngày 18/9."}
	for name, c := range map[string]struct {
		after mention.Text
		want  *mention.Change
	}{
		"nothing":   {before, nil},
		"spaces":    {mention.Text{Title: "Giá đất  tăng 10 lần ", Lead: "Theo dự thảo.", Body: "Giá ở tăng từ 2,1 đến 10 lần.\nDân lo lắng. Họp ngày 18/9."}, nil},
		"counters":  {mention.Text{Title: before.Title, Lead: before.Lead, Body: before.Body + "\nLượt xem: 1.917\n12 bình luận\nXem thêm: Giá vàng hôm nay"}, nil},
		"a figure":  {mention.Text{Title: before.Title, Lead: before.Lead, Body: strings.Replace(before.Body, "đến 10 lần", "đến 3,4 lần", 1)}, &mention.Change{Removed: []string{"Giá ở tăng từ 2,1 đến 10 lần."}, Added: []string{"Giá ở tăng từ 2,1 đến 3,4 lần."}, Figures: []mention.Swap{{Was: "10", Now: "3,4"}}}},
		"a title":   {mention.Text{Title: "Giá đất tăng ra sao", Lead: before.Lead, Body: before.Body}, &mention.Change{Removed: []string{"Giá đất tăng 10 lần"}, Added: []string{"Giá đất tăng ra sao"}}},
		"one added": {mention.Text{Title: before.Title, Lead: before.Lead, Body: before.Body + "\nTỉnh đã bác."}, &mention.Change{Added: []string{"Tỉnh đã bác."}}},
		"one gone":  {mention.Text{Title: before.Title, Lead: before.Lead, Body: "Giá ở tăng từ 2,1 đến 10 lần.\nHọp ngày 18/9."}, &mention.Change{Removed: []string{"Dân lo lắng."}}},
	} {
		got := Compare(before, c.after)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	quotes := Compare(mention.Text{Body: "Ông nói: “Chưa rõ” – rồi đi…"}, mention.Text{Body: `Ông nói: "Chưa rõ" - rồi đi...`})
	if quotes != nil {
		t.Errorf("quotes: %+v", quotes)
	}
}

// A change has its bounds, and nothing of it is invented.
func TestCompareProperties(t *testing.T) {
	line := rapid.SampledFrom([]string{"Một câu.", "Câu hai có 5 số.", "Câu hai có 6 số.", strings.Repeat("Rất dài ", 60) + ".", "Lượt xem: 3", "", "Khác hẳn!", "日本 7 語"})
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) mention.Text {
			lines := rapid.SliceOfN(line, 0, 40).Draw(t, name)
			return mention.Text{Body: strings.Join(lines, "\n")}
		}
		a, b := text("before"), text("after")
		c := Compare(a, b)
		if Compare(a, a) != nil {
			t.Error("a text differs from itself")
		}
		back := Compare(b, a)
		if (c == nil) != (back == nil) {
			t.Error("there and back differ")
		}
		if c == nil {
			return
		}
		if len(c.Removed) > mention.MaxChange || len(c.Added) > mention.MaxChange || len(c.Figures) > maxSwaps || len(c.Removed)+len(c.Added)+c.More == 0 {
			t.Errorf("%+v", c)
		}
		for _, s := range append(c.Added, c.Removed...) {
			whole := strings.Join(strings.Fields(a.Body+" "+b.Body), " ")
			if len(s) > mention.MaxSentence || !utf8.ValidString(s) || !strings.Contains(whole, strings.TrimSuffix(s, "…")) {
				t.Errorf("%q", s)
			}
		}
	})
}

// An edit is published with what it changed, masked; a cosmetic one is not
// published and is not compared again.
func TestChangesAreKept(t *testing.T) {
	in, bus := open(t)
	rec := &frontier.Record{}
	asked := 0
	last := article("")
	in.Past = func(context.Context, Item) (Item, error) { asked++; return last, nil }
	step := func(minute int, body string, want Outcome) {
		t.Helper()
		it := article(body)
		accept(t, in, it, rec, start.Add(time.Duration(minute)*time.Minute), want)
		if want != Same {
			last = it
		}
	}
	step(0, "Giá tăng 10 lần. Gọi 0912345678.", New)
	step(1, "Giá tăng 2 lần. Gọi 0912345678.", Changed)
	step(2, "Giá tăng 2 lần. Gọi 0912345678.\nLượt xem: 7", Same)
	step(3, "Giá tăng 2 lần. Gọi 0912345678.\nLượt xem: 7", Same)
	step(4, "Giá tăng 2 lần.", Changed)
	all := published(t, bus)
	if len(all) != 3 || asked != 3 || all[0].Origin.Change != nil {
		t.Fatalf("%d published, the archive asked %d times", len(all), asked)
	}
	first, second := all[1].Origin.Change, all[2].Origin.Change
	if first.Since != all[0].Revision || fmt.Sprint(first.Figures) != "[{10 2}]" || fmt.Sprint(second.Removed) != "[Gọi •••.]" {
		t.Errorf("%+v, %+v", first, second)
	}
	in.Past = func(context.Context, Item) (Item, error) { return Item{}, ErrForgotten }
	step(5, "Khác.", Changed)
	if all = published(t, bus); len(all) != 4 || all[3].Origin.Change != nil {
		t.Errorf("%d published", len(all))
	}
}
