package indexer_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/memory"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// publish stores a mention as the processor would.
func publish(t *testing.T, bus stream.Bus, m *mention.Mention) {
	t.Helper()
	data, err := mention.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	subject, err := stream.Tagged(m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.Publish(t.Context(), stream.Out{Subject: subject, ID: string(m.ID), Data: data}); err != nil {
		t.Fatal(err)
	}
}

// writer answers as it is told until it is told to store.
type writer struct {
	*memory.Engine
	answer func(m *mention.Mention) error
}

func (w *writer) Write(ctx context.Context, batch []*mention.Mention) []error {
	errs := make([]error, len(batch))
	for i, m := range batch {
		if errs[i] = w.answer(m); errs[i] == nil {
			if got := w.Engine.Write(ctx, batch[i:i+1]); got != nil {
				errs[i] = got[0]
			}
		}
	}
	return errs
}

// working runs a worker over an engine on virtual time and lets look in.
func working(t *testing.T, answer func(*mention.Mention) error, look func(stream.Bus, *indexer.Worker, *memory.Engine)) {
	synctest.Test(t, func(t *testing.T) {
		bus := stream.NewMemory()
		engine := memory.New()
		w := indexer.NewWorker(indexer.Options{Bus: bus, Writer: &writer{engine, answer}})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.Run(ctx) }()
		look(bus, w, engine)
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
		if err := bus.Close(); err != nil {
			t.Error(err)
		}
	})
}

func total(t *testing.T, e *memory.Engine) int {
	t.Helper()
	page, err := e.Search(t.Context(), query.Request{})
	if err != nil {
		t.Fatal(err)
	}
	return page.Total
}

func TestWorkerIndexesAndBuriesWhatIsBad(t *testing.T) {
	working(t, func(*mention.Mention) error { return nil }, func(bus stream.Bus, w *indexer.Worker, e *memory.Engine) {
		for _, name := range []string{"a", "b", "c"} {
			publish(t, bus, indextest.Mention(name))
		}
		if _, err := bus.Publish(t.Context(), stream.Out{Subject: "mention.tagged.press.dvhn", ID: "x", Data: []byte("{")}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if got := total(t, e); got != 3 {
			t.Errorf("%d mentions in the index, want 3", got)
		}
		if w.Counts.Get(indexer.Indexed) != 3 || w.Counts.Get(indexer.Bad) != 1 {
			t.Errorf("counted %d indexed, %d bad", w.Counts.Get(indexer.Indexed), w.Counts.Get(indexer.Bad))
		}
		if lag, err := w.Lag(t.Context()); err != nil || lag != 0 {
			t.Errorf("lag %d, %v", lag, err)
		}
		dead := 0
		err := bus.Replay(t.Context(), "dead.>", 1, false, func(stream.Message) error { dead++; return nil })
		if err != nil || dead != 1 {
			t.Errorf("%d dead letters, %v, want 1", dead, err)
		}
	})
}

func TestWorkerWaitsForAnEngineThatIsDown(t *testing.T) {
	down := time.Now().Add(2 * time.Hour)
	synctest.Test(t, func(t *testing.T) { down = time.Now().Add(2 * time.Hour) })
	answer := func(*mention.Mention) error {
		if time.Now().Before(down) {
			return stream.Unavailable(errors.New("connection refused"))
		}
		return nil
	}
	working(t, answer, func(bus stream.Bus, w *indexer.Worker, e *memory.Engine) {
		publish(t, bus, indextest.Mention("a"))
		publish(t, bus, indextest.Mention("b"))
		time.Sleep(3 * time.Hour)
		if got := total(t, e); got != 2 {
			t.Errorf("%d mentions after the outage, want 2", got)
		}
		if w.Counts.Get(indexer.Unavailable) == 0 || w.Counts.Get(indexer.Indexed) != 2 {
			t.Errorf("counted %d unavailable, %d indexed", w.Counts.Get(indexer.Unavailable), w.Counts.Get(indexer.Indexed))
		}
	})
}

func TestWorkerAcknowledgesItemByItem(t *testing.T) {
	var mu sync.Mutex
	tries := map[string]int{}
	answer := func(m *mention.Mention) error {
		mu.Lock()
		defer mu.Unlock()
		tries[m.Text.Title]++
		if m.Text.Title == "b" && tries["b"] < 3 {
			return errors.New("not now")
		}
		return nil
	}
	working(t, answer, func(bus stream.Bus, w *indexer.Worker, e *memory.Engine) {
		for _, name := range []string{"a", "b", "c"} {
			publish(t, bus, indextest.Mention(name))
		}
		time.Sleep(time.Hour)
		mu.Lock()
		defer mu.Unlock()
		if tries["a"] != 1 || tries["b"] != 3 || tries["c"] != 1 || total(t, e) != 3 {
			t.Errorf("tries %v, %d in the index", tries, total(t, e))
		}
		if w.Counts.Get(indexer.Retried) != 2 {
			t.Errorf("counted %d retried, want 2", w.Counts.Get(indexer.Retried))
		}
	})
}

func TestReplayRebuilds(t *testing.T) {
	bus := stream.NewMemory()
	defer bus.Close()
	for i := range 1200 {
		publish(t, bus, indextest.Mention(string(rune('a'+i%26))+time.Duration(i).String()))
	}
	if _, err := bus.Publish(t.Context(), stream.Out{Subject: "mention.tagged.press.dvhn", ID: "x", Data: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	e := memory.New()
	bad := 0
	if err := e.Rebuild(t.Context(), indexer.Replay(t.Context(), bus, func(error) { bad++ })); err != nil {
		t.Fatal(err)
	}
	if got := total(t, e); got != 1200 || bad != 1 {
		t.Errorf("%d mentions, %d bad, want 1200 and 1", got, bad)
	}
}

func TestEveryOutcomeIsListed(t *testing.T) {
	var c indexer.Counts
	seen := map[indexer.Outcome]bool{}
	for _, o := range indexer.Outcomes() {
		if seen[o] || c.Get(o) != 0 {
			t.Errorf("%s is listed twice or counts from the start", o)
		}
		seen[o] = true
	}
}
