package watch

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// label is a judgement of some score that is not sure.
func label(value string, score float64) mention.Label {
	return mention.Label{Value: value, Score: score}
}

func TestUnfavourable(t *testing.T) {
	stance := func(policy string, l mention.Label) mention.Stance { return mention.Stance{Policy: policy, Label: l} }
	for _, c := range []struct {
		name    string
		tone    mention.Label
		stances []mention.Stance
		want    bool
	}{
		{"tone surely unfavourable", sure("neg"), nil, true},
		{"likelier than not", label("neg", 0.55), nil, true},
		{"a guess", label("neg", 0.45), nil, false},
		{"favourable", sure("pos"), nil, false},
		{"neutral tone, but somebody speaks against it", sure("neu"), []mention.Stance{stance("p", sure("against"))}, true},
		{"unfavourable, but it is spoken for this policy", sure("neg"), []mention.Stance{stance("p", sure("favour"))}, false},
		{"both sides speak", sure("neu"), []mention.Stance{stance("p", sure("favour")), stance("p", sure("against"))}, true},
		{"against another policy, favourable in all", sure("pos"), []mention.Stance{stance("q", sure("against"))}, false},
		{"no opinion in an unfavourable text", sure("neg"), []mention.Stance{stance("p", sure("none"))}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := &mention.Mention{Reading: &mention.Reading{Tone: c.tone, Stances: c.stances, Policies: []mention.PolicyHit{{ID: "p"}}}}
			if got := Unfavourable(m, "p"); got != c.want {
				t.Errorf("got %v", got)
			}
			if Unfavourable(m, "never-named") {
				t.Error("counts for a policy that it does not name")
			}
		})
	}
	if Unfavourable(&mention.Mention{}, "p") {
		t.Error("what nobody read cannot be unfavourable")
	}
}

func TestWeightOfAnOutlet(t *testing.T) {
	rule := RuleConfig{Authority: map[string]int{"la-cai": 0, "cong-thanh-tra": 3}}
	for _, c := range []struct {
		kind    mention.Kind
		channel mention.Channel
		outlet  string
		want    int
	}{
		{mention.Press, mention.Article, "bao", 1}, {mention.Press, mention.Article, "la-cai", 0},
		{mention.Portal, mention.Article, "cong", 0}, {mention.Portal, mention.Article, "cong-thanh-tra", 3},
		{mention.Press, mention.Comment, "bao", 0}, {mention.Portal, mention.Message, "cong-thanh-tra", 0},
	} {
		m := &mention.Mention{Origin: mention.Origin{Kind: c.kind, Channel: c.channel, Outlet: c.outlet}}
		if got := rule.weight(m); got != c.want {
			t.Errorf("%s %s in %s weighs %d, want %d", c.kind, c.channel, c.outlet, got, c.want)
		}
	}
}

// seen is a sighting at a minute of the first hour.
func seen(id string, minute int, group, thread string) sighting {
	return sighting{
		id: nameOf(id), when: at(0, "00:00").Add(time.Duration(minute) * time.Minute),
		group: group, thread: thread, outlet: "o-" + id, names: []string{"p"}, against: []string{"p"},
	}
}

func TestStoriesAreCountedNotCopies(t *testing.T) {
	tl := newTally(at(0, "00:00"), []string{"p"})
	tl.covered = []float64{1, 1}
	tl.replace(hourOf(at(0, "00:00")), []sighting{
		seen("copy", 9, "g1", "g1"), seen("first", 5, "g1", "g1"), seen("other", 7, "g2", "g2"),
	})
	late := seen("late copy", 70, "g1", "g1")
	tl.replace(hourOf(at(0, "01:00")), []sighting{late})
	e := tl.window("p", at(0, "01:00"), 1, at(9, "00:00"))
	if e.Stories != 2 || e.Mentions != 3 || e.Reach != 3 || e.Outlets != 2 || e.First != nameOf("first") {
		t.Errorf("first hour: %+v; want 2 stories, 3 mentions, first source first", e)
	}
	if e := tl.window("p", at(0, "02:00"), 1, at(9, "00:00")); e.Stories != 0 || e.Mentions != 1 {
		t.Errorf("a copy in the next hour is %d stories and %d mentions, want 0 and 1", e.Stories, e.Mentions)
	}
	if e := tl.window("p", at(0, "01:00"), 1, at(0, "00:06")); e.Mentions != 1 {
		t.Errorf("%d mentions by six past, want 1", e.Mentions)
	}
}

