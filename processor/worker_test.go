package processor_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/privacy"
	"github.com/diembao/diembao/stream"
)

// line is a log with workers on it.
type line struct {
	t   *testing.T
	bus *stream.Memory
}

func newLine(t *testing.T) *line {
	t.Helper()
	bus := stream.NewMemory()
	t.Cleanup(func() { bus.Close() })
	return &line{t, bus}
}

// found publishes a mention as the crawler does.
func (l *line) found(m *mention.Mention) {
	l.t.Helper()
	data, err := mention.Encode(m)
	if err != nil {
		l.t.Fatal(err)
	}
	l.publish("mention.found.press.dvhn", data)
}

func (l *line) publish(subject string, data []byte) {
	l.t.Helper()
	if _, err := l.bus.Publish(l.t.Context(), stream.Out{Subject: subject, Data: data}); err != nil {
		l.t.Fatal(err)
	}
}

// stored gives what the log holds under a filter.
func (l *line) stored(filter string) []stream.Message {
	l.t.Helper()
	var out []stream.Message
	err := l.bus.Replay(l.t.Context(), filter, 0, false, func(m stream.Message) error { out = append(out, m); return nil })
	if err != nil {
		l.t.Fatal(err)
	}
	return out
}

func (l *line) tagged() []*mention.Mention {
	l.t.Helper()
	var out []*mention.Mention
	for _, msg := range l.stored("mention.tagged.>") {
		m, err := mention.Decode(msg.Data)
		if err != nil {
			l.t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

// run runs workers for a while of virtual time.
func run(t *testing.T, d time.Duration, runs ...func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	var wg sync.WaitGroup
	for _, r := range runs {
		wg.Go(func() {
			if err := r(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// naming is a step that finds a policy in every text, and calls it relevant.
var naming = stepFunc{"naming/1", func(_ *mention.Mention, r *mention.Reading) error {
	r.Relevant.Value, r.Language.Value = "1", "vi"
	r.Policies = []mention.PolicyHit{{ID: "bang-gia-dat"}}
	return nil
}}

func TestWorkerReadsAndPublishes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		for i := range 5 {
			l.found(sample(fmt.Sprint("bài ", i)))
		}
		w := processor.NewWorker(processor.Config{}, processor.Options{Bus: l.bus, Quick: processor.NewPipeline(setTone("neg"))})
		run(t, 5*time.Second, w.Run)
		got := l.tagged()
		if len(got) != 5 || w.QuickCounts.Get(processor.Read) != 5 {
			t.Fatalf("%d tagged, counted %d", len(got), w.QuickCounts.Get(processor.Read))
		}
		for _, m := range got {
			if m.Reading == nil || m.Reading.Tone.Value != "neg" {
				t.Errorf("%s: %+v", m.ID, m.Reading)
			}
		}
		if msg := l.stored("mention.tagged.>")[0]; msg.Subject != "mention.tagged.press.dvhn" ||
			msg.ID != fmt.Sprintf("%s.%d.0", got[0].ID, got[0].Revision) {
			t.Errorf("subject %q, message id %q", msg.Subject, msg.ID)
		}
		if n := len(l.stored("mention.careful.>")); n != 0 {
			t.Errorf("%d mentions wait for a careful reading that nobody does", n)
		}
	})
}

func TestBadInputIsKeptAsDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		l.publish("mention.found.press.dvhn", []byte("{broken"))
		l.publish("mention.found.press.dvhn", []byte(`{"schema":99}`))
		l.found(sample("panic"))
		l.found(sample("secret"))
		l.found(sample("fine"))
		picky := stepFunc{"picky/1", func(m *mention.Mention, r *mention.Reading) error {
			switch m.Text.Body {
			case "panic":
				panic("on purpose")
			case "secret":
				return fmt.Errorf("marked: %w", processor.ErrRefused)
			}
			return nil
		}}
		w := processor.NewWorker(processor.Config{}, processor.Options{Bus: l.bus, Quick: processor.NewPipeline(picky)})
		run(t, time.Minute, w.Run)
		if got := l.tagged(); len(got) != 1 || got[0].Text.Body != "fine" {
			t.Errorf("%d tagged", len(got))
		}
		if n := len(l.stored("dead.>")); n != 4 {
			t.Errorf("%d dead letters, want 4", n)
		}
		want := map[processor.Outcome]uint64{processor.Read: 1, processor.Bad: 3, processor.Refused: 1}
		for _, o := range processor.Outcomes() {
			if got := w.QuickCounts.Get(o); got != want[o] {
				t.Errorf("%s: %d, want %d", o, got, want[o])
			}
		}
	})
}

// Of a document marked secret nothing stays but that it came, and its marking.
func TestWhatIsRefusedIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		l.found(sample("ỦY BAN NHÂN DÂN TỈNH\nTỐI MẬT\nPhương án di dời kho đạn."))
		l.found(sample("Chuyện kể về một bí mật."))
		w := processor.NewWorker(processor.Config{}, processor.Options{Bus: l.bus, Quick: processor.NewPipeline(privacy.NewStep())})
		run(t, time.Minute, w.Run)
		if n := w.QuickCounts.Get(processor.Refused); n != 1 {
			t.Errorf("%d refused, want 1", n)
		}
		if n := len(l.stored("mention.found.>")); n != 1 {
			t.Errorf("%d mentions are left in the log, want 1", n)
		}
		letters, err := stream.Dead(l.bus).List(t.Context(), "", 0)
		if err != nil || len(letters) != 1 || letters[0].Subject != "mention.found.press.dvhn" || !strings.Contains(letters[0].Error, "tối mật") {
			t.Fatalf("letters %+v, %v", letters, err)
		}
		for _, msg := range slices.Concat(l.stored("mention.found.>"), l.stored("mention.tagged.>"), l.stored("dead.>")) {
			if bytes.Contains(msg.Data, []byte("kho đạn")) || bytes.Contains(msg.Data, []byte("a2hvIMSR4bqhbg")) {
				t.Errorf("%s holds the text: %s", msg.Subject, msg.Data)
			}
		}
	})
}

