package social

import (
	"context"
	"slices"

	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
)

// memory is what the source knows of the texts it holds: the shelves, and for
// every text on them its hash, so that what is listed again and again goes out
// once. What a look lists is taken in only when the next look sees in the
// record that it was published: a crash between the two loses nothing.
type memory struct {
	loaded  bool
	texts   map[uint64]known // by AddressHash of the id
	pending []expected
}

// maxKnown bounds the map; what is beyond it is published again when it is
// listed again, as the same mention. About 12 MB.
const maxKnown = 200_000

// known is what is remembered of one text.
type known struct {
	since, changed int64 // Unix seconds, as in held
	hash           uint64
	removed        bool
}

// expected is a text that was listed as new, changed or vanished.
type expected struct {
	held    held
	shelf   string // where its old line stands, if it came from there
	old     held
	removed bool
}

func (h held) id() string {
	if h.comment != "" {
		return h.comment
	}
	return h.video
}

func (m *memory) known(h held) (known, bool) {
	k, ok := m.texts[frontier.AddressHash(h.id())]
	return k, ok
}

// listed reports whether this look has listed the text already.
func (m *memory) listed(h held) bool {
	return slices.ContainsFunc(m.pending, func(c expected) bool { return c.held.id() == h.id() })
}

func (m *memory) expect(c expected) { m.pending = append(m.pending, c) }

func (m *memory) learn(h held, removed bool) {
	address := frontier.AddressHash(h.id())
	if _, ok := m.texts[address]; ok || len(m.texts) < maxKnown {
		m.texts[address] = known{h.since.Unix(), h.changed.Unix(), h.hash, removed}
	}
}

// load reads the shelves once, and what the last look before a restart listed.
func (m *memory) load(ctx context.Context, s shelves) error {
	if m.loaded {
		return nil
	}
	pending, err := s.pending(ctx)
	if err != nil {
		return err
	}
	m.pending = pending
	m.texts = map[uint64]known{}
	err = s.all(ctx, func(h held) {
		if k, ok := m.known(h); !ok || k.changed <= h.changed.Unix() {
			m.learn(h, h.hash == flagged)
		}
	})
	m.loaded = err == nil
	return err
}

// save keeps what was listed, before anything of it is published.
func (m *memory) save(ctx context.Context, s shelves) error { return s.expect(ctx, m.pending) }

// settle takes in what the last look listed and the record has since.
func (m *memory) settle(ctx context.Context, s shelves, v intake.Visit) error {
	if err := m.load(ctx, s); err != nil {
		return err
	}
	var fresh []held
	for _, c := range m.pending {
		p, ok := v.Record.Page(frontier.AddressHash(c.held.id()))
		if !ok || c.removed != p.Removed || p.Text == 0 && !p.Removed {
			continue // not published: it will be listed again
		}
		if c.shelf != "" {
			if err := s.drop(ctx, c.shelf, []held{c.old}); err != nil {
				return err
			}
		}
		if c.removed {
			c.held.changed, c.held.hash = v.Now, flagged
		}
		m.learn(c.held, c.removed)
		fresh = append(fresh, c.held)
	}
	m.pending = nil
	return s.put(ctx, fresh, v.Now)
}
