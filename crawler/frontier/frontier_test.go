package frontier

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/stream"
	"pgregory.net/rapid"
)

func drawTime(t *rapid.T, label string) time.Time {
	n := rapid.Int64Range(0, math.MaxUint32).Draw(t, label)
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

func drawRecord(t *rapid.T) *Record {
	r := &Record{ETag: rapid.StringN(0, 400, 400).Draw(t, "etag"), LastModified: rapid.StringN(0, 40, 300).Draw(t, "modified"),
		Visited: drawTime(t, "visited"), LastNew: drawTime(t, "new"),
		Gap: time.Duration(rapid.Int64Range(0, 1e9).Draw(t, "gap")) * time.Second, Failures: rapid.IntRange(0, 1000).Draw(t, "failures")}
	for i := range rapid.IntRange(0, 700).Draw(t, "pages") {
		p := Page{Address: rapid.Uint64().Draw(t, "address") ^ uint64(i)*0x9e3779b97f4a7c15, Text: rapid.Uint64().Draw(t, "text") >> 16,
			Found: drawTime(t, "found"), Next: drawTime(t, "next"), Visits: rapid.IntRange(0, 63).Draw(t, "visits"),
			Missing: rapid.Bool().Draw(t, "missing"), Removed: rapid.Bool().Draw(t, "removed")}
		p.Revision = rapid.Int64Range(0, math.MaxUint32).Draw(t, "revision")
		r.Set(p)
	}
	return r
}

// Whatever is in it, a record stays below its bound and comes back as it was,
// but for a validator that is too long.
func TestRecordBoundAndRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		data := r.Encode()
		if len(data) > MaxBytes {
			t.Fatalf("%d bytes for %d pages, want at most %d", len(data), len(r.Pages), MaxBytes)
		}
		got, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		want := *r
		want.ETag, want.LastModified = clip(r.ETag), clip(r.LastModified)
		if !slices.Equal(got.Pages, want.Pages) || got.ETag != want.ETag || got.LastModified != want.LastModified ||
			got.Gap != want.Gap || got.Failures != want.Failures || !got.Visited.Equal(want.Visited) || !got.LastNew.Equal(want.LastNew) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

// The worst a record can hold: everything incompressible.
func TestFullRecordStaysBelowItsBound(t *testing.T) {
	r := &Record{ETag: strings.Repeat("é", 128), LastModified: strings.Repeat("x", 256), Gap: math.MaxInt32 * time.Second, Failures: math.MaxInt32}
	x := uint64(1)
	next := func() uint64 { x ^= x << 13; x ^= x >> 7; x ^= x << 17; return x }
	for range MaxPages {
		r.Set(Page{Address: next(), Text: next() >> 16, Found: time.Unix(int64(next()%math.MaxUint32), 0).UTC(),
			Revision: int64(next() % math.MaxUint32), Next: time.Unix(int64(next()%math.MaxUint32), 0).UTC(), Visits: int(next() % 64)})
	}
	if n := len(r.Encode()); n > MaxBytes {
		t.Errorf("%d bytes, want at most %d", n, MaxBytes)
	}
}

func TestNewestPagesStay(t *testing.T) {
	var r Record
	for i := range MaxPages + 10 {
		r.Set(Page{Address: uint64(i), Text: 1})
	}
	r.Set(Page{Address: 20, Text: 2})
	if _, ok := r.Page(9); ok || len(r.Pages) != MaxPages {
		t.Errorf("%d pages, the oldest still there: %v", len(r.Pages), ok)
	}
	if p, ok := r.Page(20); !ok || p.Text != 2 {
		t.Errorf("page 20: %+v", p)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add((&Record{}).Encode())
	f.Add((&Record{ETag: "x", Pages: []Page{{Address: 1, Found: time.Unix(5, 0)}}}).Encode())
	f.Add([]byte{formVersion, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Decode(data)
		if err == nil && len(r.Encode()) > MaxBytes {
			t.Error("a decoded record exceeds the bound")
		}
	})
}

func TestTextHashIgnoresSpaces(t *testing.T) {
	if TextHash("a  b\n", "c") != TextHash("a b", " c ") {
		t.Error("spaces count")
	}
	if TextHash("a b", "c") == TextHash("a", "b c") {
		t.Error("fields run together")
	}
}

// Second looks come later and later, and end.
func TestScheduleFalls(t *testing.T) {
	found := time.Unix(1_800_000_000, 0)
	p := Page{Found: found}
	at, last := found, time.Duration(0)
	for i := range 20 {
		p.Schedule(at)
		if p.Next.IsZero() {
			if i != len(revisits) {
				t.Errorf("ended after %d looks", i)
			}
			return
		}
		if p.Next.Sub(at) < last {
			t.Errorf("look %d comes sooner than the one before", i)
		}
		last, at = p.Next.Sub(at), p.Next
		p.Visits++
	}
	t.Error("never ends")
}

func TestIntervalFollowsTheRhythm(t *testing.T) {
	for _, c := range []struct {
		gap        time.Duration
		importance int
		failures   int
		want       time.Duration
	}{
		{0, 3, 0, 10 * time.Minute},
		{20 * time.Minute, 3, 0, 10 * time.Minute},
		{20 * time.Minute, 5, 0, 150 * time.Second},
		{20 * time.Minute, 1, 0, 40 * time.Minute},
		{10 * time.Second, 3, 0, time.Minute},
		{100 * time.Hour, 3, 0, time.Hour},
		{20 * time.Minute, 3, 2, 40 * time.Minute},
		{20 * time.Minute, 3, 9, time.Hour},
	} {
		r := Record{Gap: c.gap, Failures: c.failures}
		if got := r.Interval(c.importance, time.Minute, time.Hour); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestStore(t *testing.T) {
	bus := stream.NewMemory()
	defer bus.Close()
	bucket, err := bus.Bucket(t.Context(), stream.BucketFrontier)
	if err != nil {
		t.Fatal(err)
	}
	s := NewStore(bucket)
	r, over, err := s.Load(t.Context(), "dvhn")
	if err != nil || over != 0 || len(r.Pages) != 0 {
		t.Fatalf("%+v, %d, %v", r, over, err)
	}
	r.Set(Page{Address: 7, Text: 1})
	first, err := s.Save(t.Context(), "dvhn", r, over)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Save(t.Context(), "dvhn", r, over); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("saved over somebody else's: %v", err)
	}
	if _, err := s.Save(t.Context(), "dvhn", r, first); err != nil {
		t.Error(err)
	}
	if got, _, err := s.Load(t.Context(), "dvhn"); err != nil || len(got.Pages) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	bucket.Put(t.Context(), "broken", []byte("?"))
	if got, over, err := s.Load(t.Context(), "broken"); err != nil || over == 0 || len(got.Pages) != 0 {
		t.Errorf("a broken record: %+v, %d, %v", got, over, err)
	}
}

// world is some hosts and the processes that share them.
type world struct {
	t     *testing.T
	bus   *stream.Memory
	hosts []string
	all   []*Holder
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, bus: stream.NewMemory()}
	for i := range 200 {
		w.hosts = append(w.hosts, fmt.Sprintf("h%d.vn", i))
	}
	return w
}

func (w *world) process(ctx context.Context, id string, wg *sync.WaitGroup) *Holder {
	b, err := w.bus.Bucket(ctx, stream.BucketLeases)
	if err != nil {
		w.t.Fatal(err)
	}
	h := NewHolder(b, id)
	h.Use(w.hosts)
	w.all = append(w.all, h)
	wg.Go(func() { h.Run(ctx, func(err error) { w.t.Error(err) }) })
	return h
}

// holders counts, for each host, who would visit it now.
func (w *world) holders() (none, one, more int) {
	for _, host := range w.hosts {
		n := 0
		for _, h := range w.all {
			if _, _, leave, ok := h.Enter(host); ok {
				leave()
				n++
			}
		}
		switch n {
		case 0:
			none++
		case 1:
			one++
		default:
			more++
		}
	}
	return none, one, more
}

func TestHostsAreSharedByProcesses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var wg sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		w.process(ctx, "a", &wg)
		time.Sleep(time.Second)
		if none, _, more := w.holders(); none > 0 || more > 0 {
			t.Errorf("alone: %d hosts without holder, %d with several", none, more)
		}
		w.process(ctx, "b", &wg)
		w.process(ctx, "c", &wg)
		for range 60 {
			time.Sleep(time.Second)
			if _, _, more := w.holders(); more > 0 {
				t.Fatalf("%d hosts with several holders", more)
			}
		}
		if none, _, _ := w.holders(); none > 0 {
			t.Errorf("%d hosts without holder", none)
		}
		for _, h := range w.all {
			if n := h.Held(); n < 5 {
				t.Errorf("%s holds %d of %d slots: an unfair share", h.id, n, slots)
			}
		}
		stop()
		wg.Wait()
	})
}

