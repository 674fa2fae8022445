package train

import (
	"hash/fnv"

	"github.com/diembao/diembao/processor/classify"
)

// Folds deals examples into k folds so that what tells of the same story, and
// what repeats a quarter of another text, stays together: a model must not be
// tested on a text it has half read. The deal depends on the texts only.
func Folds(examples []Example, k int) []int {
	g := newGroups(len(examples))
	g.byStory(examples)
	g.byCopy(examples)
	folds := make([]int, len(examples))
	for i := range examples {
		folds[i] = int(hashOf(examples[g.root(i)].ID) % uint64(k))
	}
	return folds
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64() >> 7
}

// groups is a union of examples.
type groups struct{ parent []int }

func newGroups(n int) *groups {
	g := &groups{parent: make([]int, n)}
	for i := range g.parent {
		g.parent[i] = i
	}
	return g
}

func (g *groups) root(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g *groups) join(a, b int) {
	a, b = g.root(a), g.root(b)
	g.parent[max(a, b)] = min(a, b)
}

func (g *groups) byStory(examples []Example) {
	first := map[string]int{}
	for i, e := range examples {
		if e.Story == "" {
			continue
		}
		if at, ok := first[e.Source+e.Story]; ok {
			g.join(at, i)
		} else {
			first[e.Source+e.Story] = i
		}
	}
}

// shingle is how many tokens in a row count as repeated.
const shingle = 8

func (g *groups) byCopy(examples []Example) {
	first := map[uint64]int{}
	for i, e := range examples {
		shared, n := map[int]int{}, 0
		for h := range shingles(e) {
			n++
			if at, ok := first[h]; ok {
				shared[at]++
			} else {
				first[h] = i
			}
		}
		for at, times := range shared {
			if times*4 >= n {
				g.join(at, i)
			}
		}
	}
}

func shingles(e Example) map[uint64]bool {
	tokens := classify.Cut(nil, Plain(e.Text))
	set := map[uint64]bool{}
	for i := 0; i+shingle <= len(tokens); i++ {
		h := uint64(0)
		for _, t := range tokens[i : i+shingle] {
			h = classify.Mix(h, t.Bare)
		}
		set[h] = true
	}
	return set
}
