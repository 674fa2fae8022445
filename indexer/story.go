package indexer

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"slices"

	"github.com/diembao/diembao/mention"
)

// Two texts are copies when they share a band, when their shingles overlap by
// at least sameText, and when no more than copyWindow lies between them. A
// story holds copies of copies, up to copyWindow after its first member.
//
// On the fixture press edited and shortened copies have a true similarity of
// 0.20 and more, and everything else is estimated at 0.10 or below; 0.14 lies
// between, and is what the fingerprint step calls a copy. Syndicated copies
// come within hours, reprints within days; what returns after two weeks is
// news again.
const (
	sameText   = 0.14                     // estimated Jaccard similarity
	copyWindow = 14 * 24 * 60 * 60 * 1000 // milliseconds
	minima     = 128
)

// Copy is what grouping knows of a mention.
type Copy struct {
	ID      mention.ID
	When    int64 // milliseconds
	Minima  [minima]uint32
	Bands   []string
	Figures string
}

// newCopy gives nil for what does not group: comments and messages, and texts
// too short to carry a fingerprint.
func newCopy(m *mention.Mention, when int64) *Copy {
	switch m.Origin.Channel {
	case mention.Comment, mention.Message, mention.VideoComment:
		return nil
	}
	if m.Reading == nil {
		return nil
	}
	print := m.Reading.Fingerprint
	data, err := base64.StdEncoding.DecodeString(print.MinHash)
	if err != nil || len(data) != 4*minima || len(print.Bands) == 0 {
		return nil
	}
	c := &Copy{ID: m.ID, When: when, Figures: print.Figures}
	for i := range c.Minima {
		c.Minima[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	c.Bands = slices.Clone(print.Bands)
	slices.Sort(c.Bands)
	c.Bands = slices.Compact(c.Bands)
	return c
}

// Near reports whether two mentions are copies of one text.
func (c *Copy) Near(d *Copy) bool {
	apart := c.When - d.When
	return apart <= copyWindow && -apart <= copyWindow && c.sharesBand(d) && c.similarity(d) >= sameText
}

func (c *Copy) sharesBand(d *Copy) bool {
	for i, j := 0, 0; i < len(c.Bands) && j < len(d.Bands); {
		switch order := cmp.Compare(c.Bands[i], d.Bands[j]); {
		case order == 0:
			return true
		case order < 0:
			i++
		default:
			j++
		}
	}
	return false
}

func (c *Copy) similarity(d *Copy) float64 {
	same := 0
	for i, v := range c.Minima {
		if v == d.Minima[i] {
			same++
		}
	}
	return float64(same) / minima
}

// before orders copies by time, then by ID.
func (c *Copy) before(d *Copy) int {
	return cmp.Or(cmp.Compare(c.When, d.When), cmp.Compare(c.ID, d.ID))
}

// Standing is where a mention stands among its copies.
type Standing struct {
	Group     mention.ID // its story: the ID of the first member
	Many      bool       // the story has other members
	Different bool       // it has a figure that the first member lacks, and the other way round
}

// Alone is the standing of a mention that is no copy.
func Alone(id mention.ID) Standing { return Standing{Group: id} }

// Stories groups copies and gives each its standing. The answer depends on
// the set alone, not on its order, so mentions may arrive in any: the stories
// are the connected parts of the graph of near pairs, each cut copyWindow
// after its first member, what is cut off being grouped anew.
//
// Given all that are connected, directly or through others, the standings are
// final; more is harmless.
func Stories(copies []*Copy) map[mention.ID]Standing {
	out := make(map[mention.ID]Standing, len(copies))
	for _, part := range connected(copies) {
		settle(part, out)
	}
	return out
}

func settle(part []*Copy, out map[mention.ID]Standing) {
	slices.SortFunc(part, (*Copy).before)
	first := part[0]
	end := len(part)
	for end > 0 && part[end-1].When > first.When+copyWindow {
		end--
	}
	for _, c := range part[:end] {
		out[c.ID] = Standing{Group: first.ID, Many: end > 1, Different: changedFigures(c.Figures, first.Figures)}
	}
	for _, rest := range connected(part[end:]) {
		settle(rest, out)
	}
}

// connected splits copies into the connected parts of the graph of near pairs.
func connected(copies []*Copy) [][]*Copy {
	byBand := make(map[string][]*Copy, len(copies))
	for _, c := range copies {
		for _, band := range c.Bands {
			byBand[band] = append(byBand[band], c)
		}
	}
	var parts [][]*Copy
	reached := make(map[*Copy]bool, len(copies))
	for _, c := range copies {
		if reached[c] {
			continue
		}
		reached[c] = true
		part := []*Copy{c}
		for i := 0; i < len(part); i++ {
			for _, band := range part[i].Bands {
				for _, other := range byBand[band] {
					if !reached[other] && part[i].Near(other) {
						reached[other] = true
						part = append(part, other)
					}
				}
			}
		}
		parts = append(parts, part)
	}
	return parts
}
