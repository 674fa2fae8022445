package frontier

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/diembao/diembao/stream"
)

// Times of a lease. The bucket forgets a key 20 s after its last write; the
// holder renews every 5 s and itself believes in a lease for only 15 s, so
// that it has stopped before anybody else can begin.
const (
	Renew  = 5 * time.Second
	Belief = 15 * time.Second
)

// slots is how many leases the hosts are folded into: leasing each of 10,000
// hosts would cost 2,000 writes a second. A host always falls into one slot,
// so one host still has one pace.
const slots = 64

const (
	memberKey = "crawler."
	slotKey   = "hosts."
	guestKey  = "guest." // guest.<slot>.<id>: who asks for a slot for a while
)

// Holder is one crawler process among several. It holds a share of the slots
// and gives back what belongs to others.
type Holder struct {
	bucket stream.Bucket
	id     string

	mu      sync.Mutex
	used    map[int]bool // slots that have hosts
	guest   bool         // not a member: asks for its slots and gives them back
	owners  []string     // by slot, among the members
	lent    map[int]bool // slots that guests ask for
	members []string     // for which owners holds
	held    map[int]*lease
	changed chan struct{}
}

type lease struct {
	revision uint64
	since    time.Time
	until    time.Time // believed in until then
	busy     int       // visits under way
	leaving  bool      // another should have it: no new visits
}

// NewHolder is a process named id, [a-z0-9-]{1,64}, unlike any other's.
func NewHolder(b stream.Bucket, id string) *Holder {
	return &Holder{bucket: b, id: id, used: map[int]bool{}, held: map[int]*lease{}, changed: make(chan struct{}, 1)}
}

// NewGuest is a process that needs some hosts for a while, and not its share of
// all: the crawlers lend it the hosts that it says it uses, when their visits
// under way have ended, and have them again when it uses them no more.
func NewGuest(b stream.Bucket, id string) *Holder {
	h := NewHolder(b, id)
	h.guest = true
	return h
}

// Slot is the slot of a host.
func Slot(host string) int {
	h := fnv.New32a()
	h.Write([]byte(host))
	return int(h.Sum32() % slots)
}

// Use names the hosts there are. Only their slots are asked for.
func (h *Holder) Use(hosts []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.used = map[int]bool{}
	for _, host := range hosts {
		h.used[Slot(host)] = true
	}
}

// Enter begins a visit of a host. ok is false if the host is not ours; since
// is when it became ours. valid tells whether it still is, and leave ends the
// visit.
func (h *Holder) Enter(host string) (since time.Time, valid func() bool, leave func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := h.held[Slot(host)]
	if l == nil || l.leaving || !time.Now().Before(l.until) {
		return time.Time{}, nil, nil, false
	}
	l.busy++
	valid = func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return time.Now().Before(l.until)
	}
	leave = func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		l.busy--
	}
	return l.since, valid, leave, true
}

// Changed has a value after slots were won.
func (h *Holder) Changed() <-chan struct{} { return h.changed }

// Held counts the slots held and believed in.
func (h *Holder) Held() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, l := range h.held {
		if time.Now().Before(l.until) {
			n++
		}
	}
	return n
}

// Run holds leases until ctx ends, then gives them back. What goes wrong with
// the bucket is told to report and tried again.
func (h *Holder) Run(ctx context.Context, report func(error)) {
	tick := time.NewTicker(Renew)
	defer tick.Stop()
	for {
		if err := h.round(ctx); err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			h.giveBack(context.WithoutCancel(ctx))
			return
		}
	}
}

// round is one turn: say that we live, renew, give up, ask.
func (h *Holder) round(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, Renew)
	defer cancel()
	if err := h.greet(ctx); err != nil {
		return fmt.Errorf("frontier: lease: %w", err)
	}
	members, err := h.others(ctx)
	if err != nil {
		return fmt.Errorf("frontier: lease: %w", err)
	}
	if !slices.Equal(members, h.members) {
		h.members, h.owners = members, owners(members)
	}
	var errs []error
	for slot := range slots {
		errs = append(errs, h.turn(ctx, slot, h.wanted(slot)))
	}
	return errors.Join(errs...)
}

// greet says that we live: as a member, or as a guest at each of its slots.
func (h *Holder) greet(ctx context.Context) error {
	if !h.guest {
		_, err := h.bucket.Put(ctx, memberKey+h.id, []byte{1})
		return err
	}
	h.mu.Lock()
	used := maps.Clone(h.used)
	h.mu.Unlock()
	for slot := range slots {
		key := h.guestOf(slot)
		if used[slot] {
			if _, err := h.bucket.Put(ctx, key, []byte{1}); err != nil {
				return err
			}
		} else if h.lent[slot] {
			if err := h.bucket.Delete(ctx, key, 0); err != nil && !errors.Is(err, stream.ErrNoKey) {
				return err
			}
		}
	}
	h.lent = used
	return nil
}

