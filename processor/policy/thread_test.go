package policy_test

import (
	"slices"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/steptest"
)

func below(thread, body string) *mention.Mention {
	m := &mention.Mention{Origin: mention.Origin{Channel: mention.Comment, Thread: thread}, Text: mention.Text{Body: body}}
	return m
}

func TestThreadSpeaksWhereTheTextDoesNot(t *testing.T) {
	step := policy.NewStep(shipped(t))
	read := func(m *mention.Mention) []mention.PolicyHit {
		var r mention.Reading
		if err := step.Read(t.Context(), m, &r); err != nil {
			t.Fatal(err)
		}
		if (len(r.Named()) > 0) != (len(r.Policies) > 0 && r.Policies[0].From == "") {
			t.Errorf("named %v of %v", r.Named(), r.Policies)
		}
		return r.Policies
	}
	const thread = "Họp báo về hóa đơn điện tử cho hộ kinh doanh"
	got := read(below(thread, "Tăng thế thì ai chịu nổi"))
	if len(got) == 0 || got[0].From != mention.FromThread || got[0].Score >= 0.95*0.9 {
		t.Fatalf("%+v", got)
	}
	if h := got[0].Hits[0]; h.Field != mention.FromThread || thread[h.Start:h.End] != h.Written {
		t.Errorf("evidence %+v", h)
	}
	own := read(below(thread, "Bao giờ công bố bảng giá đất?"))
	if len(own) == 0 || own[0].From != "" || own[0].ID == got[0].ID {
		t.Errorf("the text names a policy itself: %+v", own)
	}
	if none := read(below("", "Tăng thế thì ai chịu nổi")); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}

// TestThread measures, on the citizens' texts of the fixture press that stand
// under another and name nothing themselves, how often the policies of what
// they stand under are those they are about.
func TestThread(t *testing.T) {
	items, byID := steptest.Newsroom(t), map[string]steptest.Item{}
	for _, it := range items {
		byID[it.ID] = it
	}
	step := policy.NewStep(shipped(t))
	var texts, before, right, extra, missed int
	for _, it := range items {
		parent, ok := byID[it.Parent]
		m := it.Mention()
		if !ok || !m.Origin.Channel.Citizen() {
			continue
		}
		texts++
		for root, ok := byID[parent.Parent]; ok; root, ok = byID[parent.Parent] {
			parent = root // the crawler hands the beginning down from answer to answer
		}
		m.Origin.Thread = parent.Mention().Text.Beginning()
		var r mention.Reading
		if err := step.Read(t.Context(), m, &r); err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, p := range r.Policies {
			found[p.ID] = true
			about := slices.ContainsFunc(it.Gold.Targets, func(g struct {
				Policy   string `json:"policy"`
				Stance   string `json:"stance"`
				Evidence string `json:"evidence"`
			}) bool {
				return g.Policy == p.ID
			})
			switch {
			case p.From == "":
				before++
			case about:
				right++
			default:
				extra++
			}
		}
		for _, g := range it.Gold.Targets {
			if !found[g.Policy] {
				missed++
			}
		}
	}
	precision := float64(right) / float64(right+extra)
	t.Logf("%d texts under another: %d policies named by themselves; of the thread %d right, %d beyond the gold (precision %.3f), %d of the gold still missed",
		texts, before, right, extra, precision, missed)
	if precision < 0.75 {
		t.Errorf("precision %.3f: threadScore promises more", precision)
	}
}
