package watch

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// verified opens the fortnight's first alert on the price table, changes the
// index and verifies.
func verified(t *testing.T, change func(x *index, a Alert)) (Alert, Verification) {
	t.Helper()
	x, items := fortnight(t)
	d := Detection{Rule: RuleConfig{ID: "bat-loi"}, Policies: registry(items), Zone: hanoi}
	alerts, err := Backtest(t.Context(), x, d, at(4, "00:00"), at(4, "12:00"))
	if err != nil || len(alerts) != 1 {
		t.Fatalf("%d alerts, %v", len(alerts), err)
	}
	a := alerts[0]
	change(x, a)
	v, err := Verify(t.Context(), x, d, a)
	if err != nil {
		t.Fatal(err)
	}
	return a, v
}

func TestAnAlertRecomputes(t *testing.T) {
	a, v := verified(t, func(*index, Alert) {})
	if v.Verdict != Holds || !v.Fires || len(v.Differences) > 0 || v.Now.Tail != a.Tail {
		t.Errorf("verdict %s, fires %v, differences %q, tail %g then %g", v.Verdict, v.Fires, v.Differences, a.Tail, v.Now.Tail)
	}
}

func TestLateArrivalsAreTold(t *testing.T) {
	_, v := verified(t, func(x *index, a Alert) {
		for i := range 2 {
			x.put(query.Hit{Mention: &mention.Mention{
				ID: nameOf(strings.Repeat("muộn", i+1)), Origin: mention.Origin{Kind: mention.Press, Outlet: "moi", Channel: mention.Article},
				Text:    mention.Text{Published: a.From.Add(90 * 60 * 1e9)},
				Reading: &mention.Reading{Tone: sure("neg"), Policies: []mention.PolicyHit{{ID: a.Policy}}},
			}})
		}
	})
	if v.Verdict != Late || len(v.Added) != 2 || len(v.Gone) != 0 || !v.Fires || v.Now.Stories != v.Recorded.Stories+2 {
		t.Errorf("verdict %s, added %v, gone %v, %d then %d", v.Verdict, v.Added, v.Gone, v.Recorded.Stories, v.Now.Stories)
	}
	if text := strings.Join(v.Differences, "\n"); !strings.Contains(text, "số bài độc lập: lúc mở") {
		t.Errorf("differences %q", text)
	}
}

func TestACorrectedReadingIsTold(t *testing.T) {
	_, v := verified(t, func(x *index, a Alert) {
		for _, h := range x.hits {
			if h.Mention.ID == a.IDs[0] {
				h.Mention.Reading.Tone = sure("neu")
				h.Mention.Reading.Stances = nil
			}
		}
	})
	if v.Verdict != Changed || len(v.Gone) != 1 {
		t.Errorf("verdict %s, gone %v", v.Verdict, v.Gone)
	}
}

func TestAFilledInHistoryIsAMismatch(t *testing.T) {
	_, v := verified(t, func(x *index, a Alert) {
		for i := range 6 {
			x.put(query.Hit{Mention: &mention.Mention{
				ID: nameOf(strings.Repeat("cũ", i+1)), Origin: mention.Origin{Kind: mention.Press, Outlet: "cu", Channel: mention.Article},
				Text:    mention.Text{Published: at(i%3, "10:00")},
				Reading: &mention.Reading{Tone: sure("neg"), Policies: []mention.PolicyHit{{ID: a.Policy}}},
			}})
		}
	})
	if v.Verdict != Mismatch || v.Now.Expected <= v.Recorded.Expected {
		t.Errorf("verdict %s, expected %g then %g", v.Verdict, v.Recorded.Expected, v.Now.Expected)
	}
}

func TestVerifyWantsTheAlertsOwnRule(t *testing.T) {
	if _, err := Verify(t.Context(), &index{}, Detection{Rule: RuleConfig{ID: "khac"}}, Alert{Rule: "bat-loi"}); err == nil {
		t.Error("verified by another rule")
	}
}

func TestVietnameseNumbers(t *testing.T) {
	for v, want := range map[float64]string{17: "17", 0: "0", 3.414: "3,41", 0.0512: "0,0512", 1.2e-7: "1,2·10^-7"} {
		if got := viNumber(v); got != want {
			t.Errorf("%g is written %q, want %q", v, got, want)
		}
	}
}

func TestChart(t *testing.T) {
	x, items := fortnight(t)
	bars, err := Chart(t.Context(), x, Detection{Rule: RuleConfig{ID: "bat-loi"}, Policies: registry(items), Zone: hanoi},
		"bang-gia-dat", at(4, "00:00"), at(5, "00:00"))
	if err != nil || len(bars) != 24 {
		t.Fatalf("%d bars, %v", len(bars), err)
	}
	stories := 0
	for _, b := range bars {
		stories += b.Stories
		if b.Expected <= 0 || b.Low > b.High {
			t.Errorf("bar %+v", b)
		}
	}
	if stories < 20 {
		t.Errorf("%d stories on the day of the headline", stories)
	}
}
