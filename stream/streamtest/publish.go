package streamtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/diembao/diembao/stream"
)

func publishing() []Case {
	return []Case{
		{"publish numbers messages in order", testPublishOrder},
		{"publish stores an id once", testPublishDuplicate},
		{"publish keeps data and takes any bytes", testPublishData},
		{"publish refuses what has no place", testPublishRefuses},
		{"expect lets one writer win", testExpectConflict},
		{"expect forgives a retry of the last message", testExpectRetry},
		{"expect under many writers loses nothing", testExpectRace},
		{"a batch is stored in order, failures apart", testPublishAll},
	}
}

func testPublishOrder(t *testing.T, bus stream.Bus) {
	at := "mention.tagged.press." + token(t)
	seqs := publish(t, bus, at, "a", "b", "c")
	if seqs[0] == 0 || seqs[1] <= seqs[0] || seqs[2] <= seqs[1] {
		t.Errorf("sequences %v: want them to grow", seqs)
	}
	if got := replayed(t, bus, at, 0); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("stored %v", got)
	}
	discard(t, bus, stream.ConsumeTagged)
}

func testPublishDuplicate(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	first := publish(t, bus, at, "a")
	publish(t, bus, at, "b")
	again := publish(t, bus, at, "a")
	if first[0] != again[0] {
		t.Errorf("the second time %d, want the sequence of the first, %d", again[0], first[0])
	}
	if got := replayed(t, bus, at, 0); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("stored %v", got)
	}
}

func testPublishData(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	large := strings.Repeat("điểm báo ", 50_000)
	for i, data := range []string{"", "\x00\xff\n", "chính sách", large} {
		buf := []byte(data)
		if _, err := bus.Publish(t.Context(), stream.Out{Subject: at, ID: fmt.Sprint(at, i), Data: buf}); err != nil {
			t.Fatal(err)
		}
		clear(buf) // the caller's again
	}
	if got := replayed(t, bus, at, 0); !slices.Equal(got, []string{"", "\x00\xff\n", "chính sách", large}) {
		t.Errorf("stored %d messages, not byte for byte", len(got))
	}
}

func testPublishRefuses(t *testing.T, bus stream.Bus) {
	for _, bad := range []string{"", "mention", "elsewhere.x", "mention.found.", "mention.found.press.*", "mention.found.>",
		"mention.found.press.vnexpress.net.", "mention.found.press.A", "mention.found.press.a b", "mention.found." + strings.Repeat("a", 65)} {
		if _, err := bus.Publish(t.Context(), stream.Out{Subject: bad, ID: "x"}); err == nil || stream.IsUnavailable(err) {
			t.Errorf("subject %q: %v, want it refused", bad, err)
		}
	}
	_, err := bus.Publish(t.Context(), stream.Out{Subject: "ledger.test." + token(t), ID: "x", Data: make([]byte, 9<<20)})
	if err == nil || stream.IsUnavailable(err) {
		t.Errorf("9 MiB: %v, want them refused", err)
	}
}

func testExpectConflict(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	put := func(id string, expect uint64) (uint64, error) {
		return bus.Publish(t.Context(), stream.Out{Subject: at, ID: at + id, Expect: &expect})
	}
	if _, err := put("early", 77); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("expecting a message where there is none: %v", err)
	}
	first, err := put("first", 0)
	if err != nil {
		t.Fatal(err)
	}
	publish(t, bus, at+"-other", "x") // another subject does not count
	if _, err := put("late", 0); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("expecting nothing where there is something: %v", err)
	}
	second, err := put("second", first)
	if err != nil || second <= first {
		t.Errorf("expecting what is there: %d, %v", second, err)
	}
	if _, err := put("third", first); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("expecting what was there: %v", err)
	}
	if n := len(replayed(t, bus, at, 0)); n != 2 {
		t.Errorf("%d messages stored, want 2", n)
	}
}

func testExpectRetry(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	expect := uint64(0)
	out := stream.Out{Subject: at, ID: at, Data: []byte("x"), Expect: &expect}
	first, err := bus.Publish(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	again, err := bus.Publish(t.Context(), out)
	if err != nil || again != first {
		t.Errorf("the same once more: %d, %v; want %d", again, err, first)
	}
	if n := len(replayed(t, bus, at, 0)); n != 1 {
		t.Errorf("%d messages stored, want 1", n)
	}
}

func testExpectRace(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	const writers, each = 4, 5
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for n := 0; n < each; {
				last := uint64(0)
				_ = bus.Replay(t.Context(), at, 0, false, func(m stream.Message) error { last = m.Seq; return nil })
				_, err := bus.Publish(t.Context(), stream.Out{Subject: at, ID: fmt.Sprint(at, w, n), Data: fmt.Append(nil, w, n), Expect: &last})
				switch {
				case err == nil:
					n++
				case !errors.Is(err, stream.ErrConflict):
					t.Errorf("publish: %v", err)
					return
				}
			}
		})
	}
	all.Wait()
	got := replayed(t, bus, at, 0)
	slices.Sort(got)
	if n := len(slices.Compact(got)); n != writers*each {
		t.Errorf("%d different messages stored, want %d", n, writers*each)
	}
}

func testPublishAll(t *testing.T, bus stream.Bus) {
	at := "ledger.test." + token(t)
	const n = 600
	batch, want := make([]stream.Out, 0, n), make([]string, 0, n)
	for i := range n {
		batch = append(batch, stream.Out{Subject: at, ID: fmt.Sprint(at, i), Data: fmt.Append(nil, i)})
		want = append(want, fmt.Sprint(i))
	}
	if errs := stream.PublishAll(t.Context(), bus, batch); errs != nil {
		t.Fatalf("publish: %v", errors.Join(errs...))
	}
	mixed := []stream.Out{batch[0], {Subject: "nowhere", ID: "x"}, {Subject: at, ID: at + "last", Data: []byte("last")}}
	errs := stream.PublishAll(t.Context(), bus, mixed)
	if len(errs) != 3 || errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Errorf("answers %v: want the second alone to fail", errs)
	}
	if got := replayed(t, bus, at, 0); !slices.Equal(got, append(want, "last")) {
		t.Errorf("stored %d messages, want 601 in order", len(got))
	}
}
