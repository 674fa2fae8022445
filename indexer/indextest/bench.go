package indextest

import (
	"testing"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Large is how many mentions the query benchmarks ask.
const Large = 50_000

// Load writes mentions in the worker's batches.
func Load(b testing.TB, w indexer.Writer, all []*mention.Mention) {
	b.Helper()
	const batch = 256
	for len(all) > 0 {
		n := min(batch, len(all))
		for _, err := range w.Write(b.Context(), all[:n]) {
			if err != nil {
				b.Fatal(err)
			}
		}
		all = all[n:]
	}
}

// BenchmarkQueries asks an engine that holds a Corpus what desk and watch ask.
func BenchmarkQueries(b *testing.B, s query.Searcher) {
	words := syllables()
	common, middling, rare := words[0], words[60], words[900]
	week := query.Filter{From: Day().AddDate(0, 0, -7), To: Day()}
	month := query.Filter{From: Day().AddDate(0, 0, -30), To: Day()}
	policy := query.Filter{Policies: []string{"policy-00"}, Tones: []string{"neg"}, From: month.From, To: month.To}
	for _, c := range []struct {
		name string
		r    query.Request
	}{
		{"newest", query.Request{}},
		{"newest folded week", query.Request{Filter: week, Fold: true}},
		{"common word", query.Request{Text: common}},
		{"two words", query.Request{Text: common + " " + middling}},
		{"rare word", query.Request{Text: rare}},
		{"phrase and filter", query.Request{Text: `"` + common + " " + middling + `"`, Filter: policy}},
		{"policy and tone", query.Request{Filter: policy, Fold: true}},
		{"relevance", query.Request{Text: common + " " + middling, Sort: query.ByRelevance}},
	} {
		b.Run("search/"+c.name, func(b *testing.B) {
			total := 0
			for b.Loop() {
				page, err := s.Search(b.Context(), c.r)
				if err != nil {
					b.Fatal(err)
				}
				total = page.Total
			}
			b.ReportMetric(float64(total), "hits")
		})
	}
	for name, r := range map[string]query.Request{"all": {}, "week": {Filter: week}, "word": {Text: middling}} {
		b.Run("facets/"+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Facets(b.Context(), r, indexer.FacetFields()[:5], 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, c := range []struct {
		name string
		r    query.Request
		by   query.Interval
	}{
		{"all days", query.Request{}, query.Day}, {"policy and tone by hour", query.Request{Filter: policy}, query.Hour},
		{"word by day", query.Request{Text: middling, Filter: month}, query.Day},
	} {
		b.Run("histogram/"+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Histogram(b.Context(), c.r, c.by); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
