package watch

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// backtest runs the default rule over the whole fortnight.
func backtest(t *testing.T, x *index, policies []string) []Alert {
	t.Helper()
	alerts, err := Backtest(t.Context(), x, Detection{
		Rule: RuleConfig{ID: "bat-loi"}, Policies: policies, Zone: hanoi,
	}, at(0, "00:00"), at(14, "00:00"))
	if err != nil {
		t.Fatal(err)
	}
	return alerts
}

// of picks a policy's alerts.
func of(alerts []Alert, policy string) (out []Alert) {
	for _, a := range alerts {
		if a.Policy == policy {
			out = append(out, a)
		}
	}
	return out
}

// diary writes alerts the way a person would tell of them.
func diary(alerts []Alert) string {
	var b strings.Builder
	for _, a := range alerts {
		for _, c := range a.History {
			fmt.Fprintf(&b, "%s  %-28s %-8s %s\n", when(c.At), a.Policy, c.Type, c.Level)
		}
		fmt.Fprintf(&b, "    %s %s – %s: %d bài (%d tin, %d nguồn), thường lệ %.3f, xác suất %.2g ≤ %.2g; %s\n",
			a.Measure, when(a.From), when(a.To), a.Stories, a.Mentions, a.Reach, a.Expected, a.Tail, a.Threshold, a.Basis)
	}
	return b.String()
}

// wantBetween wants a policy's first alert to reach a level between two times.
func wantBetween(t *testing.T, alerts []Alert, policy string, level Level, from, to time.Time) {
	t.Helper()
	for _, a := range of(alerts, policy) {
		for _, c := range a.History {
			if c.Level.rank() < level.rank() {
				continue
			}
			if c.At.Before(from) || c.At.After(to) {
				t.Errorf("%s is at %s at %s, want between %s and %s", policy, level, when(c.At), when(from), when(to))
			}
			return
		}
	}
	t.Errorf("%s never reaches %s, want it between %s and %s", policy, level, when(from), when(to))
}

func wantNone(t *testing.T, alerts []Alert, policy string) {
	t.Helper()
	if got := of(alerts, policy); len(got) > 0 {
		t.Errorf("%s must not alarm:\n%s", policy, diary(got))
	}
}

func TestTheFortnight(t *testing.T) {
	x, items := fortnight(t)
	alerts := backtest(t, x, registry(items))
	t.Logf("\n%s", diary(alerts))

	// S1: the price table's bad headline of day 4, 08:12.
	wantBetween(t, alerts, "bang-gia-dat", Notice, at(4, "08:12"), at(4, "10:00"))
	wantBetween(t, alerts, "bang-gia-dat", Crisis, at(4, "09:00"), at(4, "13:00"))
	// S5: relief that comes late.
	wantBetween(t, alerts, "cuu-tro-thien-tai", Notice, at(8, "20:00"), at(10, "10:00"))
	// S7: fifteen pieces of praise on one day.
	wantNone(t, alerts, "cai-cach-hanh-chinh")
	// S8: one long piece on day 10, a broadcaster that evening, deputies next day.
	wantBetween(t, alerts, "pccc-chung-cu-mini", Notice, at(10, "08:00"), at(10, "21:00"))
	wantBetween(t, alerts, "pccc-chung-cu-mini", Warning, at(10, "20:00"), at(11, "12:00"))
	// S2, S3, S6, S9 complain at their steady rate.
	for _, policy := range []string{
		"nd-254-2026-hoa-don-dien-tu", "chinh-quyen-dia-phuong-2-cap", "phan-loai-rac-tai-nguon", "ctmtqg-tich-hop-2026",
	} {
		wantNone(t, alerts, policy)
	}
	if len(alerts) > 6 {
		t.Errorf("%d alerts in a fortnight with three stories", len(alerts))
	}
}

func TestTheFortnightReadBadly(t *testing.T) {
	for seed := range uint64(10) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			x, items := fortnight(t)
			x.mislabel(0.15, seed)
			alerts := backtest(t, x, registry(items))
			t.Logf("\n%s", diary(alerts))
			wantBetween(t, alerts, "bang-gia-dat", Warning, at(4, "08:12"), at(4, "14:00"))
			wantNone(t, alerts, "cai-cach-hanh-chinh")
			wantBetween(t, alerts, "pccc-chung-cu-mini", Notice, at(10, "08:00"), at(11, "12:00"))
			if len(alerts) > 10 {
				t.Errorf("%d alerts", len(alerts))
			}
		})
	}
}

// Readers seldom find a policy named in a comment; its article names it.
func TestTheFortnightWithCommentsThatNameNothing(t *testing.T) {
	x, items := fortnight(t)
	for _, h := range x.hits {
		if h.Mention.Origin.Parent != "" {
			h.Mention.Reading.Policies, h.Mention.Reading.Stances = nil, nil
		}
	}
	alerts := backtest(t, x, registry(items))
	t.Logf("\n%s", diary(alerts))
	wantBetween(t, alerts, "bang-gia-dat", Crisis, at(4, "09:00"), at(4, "13:00"))
	wantNone(t, alerts, "cai-cach-hanh-chinh")
	wantBetween(t, alerts, "pccc-chung-cu-mini", Notice, at(10, "08:00"), at(10, "22:00"))
}
