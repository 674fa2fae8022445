package elastic

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
)

// maxRounds bounds the rounds of settle. Two is usual; each more means that
// another process wrote into the same stories meanwhile.
const maxRounds = 20

var errUnsettled = errors.New("stories are being written by others all the time")

// othersWithin is how long after another process has written its writes are
// looked for; it allows for clocks that differ.
const othersWithin = 5 * time.Minute

// settle writes the batch and whatever changes of the stories around the
// seeds. Where other processes write too it then reads back, and goes on until
// nothing differs: of several that write into one story, the last to read back
// sees what all have written, so what stands in the end is right.
func (e *Engine) settle(ctx context.Context, index string, b *batch, seeds []*indexer.Copy) error {
	for range maxRounds {
		stands, err := e.stands(ctx, index, b, seeds)
		if err != nil {
			return err
		}
		puts, err := e.changes(ctx, index, b, stands)
		if err != nil || len(puts) == 0 {
			return err
		}
		refused, err := e.bulk(ctx, index, puts)
		if err != nil {
			return err
		}
		maps.Copy(b.refused, refused)
		if err := e.refresh(ctx, index); err != nil || len(seeds) == 0 {
			return err
		}
		if others, err := e.othersWrite(ctx, index); err != nil || !others {
			return err
		}
	}
	return errUnsettled
}

// othersWrite tells whether another connection has written of late.
func (e *Engine) othersWrite(ctx context.Context, index string) (bool, error) {
	found, err := e.search(ctx, index, object{
		"size": 0, "track_total_hits": 1,
		"query": object{"bool": object{
			"filter":   []object{{"range": object{"written": object{"gte": time.Now().Add(-othersWithin).UnixMilli()}}}},
			"must_not": []object{{"term": object{"writer": e.writer}}},
		}},
	})
	return err == nil && found.Hits.Total.Value > 0, err
}

// seeds are the copies from which stories may have changed: those that are
// new, and those that are no more.
func (b *batch) seeds() (out []*indexer.Copy) {
	for _, entry := range b.entries {
		var before *indexer.Copy
		if entry.old != nil {
			before = entry.old.copied()
		}
		now := entry.doc.Copy
		if before != nil && now != nil && same(before, now) {
			continue
		}
		for _, c := range []*indexer.Copy{before, now} {
			if c != nil {
				out = append(out, c)
			}
		}
		if now == nil {
			entry.stand = indexer.Alone(entry.doc.ID)
		}
	}
	return out
}

func same(a, b *indexer.Copy) bool {
	return a.When == b.When && a.Figures == b.Figures && a.Minima == b.Minima && slices.Equal(a.Bands, b.Bands)
}

// standing is where a mention should stand and where it stands now.
type standing struct {
	want, now indexer.Standing
}

// stands settles the stories of everything connected to the seeds.
func (e *Engine) stands(ctx context.Context, index string, b *batch, seeds []*indexer.Copy) (map[mention.ID]standing, error) {
	walk := newWalk(b)
	for frontier := seeds; len(frontier) > 0; {
		if err := e.gather(ctx, index, b, walk, frontier); err != nil {
			return nil, err
		}
		frontier = walk.reach(frontier)
	}
	copies := make([]*indexer.Copy, 0, len(walk.part))
	for id := range walk.part {
		copies = append(copies, walk.pool[id])
	}
	out := make(map[mention.ID]standing, len(copies))
	for id, want := range indexer.Stories(copies) {
		out[id] = standing{want: want, now: walk.now[id]}
	}
	return out, nil
}

// walk goes from copy to copy over shared bands.
type walk struct {
	pool   map[mention.ID]*indexer.Copy
	byBand map[string][]*indexer.Copy
	asked  map[string]bool // bands that the index was asked for
	now    map[mention.ID]indexer.Standing
	part   map[mention.ID]bool // what was reached
}

