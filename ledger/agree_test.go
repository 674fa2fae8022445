package ledger_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/stream"
)

// account is what a view of the tests folds: a counter whose every step says
// what it counted to.
type account struct {
	Count int
	By    map[string]int
}

type step struct {
	To int `json:"to"`
}

func count(before account, e ledger.Event) (account, error) {
	var s step
	if err := json.Unmarshal(e.Data, &s); err != nil {
		return before, err
	}
	if s.To != before.Count+1 {
		return before, fmt.Errorf("counted from %d to %d: an update was lost", before.Count, s.To)
	}
	by := maps.Clone(before.By)
	if by == nil {
		by = make(map[string]int)
	}
	by[e.By]++
	return account{s.To, by}, nil
}

// process is one of several that decide at the same time.
type process struct {
	name   string
	ledger *ledger.Ledger
	view   *ledger.View[account]
}

func start(tb interface{ Fatal(...any) }, bus stream.Bus, name string) *process {
	l, err := ledger.Open(context.Background(), bus)
	if err != nil {
		tb.Fatal(err)
	}
	return &process{name, l, ledger.NewView(l, "account", count)}
}

// add counts one further on key, deciding anew after each conflict. With twice
// it does as a client that did not hear the answer.
func (p *process) add(ctx context.Context, key, id string, twice bool) error {
	for {
		state, seq, _ := p.view.Get(key)
		data, err := json.Marshal(step{state.Count + 1})
		if err != nil {
			return err
		}
		e := ledger.Event{ID: id, Entity: "account", Key: key, Type: "counted", At: time.Now(), By: p.name, Data: data}
		got, err := p.ledger.Append(ctx, e, seq)
		if errors.Is(err, ledger.ErrConflict) {
			if _, now, _ := p.view.Get(key); now <= seq {
				return fmt.Errorf("a conflict at %d, and the view still shows %d", seq, now)
			}
			continue
		}
		if err != nil {
			return err
		}
		if _, now, _ := p.view.Get(key); now < got {
			return fmt.Errorf("append gave %d, the view shows %d", got, now)
		}
		if twice {
			if again, err := p.ledger.Append(ctx, e, seq); err != nil || again != got {
				return fmt.Errorf("appended again: %d, %w; want %d", again, err, got)
			}
		}
		return nil
	}
}

// agree has processes append at the same time and compares what they see.
func agree(t interface {
	Fatal(...any)
	Errorf(string, ...any)
}, bus stream.Bus, plan [][]wish) {
	var all []*process
	var work sync.WaitGroup
	want := make(map[string]int)
	for i, mine := range plan {
		p := start(t, bus, fmt.Sprint("process-", i))
		all = append(all, p)
		for n, a := range mine {
			want[a.key]++
			if n == 0 {
				work.Go(func() {
					for n, a := range mine {
						if err := p.add(context.Background(), a.key, fmt.Sprint(i, "-", n), a.twice); err != nil {
							t.Errorf("%s: %v", p.name, err)
						}
					}
				})
			}
		}
	}
	work.Wait()
	late := start(t, bus, "late")
	for key, n := range want {
		state, seq, _ := late.view.Get(key)
		if state.Count != n {
			t.Errorf("%s counted to %d, want %d", key, state.Count, n)
		}
		for _, p := range all {
			wait(p.view, key, seq)
			if got, _, _ := p.view.Get(key); !cmp.Equal(got, state) {
				t.Errorf("%s sees %s as %+v, a fresh one as %+v", p.name, key, got, state)
			}
		}
	}
	for _, p := range append(all, late) {
		if problems := p.ledger.Problems(); len(problems) > 0 {
			t.Errorf("%s: problems %v", p.name, problems)
		}
		if err := p.ledger.Close(); err != nil {
			t.Errorf("%s: close: %v", p.name, err)
		}
	}
}

// wait returns when the view has come to seq.
func wait(v *ledger.View[account], key string, seq uint64) {
	for {
		changed := v.Changed()
		if _, now, _ := v.Get(key); now >= seq {
			return
		}
		<-changed
	}
}

type wish struct {
	key   string
	twice bool
}

// Whatever the plan, no update is lost and all views agree.
func TestProcessesAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		one := rapid.Custom(func(rt *rapid.T) wish {
			return wish{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "key"), rapid.Bool().Draw(rt, "twice")}
		})
		plan := rapid.SliceOfN(rapid.SliceOfN(one, 0, 8), 1, 4).Draw(rt, "plan")
		bus := stream.NewMemory()
		agree(rt, bus, plan)
		_ = bus.Close()
	})
}

func TestProcessesAgreeOverServer(t *testing.T) {
	bus, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.Close() }()
	var plan [][]wish
	for range 3 {
		var mine []wish
		for n := range 15 {
			mine = append(mine, wish{[]string{"a", "b"}[n%2], n%5 == 0})
		}
		plan = append(plan, mine)
	}
	agree(t, bus, plan)
}

// What is exported and imported elsewhere folds to the same.
func TestExportImport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		from, to := memory(t), memory(t)
		p := start(t, from, "first")
		for i := range 50 {
			if err := p.add(t.Context(), fmt.Sprint("k", i%7), fmt.Sprint(i), false); err != nil {
				t.Fatal(err)
			}
		}
		var file bytes.Buffer
		if err := p.ledger.Export(t.Context(), &file); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if err := ledger.Import(t.Context(), to, bytes.NewReader(file.Bytes())); err != nil {
			t.Fatal(err)
		}
		q := start(t, to, "second")
		if diff := cmp.Diff(p.view.All(), q.view.All()); diff != "" {
			t.Errorf("folds differ:\n%s", diff)
		}
		if diff := cmp.Diff(p.ledger.Since(0), q.ledger.Since(0)); diff != "" {
			t.Errorf("events differ:\n%s", diff)
		}
		if err := ledger.Import(t.Context(), to, bytes.NewReader(file.Bytes())); err == nil {
			t.Error("importing over what is there: want an error")
		}
		for _, l := range []*ledger.Ledger{p.ledger, q.ledger} {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	dir := b.TempDir()
	embedded, err := stream.Embedded(b.Context(), stream.EmbeddedOptions{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = embedded.Close() }()
	for name, bus := range map[string]stream.Bus{"memory": stream.NewMemory(), "embedded": embedded} {
		b.Run(name, func(b *testing.B) {
			l := open(b, bus)
			for i := 0; b.Loop(); i++ {
				id := fmt.Sprintf("%s-%d-%d", name, b.N, i)
				if _, err := l.Append(b.Context(), event(id, fmt.Sprint("k", i, "-", b.N), "opened"), 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
