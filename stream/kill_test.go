package stream_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

const (
	childEnv = "STREAM_TEST_CHILD"
	childDir = "STREAM_TEST_DIR"
)

func child(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0]) //nolint:gosec // ourselves
	cmd.Env = append(os.Environ(), childEnv+"="+role, childDir+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

func childBus(dir string) *stream.JetStream {
	bus, err := stream.Embedded(context.Background(), stream.EmbeddedOptions{Dir: dir, Table: streamtest.Table()})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return bus
}

// childPublishes says the ID of every message that was acknowledged, until it
// is killed.
func childPublishes(dir string) {
	bus := childBus(dir)
	var mu sync.Mutex
	for w := range 4 {
		go func() {
			for n := 0; ; n++ {
				id := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, n)
				if _, err := bus.Publish(context.Background(), stream.Out{Subject: "ledger.test.kill", ID: id, Data: []byte(id)}); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				mu.Lock()
				fmt.Println(id)
				mu.Unlock()
			}
		}()
	}
	select {}
}

// A holder killed at any moment has lost nothing that it said was stored.
func TestKilledHolderLosesNothing(t *testing.T) {
	dir := t.TempDir()
	acknowledged := make(map[string]bool)
	for round := range 3 {
		cmd := child(t, "publish", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			acknowledged[lines.Text()] = true
			if n == 50+100*round {
				_ = cmd.Process.Kill()
			}
		}
		_ = cmd.Wait()
		bus := embedded(t, dir, streamtest.Table())
		stored := make(map[string]int)
		err = bus.Replay(t.Context(), "ledger.test.kill", 0, false, func(m stream.Message) error {
			stored[m.ID]++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for id := range acknowledged {
			if stored[id] != 1 {
				t.Errorf("round %d: message %s was acknowledged and is there %d times", round, id, stored[id])
			}
		}
		if err := bus.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) < 400 {
		t.Errorf("%d messages acknowledged: too few to tell", len(acknowledged))
	}
}

// childDies when it is handed the poison, and ends well when nothing is left.
func childDies(dir string) {
	bus := childBus(dir)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for range time.Tick(20 * time.Millisecond) {
			waiting, working, err := bus.Pending(ctx, stream.ConsumeFound)
			if err == nil && waiting == 0 && working == 0 {
				cancel()
				return
			}
		}
	}()
	err := bus.Consume(ctx, stream.ConsumeFound, func(_ context.Context, batch []stream.Message) []error {
		for _, m := range batch {
			if string(m.Data) == "poison" {
				os.Exit(7)
			}
		}
		return nil
	}, stream.ConsumeOptions{Batch: 4})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = bus.Close()
	os.Exit(0)
}

// A message that kills every process that touches it ends among the dead
// letters all the same, and takes no other message along.
func TestDeadlyMessage(t *testing.T) {
	dir := t.TempDir()
	bus := embedded(t, dir, streamtest.Table())
	for _, data := range []string{"a", "poison", "b", "c"} {
		if _, err := bus.Publish(t.Context(), stream.Out{Subject: "mention.found.press.deadly", ID: data, Data: []byte(data)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := bus.Close(); err != nil {
		t.Fatal(err)
	}
	deaths := 0
	for ; deaths < 10; deaths++ {
		cmd := child(t, "die", dir)
		err := cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code == 0 {
			break
		} else if code != 7 {
			t.Fatalf("the child failed: %v", err)
		}
	}
	bus = embedded(t, dir, streamtest.Table())
	dead, err := stream.Dead(bus).List(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(dead) != 1 || dead[0].ID != "poison" || dead[0].Tries != deaths {
		t.Errorf("after %d deaths: dead letters %+v, want the poison alone", deaths, dead)
	}
	if deaths != 3 {
		t.Errorf("%d processes died, want as many as tries, 3", deaths)
	}
}