// newWalk starts with what the batch has and the index has not.
func newWalk(b *batch) *walk {
	w := &walk{
		pool: map[mention.ID]*indexer.Copy{}, byBand: map[string][]*indexer.Copy{}, asked: map[string]bool{},
		now: map[mention.ID]indexer.Standing{}, part: map[mention.ID]bool{},
	}
	for _, entry := range b.entries {
		if !entry.written && entry.doc.Copy != nil {
			w.add(entry.doc.Copy, entry.stand)
		}
	}
	return w
}

func (w *walk) add(c *indexer.Copy, now indexer.Standing) {
	if w.pool[c.ID] != nil {
		return
	}
	w.pool[c.ID], w.now[c.ID] = c, now
	for _, band := range c.Bands {
		w.byBand[band] = append(w.byBand[band], c)
	}
}

// reach gives the copies of the pool that are near the frontier and were not
// reached before.
func (w *walk) reach(frontier []*indexer.Copy) (out []*indexer.Copy) {
	for _, from := range frontier {
		for _, band := range from.Bands {
			for _, c := range w.byBand[band] {
				if !w.part[c.ID] && from.Near(c) {
					w.part[c.ID] = true
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// maxBands is how many bands one request asks for; Elasticsearch takes 65,536
// terms.
const maxBands = 16384

// gather adds to the pool what the index has in the bands of the frontier.
func (e *Engine) gather(ctx context.Context, index string, b *batch, w *walk, frontier []*indexer.Copy) error {
	var bands []string
	for _, c := range frontier {
		for _, band := range c.Bands {
			if !w.asked[band] {
				w.asked[band] = true
				bands = append(bands, band)
			}
		}
	}
	for chunk := range slices.Chunk(bands, maxBands) {
		filter := []object{{"term": object{"state": live}}, {"terms": object{"bands": chunk}}}
		err := e.scan(ctx, index, filter, []string{"id", "at", "copy", "story", "many", "different"}, func(s *stored) {
			entry := b.entries[s.ID]
			if c := s.copied(); c != nil && (entry == nil || entry.written) {
				w.add(c, s.standing())
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// scan gives f every document that a filter matches, in order of name.
func (e *Engine) scan(ctx context.Context, index string, filter []object, fields []string, f func(*stored)) error {
	const page = 2000
	body := object{
		"size": page, "query": object{"bool": object{"filter": filter}}, "_source": fields,
		"sort": []object{{"id": "asc"}, {"revision": "asc"}}, "track_total_hits": false,
	}
	for {
		found, err := e.search(ctx, index, body)
		if err != nil {
			return err
		}
		for i := range found.Hits.Hits {
			f(&found.Hits.Hits[i].Source)
		}
		if len(found.Hits.Hits) < page {
			return nil
		}
		body["search_after"] = found.Hits.Hits[page-1].Sort
	}
}

// changes are the writes that bring the index to where it should be: the
// batch itself the first time, then what stands elsewhere than it should.
func (e *Engine) changes(ctx context.Context, index string, b *batch, stands map[mention.ID]standing) (puts []put, err error) {
	var moved []string
	for id, s := range stands {
		if entry := b.entries[id]; entry != nil && !entry.written {
			entry.stand = s.want
		} else if s.now != s.want {
			moved = append(moved, string(id))
		}
	}
	for _, entry := range b.entries {
		if entry.written {
			continue
		}
		entry.written = true
		p, err := e.putLive(entry.doc, entry.stand)
		if err != nil {
			return nil, err
		}
		puts = append(puts, p)
	}
	have, err := e.fetch(ctx, index, moved, "state", "record")
	if err != nil {
		return nil, err
	}
	for id, s := range have {
		if s.State != live {
			continue
		}
		d, err := redo(s)
		if err != nil {
			return nil, err
		}
		p, err := e.putLive(d, stands[mention.ID(id)].want)
		if err != nil {
			return nil, err
		}
		puts = append(puts, p)
	}
	return puts, nil
}

// redo derives the document of a stored record anew.
func redo(s *stored) (*indexer.Document, error) {
	m, err := mention.Decode([]byte(s.Record))
	if err != nil {
		return nil, err
	}
	return indexer.NewDocument(m)
}