func TestWhoWaitsForACarefulReading(t *testing.T) {
	comment := sample("Hỏi về bảng giá đất")
	comment.Origin.Channel = mention.Comment
	plain := stepFunc{"plain/1", func(_ *mention.Mention, r *mention.Reading) error { r.Language.Value = "vi"; return nil }}
	for _, tt := range []struct {
		name string
		mode processor.Mode
		m    *mention.Mention
		step stepFunc
		want int
	}{
		{"off", processor.CarefulOff, comment, naming, 0},
		{"policy is the default", "", sample("a"), naming, 1},
		{"article without a policy", processor.CarefulPolicy, sample("a"), plain, 0},
		{"citizen without a policy", processor.CarefulPolicy, comment, plain, 1},
		{"all", processor.CarefulAll, sample("a"), plain, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLine(t)
				l.found(tt.m)
				w := processor.NewWorker(processor.Config{Careful: tt.mode}, processor.Options{Bus: l.bus,
					Quick: processor.NewPipeline(tt.step), Careful: processor.NewPipeline().Careful()})
				run(t, time.Second, w.Run)
				lag, err := w.Lag(t.Context())
				if err != nil || int(lag.Careful) != tt.want || lag.Urgent != 0 || lag.Quick != 0 {
					t.Errorf("lag %+v, %v; want %d careful", lag, err, tt.want)
				}
			})
		})
	}
}

func TestUrgentIsReadFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		var mu sync.Mutex
		var order []string
		slow := stepFunc{"slow/1", func(m *mention.Mention, r *mention.Reading) error {
			time.Sleep(time.Second)
			mu.Lock()
			defer mu.Unlock()
			order = append(order, m.Text.Body)
			r.Tone.Value = "careful"
			return nil
		}}
		for i := range 30 {
			l.found(sample(fmt.Sprintf("n%02d", i)))
		}
		for i := range 6 {
			l.found(sample(fmt.Sprintf("u%02d", i)))
		}
		w := processor.NewWorker(processor.Config{CarefulBatch: 2}, processor.Options{
			Bus: l.bus, Quick: processor.NewPipeline(naming), Careful: processor.NewPipeline(slow).Careful(),
			Urgent: func(m *mention.Mention) bool { return strings.HasPrefix(m.Text.Body, "u") },
		})
		run(t, 5*time.Second, w.Run)
		run(t, 2*time.Minute, w.RunCareful)
		if len(order) != 36 {
			t.Fatalf("%d read carefully, want 36", len(order))
		}
		// A normal batch of 2 may have begun before the urgent ones were seen.
		for i, body := range order {
			if body[0] == 'u' && i >= 6+2 {
				t.Errorf("%s was read as number %d: %v", body, i+1, order)
			}
		}
		careful := 0
		for _, m := range l.tagged() {
			if m.Reading.Careful() {
				careful++
				if m.Reading.Revision != 1 || m.Reading.Tone.Value != "careful" || len(m.Reading.Policies) != 1 {
					t.Errorf("careful reading %+v", m.Reading)
				}
			}
		}
		if careful != 36 || w.CarefulCounts.Get(processor.Read) != 36 {
			t.Errorf("%d careful readings published, %d counted", careful, w.CarefulCounts.Get(processor.Read))
		}
	})
}

func TestUrgentOvertakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		var mu sync.Mutex
		var order []string
		slow := stepFunc{"slow/1", func(m *mention.Mention, _ *mention.Reading) error {
			time.Sleep(time.Second)
			mu.Lock()
			defer mu.Unlock()
			order = append(order, m.Text.Body)
			return nil
		}}
		w := processor.NewWorker(processor.Config{CarefulBatch: 2}, processor.Options{
			Bus: l.bus, Quick: processor.NewPipeline(naming), Careful: processor.NewPipeline(slow).Careful(),
			Urgent: func(m *mention.Mention) bool { return m.Text.Body == "u" },
		})
		for i := range 20 {
			l.found(sample(fmt.Sprintf("n%02d", i)))
		}
		late := func(ctx context.Context) error {
			time.Sleep(7500 * time.Millisecond)
			l.found(sample("u"))
			<-ctx.Done()
			return nil
		}
		run(t, time.Minute, w.Run, w.RunCareful, late)
		if at := slices.Index(order, "u"); at < 0 || at > 12 || len(order) != 21 {
			t.Errorf("the urgent mention was read as number %d of %d: %v", at+1, len(order), order)
		}
	})
}

func TestTwoWorkersShareTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		for i := range 200 {
			l.found(sample(fmt.Sprint("bài ", i)))
		}
		worker := func() *processor.Worker {
			return processor.NewWorker(processor.Config{Batch: 8}, processor.Options{
				Bus: l.bus, Quick: processor.NewPipeline(naming), Careful: processor.NewPipeline(setTone("neg")).Careful()})
		}
		a, b := worker(), worker()
		run(t, time.Minute, a.Run, b.Run, a.RunCareful, b.RunCareful)
		seen := map[string]int{}
		for _, msg := range l.stored("mention.tagged.>") {
			seen[msg.ID]++
		}
		if len(seen) != 400 {
			t.Errorf("%d readings, want 200 quick and 200 careful", len(seen))
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("%s was published %d times", id, n)
			}
		}
	})
}

// down is a log that cannot store for its first tries.
type down struct {
	stream.Bus
	mu    sync.Mutex
	tries int
	err   error
}

func (d *down) Publish(ctx context.Context, o stream.Out) (uint64, error) {
	d.mu.Lock()
	fail := d.tries > 0
	d.tries--
	d.mu.Unlock()
	if fail {
		return 0, d.err
	}
	return d.Bus.Publish(ctx, o)
}

