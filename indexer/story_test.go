package indexer_test

import (
	"fmt"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/fingerprint"
)

// drawCopy draws a copy of one of two texts, somewhere in two months.
func drawCopy(t *rapid.T) *indexer.Copy {
	const day = 24 * 60 * 60 * 1000
	c := &indexer.Copy{
		ID:      mention.NewID(mention.Press, "dvhn", rapid.StringMatching("[a-z]{6}").Draw(t, "name")),
		When:    int64(rapid.IntRange(0, 60).Draw(t, "day")) * day,
		Figures: rapid.SampledFrom([]string{"", "AQA", "AQACAA", "AwA"}).Draw(t, "figures"),
	}
	text, own := rapid.IntRange(1, 2).Draw(t, "text"), rapid.IntRange(0, 120).Draw(t, "own")
	for i := range c.Minima {
		c.Minima[i] = uint32(text)
		if i < own {
			c.Minima[i] = rapid.Uint32().Draw(t, "minimum")
		}
	}
	for i := 0; i < len(c.Minima); i += 2 {
		c.Bands = append(c.Bands, fmt.Sprintf("%03d-%x", i, c.Minima[i:i+2]))
	}
	return c
}

func copies() *rapid.Generator[[]*indexer.Copy] {
	return rapid.SliceOfNDistinct(rapid.Custom(drawCopy), 1, 12, func(c *indexer.Copy) mention.ID { return c.ID })
}

func TestStoriesDependOnTheSetAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := copies().Draw(t, "copies")
		want := indexer.Stories(all)
		got := indexer.Stories(rapid.Permutation(all).Draw(t, "order"))
		if !maps.Equal(want, got) {
			t.Fatalf("stories %v in one order, %v in another", want, got)
		}
	})
}

func TestStoriesKeepTheirPromises(t *testing.T) {
	const window = 14 * 24 * 60 * 60 * 1000
	rapid.Check(t, func(t *rapid.T) {
		all := copies().Draw(t, "copies")
		byID := map[mention.ID]*indexer.Copy{}
		for _, c := range all {
			byID[c.ID] = c
		}
		stands, sizes := indexer.Stories(all), map[mention.ID]int{}
		for _, s := range stands {
			sizes[s.Group]++
		}
		for id, s := range stands {
			first, c := byID[s.Group], byID[id]
			if stands[s.Group].Group != s.Group {
				t.Fatalf("%s is in the story of %s, which is in another", id, s.Group)
			}
			if first.When > c.When || first.When == c.When && first.ID > c.ID || c.When-first.When > window {
				t.Fatalf("the story of %s begins at %d and holds one of %d", s.Group, first.When, c.When)
			}
			if s.Many != (sizes[s.Group] > 1) {
				t.Fatalf("%s has %d members, Many %v", s.Group, sizes[s.Group], s.Many)
			}
			if s.Different != fingerprint.Changed(c.Figures, first.Figures) {
				t.Fatalf("different %v with figures %q and %q", s.Different, c.Figures, first.Figures)
			}
		}
		// What is near a first member within its time is in its story.
		for _, c := range all {
			for _, d := range all {
				if s := stands[c.ID]; s.Group == c.ID && c.Near(d) && d.When >= c.When && stands[d.ID].Group != c.ID &&
					byID[stands[d.ID].Group].When > c.When {
					t.Fatalf("%s is near %s and stands in the later story of %s", d.ID, c.ID, stands[d.ID].Group)
				}
			}
		}
	})
}
