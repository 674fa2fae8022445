package viet

import (
	"unicode/utf8"
)

// maxSyllable is the longest syllable in letters ("nghiêng"); a longer run is
// no Vietnamese syllable and is only lower-cased.
const maxSyllable = 7

// Key gives s as a search compares it: lower-case, with its diacritics, the
// tone mark put where the older rule puts it (hoà → hòa, thuý → thúy, qúy →
// quý) and y written i where it is the only vowel after a consonant (lý → lí,
// quý → quí). Every rune of NFC text gives one rune. It is for comparing,
// not for showing.
func Key(s string) string {
	buf := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); {
		start := len(buf)
		var w syllable
		buf, i = w.read(buf, s, i)
		if w.toned == 1 && w.vowels > 1 || w.lastY && w.n > 1 {
			buf = w.rewrite(buf[:start], buf[start:])
		}
		buf, i = appendBetween(buf, s, i)
	}
	return string(buf)
}

// appendBetween writes what stands before the next letter.
func appendBetween(buf []byte, s string, i int) ([]byte, int) {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if table[c].class&isLetter != 0 {
				break
			}
			buf = append(buf, c)
			i++
			continue
		}
		l, n := letterAt(s, i)
		if l.class&isLetter != 0 {
			break
		}
		buf = utf8.AppendRune(buf, l.lower)
		i += n
	}
	return buf, i
}

// syllable is a run of letters seen as one syllable.
type syllable struct {
	n      int // letters; maxSyllable+1 where it can be no syllable
	toned  int
	vowels int
	lastY  bool
	tone   uint8
	code   [maxSyllable + 1]uint8
}

// read writes the letters from s[i] on in lower case and gathers them.
func (w *syllable) read(buf []byte, s string, i int) ([]byte, int) {
	for i < len(s) {
		l, n := letterAt(s, i)
		if l.class&isLetter == 0 {
			break
		}
		i += n
		if l.lower < utf8.RuneSelf {
			buf = append(buf, byte(l.lower))
		} else {
			buf = utf8.AppendRune(buf, l.lower)
		}
		w.add(l)
	}
	return buf, i
}

func (w *syllable) add(l *letter) {
	if l.code == 0 || w.n >= maxSyllable {
		w.n = maxSyllable + 1
		w.toned = 2 // never to be rewritten
		w.lastY = false
		return
	}
	w.code[w.n] = l.code
	w.n++
	w.lastY = l.code == codeY
	if l.tone != level {
		w.toned++
		w.tone = l.tone
	}
	if l.class&isVowel != 0 {
		w.vowels++
	}
}

// rewrite gives the syllable, written so far as word, its tone in the right
// place and i for a lone y; word stays where its letters form no syllable.
func (w *syllable) rewrite(buf, word []byte) []byte {
	written := buf[:len(buf)+len(word)]
	code := w.code[:w.n]
	on, end := nucleus(code)
	if end == 0 || w.toned > 1 {
		return written
	}
	if w.lastY && end-on == 1 && on > 0 {
		code[on] = codeI
	}
	at := -1
	if w.toned == 1 {
		at = tonePlace(code, on, end)
	}
	for i, c := range code {
		t := uint8(level)
		if i == at {
			t = w.tone
		}
		buf = utf8.AppendRune(buf, compose[c][t])
	}
	return buf
}

// nucleus finds the vowels of a syllable: code[from:to], the u of qu and the
// i of gi before another vowel left to the onset. to is 0 where the letters
// are not onset, vowels, coda.
func nucleus(code []uint8) (from, to int) {
	for from < len(code) && !vowelCode[code[from]] {
		from++
	}
	to = from
	for to < len(code) && vowelCode[code[to]] {
		to++
	}
	for _, c := range code[to:] {
		if vowelCode[c] {
			return 0, 0
		}
	}
	if from == 1 && to > 2 && (code[0] == codeQ && code[1] == codeU || code[0] == codeG && code[1] == codeI) {
		from = 2
	}
	if from == to {
		return 0, 0
	}
	return from, to
}

// tonePlace says which letter carries the tone: a shaped vowel if there is
// one (the last of ươ), else the middle of three, the second of two before a
// coda, the first otherwise.
func tonePlace(code []uint8, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if shapedCode[code[i]] {
			return i
		}
	}
	switch {
	case to-from == 3:
		return from + 1
	case to-from == 2 && to < len(code):
		return from + 1
	}
	return from
}
