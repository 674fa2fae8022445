package digest

import (
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/memory"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

func clock(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, viet.Zone())
}

func TestPeriodEndsAtTheCutoff(t *testing.T) {
	for _, c := range []struct {
		now, from, to time.Time
		final         bool
	}{
		{clock(27, 5, 59), clock(26, 6, 0), clock(27, 5, 59), false},
		{clock(27, 6, 0), clock(26, 6, 0), clock(27, 6, 0), true},
		{clock(27, 22, 0), clock(26, 6, 0), clock(27, 6, 0), true},
		{clock(27, 22, 0).UTC(), clock(26, 6, 0), clock(27, 6, 0), true}, // the day is Vietnamese
	} {
		from, to, final := Period(c.now, "06:00")
		if !from.Equal(c.from) || !to.Equal(c.to) || final != c.final {
			t.Errorf("%v: got %v – %v, %v", c.now, from, to, final)
		}
	}
}

func TestConfig(t *testing.T) {
	var bad []string
	report := func(path, _ string) { bad = append(bad, path) }
	Config{Cutoff: "25:00", Items: -1}.Validate(report)
	if strings.Join(bad, " ") != "cutoff items" {
		t.Errorf("problems at %v", bad)
	}
	bad = nil
	Config{}.Validate(report)
	if bad != nil {
		t.Errorf("the defaults have problems: %v", bad)
	}
}

// text is a mention of the press at a time.
func text(id string, at time.Time, tone, act, body string) *mention.Mention {
	label := func(v string) mention.Label { return mention.Label{Value: v, Score: 0.95, Sure: true, By: "t/1"} }
	kind := mention.Press
	if strings.HasPrefix(id, "fb") {
		kind = mention.Social
	}
	return &mention.Mention{Schema: 1, ID: mention.NewID(kind, "bao", id), Revision: at.Unix(),
		Origin: mention.Origin{Kind: kind, Outlet: "bao", OutletName: "Báo Thử", Channel: mention.Article, URL: "https://bao.example/" + id, Found: at, Fetched: at},
		Text:   mention.Text{Title: "Tin " + id, Body: body, Published: at},
		Reading: &mention.Reading{Relevant: label("1"), Tone: label(tone), Act: label(act), Topic: label("land"),
			Policies: []mention.PolicyHit{{ID: "bang-gia-dat", Score: 1}}}}
}

func compose(t *testing.T, now time.Time, ms ...*mention.Mention) *Digest {
	t.Helper()
	index := memory.New()
	t.Cleanup(func() { index.Close() })
	for _, err := range index.Write(t.Context(), ms) {
		if err != nil {
			t.Fatal(err)
		}
	}
	d, err := Compose(t.Context(), index, Config{}, now)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func part(t *testing.T, d *Digest, key string) Part {
	t.Helper()
	for _, p := range d.Parts {
		if p.Key == key {
			return p
		}
	}
	t.Fatalf("no part %q", key)
	return Part{}
}

func TestComposeCountsThePeriodOnly(t *testing.T) {
	d := compose(t, clock(27, 9, 0),
		text("cũ", clock(25, 12, 0), "neu", "report", "Trước kỳ."),
		text("trong", clock(26, 12, 0), "neg", "report", "Người dân phản đối."),
		text("fb-hỏi", clock(26, 20, 0), "neu", "question", "Bao giờ có bảng giá mới?"),
		text("sau", clock(27, 7, 0), "pos", "report", "Sau giờ chốt."),
	)
	if d.Total.Mentions != 2 || d.Total.Before != 1 || d.After != 1 || !d.Final {
		t.Errorf("in the period %d, before %d, after %d, final %v", d.Total.Mentions, d.Total.Before, d.After, d.Final)
	}
	issues := part(t, d, "issues")
	if issues.Total != 1 || issues.Groups[0].Items[0].Title != "Tin trong" || issues.Groups[0].Items[0].Outlet != "Báo Thử" {
		t.Errorf("unfavourable coverage: %+v", issues)
	}
	if people := part(t, d, "people"); people.Total != 1 {
		t.Errorf("citizens' questions: %+v", people)
	}
	if by := part(t, d, "policies"); len(by.Groups) != 1 || by.Groups[0].Policy != "bang-gia-dat" {
		t.Errorf("by policy: %+v", by)
	}
}

func TestNothingFoundIsSaid(t *testing.T) {
	d := compose(t, clock(27, 9, 0))
	if len(d.Parts) != 7 {
		t.Errorf("%d parts, want all seven, empty ones too", len(d.Parts))
	}
	for _, p := range d.Parts {
		if p.Groups == nil || p.Total != 0 {
			t.Errorf("%s: %+v", p.Key, p)
		}
	}
}

func TestQuotationsAreBounded(t *testing.T) {
	long := strings.Repeat("Câu này dài vừa phải và kết thúc bằng dấu chấm. ", 20)
	for _, body := range []string{long, strings.Repeat("không-có-dấu-cách", 60), "Ngắn."} {
		m := text("x", clock(26, 12, 0), "neg", "report", body)
		m.Reading.Tone.Evidence = []mention.Span{{Field: "body", Start: 0, End: 5}}
		i := newItem(query.Hit{Mention: m})
		if n := len([]rune(i.Quote)); n == 0 || n > MaxQuote {
			t.Errorf("%d characters of %q…", n, body[:5])
		}
	}
}
