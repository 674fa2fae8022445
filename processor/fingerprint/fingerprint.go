// Package fingerprint makes texts comparable without keeping them side by
// side: a MinHash signature over runs of four syllables, bands of it under
// which copies meet, and a signature of the figures, so that a copy whose
// numbers were changed is seen to be one.
//
// It reads Text and writes Reading.Fingerprint; grouping is the indexer's.
// The signature estimates the Jaccard similarity of two texts' shingles with
// a standard error of 0.044 at most. Two texts of similarity 0.5 share a band
// practically always, of 0.25 with a probability of 0.98, of 0.1 with 0.47;
// unrelated texts (0.00) do not. What shares a band is a candidate that
// Similarity confirms from Copy on.
//
// Limit: texts with fewer than twelve syllables have no signature.
package fingerprint

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

const (
	hashes  = 128 // minima of a signature
	shingle = 4   // syllables of a shingle
	// rows minima make a band. With two, and so 64 bands, candidates are found
	// as the package comment says: 1-(1-s²)^64.
	rows  = 2
	bands = hashes / rows
	// fewest syllables that are worth comparing: nine shingles.
	fewest = 12
)

// Copy is the similarity from which one text is taken for a copy of another,
// perhaps an edited or shortened one. On the fixture press edited copies have
// a true similarity of 0.20 and more, template copies of 0.45, and everything
// else is estimated at 0.10 or below (237,705 pairs).
const Copy = 0.14

// Signature is the minima of a text.
type Signature [hashes]uint32

// Sign computes the signature of a text; ok is false where it is too short.
func Sign(text string) (s Signature, ok bool) {
	var memory [1024]uint64 // enough for 5 KB of text
	keys := syllables(memory[:0], text)
	if len(keys) < fewest {
		return s, false
	}
	s.fill(shingles(keys))
	return s, true
}

// shingles hashes every run of syllables, in the memory of keys.
func shingles(keys []uint64) []uint64 {
	hashed := keys[:0]
	for i := 0; i+shingle <= len(keys); i++ {
		h := uint64(0)
		for _, k := range keys[i : i+shingle] {
			h = (h ^ k) * 0x9E3779B97F4A7C15
			h ^= h >> 29
		}
		hashed = append(hashed, h)
	}
	return hashed
}

// family are the multipliers and summands of the 128 hash functions: the
// upper half of a·h+b modulo 2⁶⁴, which is 2-universal. They are drawn by
// splitmix64 and part of the format: other ones make other signatures.
var family = func() (f [hashes][2]uint64) {
	x := uint64(0)
	next := func() uint64 {
		x += 0x9E3779B97F4A7C15
		z := (x ^ x>>30) * 0xBF58476D1CE4E5B9
		z = (z ^ z>>27) * 0x94D049BB133111EB
		return z ^ z>>31
	}
	for i := range f {
		f[i] = [2]uint64{next() | 1, next()}
	}
	return f
}()

// fillPlain sets the minima, by two hash functions at a time; see also fill.
func (s *Signature) fillPlain(shingles []uint64) {
	for i := 0; i < hashes; i += 2 {
		s[i], s[i+1] = minima(shingles, family[i], family[i+1])
	}
}

// minima are the least values of two hash functions. Two are what the registers
// hold; and the least number has the least upper half, so that it alone is
// shifted.
//
//go:noinline
func minima(shingles []uint64, f, g [2]uint64) (uint32, uint32) {
	a, b, c, d := f[0], f[1], g[0], g[1]
	x, y := uint64(math.MaxUint64), uint64(math.MaxUint64)
	for _, h := range shingles {
		x = min(x, h*a+b)
		y = min(y, h*c+d)
	}
	return uint32(x >> 32), uint32(y >> 32)
}

// syllables appends the hashes of the tokens of a text, folded, so that neither
// case nor the placement of a tone tells copies apart.
func syllables(keys []uint64, text string) []uint64 {
	var folded [64]byte
	for t := range viet.EachToken(text) {
		h := uint64(14695981039346656037) // FNV-1a
		for _, c := range viet.AppendFold(folded[:0], t.Text) {
			h = (h ^ uint64(c)) * 1099511628211
		}
		keys = append(keys, h)
	}
	return keys
}

// Similarity estimates the Jaccard similarity of two texts by their
// signatures.
func Similarity(a, b Signature) float64 {
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	return float64(same) / hashes
}

// Text encodes a signature as Reading.Fingerprint.MinHash holds it.
func (s Signature) Text() string {
	buf := make([]byte, 0, 4*hashes)
	for _, v := range s {
		buf = binary.LittleEndian.AppendUint32(buf, v)
	}
	return base64.StdEncoding.EncodeToString(buf)
}

// Parse reads what Text wrote.
func Parse(text string) (s Signature, err error) {
	buf, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(buf) != 4*hashes {
		return s, fmt.Errorf("fingerprint: %d bytes of signature, want %d in base64", len(buf), 4*hashes)
	}
	for i := range s {
		s[i] = binary.LittleEndian.Uint32(buf[4*i:])
	}
	return s, nil
}

// Bands are the hashes of the groups of minima: texts that share one are
// candidates for being copies. Each is eleven characters.
func (s Signature) Bands() []string {
	const size = 11 // characters of eight bytes
	var text [bands * size]byte
	var buf [8]byte
	for b := range bands {
		h := uint64(b+1) * 0x9E3779B97F4A7C15
		for _, v := range s[b*rows : (b+1)*rows] {
			h = (h ^ uint64(v)) * 0xD6E8FEB86659FD93
			h ^= h >> 31
		}
		binary.LittleEndian.PutUint64(buf[:], h)
		base64.RawURLEncoding.Encode(text[b*size:], buf[:])
	}
	all := string(text[:])
	out := make([]string, bands)
	for b := range out {
		out[b] = all[b*size : (b+1)*size]
	}
	return out
}

// joined is the text that is compared: title, lead and body.
func joined(t *mention.Text) string {
	return strings.Join([]string{t.Title, t.Lead, t.Body}, "\n")
}
