package indextest

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

func hours(n float64) Option { return At(Day().Add(time.Duration(n * float64(time.Hour)))) }

func testStories(t *testing.T, x *index) {
	first := Mention("gốc", Copy("s", 1, "12%"), hours(1))
	copied := Mention("chép", Copy("s", 0.9, "12%"), hours(2), Outlet(mention.Press, "vnm"))
	other := Mention("khác số", Copy("s", 0.9, "13%"), hours(3))
	alone := Mention("riêng", Copy("r", 1, ""), hours(4))
	x.write(alone, other)
	x.write(copied)
	x.write(first)
	x.finds(query.Request{Fold: true}, "riêng", "gốc")
	x.finds(query.Request{Fold: true, Limit: 1, Sort: query.ByOldest}, "gốc", "riêng")
	x.finds(query.Request{Fold: true, Filter: query.Filter{Outlets: []string{"vnm"}}}, "chép")
	x.finds(query.Request{Fold: true, Text: "khác OR chép"}, "chép")
	x.finds(query.Request{Filter: query.Filter{Copies: []string{string(first.ID)}}}, "khác số", "chép", "gốc")
	for _, c := range []struct {
		id        mention.ID
		group     mention.ID
		copies    int
		different bool
	}{
		{first.ID, first.ID, 2, false}, {copied.ID, first.ID, 2, false},
		{other.ID, first.ID, 2, true}, {alone.ID, alone.ID, 0, false},
	} {
		h := x.get(c.id)
		if h.Group != string(c.group) || h.Copies != c.copies || h.Different != c.different {
			t.Errorf("%s: group %s, %d copies, different %v; want %s, %d, %v",
				h.Mention.Text.Title, h.Group, h.Copies, h.Different, c.group, c.copies, c.different)
		}
	}
	if h := x.search(query.Request{Fold: true, Text: "gốc"}).Hits[0]; h.Copies != 2 {
		t.Errorf("a folded hit has %d copies, want all that the story has, 2", h.Copies)
	}
}

// testStoryOrder writes the same mentions in several orders, in batches of
// any size, and wants the same stories.
func testStoryOrder(t *testing.T, x *index) {
	var all []*mention.Mention
	add := func(name string, at float64, story string, shared float64) {
		all = append(all, Mention(name, Copy(story, shared, name), hours(at)))
	}
	add("a", 0, "s", 1)
	add("b", 1, "s", 0.8)
	add("c", 2, "s", 0.6)
	add("d", 24*4, "s", 0.9)
	add("e", 24*13, "s", 1)
	add("f", 24*15, "s", 1) // further from a than a story lasts
	add("g", 24*40, "s", 1) // and from all
	add("h", 3, "u", 1)
	add("i", 3.5, "u", 0.95)
	add("j", 5, "v", 1)
	source := rand.New(rand.NewPCG(1, 2))
	var want map[string]string
	for round := range 8 {
		source.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for rest := all; len(rest) > 0; {
			n := 1 + source.IntN(len(rest))
			x.write(rest[:n]...)
			rest = rest[n:]
		}
		got := map[string]string{}
		for _, h := range x.search(query.Request{}).Hits {
			got[h.Mention.Text.Title] = x.get(mention.ID(h.Group)).Mention.Text.Title
		}
		if round == 0 {
			want = got
			x.same("stories", got, map[string]string{"a": "a", "b": "a", "c": "a", "d": "a", "e": "a",
				"f": "f", "g": "g", "h": "h", "i": "h", "j": "j"})
		}
		x.same("stories in another order", got, want)
		if _, err := x.Purge(t.Context(), query.Filter{Kinds: []string{"press"}}); err != nil {
			t.Fatal(err)
		}
	}
}

func testLeavingStory(t *testing.T, x *index) {
	a, b, c := Mention("a", Copy("s", 1, ""), hours(1)), Mention("b", Copy("s", 1, ""), hours(2)), Mention("c", Copy("s", 1, ""), hours(3))
	x.write(a, b, c)
	x.finds(query.Request{Fold: true}, "a")
	x.write(Mention("a", Copy("t", 1, ""), hours(1), Revised(time.Hour)))
	x.finds(query.Request{Fold: true}, "b", "a")
	if h := x.get(c.ID); h.Group != string(b.ID) || h.Copies != 1 {
		t.Errorf("c: group %s with %d copies, want b's with 1", h.Group, h.Copies)
	}
	x.write(Mention("b", hours(2), Revised(time.Hour))) // its text is too short to compare now
	x.finds(query.Request{Fold: true}, "c", "b", "a")
	x.write(Mention("b", Copy("t", 1, ""), hours(0.5), Revised(2*time.Hour)))
	x.finds(query.Request{Fold: true}, "c", "b")
	if n, err := x.Forget(t.Context(), b.ID); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if h := x.get(a.ID); h.Group != string(a.ID) || h.Copies != 0 {
		t.Errorf("a: group %s with %d copies, want its own", h.Group, h.Copies)
	}
}

func testComments(_ *testing.T, x *index) {
	comment := func(m *mention.Mention) { m.Origin.Channel = mention.Comment }
	x.write(Mention("a", Copy("s", 1, ""), comment, hours(1)), Mention("b", Copy("s", 1, ""), comment, hours(2)))
	x.finds(query.Request{Fold: true}, "b", "a")
}