func TestTenCommentsUnderOnePostAreOneThread(t *testing.T) {
	tl := newTally(at(0, "00:00"), []string{"p"})
	tl.covered = []float64{1}
	post := seen("post", 0, "g", "g")
	hour := []sighting{post}
	for i := range 5 {
		hour = append(hour, seen(string(rune('a'+i)), i+1, string(rune('a'+i)), string(post.id)))
	}
	hour = append(hour, seen("reply", 20, "reply", string(hour[1].id)))
	loop := seen("loop", 30, "loop", string(nameOf("loop")))
	tl.replace(hourOf(at(0, "00:00")), append(hour, loop))
	if e := tl.window("p", at(0, "01:00"), 1, at(1, "00:00")); e.Stories != 8 || e.Threads != 2 {
		t.Errorf("%d stories in %d threads, want 8 in 2", e.Stories, e.Threads)
	}
}

func TestAnUnfavourableCommentSpeaksOfWhatItStandsUnder(t *testing.T) {
	tl := newTally(at(0, "00:00"), []string{"p", "q"})
	tl.covered = []float64{1}
	article := seen("article", 0, "g", "g")
	article.against = nil // a plain report
	comment := func(id, under string, neg bool, names ...string) sighting {
		s := seen(id, 5, id, string(nameOf(under)))
		s.names, s.against, s.neg = names, nil, neg
		return s
	}
	tl.replace(hourOf(at(0, "00:00")), []sighting{
		article, comment("angry", "article", true), comment("reply", "angry", true), comment("calm", "article", false),
		comment("elsewhere", "unknown", true), comment("of another", "article", true, "q"),
	})
	if e := tl.window("p", at(0, "01:00"), 1, at(1, "00:00")); e.Stories != 2 || e.Threads != 1 {
		t.Errorf("%d stories in %d threads, want the angry comment and its reply in one", e.Stories, e.Threads)
	}
	if got := tl.series().mentions.Sum(at(0, "00:00"), at(0, "01:00")); got != 2 {
		t.Errorf("the press's rhythm counts %v mentions, want those that name a policy", got)
	}
}

func TestRemark(t *testing.T) {
	for _, c := range []struct {
		parent mention.ID
		tone   string
		policy bool
		want   bool
	}{{"x", "neg", false, true}, {"", "neg", false, false}, {"x", "pos", false, false}, {"x", "neg", true, false}} {
		m := &mention.Mention{Origin: mention.Origin{Parent: c.parent}, Reading: &mention.Reading{Tone: sure(c.tone)}}
		if c.policy {
			m.Reading.Policies = []mention.PolicyHit{{ID: "p"}}
		}
		if remark(query.Hit{Mention: m}) != c.want {
			t.Errorf("%+v: want %v", c, c.want)
		}
	}
}

func TestCoverage(t *testing.T) {
	var bars []query.Bucket
	for i := range 5 * 24 {
		n := 4
		switch {
		case i < 24: // day 0: a stray old text
			n = 0
			if i == 3 {
				n = 1
			}
		case i < 30, i/24 == 3: // day 1 begins at six; day 3 was an outage
			n = 0
		}
		bars = append(bars, query.Bucket{Start: at(0, "00:00").Add(time.Duration(i) * time.Hour), Count: n})
	}
	got := coverage(bars, at(0, "00:00"), at(5, "00:00"), hanoi)
	for hour, want := range map[int]float64{3: 0, 23: 0, 40: 1, 60: 1, 75: 0, 100: 1} {
		if got[hour] != want {
			t.Errorf("hour %d: %v, want %v", hour, got[hour], want)
		}
	}
	if usualDay(nil) != 0 {
		t.Error("no day has a median")
	}
}

func TestSpansJoinNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := rapid.SliceOfN(rapid.Bool(), 1, 60).Draw(t, "hours")
		var hours []int64
		for i, mark := range marks {
			if mark {
				hours = append(hours, int64(i))
			}
		}
		var back []int64
		last := int64(-2)
		for _, s := range spans(hours) {
			if hourOf(s[0]) <= last {
				t.Fatal("spans touch")
			}
			for h := hourOf(s[0]); h < hourOf(s[1]); h++ {
				back = append(back, h)
			}
			last = hourOf(s[1])
		}
		if len(back) != len(hours) {
			t.Errorf("%v came back as %v", hours, back)
		}
	})
}

func TestHeadingsShowNoPersonalData(t *testing.T) {
	m := &mention.Mention{Text: mention.Text{Title: "Gọi 0912345678 ngay"}, Reading: &mention.Reading{
		Masked: []mention.Masked{{Span: mention.Span{Field: "title", Start: 6, End: 16}}, {Span: mention.Span{Field: "title", Start: 90, End: 95}}},
	}}
	if got := heading(m); got != "Gọi ********** ngay" {
		t.Errorf("heading %q", got)
	}
	m.Text = mention.Text{Body: string(make([]rune, 100))}
	if got := []rune(heading(m)); len(got) != 81 {
		t.Errorf("%d characters of a text without title", len(got))
	}
}
