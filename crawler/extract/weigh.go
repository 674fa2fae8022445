package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// value weighs every block and sums the weights up.
func (t *tree) value() {
	t.sum = make([]int, len(t.blocks)+1)
	t.raw = make([]int, len(t.blocks)+1)
	for i := range t.blocks {
		b := &t.blocks[i]
		t.raw[i+1] = t.raw[i] + valueOf(b, t.elems[b.owner].node)
	}
	t.resum()
}

// resum takes the elements' marks down to the blocks and sums up anew.
func (t *tree) resum() {
	for i := 1; i < len(t.elems); i++ {
		e := &t.elems[i]
		e.under = e.mark | t.elems[e.parent].under
	}
	for i := range t.blocks {
		b := &t.blocks[i]
		b.mark = t.elems[b.owner].under | b.own
		b.value = 0
		if b.mark&markBad == 0 {
			b.value = t.raw[i+1] - t.raw[i]
		}
		t.sum[i+1] = t.sum[i] + b.value
	}
}

// valueOf weighs a block: its runes of running text. A short line tells
// little, a line of links nothing; ideographs say twice as much a rune.
func valueOf(b *block, owner *html.Node) int {
	free := b.runes - b.linked
	switch {
	case b.linked*2 > b.runes && free < freeRunes || isHeading(owner):
		return 0
	case wide(b.text):
		free *= 2
	}
	switch {
	case free >= 80, free >= 40 && endsSentence(b.text):
		return free
	case free >= 20 && endsSentence(b.text):
		return free / 2
	}
	return free / 5
}

// wide reports whether the text is of a script that writes words in a letter
// or two.
func wide(s string) bool {
	n := 0
	for i, r := range s {
		if i > 120 {
			break
		}
		if r >= 0x2E80 && r < 0xD7FF || r >= 0xF900 && r < 0xFB00 {
			n++
		}
	}
	return n > 8
}

func endsSentence(s string) bool {
	if s == "" {
		return false
	}
	if c := s[len(s)-1]; c < utf8.RuneSelf && !strings.ContainsRune(`"')] `, rune(c)) {
		return strings.ContainsRune(".!?:;", rune(c))
	}
	s = strings.TrimRight(s, `"'”’»)] `)
	for _, end := range []string{".", "!", "?", "…", "。", "！", "？", ":", ";", "।", "؟"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func (t *tree) valueIn(i int) int { return t.sum[t.elems[i].lastBlock] - t.sum[t.elems[i].firstBlock] }

// rawIn is the value of an element as if nothing were marked.
func (t *tree) rawIn(i int) int { return t.raw[t.elems[i].lastBlock] - t.raw[t.elems[i].firstBlock] }