func TestNothingIsLostWhenPublishingFails(t *testing.T) {
	for name, err := range map[string]error{"error": errors.New("no answer"), "unavailable": stream.Unavailable(errors.New("disk full"))} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLine(t)
				for i := range 3 {
					l.found(sample(fmt.Sprint("bài ", i)))
				}
				w := processor.NewWorker(processor.Config{}, processor.Options{Bus: &down{Bus: l.bus, tries: 4, err: err},
					Quick: processor.NewPipeline(setTone("neu"))})
				run(t, 10*time.Minute, w.Run)
				if got := len(l.tagged()); got != 3 {
					t.Errorf("%d tagged, want 3", got)
				}
				if n := len(l.stored("dead.>")); n != 0 {
					t.Errorf("%d dead letters", n)
				}
				if w.QuickCounts.Get(processor.Retried)+w.QuickCounts.Get(processor.Unavailable) == 0 {
					t.Error("the failures were not counted")
				}
			})
		})
	}
}

func TestReread(t *testing.T) {
	l := newLine(t)
	for i := range 4 {
		m := sample(fmt.Sprint("bài ", i))
		for _, rev := range []int64{0, 1} { // a quick and a careful reading
			m.Reading = &mention.Reading{Revision: rev, Topic: mention.Label{Value: "land"}}
			data, err := mention.Encode(m)
			if err != nil {
				t.Fatal(err)
			}
			l.publish("mention.tagged.press.dvhn", data)
		}
	}
	l.publish("mention.tagged.press.dvhn", []byte("broken"))
	p := processor.NewPipeline(setTone("pos")).Generation(3)
	report, err := processor.Reread(t.Context(), l.bus, p, processor.RereadOptions{})
	if err != nil || report.Seen != 9 || report.Read != 4 || report.Skipped != 4 || report.Failed != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	fresh := l.tagged2(t, 6)
	if len(fresh) != 4 || fresh[0].Reading.Topic.Value != "" || fresh[0].Reading.Tone.Value != "pos" {
		t.Errorf("%d new readings, the first %+v", len(fresh), fresh[0].Reading)
	}
	again, err := processor.Reread(t.Context(), l.bus, p, processor.RereadOptions{From: report.Next})
	if err != nil || again.Read != 0 {
		t.Errorf("again: %+v %v", again, err)
	}
	part, err := p.Generation(4).Only("tone")
	if err != nil {
		t.Fatal(err)
	}
	var last processor.RereadReport
	if _, err := processor.Reread(t.Context(), l.bus, part, processor.RereadOptions{Done: func(r processor.RereadReport) { last = r }}); err != nil {
		t.Fatal(err)
	}
	kept := l.tagged2(t, 9)
	if len(kept) != 4 || kept[0].Reading.Topic.Value != "land" || kept[0].Reading.Tone.Value != "pos" || last.Next == 0 {
		t.Errorf("%d careful readings read again in part: %+v", len(kept), kept)
	}
}

// tagged2 gives the readings of one revision, past what is broken.
func (l *line) tagged2(t *testing.T, revision int64) []*mention.Mention {
	t.Helper()
	var out []*mention.Mention
	for _, msg := range l.stored("mention.tagged.>") {
		if m, err := mention.Decode(msg.Data); err == nil && m.Reading.Revision == revision {
			out = append(out, m)
		}
	}
	return out
}

func TestConfigValidate(t *testing.T) {
	for _, tt := range []struct {
		c    processor.Config
		want string
	}{
		{processor.Config{}, ""},
		{processor.Config{Careful: "all", Batch: 10, CarefulBatch: 4, Parallel: 8, Generation: 3}, ""},
		{processor.Config{Careful: "some"}, "careful"},
		{processor.Config{Outside: processor.OutsideConfig{URL: "ftp://x", Ask: "never", Sure: 2, Timeout: time.Hour}}, "outside.url outside.ask outside.sure outside.timeout"},
		{processor.Config{Outside: processor.OutsideConfig{URL: "https://models.example/labels", Ask: "all"}}, ""},
		{processor.Config{Generation: -1, Batch: -1, CarefulBatch: 1000, Parallel: -4}, "generation batch careful_batch parallel"},
	} {
		var paths []string
		tt.c.Validate(func(path, _ string) { paths = append(paths, path) })
		if got := strings.Join(paths, " "); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.c, got, tt.want)
		}
	}
}
