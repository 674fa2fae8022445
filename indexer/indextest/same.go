package indextest

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Same writes random mentions into both engines, in batches and orders of
// their own, and wants the same answers to random requests: ids in order,
// totals, stories, facets, histograms.
func Same(t *testing.T, a, b indexer.Engine) {
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		for _, e := range []indexer.Engine{a, b} {
			if _, err := e.Purge(t.Context(), query.Filter{Kinds: []string{"press", "portal", "social"}}); err != nil {
				r.Fatalf("purge: %v", err)
			}
		}
		// Other names each time: right after a purge an engine may still refuse
		// versions older than what was purged.
		drawMention := func(t *rapid.T) *mention.Mention { return drawMention(t, strconv.Itoa(round)) }
		mentions := rapid.SliceOfN(rapid.Custom(drawMention), 1, 30).Draw(r, "mentions")
		for _, e := range []indexer.Engine{a, b} {
			for rest := rapid.Permutation(mentions).Draw(r, "order"); len(rest) > 0; {
				n := rapid.IntRange(1, len(rest)).Draw(r, "batch")
				for _, err := range e.Write(t.Context(), rest[:n]) {
					if err != nil {
						r.Fatalf("write: %v", err)
					}
				}
				rest = rest[n:]
			}
		}
		for _, q := range rapid.SliceOfN(rapid.Custom(drawRequest), 1, 5).Draw(r, "requests") {
			if diff := cmp.Diff(answer(t, a, q), answer(t, b, q)); diff != "" {
				r.Fatalf("%+v:\n%s", q, diff)
			}
		}
	})
}

// said is everything that an engine says to a request.
type said struct {
	Total  int
	Hits   []string
	Facets map[string][]query.Facet
	Hours  []query.Bucket
	Days   []query.Bucket
	Err    string
}

func answer(t *testing.T, e indexer.Engine, r query.Request) (s said) {
	page, err := Pages(t, e, r)
	if err != nil {
		return said{Err: err.Error()}
	}
	s.Total = page.Total
	for _, h := range page.Hits {
		s.Hits = append(s.Hits, fmt.Sprintf("%s v%d in %s+%d %v %v %v", h.Mention.ID, h.Mention.Version(),
			h.Group, h.Copies, h.Different, h.Score, h.Highlights))
	}
	if s.Facets, err = e.Facets(t.Context(), r, indexer.FacetFields(), 3); err != nil {
		s.Err = err.Error()
	}
	for field, facets := range s.Facets {
		if len(facets) == 0 {
			delete(s.Facets, field)
		}
	}
	if s.Hours, err = e.Histogram(t.Context(), r, query.Hour); err != nil {
		s.Err += err.Error()
	}
	if s.Days, err = e.Histogram(t.Context(), r, query.Day); err != nil {
		s.Err += err.Error()
	}
	return s
}

func words() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"giá", "gia", "già", "đất", "dat", "thuế", "thue", "hoà", "hòa", "nhà", "NHÀ", "1.234,5", "5G", "lý", "lí"})
}

func outlets() *rapid.Generator[string] { return rapid.SampledFrom([]string{"dvhn", "vnm", "so-tnmt"}) }

func moments() *rapid.Generator[time.Time] {
	return rapid.Map(rapid.IntRange(-100, 100), func(n int) time.Time { return Day().Add(time.Duration(n) * 15 * time.Minute) })
}

func labels(values ...string) *rapid.Generator[mention.Label] {
	return rapid.Custom(func(t *rapid.T) mention.Label {
		return mention.Label{Value: rapid.SampledFrom(append(values, "")).Draw(t, "value"), Sure: rapid.Bool().Draw(t, "sure")}
	})
}

func text(t *rapid.T, most int, between ...string) (out string) {
	for range rapid.IntRange(0, most).Draw(t, "words") {
		out += words().Draw(t, "word") + rapid.SampledFrom(between).Draw(t, "between")
	}
	return out
}

