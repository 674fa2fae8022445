package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
)

// node is a copy as the file has it.
type node struct {
	doc   int64
	copy  *indexer.Copy
	story int64
	now   indexer.Standing // Group is not filled: story stands for it
}

// join stores a mention's copy and groups it with what is connected to it.
func (p *puts) join(ctx context.Context, doc int64, c *indexer.Copy) error {
	if c == nil {
		return p.exec(ctx, sqlStory, doc, false, false, doc)
	}
	if there, err := p.node(ctx, doc); err != nil || there != nil {
		return err // leave saw that it has not changed
	}
	minima, err := binary.Append(nil, binary.LittleEndian, c.Minima[:])
	if err != nil {
		return err
	}
	if err := p.exec(ctx, sqlCopy, doc, minima, strings.Join(c.Bands, " "), c.Figures); err != nil {
		return err
	}
	if err := p.exec(ctx, sqlBands, doc, bandList(c)); err != nil {
		return err
	}
	return p.regroup(ctx, []int64{doc})
}

// leave takes a mention out of its story where its copy changes to c (nil:
// goes), and gives the mentions that it was connected to, to be grouped anew.
func (p *puts) leave(ctx context.Context, doc int64, c *indexer.Copy) ([]int64, error) {
	old, err := p.node(ctx, doc)
	if err != nil || old == nil || c != nil && same(old.copy, c) {
		return nil, err
	}
	part, err := p.connected(ctx, []int64{doc})
	if err != nil {
		return nil, err
	}
	if err := p.exec(ctx, sqlNoBands, doc, bandList(old.copy)); err != nil {
		return nil, err
	}
	left := make([]int64, 0, len(part))
	for other := range part {
		if other != doc {
			left = append(left, other)
		}
	}
	return left, p.exec(ctx, sqlNoCopy, doc)
}

func same(a, b *indexer.Copy) bool {
	return a.When == b.When && a.Figures == b.Figures && a.Minima == b.Minima && slices.Equal(a.Bands, b.Bands)
}

// regroup settles the stories of the mentions given and of all that are
// connected to them.
func (p *puts) regroup(ctx context.Context, docs []int64) error {
	if len(docs) == 0 {
		return nil
	}
	part, err := p.connected(ctx, docs)
	if err != nil {
		return err
	}
	copies := make([]*indexer.Copy, 0, len(part))
	doc := make(map[mention.ID]int64, len(part))
	for _, n := range part {
		copies = append(copies, n.copy)
		doc[n.copy.ID] = n.doc
	}
	stands := indexer.Stories(copies)
	for _, n := range part {
		s := stands[n.copy.ID]
		story := doc[s.Group]
		if story == n.story && s.Many == n.now.Many && s.Different == n.now.Different {
			continue
		}
		if err := p.exec(ctx, sqlStory, story, s.Many, s.Different, n.doc); err != nil {
			return err
		}
	}
	return nil
}

// connected walks from copy to copy.
func (p *puts) connected(ctx context.Context, docs []int64) (map[int64]*node, error) {
	part := map[int64]*node{}
	seen := map[int64]*node{} // candidates read so far, near or not
	var queue []*node
	for _, doc := range docs {
		n, err := p.node(ctx, doc)
		if err != nil {
			return nil, err
		}
		if n != nil && part[doc] == nil {
			part[doc], seen[doc] = n, n
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		near, err := p.near(ctx, n, part, seen)
		if err != nil {
			return nil, err
		}
		queue = append(queue, near...)
	}
	return part, nil
}

// near adds to part what is near n and not in it, and gives that.
func (p *puts) near(ctx context.Context, n *node, part, seen map[int64]*node) (out []*node, err error) {
	docs, err := p.numbers(ctx, sqlInBands, bandList(n.copy))
	if err != nil {
		return nil, err
	}
	for _, doc := range docs {
		if part[doc] != nil {
			continue
		}
		other := seen[doc]
		if other == nil {
			if other, err = p.node(ctx, doc); err != nil || other == nil {
				return nil, err
			}
			seen[doc] = other
		}
		if n.copy.Near(other.copy) {
			part[doc] = other
			out = append(out, other)
		}
	}
	return out, nil
}

// node reads one copy, or nil where the mention has none.
func (p *puts) node(ctx context.Context, doc int64) (*node, error) {
	n := &node{doc: doc, copy: &indexer.Copy{}}
	var minima []byte
	var bands string
	there, err := p.row(ctx, sqlGetCopy, []any{doc}, &n.copy.ID, &n.copy.When, &n.story, &n.now.Many,
		&n.now.Different, &minima, &bands, &n.copy.Figures)
	if !there || err != nil {
		return nil, err
	}
	n.copy.Bands = strings.Split(bands, " ")
	return n, binary.Read(bytes.NewReader(minima), binary.LittleEndian, n.copy.Minima[:])
}

// bandList gives the hashes of a copy's bands as JSON.
func bandList(c *indexer.Copy) string {
	list := make([]byte, 0, 21*len(c.Bands)+2)
	for i, band := range c.Bands {
		list = append(list, "[,"[min(i, 1)])
		h := fnv.New64a()
		h.Write([]byte(band))
		list = strconv.AppendUint(list, h.Sum64()>>25, 10)
	}
	return string(append(list, ']'))
}