// A killed process says nothing any more: the others have its hosts within 30 s.
func TestKilledProcessIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var wg sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		w.process(ctx, "a", &wg)
		// b is killed: its bucket stops answering, its goroutine never tidies up.
		killed := NewHolder(nil, "b")
		b, _ := w.bus.Bucket(ctx, stream.BucketLeases)
		gate := &gated{Bucket: b, open: true}
		killed.bucket = gate
		killed.Use(w.hosts)
		w.all = append(w.all, killed)
		wg.Go(func() { killed.Run(ctx, func(error) {}) })
		time.Sleep(30 * time.Second)
		if killed.Held() == 0 {
			t.Fatal("the second process holds nothing")
		}
		gate.shut()
		w.all = w.all[:1]
		time.Sleep(30 * time.Second)
		if none, _, _ := w.holders(); none > 0 {
			t.Errorf("30 s after the kill %d hosts have no holder", none)
		}
		if killed.Held() > 0 {
			t.Error("the killed process still believes in its leases")
		}
		stop()
		wg.Wait()
	})
}

func TestGoodbyeIsQuick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var wa, wb sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		leaving, leave := context.WithCancel(t.Context())
		w.process(ctx, "a", &wa)
		w.process(leaving, "b", &wb)
		time.Sleep(30 * time.Second)
		leave()
		wb.Wait()
		w.all = w.all[:1]
		time.Sleep(Renew + time.Second)
		if none, _, _ := w.holders(); none > 0 {
			t.Errorf("%d hosts without holder a round after the goodbye", none)
		}
		stop()
		wa.Wait()
	})
}

