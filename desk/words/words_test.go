package words

import (
	"testing"
	"time"

	"github.com/diembao/diembao/viet"
)

// Every value of the closed vocabularies has a name in both languages.
func TestEveryLabelHasBothNames(t *testing.T) {
	tables := map[string]map[string]pair{"tone": tones(), "stance": stances(), "act": acts(), "topic": topics(),
		"kind": kinds(), "level": levels(), "state": states(), "health": health()}
	want := map[string][]string{
		"tone": {"pos", "neu", "neg", "unsure", ""}, "stance": {"favour", "against", "none", ""},
		"act":  {"report", "official", "opinion", "question", "request", "complaint", "thanks", "rumour"},
		"kind": {"press", "portal", "social"}, "level": {"notice", "warning", "crisis"},
		"topic": {"land", "housing", "transport", "health", "education", "environment", "agriculture", "labour", "economy",
			"finance", "admin", "justice", "culture", "tech", "ethnic", "defence", "disaster", "energy", "other"},
		"state": {"open", "acknowledged", "closed"}, "health": {"good", "silent", "failing", "shrinking", "clock"},
	}
	for name, values := range want {
		for _, v := range values {
			p, ok := tables[name][v]
			if !ok || p.vi == "" || p.en == "" {
				t.Errorf("%s %q: want a name in both languages, got %+v", name, v, p)
			}
		}
	}
}

func TestUnknownValuesAreShownAsTheyAre(t *testing.T) {
	if got := VI.Topic("tương lai"); got != "tương lai" {
		t.Errorf("got %q", got)
	}
	if got := Parse("fr"); got != VI {
		t.Errorf("an unknown language is %q, want Vietnamese", got)
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 27, 9, 41, 0, 0, viet.Zone())
	for _, c := range []struct {
		at     time.Time
		vi, en string
	}{
		{now.Add(-time.Hour), "08:41 hôm nay", "08:41 today"},
		{time.Date(2026, 11, 26, 23, 59, 0, 0, viet.Zone()), "23:59 hôm qua", "23:59 yesterday"},
		{time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC), "00:30 hôm nay", "00:30 today"}, // midnight is Vietnamese
		{time.Date(2026, 11, 20, 14, 2, 0, 0, viet.Zone()), "14:02 20/11/2026", "14:02 20/11/2026"},
		{time.Time{}, "chưa rõ ngày", "date unknown"},
	} {
		if got := VI.When(c.at, now); got != c.vi {
			t.Errorf("%v: got %q, want %q", c.at, got, c.vi)
		}
		if got := EN.When(c.at, now); got != c.en {
			t.Errorf("%v: got %q, want %q", c.at, got, c.en)
		}
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		21*time.Hour + 14*time.Minute: "21 giờ 14 phút", 76 * time.Hour: "3 ngày 4 giờ",
		59 * time.Second: "1 phút", -90 * time.Minute: "1 giờ 30 phút", 0: "0 phút",
	} {
		if got := VI.Span(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestToneIsNeverColourAlone(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range []string{"pos", "neu", "neg", "unsure"} {
		if s := ToneSign(v); seen[s] {
			t.Errorf("%s: the shape %s stands for another tone, too", v, s)
		} else {
			seen[s] = true
		}
	}
	if got := VI.Weekday(time.Date(2026, 11, 27, 1, 0, 0, 0, viet.Zone())); got != "Thứ Sáu, 27/11/2026" {
		t.Errorf("weekday: got %q", got)
	}
}
