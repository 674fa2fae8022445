package indextest

import (
	"errors"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

func testAccents(t *testing.T, x *index) {
	x.write(
		Mention("1", Text("chưa", "")), Mention("2", Text("chua", "")), Mention("3", Text("chùa", "")),
		Mention("4", Text("hoà bình", "")), Mention("5", Text("lý lịch", "")), Mention("6", Text("ĐẤT", "")),
	)
	for text, want := range map[string][]string{
		"chua":      {"chưa", "chua", "chùa"}, // without marks: every way to accent it
		"chưa":      {"chưa", "chua"},         // with marks: itself, and text without marks
		"Chùa":      {"chùa", "chua"},
		"hòa":       {"hoà bình"}, // the tone mark's place does not matter
		"lí lịch":   {"lý lịch"},
		"đất":       {"ĐẤT"},
		"dat":       {"ĐẤT"},
		"dất":       nil,
		"bình -hoa": nil,
	} {
		x.findsSet(query.Request{Text: text}, want...)
	}
}

func testRelevance(t *testing.T, x *index) {
	x.write(
		Mention("1", Text("Bang gia dat", ""), At(Day().Add(4*time.Hour))),
		Mention("2", Text("Tin vắn", "Về bảng giá đất."), At(Day().Add(3*time.Hour))),
		Mention("3", Text("Bảng giá đất", ""), At(Day().Add(1*time.Hour))),
		Mention("4", Text("Tin khác", "Về bang gia dat."), At(Day().Add(5*time.Hour))),
		Mention("5", Text("Tin vắn cũ", "Về bảng giá đất."), At(Day().Add(2*time.Hour))),
	)
	r := query.Request{Text: `"bảng giá đất"`, Sort: query.ByRelevance}
	x.finds(r, "Bảng giá đất", "Tin vắn", "Tin vắn cũ", "Bang gia dat", "Tin khác")
	r.Limit = 1
	x.finds(r, "Bảng giá đất", "Tin vắn", "Tin vắn cũ", "Bang gia dat", "Tin khác")
	hit := x.search(query.Request{Text: "bang"}).Hits[1]
	if got := hit.Mention.Text.Cut(hit.Highlights[0]); got != "Bang" {
		t.Errorf("highlighted %q in %q", got, hit.Mention.Text.Title)
	}
}

func testLanguage(t *testing.T, x *index) {
	x.write(
		Mention("1", Text("một", "Giá đất tăng.\nNhà ở xã hội."), At(Day().Add(1*time.Hour))),
		Mention("2", Text("hai", "Đất giá rẻ, thuế 1.234,5 đồng."), At(Day().Add(2*time.Hour))),
		Mention("3", Text("ba", "Thuế nhà thầu covid_19."), At(Day().Add(24*time.Hour))),
	)
	for text, want := range map[string][]string{
		"":                       {"ba", "hai", "một"},
		"giá đất":                {"hai", "một"},
		`"giá đất"`:              {"một"},
		`"đất tăng nhà"`:         nil, // no phrase reaches across paragraphs
		`"tăng nhà"`:             nil,
		"một":                    {"một"},
		"giá -tăng":              {"hai"},
		"-giá":                   {"ba"},
		"-giá -thuế":             nil,
		"-(giá thuế)":            {"ba", "một"},
		"tăng OR thầu":           {"ba", "một"},
		"giá tăng OR thuế thầu":  {"ba", "một"},
		"(giá OR thầu) thuế":     {"ba", "hai"},
		"tăng OR -giá":           {"ba", "một"},
		"1.234,5":                {"hai"},
		"covid-19":               {"ba"},
		"covid":                  {"ba"},
		"từ:21/11/2026":          {"ba"},
		"đến:20/11/2026":         {"hai", "một"},
		"tăng OR từ:21/11/2026":  {"ba", "một"},
		"-từ:21/11/2026 thuế":    {"hai"},
		"nguồn:dvhn giá":         {"hai", "một"},
		"NGUỒN:DVHN -nguon:dvhn": nil,
		"không-có-từ-này":        nil,
	} {
		x.finds(query.Request{Text: text}, want...)
	}
}

func testWrongRequests(t *testing.T, x *index) {
	x.write(Mention("1"), Mention("2"), Mention("3"))
	var wrong *query.ParseError
	bad := query.Request{Text: "(đất"}
	if _, err := x.Search(t.Context(), bad); !errors.As(err, &wrong) || wrong.Column != 1 {
		t.Errorf("search: got %v, want a parse error at column 1", err)
	}
	if _, err := x.Histogram(t.Context(), bad, query.Hour); !errors.As(err, &wrong) {
		t.Errorf("histogram: got %v, want a parse error", err)
	}
	if _, err := x.Facets(t.Context(), bad, []string{query.FieldTone}, 3); !errors.As(err, &wrong) {
		t.Errorf("facets: got %v, want a parse error", err)
	}
	if _, err := x.Facets(t.Context(), query.Request{}, []string{"password"}, 3); err == nil {
		t.Error("facets of a field that is none: no error")
	}
	if _, err := x.Search(t.Context(), query.Request{Cursor: "abc"}); !errors.Is(err, query.ErrCursor) {
		t.Errorf("cursor: got %v, want ErrCursor", err)
	}
	if _, err := x.Search(t.Context(), query.Request{Sort: "id; DROP TABLE doc"}); err == nil {
		t.Error("an unknown order: no error")
	}
	wide := query.Request{Filter: query.Filter{From: Day().AddDate(-10, 0, 0), To: Day()}}
	if _, err := x.Histogram(t.Context(), wide, query.Hour); !errors.Is(err, indexer.ErrBars) {
		t.Errorf("ten years of hours: got %v, want ErrBars", err)
	}
	// What is hostile is looked for and not found.
	for _, text := range []string{`";--`, `a" OR title_key:"x`, "NEAR(a b)", "*", "a*", "^a", "{\"match_all\":{}}", "\x00a", "tags:x"} {
		if _, err := x.Search(t.Context(), query.Request{Text: text}); err != nil && !errors.As(err, &wrong) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func testFilters(t *testing.T, x *index) {
	x.write(
		Mention("báo", At(Day().Add(time.Hour)), Read(func(r *mention.Reading) {
			r.Policies = []mention.PolicyHit{{ID: "bang-gia-dat"}, {ID: "hoa-don"}}
			r.Tone, r.Topic, r.Act = Sure("neg"), Sure("land"), Sure("complaint")
			r.Places = []mention.Place{{Now: "Thanh Hóa"}, {Written: "Hòa Bình"}}
			r.Documents = []mention.Document{{Key: "70/2025/NĐ-CP"}}
			r.Bodies = []mention.Body{{ID: "bo-khdt", Now: "bo-tai-chinh"}}
			r.Stances = []mention.Stance{{Policy: "bang-gia-dat", Label: Sure("against")}, {Policy: "hoa-don", Label: Unsure("against")}}
		})),
		Mention("cổng", Outlet(mention.Portal, "so-tnmt"), At(Day().Add(2*time.Hour)), Read(func(r *mention.Reading) {
			r.Revision = 3
			r.Policies = []mention.PolicyHit{{ID: "hoa-don"}}
			r.Tone, r.Relevant = Unsure("neg"), Sure("0")
		})),
		Mention("bình luận", Outlet(mention.Social, "mxh"), At(Day().Add(3*time.Hour)), func(m *mention.Mention) {
			m.Origin.Channel, m.Origin.Parent, m.Reading = mention.Comment, Mention("báo").ID, nil
		}),
	)
	yes, no := true, false
	parent := string(Mention("báo").ID)
	for _, c := range []struct {
		filter query.Filter
		text   string // the same in the query language, where it can be said
		want   []string
	}{
		{query.Filter{Kinds: []string{"portal", "social"}}, "loại:cổng OR loại:mạng", []string{"bình luận", "cổng"}},
		{query.Filter{Outlets: []string{"so-tnmt"}}, "nguồn:so-tnmt", []string{"cổng"}},
		{query.Filter{Outlets: []string{"so"}}, "nguồn:so", nil},
		{query.Filter{Policies: []string{"hoa-don"}}, "policy:hoa-don", []string{"cổng", "báo"}},
		{query.Filter{Policies: []string{"hoa-don"}, Tones: []string{"neg"}}, "policy:hoa-don tone:neg", []string{"báo"}},
		{query.Filter{Tones: []string{"unsure"}}, "sắc-thái:chưa-rõ", []string{"cổng"}},
		{query.Filter{Topics: []string{"land"}}, "chủ-đề:land", []string{"báo"}},
		{query.Filter{Acts: []string{"complaint"}}, "hành-vi:complaint", []string{"báo"}},
		{query.Filter{Places: []string{"Thanh Hóa"}}, `nơi:"thanh hoa"`, []string{"báo"}},
		{query.Filter{Places: []string{"Hòa Bình"}}, `nơi:"Hòa Bình"`, nil},
		{query.Filter{Documents: []string{"70/2025/NĐ-CP"}}, "văn-bản:70/2025/nd-cp", []string{"báo"}},
		{query.Filter{Bodies: []string{"bo-tai-chinh"}}, "cơ-quan:bo-tai-chinh", []string{"báo"}},
		{query.Filter{Stances: []string{"bang-gia-dat=against"}}, "lập-trường:bang-gia-dat=against", []string{"báo"}},
		{query.Filter{Stances: []string{"hoa-don=against"}}, "stance:hoa-don=against", nil},
		{query.Filter{Parents: []string{parent}}, "", []string{"bình luận"}},
		{query.Filter{Copies: []string{parent}}, "", []string{"báo"}},
		{query.Filter{Copies: []string{parent, "x", string(Mention("cổng").ID)}}, "", []string{"cổng", "báo"}},
		{query.Filter{Relevant: &yes}, "là:relevant", []string{"báo"}},
		{query.Filter{Relevant: &no}, "-là:relevant", []string{"bình luận", "cổng"}},
		{query.Filter{Careful: &yes}, "là:careful", []string{"cổng"}},
		{query.Filter{From: Day().Add(2 * time.Hour)}, "", []string{"bình luận", "cổng"}},
		{query.Filter{To: Day().Add(2 * time.Hour)}, "", []string{"báo"}},
		{query.Filter{From: Day().Add(2 * time.Hour), To: Day().Add(3 * time.Hour), Policies: []string{"hoa-don"}}, "", []string{"cổng"}},
		{query.Filter{From: Day().Add(3 * time.Hour), To: Day().Add(2 * time.Hour), Policies: []string{"hoa-don"}}, "", nil},
	} {
		x.finds(query.Request{Filter: c.filter}, c.want...)
		if c.text != "" {
			x.finds(query.Request{Text: c.text}, c.want...)
		}
	}
}

func testOrders(_ *testing.T, x *index) {
	batch := make([]*mention.Mention, 0, 5)
	for i, name := range []string{"a", "b", "c", "d", "e"} {
		batch = append(batch, Mention(name, Text(name, "đất"), At(Day().Add(time.Duration(i/2)*time.Hour))))
	}
	x.write(batch...)
	for _, sort := range []query.Sort{query.ByTime, query.ByOldest, query.ByRelevance} {
		for _, text := range []string{"", "đất"} {
			want := titles(x.search(query.Request{Text: text, Sort: sort, Limit: 1000}))
			for limit := 1; limit < 4; limit++ {
				x.finds(query.Request{Text: text, Sort: sort, Limit: limit}, want...)
			}
		}
	}
}

func testPaging(t *testing.T, x *index) {
	const n = 30
	batch := make([]*mention.Mention, 0, n)
	for i := range n {
		// Three of each minute, so that pages end within ties.
		batch = append(batch, Mention(string(rune('A'+i)), Text("giữ", ""), At(Day().Add(time.Duration(i/3)*time.Minute))))
	}
	x.write(batch...)
	seen := map[mention.ID]int{}
	r := query.Request{Limit: 4, Text: "giữ"}
	for i := 0; ; i++ {
		page, err := x.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range page.Hits {
			seen[h.Mention.ID]++
		}
		// New ones come in before, within and after the page, and one goes.
		late := string(rune('a' + i))
		x.write(Mention(late+"0", Text("mới", ""), At(Day().Add(time.Hour))),
			Mention(late+"1", Text("giữ", "mới"), At(Day().Add(time.Duration(i)*time.Minute))))
		if r.Cursor = page.Next; r.Cursor == "" {
			break
		}
	}
	for _, m := range batch {
		if seen[m.ID] != 1 {
			t.Errorf("%s was shown %d times", m.ID, seen[m.ID])
		}
	}
}
