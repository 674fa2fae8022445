package classify

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// scored is a model of random rows and the shares of a text in it.
func scored(random *rand.Rand, width, n int) (*Model, *Scores) {
	m := &Model{width: width, bits: 12, rows: make([]byte, (rowHead+width)<<12)}
	for i := range m.rows {
		m.rows[i] = byte(random.Uint32())
	}
	s := new(Scores)
	s.prepare(width)
	for i := range n {
		s.shares = append(s.shares, share{feature: int32(i), row: uint32(random.IntN(1 << 12)), value: random.Float32()})
	}
	if n > 1 {
		s.shares[0].row, s.shares[1].row = 0, 1<<12-1
	}
	return m, s
}

// TestRowsAgree holds the sums of eight classes at a time against the plain
// loop, to the last bit.
func TestRowsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for width := 1; width < 40; width++ {
		for _, n := range []int{0, 1, 2, 7, 300} {
			m, s := scored(random, width, n)
			s.accumulatePlain(m)
			want := slices.Clone(s.sum)
			clear(s.sum)
			s.accumulate(m)
			if !slices.Equal(s.sum, want) {
				t.Fatalf("%d classes, %d features: %v, want %v", width, n, s.sum, want)
			}
		}
	}
}

func BenchmarkRows(b *testing.B) {
	m, s := scored(rand.New(rand.NewPCG(1, 2)), 14, 1200) // the quick model and 3.2 KB
	for name, accumulate := range map[string]func(*Model){"plain": s.accumulatePlain, "best": s.accumulate} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				accumulate(m)
			}
		})
	}
}