func drawMention(t *rapid.T, prefix string) *mention.Mention {
	name := prefix + rapid.StringMatching("[a-f]").Draw(t, "name") + rapid.StringMatching("[a-f]").Draw(t, "name")
	kind := rapid.SampledFrom([]mention.Kind{mention.Press, mention.Press, mention.Portal, mention.Social}).Draw(t, "kind")
	return Mention(name, Outlet(kind, outlets().Draw(t, "outlet")),
		Text(text(t, 3, " "), text(t, 6, " ", ". ", "\n")), At(moments().Draw(t, "at")),
		Revised(time.Duration(rapid.IntRange(0, 2).Draw(t, "revision"))*time.Minute),
		func(m *mention.Mention) {
			m.Origin.Removed = rapid.Bool().Draw(t, "removed")
			r := m.Reading
			r.Revision = int64(rapid.IntRange(2, 5).Draw(t, "reading"))
			r.Tone, r.Topic = labels("pos", "neu", "neg").Draw(t, "tone"), labels("land", "tax").Draw(t, "topic")
			for _, id := range rapid.SliceOfN(rapid.SampledFrom([]string{"p", "q", "r"}), 0, 3).Draw(t, "policies") {
				r.Policies = append(r.Policies, mention.PolicyHit{ID: id})
			}
			if story := rapid.SampledFrom([]string{"", "", "s", "u"}).Draw(t, "story"); story != "" {
				Copy(story, rapid.SampledFrom([]float64{0.3, 0.6, 0.75, 1}).Draw(t, "shared"), rapid.SampledFrom([]string{"1", "2"}).Draw(t, "figures"))(m)
			}
			// What one version says must not depend on which draw it was.
			seal(m)
		})
}

// seal gives every different content of a mention a version of its own.
func seal(m *mention.Mention) {
	data, err := mention.Encode(m)
	if err != nil {
		panic(err)
	}
	m.Reading.Revision = m.Reading.Revision<<18 | int64(source(string(data)).Uint32()&(1<<18-1))
}

func drawRequest(t *rapid.T) query.Request {
	r := query.Request{
		Text: drawNode(t, 2).String(),
		Sort: rapid.SampledFrom([]query.Sort{query.ByTime, query.ByOldest, query.ByRelevance, ""}).Draw(t, "sort"),
		Fold: rapid.Bool().Draw(t, "fold"), Limit: rapid.IntRange(1, 9).Draw(t, "limit"),
	}
	if rapid.IntRange(0, 3).Draw(t, "all") == 0 {
		r.Text = ""
	}
	maybe := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	if maybe("from") {
		r.From = moments().Draw(t, "from")
	}
	if maybe("to") {
		r.To = moments().Draw(t, "to")
	}
	if maybe("outlets") {
		r.Outlets = rapid.SliceOfN(outlets(), 1, 2).Draw(t, "outlets")
	}
	if maybe("tones") {
		r.Tones = rapid.SliceOfN(rapid.SampledFrom([]string{"pos", "neg", "unsure"}), 1, 2).Draw(t, "tones")
	}
	if maybe("careful") {
		careful := rapid.Bool().Draw(t, "careful")
		r.Careful = &careful
	}
	return r
}

func drawNode(t *rapid.T, depth int) query.Node {
	kind := rapid.IntRange(0, 7).Draw(t, "node")
	if depth == 0 {
		kind = min(kind, 3)
	}
	list := func() []query.Node {
		return []query.Node{drawNode(t, depth-1), drawNode(t, depth-1)}
	}
	switch kind {
	case 0, 1:
		return query.Term{Text: words().Draw(t, "word")}
	case 2:
		return query.Term{Text: words().Draw(t, "word") + " " + words().Draw(t, "word"), Quoted: true}
	case 3:
		return rapid.SampledFrom([]query.Node{
			query.Field{Name: query.FieldTone, Value: "neg"}, query.Field{Name: query.FieldPolicy, Value: "p"},
			query.Field{Name: query.FieldFrom, Value: "20/11/2026"}, query.Field{Name: query.FieldTo, Value: "19/11/2026"},
			query.Field{Name: query.FieldOutlet, Value: "vnm"},
		}).Draw(t, "field")
	case 4, 5:
		return query.And(list())
	case 6:
		return query.Or(list())
	}
	return query.Not{Node: drawNode(t, depth-1)}
}
