package viet

import (
	"strings"
	"unicode/utf8"
)

// reading is how well a text reads as Vietnamese.
type reading struct {
	words  int     // words with a letter beyond ASCII
	marked int     // those that are well-formed syllables
	score  float64 // their share
}

// readAs measures s.
func readAs(s string) reading {
	good, all := 0, 0
	for t := range EachToken(s) {
		if isASCII(t.Text) {
			continue
		}
		all++
		if Syllable(t.Text) {
			good++
		}
	}
	if all == 0 {
		return reading{}
	}
	return reading{all, good, float64(good) / float64(all)}
}

// Repair mends text that was decoded by the wrong charset before it came
// here: TCVN3 or VNI shown as Latin-1 ("Céng hoµ x· héi", "Coäng hoøa"), and
// UTF-8 shown as windows-1252 ("Ä‘Æ°á»ng"). what is the charset found (TCVN3,
// VNI, Mojibake). ok is false, and the text returned as it came, unless the
// mended text reads clearly better; the decision is taken line by line, so a
// sound line is never harmed by a broken one beside it.
//
// Call it before Clean: soft hyphens and control characters that Clean drops
// are letters there.
func Repair(text string) (mended, what string, ok bool) {
	if !suspicious(text) {
		return text, "", false
	}
	part := head(text, sample)
	best, what := reading{}, ""
	for _, m := range mendings {
		if after := readAs(m.mend(part)); after.score > best.score {
			best, what = after, m.name
		}
	}
	if best.marked < 2 {
		return text, "", false
	}
	if mended, ok = mendLines(text, what); !ok {
		return text, "", false
	}
	return mended, what, true
}

// suspicious tells whether a line of s reads badly: fewer than 7 in 10 of its
// words beyond ASCII are syllables. Sound Vietnamese stays above, and other
// languages fall below.
func suspicious(s string) bool {
	for line := range strings.Lines(s) {
		if r := readAs(line); r.words > 0 && r.score < 0.7 {
			return true
		}
	}
	return false
}

type mending struct {
	name string
	mend func(string) string
}

var mendings = []mending{
	{Mojibake, undoMojibake},
	{TCVN3, func(s string) string { return mapBytes(s, tcvn3) }},
	{VNI, vni.decode},
}

// mapBytes reads the runes that were single bytes through the table.
func mapBytes(s string, t *byteTable) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if c, ok := bytes1[r]; ok && r >= utf8.RuneSelf {
			r = t[c]
		}
		b.WriteRune(r)
	}
	return b.String()
}

// undoMojibake turns every run of runes that were the bytes of UTF-8 back,
// and leaves what lost a byte on the way.
func undoMojibake(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var data []byte // the run as bytes
	var runes []rune
	for _, r := range s {
		if c, ok := bytes1[r]; ok && r >= utf8.RuneSelf {
			data, runes = append(data, c), append(runes, r)
			continue
		}
		writeMended(&b, data, runes)
		data, runes = data[:0], runes[:0]
		b.WriteRune(r)
	}
	writeMended(&b, data, runes)
	return b.String()
}

func writeMended(b *strings.Builder, data []byte, runes []rune) {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if n == 1 {
			r = runes[i]
		}
		b.WriteRune(r)
		i += n
	}
}

func mendLines(text, name string) (string, bool) {
	var mend func(string) string
	for _, m := range mendings {
		if m.name == name {
			mend = m.mend
		}
	}
	var b strings.Builder
	changed := false
	for line := range strings.Lines(text) {
		mended := mend(line)
		was, is := readAs(line), readAs(mended)
		if mended != line && is.marked >= 1 && is.score >= was.score+margin && is.score >= 0.6 {
			line, changed = mended, true
		}
		b.WriteString(line)
	}
	return b.String(), changed
}
