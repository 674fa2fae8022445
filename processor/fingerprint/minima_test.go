package fingerprint

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMinimaAgree holds both ways of computing the minima against the plain
// definition, with the numbers at which halves carry over into each other.
func TestMinimaAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	edge := []uint64{0, 1, math.MaxUint32, 1 << 32, math.MaxUint32 << 32, math.MaxUint64, math.MaxUint64 - 1}
	for n := range 300 {
		shingles := make([]uint64, n)
		for i := range shingles {
			shingles[i] = random.Uint64()
			if i < n/4 {
				shingles[i] = edge[random.IntN(len(edge))]
			}
		}
		var want, plain, got Signature
		for i, f := range family {
			want[i] = math.MaxUint32
			for _, h := range shingles {
				want[i] = min(want[i], uint32((f[0]*h+f[1])>>32))
			}
		}
		plain.fillPlain(shingles)
		got.fill(shingles)
		if plain != want {
			t.Fatalf("%d shingles: fillPlain gives %v, want %v", n, plain, want)
		}
		if got != want {
			t.Fatalf("%d shingles: fill gives %v, want %v", n, got, want)
		}
	}
}

func BenchmarkMinima(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	shingles := make([]uint64, 700) // of 3.2 KB
	for i := range shingles {
		shingles[i] = random.Uint64()
	}
	var s Signature
	for name, fill := range map[string]func([]uint64){"plain": s.fillPlain, "best": s.fill} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				fill(shingles)
			}
		})
	}
}