func (h *Holder) guestOf(slot int) string { return guestKey + strconv.Itoa(slot) + "." + h.id }

func (h *Holder) wanted(slot int) bool {
	h.mu.Lock()
	used := h.used[slot]
	h.mu.Unlock()
	if h.guest {
		return used
	}
	return used && h.owners[slot] == h.id && !h.lent[slot]
}

func owners(members []string) []string {
	out := make([]string, slots)
	for slot := range out {
		out[slot] = owner(slot, members)
	}
	return out
}

// others lists the processes alive, this one too, and notes what guests ask
// for.
func (h *Holder) others(ctx context.Context) ([]string, error) {
	keys, err := h.bucket.Keys(ctx)
	var members []string
	lent := map[int]bool{}
	for _, key := range keys {
		if id, ok := strings.CutPrefix(key, memberKey); ok {
			members = append(members, id)
		}
		if rest, ok := strings.CutPrefix(key, guestKey); ok {
			text, _, _ := strings.Cut(rest, ".")
			if slot, bad := strconv.Atoi(text); bad == nil {
				lent[slot] = true
			}
		}
	}
	if !h.guest && err == nil {
		h.lent = lent
	}
	return members, err
}

// owner is the member a slot belongs to: the one with the greatest hash of
// both, so that little moves when a member comes or goes.
func owner(slot int, members []string) string {
	weight := func(member string) uint64 {
		f := fnv.New64a()
		f.Write([]byte(member + "/" + strconv.Itoa(slot)))
		v := f.Sum64()
		v ^= v >> 29
		v *= 0xbf58476d1ce4e5b9 // FNV alone leaves the high bits alike
		return v ^ v>>32
	}
	return slices.MaxFunc(append([]string{""}, members...), func(a, b string) int {
		if a == "" || b == "" {
			return cmp.Compare(len(a), len(b))
		}
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(a, b))
	})
}

func (h *Holder) turn(ctx context.Context, slot int, wanted bool) error {
	h.mu.Lock()
	l := h.held[slot]
	var busy int
	if l != nil {
		l.leaving = !wanted
		busy = l.busy
	}
	h.mu.Unlock()
	key := slotKey + strconv.Itoa(slot)
	switch {
	case l == nil && wanted:
		return h.ask(ctx, slot, key)
	case l == nil:
		return nil
	case !wanted && busy == 0:
		return h.release(ctx, slot, key, l)
	}
	return h.renew(ctx, slot, key, l)
}

func (h *Holder) ask(ctx context.Context, slot int, key string) error {
	began := time.Now()
	revision, err := h.bucket.Create(ctx, key, []byte(h.id))
	if errors.Is(err, stream.ErrConflict) {
		return nil // somebody holds it still
	}
	if err != nil {
		return fmt.Errorf("frontier: ask for %s: %w", key, err)
	}
	h.mu.Lock()
	h.held[slot] = &lease{revision: revision, since: began, until: began.Add(Belief)}
	h.mu.Unlock()
	select {
	case h.changed <- struct{}{}:
	default:
	}
	return nil
}

func (h *Holder) renew(ctx context.Context, slot int, key string, l *lease) error {
	began := time.Now()
	revision, err := h.bucket.Update(ctx, key, []byte(h.id), l.revision)
	h.mu.Lock()
	defer h.mu.Unlock()
	if errors.Is(err, stream.ErrConflict) {
		l.until = time.Time{} // lost: visits under way stop at their next page
		delete(h.held, slot)
		return nil
	}
	if err != nil {
		return fmt.Errorf("frontier: renew %s: %w", key, err)
	}
	l.revision, l.until = revision, began.Add(Belief)
	return nil
}

func (h *Holder) release(ctx context.Context, slot int, key string, l *lease) error {
	h.mu.Lock()
	delete(h.held, slot)
	l.until = time.Time{}
	h.mu.Unlock()
	if err := h.bucket.Delete(ctx, key, l.revision); err != nil && !errors.Is(err, stream.ErrConflict) && !errors.Is(err, stream.ErrNoKey) {
		return fmt.Errorf("frontier: give back %s: %w", key, err)
	}
	return nil
}

// giveBack lets the others begin at once instead of after 20 s.
func (h *Holder) giveBack(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	h.mu.Lock()
	held := h.held
	h.held = map[int]*lease{}
	h.mu.Unlock()
	for slot, l := range held {
		_ = h.bucket.Delete(ctx, slotKey+strconv.Itoa(slot), l.revision) // it would lapse by itself
	}
	if !h.guest {
		_ = h.bucket.Delete(ctx, memberKey+h.id, 0)
	}
	for slot := range h.lent {
		if h.guest {
			_ = h.bucket.Delete(ctx, h.guestOf(slot), 0)
		}
	}
}