// A host is not taken away in the middle of a visit.
func TestVisitUnderWayKeepsItsHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var wg sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		a := w.process(ctx, "a", &wg)
		time.Sleep(time.Second)
		var valids []func() bool
		var leaves []func()
		for _, host := range w.hosts {
			_, valid, leave, ok := a.Enter(host)
			if !ok {
				t.Fatalf("%s is not ours", host)
			}
			valids, leaves = append(valids, valid), append(leaves, leave)
		}
		b := w.process(ctx, "b", &wg)
		time.Sleep(30 * time.Second)
		if b.Held() > 0 {
			t.Error("the newcomer took hosts that are being visited")
		}
		for i, valid := range valids {
			if !valid() {
				t.Fatal("a visit lost its lease")
			}
			leaves[i]()
		}
		time.Sleep(15 * time.Second)
		if b.Held() == 0 {
			t.Error("the newcomer got nothing after the visits")
		}
		stop()
		wg.Wait()
	})
}

// gated is a bucket that a killed process can no longer reach.
type gated struct {
	stream.Bucket
	mu   sync.Mutex
	open bool
}

func (g *gated) shut() { g.mu.Lock(); g.open = false; g.mu.Unlock() }

func (g *gated) err() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open {
		return nil
	}
	return errors.New("killed")
}

func (g *gated) Put(ctx context.Context, key string, value []byte) (uint64, error) {
	if err := g.err(); err != nil {
		return 0, err
	}
	return g.Bucket.Put(ctx, key, value)
}

func (g *gated) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	if err := g.err(); err != nil {
		return 0, err
	}
	return g.Bucket.Update(ctx, key, value, revision)
}

func (g *gated) Delete(ctx context.Context, key string, revision uint64) error {
	if err := g.err(); err != nil {
		return err
	}
	return g.Bucket.Delete(ctx, key, revision)
}

// A guest is lent the hosts it asks for and no others, and gives them back; one
// that dies has them taken back.
func TestGuest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var wg, guests sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		w.process(ctx, "a", &wg)
		w.process(ctx, "b", &wg)
		time.Sleep(time.Minute)
		b, err := w.bus.Bucket(ctx, stream.BucketLeases)
		if err != nil {
			t.Fatal(err)
		}
		visiting, leave := context.WithCancel(ctx)
		g := NewGuest(b, "g")
		w.all = append(w.all, g)
		g.Use(w.hosts[:1])
		guests.Go(func() { g.Run(visiting, func(err error) { t.Error(err) }) })
		time.Sleep(15 * time.Second)
		if g.Held() != 1 {
			t.Fatalf("the guest holds %d slots", g.Held())
		}
		for range 30 {
			time.Sleep(2 * time.Second)
			if none, _, more := w.holders(); none+more > 0 {
				t.Fatalf("%d hosts without holder, %d with two", none, more)
			}
		}
		g.Use(nil)
		time.Sleep(15 * time.Second)
		if g.Held() != 0 {
			t.Error("the guest did not give back what it uses no more")
		}
		if none, one, _ := w.holders(); none > 0 || one != len(w.hosts) {
			t.Errorf("%d hosts without holder after the guest", none)
		}
		g.Use(w.hosts[:1])
		time.Sleep(15 * time.Second)
		leave()
		guests.Wait()
		time.Sleep(15 * time.Second)
		if none, _, more := w.holders(); none+more > 0 || g.Held() > 0 {
			t.Errorf("after the goodbye %d hosts without holder, %d with two", none, more)
		}
		stop()
		wg.Wait()
	})
}
