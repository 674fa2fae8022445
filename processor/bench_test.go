package processor_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/body"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/fingerprint"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/place"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/privacy"
	"github.com/diembao/diembao/processor/steptest"
	"go.yaml.in/yaml/v3"
)

// load reads a shipped configuration file into a struct.
func load(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(steptest.Root(t), "configs", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// quickSteps is the whole quick list with the shipped configuration.
func quickSteps(t testing.TB) []processor.Step {
	t.Helper()
	var (
		policies policy.Registry
		known    document.Config
		bodies   body.Registry
		places   place.Config
	)
	load(t, "policies.yaml", &policies)
	load(t, "documents.yaml", &known)
	load(t, "bodies.yaml", &bodies)
	load(t, "places/provinces.yaml", &places)
	load(t, "places/districts.yaml", &places)
	models, err := judge.Open(judge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	steps := []processor.Step{
		language.NewStep(), privacy.NewStep(), document.NewStep(append(policies.KnownDocuments(), known.Known()...)),
		policy.NewStep(policies), place.NewStep(place.NewGazetteer(places, nil)), body.NewStep(bodies),
	}
	steps = append(steps, judge.Quick(judge.NewEngine(models))...)
	return append(steps, fingerprint.NewStep())
}

// articleSize is the body of an article in the benchmarks, in bytes.
const articleSize = 3000

// articles are the longer texts of the fixture press, filled up to 3 KB from
// another of the same story and read once, so that every step finds what the
// earlier ones wrote. They are many more than the judge remembers, so that
// each is read anew when its turn comes.
func articles(b testing.TB, p *processor.Pipeline) (ms []*mention.Mention, size int64) {
	b.Helper()
	last := map[string]string{} // of each story
	for _, it := range steptest.Newsroom(b) {
		if len(it.Body) < articleSize*2/3 {
			continue
		}
		m := it.Mention()
		m.Text.Body = clip(it.Body+"\n"+last[it.Story], articleSize)
		last[it.Story] = it.Body
		if err := p.Read(b.Context(), m); err != nil {
			b.Fatal(err)
		}
		ms = append(ms, m)
		size += int64(len(m.Text.Title) + len(m.Text.Lead) + len(m.Text.Body))
	}
	return ms, size / int64(len(ms))
}

// clip gives the first n bytes of s or fewer, whole characters only.
func clip(s string, n int) string {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:min(n, len(s))]
}

// BenchmarkSteps measures each step apart on articles of 3 KB. Here each of
// the steps that judge pays for the reading of the text that they share.
func BenchmarkSteps(b *testing.B) {
	steps := quickSteps(b)
	ms, size := articles(b, processor.NewPipeline(steps...))
	for _, s := range steps {
		b.Run(s.Name(), func(b *testing.B) {
			b.SetBytes(size)
			n := 0
			for b.Loop() {
				m := ms[n%len(ms)]
				r := *m.Reading
				if err := s.Read(b.Context(), m, &r); err != nil {
					b.Fatal(err)
				}
				n++
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}

// BenchmarkStepsAtBest tells what each step costs where nothing disturbs it: on
// a machine that others use too, the fastest pass over each text says more
// than the mean. The sum leaves out what the pipeline and the garbage
// collector add.
func BenchmarkStepsAtBest(b *testing.B) {
	steps := quickSteps(b)
	ms, _ := articles(b, processor.NewPipeline(steps...))
	best := make([][]time.Duration, len(steps))
	for k := range best {
		best[k] = slices.Repeat([]time.Duration{time.Hour}, len(ms))
	}
	for b.Loop() {
		for i, m := range ms {
			r := &mention.Reading{}
			for k, s := range steps {
				start := time.Now()
				if err := s.Read(b.Context(), m, r); err != nil {
					b.Fatal(err)
				}
				best[k][i] = min(best[k][i], time.Since(start))
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	var all time.Duration
	for k, s := range steps {
		var sum time.Duration
		for _, d := range best[k] {
			sum += d
		}
		all += sum
		b.ReportMetric(float64(sum.Nanoseconds())/1e3/float64(len(ms)), s.Name()+"-µs")
	}
	b.ReportMetric(float64(len(ms))/all.Seconds(), "mentions/s")
}

// BenchmarkQuick measures the whole quick reading; the goal is 2,000 mentions
// of 3 KB a second on one core.
func BenchmarkQuick(b *testing.B) {
	p := processor.NewPipeline(quickSteps(b)...)
	ms, size := articles(b, p)
	b.SetBytes(size)
	b.ReportAllocs()
	n, cpu := 0, steptest.CPUTime()
	for b.Loop() {
		if err := p.Read(b.Context(), ms[n%len(ms)]); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mentions/s")
	if used := steptest.CPUTime() - cpu; used > 0 {
		b.ReportMetric(float64(n)/used.Seconds(), "mentions/cpu-s")
	}
}
