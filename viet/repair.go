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

// readAs measures s. A word torn by a symbol that legacy fonts use as a
// letter ("ch¸u") counts as one that is no syllable.
func readAs(s string) reading {
	var r reading
	last := 0
	for t := range EachToken(s) {
		torn := fontSymbol(s[last:t.Start])
		last = t.End
		if !torn && isASCII(t.Text) {
			continue
		}
		r.words++
		if !torn && Syllable(t.Text) {
			r.marked++
		}
	}
	if r.words > 0 {
		r.score = float64(r.marked) / float64(r.words)
	}
	return r
}

// fontSymbol tells whether the gap before a word ends in a symbol glued to
// it that is a letter in TCVN3, VNI or VISCII.
func fontSymbol(gap string) bool {
	if gap == "" || gap[len(gap)-1] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(gap)
	return r >= 0x80 && r < 0xA0 || strings.ContainsRune("§¨©¬\u00AD®¯´¶·¸¹", r)
}

// clearlyBetter is the margin of a conversion: either the share of sound
// words grows by margin, or nearly all words are sound afterwards and at
// least three that were not have become so. (VISCII shares so many bytes with
// Latin-1 that up to 85 % of the words look sound before.)
func clearlyBetter(after, before reading) bool {
	if after.score >= 0.6 && after.score >= before.score+margin {
		return true
	}
	mended := (before.words - before.marked) - (after.words - after.marked)
	return after.score >= 0.9 && after.score >= before.score+0.08 && mended >= 3
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
		mended := m.mend(part)
		after := readAs(mended)
		if m.name == Mojibake && sequences(part, mended) == 0 {
			continue
		}
		if after.score > best.score {
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

// suspicious tells whether a line of s reads badly. Sound Vietnamese seldom
// does; other languages do and are then found to read no better otherwise.
func suspicious(s string) bool {
	for line := range strings.Lines(s) {
		if r := readAs(line); r.words > 0 && r.score < 0.9 {
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

// mendLines mends the lines that read clearly better so, and then, as the
// charset is certain, those that read any better.
func mendLines(text, name string) (string, bool) {
	var mend func(string) string
	for _, m := range mendings {
		if m.name == name {
			mend = m.mend
		}
	}
	var b strings.Builder
	certain := false
	for line := range strings.Lines(text) {
		if mended := mend(line); clearlyBetter(readAs(mended), readAs(line)) || name == Mojibake && sequences(line, mended) >= 3 {
			certain = true
			break
		}
	}
	if !certain {
		return text, false
	}
	for line := range strings.Lines(text) {
		mended := mend(line)
		is, was := readAs(mended), readAs(line)
		if is.score > was.score && is.score >= 0.6 || name == Mojibake && sequences(line, mended) > 0 {
			line = mended
		}
		b.WriteString(line)
	}
	return b.String(), true
}

// sequences counts the runes that undoing mojibake joined. That two or three
// symbols in a row happen to spell a rune of UTF-8 is next to impossible in
// any language.
func sequences(line, mended string) int {
	return utf8.RuneCountInString(line) - utf8.RuneCountInString(mended)
}
